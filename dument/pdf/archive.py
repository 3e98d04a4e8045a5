"""The last pass over a printed document: PDF/A-3u and PDF/UA-1 in one file (ISO 19005-3, 14289-1).

WeasyPrint writes one variant at a time. Asked for PDF/A-3u with tags, it leaves three things to
do: claim PDF/UA-1 with the extension schema that PDF/A wants for it, store the metadata in clear,
and mark headers and footers as artifacts rather than as text out of the structure tree.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

UA_CLAIM = b"""<rdf:Description rdf:about="" \
xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""

MARKED_TEXT = re.compile(rb"/\w+\s+<<\s*/MCID (\d+)\s*>>\s+BDC")
ARTIFACT = b"/Artifact <</Type /Pagination>> BDC"
LINE_ENDS = (b"\r", b"\n")


def archive(printed: bytes) -> bytes:
    """Complete a tagged PDF/A-3u made by WeasyPrint; same bytes in, same bytes out."""
    with Pdf.open(BytesIO(printed)) as pdf:
        _claim_accessibility(pdf)
        _mark_artifacts(pdf)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        return _saved(pdf)


def _saved(pdf: Pdf) -> bytes:
    """Write the document so that no stream ends in a line's end.

    Before `endstream`, such a last byte can be taken for one that Length forgot. Where the
    streams that qpdf groups would end so, nothing is grouped.
    """
    for stream in pdf.objects:
        if isinstance(stream, Stream) and stream.get(Name.Type) != Name.Metadata:
            _pack(stream)
    grouped = _written(pdf, pikepdf.ObjectStreamMode.generate)
    in_clear = pdf.Root.Metadata.read_raw_bytes() + b"\nendstream"
    if not re.search(rb"[\r\n]\nendstream", grouped.replace(in_clear, b"")):
        return grouped
    return _written(pdf, pikepdf.ObjectStreamMode.disable)


def _pack(stream: Stream) -> None:
    """Deflate a stream; spaces after its content, read by nobody, move the checksum at its end."""
    if Name.Filter in stream and not stream.read_raw_bytes().endswith(LINE_ENDS):
        return
    content = stream.read_bytes()
    packed = zlib.compress(content, 9)
    while packed.endswith(LINE_ENDS):
        content += b" "
        packed = zlib.compress(content, 9)
    stream.write(packed, filter=Name.FlateDecode)
    if Name.Length1 in stream:
        stream.Length1 = len(content)


def _written(pdf: Pdf, mode: pikepdf.ObjectStreamMode) -> bytes:
    target = BytesIO()
    pdf.save(
        target,
        deterministic_id=True,
        fix_metadata_version=False,
        compress_streams=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=mode,
    )
    return target.getvalue()


def _claim_accessibility(pdf: Pdf) -> None:
    """Write the metadata in clear: validators differ on whether PDF/A-3 lets it be packed."""
    written = pdf.Root.Metadata.read_bytes()
    claimed = written.replace(b"</rdf:RDF>", UA_CLAIM + b"</rdf:RDF>")
    pdf.Root.Metadata = pdf.make_indirect(
        Stream(pdf, claimed, Type=Name.Metadata, Subtype=Name.XML)
    )


def _mark_artifacts(pdf: Pdf) -> None:
    """Turn the text of margin boxes, out of the structure tree, into pagination artifacts."""
    root = pdf.Root.StructTreeRoot
    reached = {element.objgen for element in _descendants(root.K)}
    owners = root.ParentTree.Nums
    for page in pdf.pages:
        owned = owners[_index_of(owners, int(page.obj.StructParents)) + 1]
        orphans = {mcid for mcid, owner in enumerate(owned) if owner.objgen not in reached}
        if orphans:
            _rewrite(pdf, page.obj, orphans)
            _forget(owned, orphans)


def _descendants(kids: Object) -> Iterator[Object]:
    waiting = list(kids)
    while waiting:
        element = waiting.pop()
        if isinstance(element, Dictionary) and Name.S in element:
            yield element
            below = element.get(Name.K, Array())
            waiting.extend(below if isinstance(below, Array) else [below])


def _index_of(nums: Object, key: int) -> int:
    return next(i for i in range(0, len(nums), 2) if int(nums[i]) == key)


def _rewrite(pdf: Pdf, page: Object, orphans: set[int]) -> None:
    def as_artifact(found: re.Match[bytes]) -> bytes:
        return ARTIFACT if int(found[1]) in orphans else found[0]

    drawn = MARKED_TEXT.sub(as_artifact, page.Contents.read_bytes())
    page.Contents = pdf.make_stream(drawn)


def _forget(owned: Object, orphans: set[int]) -> None:
    for mcid in orphans:
        owned[mcid] = None
