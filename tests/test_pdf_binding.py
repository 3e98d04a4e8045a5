"""Stamps and bundle: every mark at its place as displayed, every link on its page."""

from __future__ import annotations

import random
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from dument.pdf import Bound, Part, Press, Stamp, bind, first_pages, inspect, piling, stamp

FACES = Path(__file__).parent.parent / "letters" / "_papier" / "polices"
FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
A4 = (595.28, 841.89)
MILLIMETRE = 72 / 25.4


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(FACES)


def document(
    *texts: str, size: tuple[float, float] = A4, content: bytes | None = None, **entries: object
) -> bytes:
    """Make a document of one page a text; `entries` are added to every page."""
    target = BytesIO()
    with Pdf.new() as pdf:
        for text in texts or ("Facture",):
            sheet = pdf.add_blank_page(page_size=size)
            sheet.obj.Resources = Dictionary(Font=Dictionary(F=FONT))
            shown = b"BT /F 12 Tf 90 400 Td (%s) Tj ET" % text.encode()
            sheet.obj.Contents = pdf.make_stream(shown if content is None else content)
            for key, value in entries.items():
                sheet.obj[f"/{key}"] = value
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def changed(data: bytes, change: object) -> bytes:
    target = BytesIO()
    with Pdf.open(BytesIO(data)) as pdf:
        change(pdf)  # type: ignore[operator]
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def text_of(pdf: bytes, number: int = 0) -> str:
    return pypdfium2.PdfDocument(pdf)[number].get_textpage().get_text_range()


def box_of(pdf: bytes, text: str, number: int = 0) -> tuple[float, float, float, float]:
    """Return where a text is displayed: left, top, right, bottom, from the page's top left.

    The page is first turned upright by qpdf, so that this test trusts nothing of ours.
    """
    target = BytesIO()
    with Pdf.open(BytesIO(pdf)) as opened:
        opened.pages[number].flatten_rotation()
        opened.save(target)
    sheet = pypdfium2.PdfDocument(target.getvalue())[number]
    left, bottom, right, top = sheet.get_cropbox()
    words = sheet.get_textpage()
    start, count = words.search(text).get_next()
    boxes = [words.get_charbox(index) for index in range(start, start + count)]
    boxes = [box for box in boxes if box[2] > box[0]]
    return (
        min(box[0] for box in boxes) - left,
        top - max(box[3] for box in boxes),
        right - max(box[2] for box in boxes),
        min(box[1] for box in boxes) - bottom,
    )


@dataclass(frozen=True)
class Bundle:
    """What was bound, with its bytes."""

    pdf: bytes
    told: Bound

    def __getattr__(self, name: str) -> object:
        return getattr(self.told, name)


def bound(press: Press, *parts: Part, **options: object) -> Bundle:
    with TemporaryDirectory() as folder:
        target = Path(folder, "liasse.pdf")
        told = bind(parts, press, target, title="Liasse", **options)
        assert [one.name for one in Path(folder).iterdir()] == ["liasse.pdf"]
        return Bundle(target.read_bytes(), told)


def ids_of(found: Bundle) -> list[str]:
    return [fault.id for fault in found.diagnostics]


CROPPED = Array([60, 80, 560, 700])


@pytest.mark.parametrize("crop", [None, CROPPED])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270, -90, 450, 45])
def test_a_stamp_stands_in_the_top_right_corner_as_displayed(press, rotation, crop):
    entries = {"Rotate": rotation} | ({"CropBox": crop} if crop else {})
    _, top, right, _ = box_of(stamp(document(**entries), ["Pièce n° 3"], press), "Pièce n° 3")
    assert 5 * MILLIMETRE < top < 13 * MILLIMETRE
    assert 5 * MILLIMETRE < right < 13 * MILLIMETRE


@pytest.mark.parametrize("size", [(841.89, 595.28), (2384, 3370), (150, 400), (60, 40)])
def test_a_stamp_fits_whatever_the_size_of_the_page(press, size):
    stamped = stamp(document(size=size), ["Pièce n° 128 bis", "Dossier 2026-014"], press)
    left, top, right, bottom = box_of(stamped, "Pièce n° 128 bis")
    assert min(left, top, right, bottom) > 0
    assert bottom > size[1] / 2


@pytest.mark.parametrize("box", [Array([0, 0, 0, 0]), Array([1]), Name.A, Array(["a", 1, 2, 3])])
def test_a_stamp_does_without_a_sensible_crop_box(press, box):
    assert "Pièce n° 3" in text_of(stamp(document(CropBox=box), ["Pièce n° 3"], press))


def test_only_the_first_page_is_stamped(press):
    stamped = stamp(document("un", "deux"), ["Pièce n° 3"], press)
    assert "Pièce" not in text_of(stamped, 1)


def test_a_stamp_leaves_the_text_of_the_exhibit(press):
    assert "Facture" in text_of(stamp(document(), ["Pièce n° 3"], press))


HEADED = b"BT /F 14 Tf 480 810 Td (Facture) Tj ET"  # where the stamp would stand


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_stamp_keeps_clear_of_what_is_written(press, rotation):
    headed = changed(document(content=HEADED), lambda pdf: turn(pdf, rotation))
    stamped = stamp(headed, ["Pièce n° 3"], press)
    plain, marked = (gaps(one) for one in (headed, stamped))
    assert plain
    assert plain <= marked  # every dot of the heading is still there


def turn(pdf: Pdf, rotation: int) -> None:
    pdf.pages[0].obj.Rotate = rotation


def gaps(pdf: bytes) -> set[int]:
    """Return the dark dots of the first page as displayed, by their rank."""
    page = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("L")
    return {rank for rank, level in enumerate(page.tobytes()) if level < 60}


def test_a_stamp_on_a_full_page_covers_the_least(press):
    lines = b" ".join(b"BT /F 9 Tf 20 %d Td (%s) Tj ET" % (y, b"mot " * 40) for y in
                      range(60, 840, 10))  # fmt: skip
    stamped = stamp(document(content=lines), ["Pièce n° 3"], press)
    assert box_of(stamped, "Pièce n° 3")[3] < 100  # at the foot, below the last line


def test_a_stamp_is_drawn_over_an_image_that_fills_the_page(press):
    black = document(content=b"0 0 600 900 re f")
    page = pypdfium2.PdfDocument(stamp(black, ["Pièce n° 3"], press))[0]
    corner = page.render(scale=1).to_pil().convert("L").crop((490, 20, 580, 50))
    assert corner.getextrema() == (corner.getextrema()[0], 255)


@pytest.mark.parametrize(
    "content", [b"q 3 0 0 3 50 50 cm", b"Q Q Q 0 0 m", b"/Absent gs 1 0", b""]
)
def test_an_exhibit_that_leaves_its_state_open_does_not_move_the_stamp(press, content):
    _, top, right, _ = box_of(
        stamp(document(content=content), ["Pièce n° 3"], press), "Pièce n° 3"
    )
    assert max(top, right) < 13 * MILLIMETRE


def test_an_exhibit_in_several_streams_is_stamped_whole(press):
    def split(pdf: Pdf) -> None:
        pieces = [b"BT /F 12 Tf 90 400 Td (Fac", b"ture) Tj ET"]
        pdf.pages[0].obj.Contents = Array([pdf.make_stream(piece) for piece in pieces])

    # Pieces meet at a blank (ISO 32000-1, 7.8.2), which falls here inside the word.
    assert "Fac" in text_of(stamp(changed(document(), split), ["Pièce n° 3"], press))


def test_pages_that_share_their_content_are_both_kept(press):
    def share(pdf: Pdf) -> None:
        pdf.pages[1].obj.Contents = pdf.pages[0].obj.Contents

    shared = changed(document("Facture", "autre"), share)
    pages = bound(press, Part("a", "A", shared)).pdf
    assert ["Facture" in text_of(pages, number) for number in (0, 1)] == [True, True]


def test_the_face_of_a_stamp_is_embedded(press):
    with Pdf.open(BytesIO(stamp(document(), ["Pièce n° 3"], press))) as pdf:
        (face,) = [found for found in pdf.objects if is_descriptor(found)]
        assert str(face.FontName).endswith("+DumentSans-Semibold")
        assert "/FontFile2" in face


def is_descriptor(found: pikepdf.Object) -> bool:
    return isinstance(found, Dictionary) and found.get("/Type") == Name.FontDescriptor


def test_a_stamp_is_the_same_twice(press):
    data = document()
    assert stamp(data, ["Pièce n° 3"], press) == stamp(data, ["Pièce n° 3"], press)


def test_a_stamped_exhibit_is_still_a_good_one(press):
    stamped = stamp(document(), ["Pièce n° 3"], press)
    assert [found.id for found in inspect(stamped, "piece.pdf")[1]] == []


def test_a_stamped_copy_asks_for_no_password(press):
    target = BytesIO()
    with Pdf.open(BytesIO(document())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="secret"))
    with Pdf.open(BytesIO(stamp(target.getvalue(), ["Pièce n° 3"], press))) as stamped:
        assert not stamped.is_encrypted


def test_parts_follow_one_another(press):
    bundle = bound(
        press, Part("a", "A", document("un", "deux")), Part("b", "B", document("trois"))
    )
    assert bundle.page_count == 3
    assert [text_of(bundle.pdf, number).split()[0] for number in range(3)] == [
        "un",
        "deux",
        "trois",
    ]


def test_a_part_may_be_a_file(press, tmp_path):
    path = tmp_path / "piece.pdf"
    path.write_bytes(document("un"))
    assert bound(press, Part("a", "A", path)) == bound(press, Part("a", "A", path.read_bytes()))


def test_every_page_carries_its_place_in_the_file(press):
    parts = [Part(str(rank), str(rank), document("x", "y", Rotate=90 * rank)) for rank in range(6)]
    bundle = bound(press, *parts)
    for number in range(12):
        assert f"{number + 1} / 12" in text_of(bundle.pdf, number)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_page_number_stands_at_the_foot_as_displayed(press, rotation):
    bundle = bound(press, Part("a", "A", document(Rotate=rotation, CropBox=CROPPED)))
    _, _, right, bottom = box_of(bundle.pdf, "1 / 1")
    assert 4 * MILLIMETRE < bottom < 7 * MILLIMETRE
    assert 3 * MILLIMETRE < right < 7 * MILLIMETRE


def test_the_number_of_a_long_bundle_leaves_the_margins_of_a_letter_alone(press):
    bundle = bound(press, Part("a", "A", document(*["x"] * 1000)), Part("b", "B", document("y")))
    left, *_ = box_of(bundle.pdf, "1001 / 1001", 1000)
    assert left > 190 * MILLIMETRE


def test_numbers_may_be_left_out(press):
    assert "1 / 1" not in text_of(bound(press, Part("a", "A", document()), numbered=False).pdf)


def test_page_labels_count_like_the_file(press):
    with Pdf.open(BytesIO(bound(press, Part("a", "A", document("x", "y"))).pdf)) as pdf:
        assert [page.label for page in pdf.pages] == ["1", "2"]


def test_first_pages_are_known(press):
    parts = [Part("a", "A", document("x", "y")), Part("b", "B", document("z"))]
    assert (
        bound(press, *parts).first_pages == {"a": 1, "b": 3} == first_pages([("a", 2), ("b", 1)])
    )


def test_bookmarks_are_nested_by_level(press):
    levels = [("Lettres", 0), ("Relance", 1), ("Mise en demeure", 1), ("Pièces", 0), ("Devis", 3)]
    parts = [Part(title, title, document(), level) for title, level in levels]
    with Pdf.open(BytesIO(bound(press, *parts).pdf)) as pdf, pdf.open_outline() as outline:
        found = [(item.title, [child.title for child in item.children]) for item in outline.root]
    assert found == [("Lettres", ["Relance", "Mise en demeure"]), ("Pièces", ["Devis"])]


def test_a_bookmark_leads_to_the_first_page_of_its_part(press):
    parts = [Part("a", "A", document("x", "y")), Part("b", "B", document("z"))]
    with Pdf.open(BytesIO(bound(press, *parts).pdf)) as pdf, pdf.open_outline() as outline:
        assert outline.root[1].destination[0].objgen == pdf.pages[2].obj.objgen


def test_the_bundle_has_title_and_language(press):
    with Pdf.open(BytesIO(bound(press, Part("a", "A", document())).pdf)) as pdf:
        assert (str(pdf.docinfo["/Title"]), str(pdf.Root.Lang)) == ("Liasse", "fr")
        assert pdf.Root.ViewerPreferences.DisplayDocTitle


def test_the_bundle_is_the_same_twice(press):
    parts = [Part("a", "A", document("x", "y")), Part("b", "B", document("z"))]
    assert bound(press, *parts) == bound(press, *parts)


def targets(pdf: bytes, number: int = 0) -> list[int]:
    """Return the page indices that the links of a page lead to."""
    with Pdf.open(BytesIO(pdf)) as opened:
        indices = {page.obj.objgen: index for index, page in enumerate(opened.pages)}
        return [
            indices[link.Dest[0].objgen] for link in opened.pages[number].obj.get("/Annots", [])
        ]


def cover(press: Press, *keys: str) -> bytes:
    links = "".join(f'<p><a href="dument:partie-{key}">{key}</a></p>' for key in keys)
    return press.print_plain(f'<html lang="fr"><body>{links}', {}).pdf


@pytest.mark.parametrize("key", ["piece-2", "pièce n° 2", "a/b#c?d"])
def test_a_link_leads_to_the_first_page_of_its_part(press, key):
    from urllib.parse import quote

    parts = [Part("x", "X", document("un", "deux")), Part(key, "Y", document("trois"))]
    bundle = bound(press, Part("couverture", "C", cover(press, quote(key, safe=""))), *parts)
    assert targets(bundle.pdf) == [3]
    assert bundle.diagnostics == ()


def test_a_link_to_an_absent_part_is_an_error_said_once(press):
    bundle = bound(press, Part("couverture", "C", cover(press, "piece-9", "piece-9")))
    assert ids_of(bundle) == ["liasse/lien-perdu"]


def link(place: object) -> Dictionary:
    return Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], Dest=place)


@pytest.mark.parametrize("named", [False, True])
def test_the_inner_links_of_an_exhibit_follow_its_pages(press, named):
    def add_link(pdf: Pdf) -> None:
        place = Array([pdf.pages[1].obj, Name.Fit])
        pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array(["suite", place])))
        pdf.pages[0].obj.Annots = Array([link(pikepdf.String("suite") if named else place)])

    linked = changed(document("un", "deux"), add_link)
    assert targets(bound(press, Part("a", "A", document()), Part("b", "B", linked)).pdf, 1) == [
        2,
        0,
    ]


def test_a_link_that_several_pages_share_leads_from_each(press):
    def share_link(pdf: Pdf) -> None:
        shared = pdf.make_indirect(link(Array([pdf.pages[2].obj, Name.Fit])))
        for page in list(pdf.pages)[:2]:
            page.obj.Annots = Array([shared])

    linked = changed(document("un", "deux", "trois"), share_link)
    made = bound(press, Part("a", "A", document()), Part("b", "B", linked))
    assert ids_of(made) == []
    assert targets(made.pdf, 1) == [3, 0]
    assert targets(made.pdf, 2) == [3]


@pytest.mark.parametrize("place", [Array([7, Name.Fit]), pikepdf.String("nulle part"), Name.A, 5])
def test_an_inner_link_that_leads_nowhere_is_dropped(press, place):
    linked = document(Annots=Array([link(place)]))
    with Pdf.open(BytesIO(bound(press, Part("a", "A", linked)).pdf)) as pdf:
        assert all("/Dest" not in found and "/A" not in found for found in pdf.pages[0].obj.Annots)


def arm(pdf: Pdf) -> None:
    """Put in a document all that must stay behind."""
    script = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
    program = Dictionary(S=Name.Launch, F="calc.exe")
    page = pdf.pages[0].obj
    pdf.Root.OpenAction = script
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", script])))
    page.AA = Dictionary(O=script)
    pdf.attachments["secret.txt"] = b"secret"
    button = link(None)
    button.A = Dictionary(S=Name.URI, URI="https://exemple.test", Next=script)
    pin = Dictionary(Subtype=Name.FileAttachment, Rect=[0, 0, 9, 9])
    pin.FS = pdf.attachments["secret.txt"].obj
    other = link(None)
    other.A = program
    page.Annots = pdf.make_indirect(Array([button, pin, other]))
    page.AF = Array([pdf.attachments["secret.txt"].obj])


@pytest.mark.parametrize("make", ["stamp", "bind"])
def test_nothing_active_is_carried_over(press, make):
    armed = changed(document(), arm)
    copy = (
        stamp(armed, ["Pièce n° 3"], press)
        if make == "stamp"
        else bound(press, Part("a", "A", armed)).pdf
    )
    with Pdf.open(BytesIO(copy)) as pdf:
        written = b"".join(repr(found).encode() for found in pdf.objects)
    for telltale in (b"JavaScript", b"Launch", b"EmbeddedFile", b"FileAttachment", b"/AA"):
        assert telltale not in written


def test_a_filled_form_keeps_what_it_shows(press):
    def fill(pdf: Pdf) -> None:
        look = pdf.make_stream(
            b"BT /F 12 Tf 2 5 Td (Rempli) Tj ET",
            Type=Name.XObject,
            Subtype=Name.Form,
            BBox=[0, 0, 100, 20],
            Resources=Dictionary(Font=Dictionary(F=FONT)),
        )
        field = pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Widget,
                FT=Name.Tx,
                T="nom",
                V="Rempli",
                DA="/F 12 Tf",
                F=4,
                Rect=[100, 500, 200, 520],
                AP=Dictionary(N=look),
            )
        )
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(
            Fields=Array([field]), DR=Dictionary(Font=Dictionary(F=FONT)), DA="/F 12 Tf"
        )

    bundle = bound(press, Part("a", "A", changed(document(), fill)))
    assert "Rempli" in text_of(bundle.pdf)


def test_sizes_inherited_from_the_page_tree_are_kept(press):
    def inherit(pdf: Pdf) -> None:
        pdf.Root.Pages.MediaBox = Array([0, 0, 300, 400])
        pdf.Root.Pages.Rotate = 90
        del pdf.pages[0].obj.MediaBox

    bundle = bound(press, Part("a", "A", changed(document(), inherit)))
    assert pypdfium2.PdfDocument(bundle.pdf)[0].get_size() == (400, 300)


BROKEN = [b"", b"bonjour", b"%PDF-1.7", document("un", "deux")[:400], document(*"abcdef")[:-90]]


@pytest.mark.parametrize("data", BROKEN)
def test_a_broken_part_is_left_out_and_said(press, data):
    bundle = bound(press, Part("a", "A", document("un")), Part("b", "B", data))
    assert (bundle.page_count, ids_of(bundle)) == (1, ["liasse/partie-illisible"])


def test_a_link_to_a_broken_part_is_lost(press):
    bundle = bound(press, Part("c", "C", cover(press, "b")), Part("b", "B", b"bonjour"))
    assert ids_of(bundle) == ["liasse/partie-illisible", "liasse/lien-perdu"]


def test_a_bundle_of_nothing_is_empty(press):
    assert bound(press).page_count == 0


@pytest.mark.parametrize("seed", range(80))
def test_a_few_wrong_bytes_never_crash_the_binding(press, seed):
    noise, data = random.Random(seed), bytearray(changed(document("un", "deux"), arm))
    for _ in range(noise.choice((1, 3, 12))):
        data[noise.randrange(len(data))] = noise.randrange(256)
    assert bound(press, Part("a", "A", bytes(data)), Part("b", "B", document())).page_count >= 1


def test_a_heavy_bundle_is_the_same_set_down_after_each_part(press, monkeypatch):
    def add_link(pdf: Pdf) -> None:
        pdf.pages[0].obj.Annots = Array([link(Array([pdf.pages[1].obj, Name.Fit]))])

    linked = changed(document("un", "deux"), add_link)
    mark = Stamp(("Pièce n° 3",), 0)
    parts = [
        Part("c", "C", cover(press, "b")),
        Part("a", "A", linked),
        Part("x", "X", b"bonjour"),
        Part("b", "B", document("trois", Rotate=90), stamp=mark),
    ]
    light = bound(press, *parts)
    monkeypatch.setattr(piling, "MOST_IN_MEMORY", 0)
    heavy = bound(press, *parts)
    assert heavy.told == light.told
    for number in range(4):
        assert text_of(heavy.pdf, number) == text_of(light.pdf, number)
        assert targets(heavy.pdf, number) == targets(light.pdf, number)
    assert heavy.pdf == bound(press, *parts).pdf


def test_the_bundle_has_no_fault_of_syntax(press):
    parts = [Part("c", "C", cover(press, "a")), Part("a", "A", changed(document(), arm))]
    with Pdf.open(BytesIO(bound(press, *parts).pdf)) as pdf:
        assert pdf.check_pdf_syntax() == []


def test_a_face_is_shared_by_all_pages(press):
    with Pdf.open(BytesIO(bound(press, Part("a", "A", document(*"abcdefgh"))).pdf)) as pdf:
        assert len([found for found in pdf.objects if is_descriptor(found)]) == 1


def saying(words: str) -> bytes:
    """Return a page that says some words, accents included."""

    def name_accents(pdf: Pdf) -> None:
        pdf.pages[0].obj.Resources.Font.F.Encoding = Name.WinAnsiEncoding

    shown = b"BT /F 12 Tf 90 400 Td (%s) Tj ET" % words.encode("cp1252")
    return changed(document(content=shown), name_accents)


def test_a_letter_leads_to_the_exhibits_it_cites(press):
    parts = [Part("lettre", "Lettre", saying("selon pièces n° 2 et 1, joint"), cites=True),
             Part("piece-1", "Un", document("un"), 1),
             Part("piece-2", "Deux", document("deux"), 1)]  # fmt: skip
    bundle = bound(press, *parts, cited={"1": "piece-1", "2": "piece-2"})
    with Pdf.open(BytesIO(bundle.pdf)) as pdf:
        pages = [page.objgen for page in pdf.pages]
        links = [
            (float(link.Rect[0]), pages.index(link.Dest[0].objgen))
            for link in pdf.pages[0].obj.Annots
        ]
    assert [target for _, target in sorted(links)] == [2, 1]
    assert all(150 < left < 260 for left, _ in links)


def test_an_exhibit_that_speaks_of_other_exhibits_is_left_alone(press):
    parts = [Part("piece-1", "Un", saying("pièce n° 1"), 1)]
    bundle = bound(press, *parts, cited={"1": "piece-1"})
    with Pdf.open(BytesIO(bundle.pdf)) as pdf:
        assert Name.Annots not in pdf.pages[0].obj
