"""Exhibits: what is readable, what is not, and the words for it."""

from __future__ import annotations

import random
import warnings
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image

from dument.diagnostics import Level
from dument.pdf import Press, Sheets, arrange, image_to_pdf, inspect, stamp

FACES = Path(__file__).parent.parent / "letters" / "_papier" / "polices"
FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
SHOWN = b"BT /F 12 Tf 72 700 Td (Facture) Tj ET"
DARK, LIGHT = (200, 30, 30), (210, 225, 240)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(FACES)


def document(pages: int = 2, content: bytes = SHOWN, change: Callable = lambda pdf: None) -> bytes:
    target = BytesIO()
    with Pdf.new() as pdf:
        for _ in range(pages):
            sheet = pdf.add_blank_page(page_size=(595, 842))
            sheet.obj.Resources = Dictionary(Font=Dictionary(F=FONT))
            sheet.obj.Contents = pdf.make_stream(content)
        change(pdf)
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def encrypted(**passwords: str) -> bytes:
    target = BytesIO()
    with Pdf.open(BytesIO(document())) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(**passwords))
    return target.getvalue()


def ids_of(data: bytes) -> list[str]:
    return [found.id for found in inspect(data, "piece.pdf")[1]]


def test_a_good_exhibit_is_described_without_remark():
    assert inspect(document(), "piece.pdf") == (Sheets(page_count=2, has_text=True), [])


def test_an_empty_file_is_refused():
    assert ids_of(b"") == ["piece/vide"]


def test_a_document_without_page_is_refused():
    assert ids_of(document(pages=0)) == ["piece/vide"]


def test_a_document_that_asks_for_a_password_is_refused():
    assert ids_of(encrypted(user="secret", owner="secret")) == ["piece/chiffree"]


def test_a_document_with_mere_restrictions_is_accepted_and_said():
    sheets, found = inspect(encrypted(user="", owner="secret"), "piece.pdf")
    assert sheets is not None
    assert [(remark.id, remark.level) for remark in found] == [("piece/protegee", Level.INFO)]


@pytest.mark.parametrize("share", range(5, 100, 5))
def test_a_document_cut_short_is_refused(share):
    whole = document(pages=6)
    assert ids_of(whole[: len(whole) * share // 100]) == ["piece/illisible"]


def test_a_wrong_table_of_contents_alone_is_forgiven():
    misplaced = document().replace(b"startxref\n", b"startxref\n9")
    sheets, found = inspect(misplaced, "piece.pdf")
    assert sheets == Sheets(page_count=2, has_text=True)
    assert [(remark.id, remark.level) for remark in found] == [("piece/reparee", Level.WARNING)]


def test_a_damaged_stream_is_refused():
    packed = document(content=SHOWN * 200)
    start = packed.index(b"stream\n") + 20
    damaged = packed[:start] + bytes(byte ^ 255 for byte in packed[start : start + 60])
    assert ids_of(damaged + packed[start + 60 :]) == ["piece/illisible"]


@pytest.mark.parametrize("seed", range(60))
def test_random_bytes_are_refused_without_a_crash(seed):
    noise = random.Random(seed)
    head = b"%PDF-1.7\n" if seed % 2 else b""
    assert ids_of(head + noise.randbytes(1 + 50 * seed)) == ["piece/illisible"]


@pytest.mark.parametrize("seed", range(120))
def test_a_few_wrong_bytes_never_crash_the_inspection(seed):
    noise, data = random.Random(seed), bytearray(document())
    for _ in range(noise.choice((1, 3, 12))):
        data[noise.randrange(len(data))] = noise.randrange(256)
    sheets, found = inspect(bytes(data), "piece.pdf")
    assert sheets is not None or found


def test_a_scan_is_told_from_a_text():
    sheets, found = inspect(document(content=b"0 0 100 100 re f"), "scan.pdf")
    assert sheets == Sheets(page_count=2, has_text=False)
    assert [(remark.id, remark.level) for remark in found] == [("piece/sans-texte", Level.INFO)]


def test_text_inside_a_form_is_found():
    def shut(pdf: Pdf) -> None:
        inner = pdf.make_stream(SHOWN, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        inner.Resources = Dictionary(Font=Dictionary(F=FONT))
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=inner))

    sheets, _ = inspect(document(1, b"/X Do", shut), "piece.pdf")
    assert sheets is not None
    assert sheets.has_text


def test_forms_that_draw_each_other_do_not_hang_the_inspection():
    def loop(pdf: Pdf) -> None:
        inner = pdf.make_stream(b"/X Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
        inner.Resources = Dictionary(XObject=Dictionary(X=inner))
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=inner))

    sheets, _ = inspect(document(1, b"/X Do", loop), "piece.pdf")
    assert sheets == Sheets(page_count=1, has_text=False)


SCRIPT = Dictionary(S=Name.JavaScript, JS="app.alert(1)")


def open_with_script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = SCRIPT


def name_a_script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", SCRIPT])))


def close_with_program(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(C=Dictionary(S=Name.Launch, F="calc.exe"))


def click_through_to_a_script(pdf: Pdf) -> None:
    link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9])
    link.A = Dictionary(S=Name.URI, URI="https://exemple.test", Next=Array([SCRIPT]))
    pdf.pages[0].obj.Annots = Array([link])


@pytest.mark.parametrize(
    "arm", [open_with_script, name_a_script, close_with_program, click_through_to_a_script]
)
def test_an_exhibit_that_acts_by_itself_is_reported(arm):
    sheets, found = inspect(document(change=arm), "piece.pdf")
    assert sheets is not None
    assert [(remark.id, remark.level) for remark in found] == [("piece/active", Level.WARNING)]


def test_an_ordinary_link_is_not_active_content():
    def link(pdf: Pdf) -> None:
        address = Dictionary(S=Name.URI, URI="https://exemple.test")
        pdf.pages[0].obj.Annots = Array([Dictionary(Subtype=Name.Link, A=address)])

    assert ids_of(document(change=link)) == []


def test_a_chain_of_actions_without_end_does_not_hang_the_inspection():
    def chain(pdf: Pdf) -> None:
        action = pdf.make_indirect(Dictionary(S=Name.GoTo, D=Array([0])))
        action.Next = action
        pdf.Root.OpenAction = action

    assert ids_of(document(change=chain)) == []


def test_a_dynamic_form_is_reported():
    def dynamic(pdf: Pdf) -> None:
        pdf.Root.AcroForm = Dictionary(Fields=Array(), XFA=pdf.make_stream(b"<xdp/>"))

    assert ids_of(document(change=dynamic)) == ["piece/formulaire-dynamique"]


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", document(pages=0), document()[:300]])
def test_every_refusal_names_the_exhibit_and_says_what_to_do(data):
    _, (found,) = inspect(data, "pieces/devis.pdf")
    assert "« pieces/devis.pdf »" in found.message
    assert found.hint


def picture(width: int, height: int, orientation: int = 1, kind: str = "JPEG") -> bytes:
    """Make a light picture whose upright top left corner is dark, stored by its EXIF mark."""
    upright = Image.new("RGB", (width, height), LIGHT)
    upright.paste(DARK, (0, 0, width // 4, height // 4))
    stored = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    target = BytesIO()
    turned = upright if stored is None else upright.transpose(stored)
    turned.save(target, kind, exif=exif)
    return target.getvalue()


def shown(pdf: bytes) -> tuple[float, float, Image.Image]:
    """Return the size of the only page in millimetres, and its rendering cut to the ink."""
    sheets = pypdfium2.PdfDocument(pdf)
    assert len(sheets) == 1
    whole = sheets[0].render(scale=1).to_pil().convert("RGB")
    ink = Image.eval(whole.convert("L"), lambda level: 255 if level < 245 else 0).getbbox()
    width, height = (side * 25.4 / 72 for side in sheets[0].get_size())
    return width, height, whole.crop(ink)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_stands_upright_by_its_exif_mark(press, orientation):
    pdf, found = image_to_pdf(picture(1600, 1000, orientation), "photo.jpg", press)
    _, _, ink = shown(pdf)
    assert found == []
    assert ink.width / ink.height == pytest.approx(1.6, abs=0.02)
    corner = ink.getpixel((ink.width // 8, ink.height // 8))
    assert corner[0] > corner[2] + 100


@pytest.mark.parametrize(
    ("size", "expected"),
    [((1600, 1000), 297), ((1000, 1600), 210), ((1000, 700), 210), ((900, 1600), 210)],
)
def test_a_page_turns_for_a_picture_it_shows_larger(press, size, expected):
    pdf, _ = image_to_pdf(picture(*size), "photo.jpg", press)
    assert shown(pdf)[0] == pytest.approx(expected, abs=0.1)


def test_a_small_picture_is_not_blown_up(press):
    pdf, _ = image_to_pdf(picture(300, 300, kind="PNG"), "logo.png", press)
    _, _, ink = shown(pdf)
    assert ink.width == pytest.approx(300 / 150 * 72, abs=2)


def test_a_large_picture_stays_within_its_page(press):
    pdf, _ = image_to_pdf(picture(4000, 5000), "photo.jpg", press)
    width, _, ink = shown(pdf)
    assert ink.width / 72 * 25.4 < width - 20


def test_the_pixels_of_a_photograph_are_kept(press):
    stored = picture(600, 400, orientation=6)
    pdf, _ = image_to_pdf(stored, "photo.jpg", press)
    with pikepdf.open(BytesIO(pdf)) as opened:
        images = [found for found in opened.objects if is_image(found)]
        assert [image.read_raw_bytes() for image in images] == [stored]


def is_image(found: pikepdf.Object) -> bool:
    return isinstance(found, pikepdf.Stream) and found.get("/Subtype") == Name.Image


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "LA", "I;16"])
def test_every_kind_of_png_is_laid_on_its_page(press, mode):
    target = BytesIO()
    Image.new(mode, (90, 60)).save(target, "PNG")
    pdf, found = image_to_pdf(target.getvalue(), "image.png", press)
    assert pdf is not None
    assert found == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
@pytest.mark.parametrize("share", [3, 30, 60, 97])
def test_a_picture_cut_short_is_refused(press, kind, share):
    noise = Image.frombytes("RGB", (64, 64), random.Random(1).randbytes(64 * 64 * 3))
    target = BytesIO()
    noise.save(target, kind)
    data = target.getvalue()
    pdf, found = image_to_pdf(data[: len(data) * share // 100], "photo", press)
    assert pdf is None
    assert [refusal.id for refusal in found] == ["piece/illisible"]


def test_a_picture_is_converted_alike_twice(press):
    data = picture(300, 200)
    assert image_to_pdf(data, "a.jpg", press) == image_to_pdf(data, "a.jpg", press)


def test_a_picture_of_absurd_size_is_refused(press):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        target = BytesIO()
        Image.new("1", (20000, 9500)).save(target, "PNG")
    assert image_to_pdf(target.getvalue(), "a.png", press)[0] is None


# Made to harm -------------------------------------------------------------------------------


def drawing_itself(pdf: Pdf) -> None:
    """Make a form that draws itself twice."""
    form = pdf.make_stream(b"/F Do /F Do", Type=Name.XObject, Subtype=Name.Form)
    form.BBox = Array([0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    pdf.pages[0].obj.Resources.XObject = Dictionary(F=form)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/F Do")


def drawing_ever_more(pdf: Pdf) -> None:
    """Make forms of which each draws the next ten times, seven deep."""
    form = pdf.make_stream(b"", Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 9, 9]))
    for _ in range(7):
        inner, form = form, pdf.make_stream(b"/F Do " * 10, Subtype=Name.Form)
        form.BBox, form.Resources = Array([0, 0, 9, 9]), Dictionary(XObject=Dictionary(F=inner))
    pdf.pages[0].obj.Resources.XObject = Dictionary(F=form)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/F Do")


def masked_by_itself(pdf: Pdf) -> None:
    """Make a mask that is drawn under itself."""
    form = pdf.make_stream(b"/G gs 0 0 9 9 re f /G gs 0 0 8 8 re f", Subtype=Name.Form)
    form.BBox, form.Group = Array([0, 0, 9, 9]), Dictionary(S=Name.Transparency)
    state = pdf.make_indirect(Dictionary(SMask=Dictionary(S=Name.Luminosity, G=form)))
    form.Resources = Dictionary(ExtGState=Dictionary(G=state))
    pdf.pages[0].obj.Resources.ExtGState = Dictionary(G=state)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"/G gs 0 0 99 99 re f")


def swelling(pdf: Pdf) -> None:
    """Make a page of a few kilobytes that unpacks to hundreds of megabytes."""
    packed = zlib.compress(zlib.compress(b"q " * 2**25))
    content = Stream(pdf, packed, Filter=Array([Name.FlateDecode, Name.FlateDecode]))
    pdf.pages[0].obj.Contents = content


@pytest.mark.parametrize("change", [drawing_itself, drawing_ever_more, masked_by_itself, swelling])
def test_a_page_that_no_viewer_can_draw_is_refused(change):
    data = document(1, change=change)
    assert len(data) < 200_000
    assert ids_of(data) == ["piece/illisible"]


def test_forms_that_share_the_names_of_their_page_are_drawn():
    def share(pdf: Pdf) -> None:
        page = pdf.pages[0].obj
        form = pdf.make_stream(SHOWN, Subtype=Name.Form, BBox=Array([0, 0, 595, 842]))
        page.Resources = pdf.make_indirect(
            Dictionary(Font=Dictionary(F=FONT), XObject=Dictionary(X=form))
        )
        form.Resources = page.Resources
        page.Contents = pdf.make_stream(b"/X Do")

    assert inspect(document(1, change=share), "piece.pdf") == (Sheets(1, has_text=True), [])


@pytest.mark.parametrize(
    ("address", "stays"),
    [
        ("https://exemple.fr/cgv", True),
        ("mailto:a@exemple.fr", True),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("\\\\serveur\\partage", False),
    ],
)
def test_a_link_that_runs_or_opens_something_is_left_out(press, address, stays):
    def point(pdf: Pdf) -> None:
        link = Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 9, 9]))
        link.A = Dictionary(S=Name.URI, URI=String(address))
        pdf.pages[0].obj.Annots = Array([link])

    stamped = stamp(document(1, change=point), ["Pièce n° 1"], press)
    with Pdf.open(BytesIO(stamped)) as pdf:
        assert (Name.A in pdf.pages[0].obj.Annots[0]) == stays


def test_an_excerpt_of_a_form_keeps_what_its_fields_show(press):
    def fill(pdf: Pdf) -> None:
        shown = pdf.make_stream(b"0 0 100 20 re f", Subtype=Name.Form, BBox=Array([0, 0, 100, 20]))
        field = Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("nom"), V=String("Roux"))
        field.Rect, field.AP = Array([100, 100, 200, 120]), Dictionary(N=shown)
        field = pdf.make_indirect(field)
        pdf.pages[0].obj.Annots = Array([field])
        pdf.Root.AcroForm = Dictionary(Fields=Array([field]))

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        excerpt = arrange(document(2, b"", fill), [1])
    with pypdfium2.PdfDocument(excerpt) as opened:
        assert opened[0].render().to_pil().convert("L").getextrema()[0] < 128
