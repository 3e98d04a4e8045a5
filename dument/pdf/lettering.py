"""Writing on existing pages: one small embedded face, drawn without laying anything out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from dument.pdf.fonts import font_files

PREFERRED_FACE = "DumentSans-Semibold.ttf"
# Cut once with these, so that most stamps share one font program.
USUAL = frozenset(
    "0123456789 /-.,°’()ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzéèàçùêîôûÉÈÀ"
)


class Codes(dict[int, str]):
    """The glyph of each character in hexadecimal, for `str.translate`; the others show a box."""

    def __missing__(self, character: int) -> str:
        return "0000"


LAYOUT_TABLES = {"GSUB", "GPOS", "GDEF"}


def lettering_face(folder: Path) -> Path:
    """Choose the face of stamps and page numbers: ours, else the first one of the folder."""
    preferred = folder / PREFERRED_FACE
    return preferred if preferred.is_file() else font_files(folder)[0]


@dataclass(frozen=True, slots=True)
class Lettering:
    """A face cut to a few characters, ready to be embedded (CIDFontType2, Identity-H)."""

    name: str
    program: bytes
    glyphs: Mapping[str, int]
    codes: Codes
    widths: tuple[int, ...]
    box: tuple[int, int, int, int]
    ascent: int
    descent: int

    @classmethod
    def cut(cls, face: Path, characters: str) -> Lettering:
        """Cut a TrueType face to these characters and the usual ones; lengths in 1/1000 em."""
        from fontTools import subset
        from fontTools.ttLib import TTFont

        options = subset.Options(
            layout_features=[], hinting=False, glyph_names=False, notdef_outline=True
        )
        options.drop_tables += ["OS/2", "name", "post"]
        with TTFont(face, recalcTimestamp=False) as font:
            name = font["name"].getDebugName(6)
            for table in LAYOUT_TABLES & set(font.keys()):
                del font[table]  # reading them would cost more than all the rest
            cutter = subset.Subsetter(options)
            cutter.populate(text="".join(sorted(USUAL.union(characters))))
            cutter.subset(font)
            return cls._from_font(font, name)

    @classmethod
    def _from_font(cls, font: Any, name: str) -> Lettering:
        em: int = font["head"].unitsPerEm
        order = font.getGlyphOrder()
        cmap = font.getBestCmap()
        index = {glyph: number for number, glyph in enumerate(order)}
        head, metrics = font["head"], font["hmtx"]
        program = BytesIO()
        font.save(program)

        def scaled(length: int) -> int:
            return round(length * 1000 / em)

        glyphs = {code: index[glyph] for code, glyph in cmap.items()}
        return cls(
            name=f"{_tag(program.getvalue())}+{name}",
            program=program.getvalue(),
            glyphs={chr(code): glyph for code, glyph in glyphs.items()},
            codes=Codes({code: f"{glyph:04X}" for code, glyph in glyphs.items()}),
            widths=tuple(scaled(metrics[glyph][0]) for glyph in order),
            box=(scaled(head.xMin), scaled(head.yMin), scaled(head.xMax), scaled(head.yMax)),
            ascent=scaled(font["hhea"].ascent),
            descent=scaled(font["hhea"].descent),
        )

    def width(self, text: str, size: float) -> float:
        """Return the width of the text set at this size, in the unit of the size."""
        return sum([self.widths[self.glyphs.get(one, 0)] for one in text]) * size / 1000

    def encoded(self, text: str) -> str:
        """Return the text as the hexadecimal string that `Tj` shows with this face."""
        return f"<{text.translate(self.codes)}>"

    def embed(self, pdf: Pdf) -> Object:
        """Add the face to a document, once; the fonts returned serve any number of pages."""
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=Name(f"/{self.name}"),
            CIDSystemInfo=Dictionary(
                Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
            ),
            FontDescriptor=pdf.make_indirect(self._descriptor(pdf)),
            CIDToGIDMap=Name.Identity,
            W=Array([0, Array(self.widths)]),
        )
        face = pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=Name(f"/{self.name}"),
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(self._unicode_map()),
            )
        )
        return pdf.make_indirect(Dictionary(F=face))

    def _descriptor(self, pdf: Pdf) -> Dictionary:
        return Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(f"/{self.name}"),
            Flags=4,
            FontBBox=Array(self.box),
            ItalicAngle=0,
            Ascent=self.ascent,
            Descent=self.descent,
            CapHeight=660,
            StemV=100,
            FontFile2=pdf.make_stream(self.program, Length1=len(self.program)),
        )

    def _unicode_map(self) -> bytes:
        pairs = sorted((glyph, character) for character, glyph in self.glyphs.items())
        lines = [
            f"<{glyph:04X}> <{character.encode('utf-16-be').hex().upper()}>"
            for glyph, character in pairs
        ]
        blocks = [lines[start : start + 100] for start in range(0, len(lines), 100)]
        body = "\n".join(
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks
        )
        return UNICODE_MAP.format(body=body).encode()


UNICODE_MAP = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def _tag(program: bytes) -> str:
    """Return the six letters that name a cut face, drawn from its content."""
    return "".join(chr(ord("A") + byte % 26) for byte in sha256(program).digest()[:6])
