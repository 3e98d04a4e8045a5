"""Exhibits of every kind: read, numbered for ever, excerpted, printed with their stamp."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from dument.case.exhibits import Exhibit, number_exhibits, parse_pages
from dument.diagnostics import Diagnostic
from dument.digests import sha256
from dument.exhibits import Looks, reading, sources
from dument.exhibits.messages import read_message, read_text_file
from dument.exhibits.office import find_office, office_to_pdf
from dument.exhibits.sources import look_at, to_pdf
from dument.faults import Misread
from dument.kit import open_kit
from dument.pdf import Press, Sheets, arrange, undated
from dument.workshop import open_workshop
from tests.examples import ROOT

FACES = Path(__file__).parent.parent / "letters" / "_papier" / "polices"
RTF = rb"{\rtf1\ansi Devis n\'b0 12 accept\'e9.}"


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(FACES)


def no_sheet(name: str, variables: object) -> str:
    raise NotImplementedError(name)


def numbered_pages(count: int) -> bytes:
    """Return a PDF whose page n is n hundred points wide."""
    target = BytesIO()
    with pikepdf.Pdf.new() as pdf:
        for number in range(1, count + 1):
            pdf.add_blank_page(page_size=(100 * number, 500))
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def widths_of(pdf: bytes) -> list[int]:
    with pikepdf.open(BytesIO(pdf)) as opened:
        return [int(page.mediabox[2]) // 100 for page in opened.pages]


def message(change: Callable[[EmailMessage], None] = lambda _: None, **heads: str) -> bytes:
    mail = EmailMessage()
    told = {"From": "Hélène Roux <h.roux@exemple.fr>", "To": "contact@exemple.fr",
            "Date": "Mon, 13 Apr 2026 09:12:00 +0200", "Subject": "Votre facture"}  # fmt: skip
    for name, value in (told | heads).items():
        mail[name] = value
    mail.set_content("Elle sera payée le 30 avril.\n")
    change(mail)
    return mail.as_bytes()


# Numbers ------------------------------------------------------------------------------------


def exhibits(*ids: str, withdrawn: str = "") -> list[Exhibit]:
    return [
        Exhibit.model_validate(
            {"id": id, "title": id, "file": f"{id}.pdf"}
            | ({"withdrawn_on": "2026-05-01"} if id in withdrawn.split() else {})
        )
        for id in ids
    ]


def test_exhibits_are_numbered_in_the_order_of_the_file():
    assert number_exhibits(exhibits("devis", "bon"), {}) == {"devis": 1, "bon": 2}


def test_an_exhibit_withdrawn_after_it_was_communicated_leaves_its_number_empty():
    kept = exhibits("devis", "bon", "lettre", withdrawn="bon")
    assert number_exhibits(kept, {"devis": 1, "bon": 2}) == {"devis": 1, "bon": 2, "lettre": 3}


def test_an_exhibit_withdrawn_before_it_was_communicated_takes_no_number():
    kept = exhibits("devis", "bon", "lettre", withdrawn="bon")
    assert number_exhibits(kept, {}) == {"devis": 1, "lettre": 2}


def test_the_number_of_a_removed_exhibit_is_not_given_again():
    assert number_exhibits(exhibits("neuve"), {"devis": 1, "bon": 2}) == {"neuve": 3}


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), unique=True), min_size=1, max_size=8))
def test_whatever_is_inserted_removed_or_moved_a_communicated_number_keeps_its_meaning(rounds):
    communicated: dict[str, int] = {}
    for ids in rounds:
        numbers = number_exhibits(exhibits(*ids), communicated)
        assert all(numbers[id] == communicated[id] for id in ids if id in communicated)
        assert len(set((communicated | numbers).values())) == len(communicated | numbers)
        communicated |= numbers


# Excerpts -----------------------------------------------------------------------------------


def test_pages_are_read_in_the_order_wanted():
    assert parse_pages("8, 3 - 5").numbers == [8, 3, 4, 5]
    assert str(parse_pages("3-5,8")) == "3-5, 8"


@pytest.mark.parametrize("text", ["", "0", "5-3", "trois", "3-", "1;2"])
def test_what_is_no_page_is_refused_with_an_example(text):
    with pytest.raises(Misread) as refusal:
        parse_pages(text)
    assert refusal.value.hint


def test_an_excerpt_holds_the_wanted_pages_only():
    assert widths_of(arrange(numbered_pages(6), [5, 2])) == [5, 2]


def test_a_page_is_turned_clockwise():
    with pikepdf.open(BytesIO(arrange(numbered_pages(1), None, 90))) as turned:
        assert turned.pages[0].obj.Rotate == 90


def test_what_is_neither_cut_nor_turned_is_left_as_it_is():
    whole = numbered_pages(2)
    assert arrange(whole, None) is whole


# Sources ------------------------------------------------------------------------------------


def test_a_pdf_goes_through_as_it_is(press):
    data = numbered_pages(2)
    assert to_pdf(data, "piece.pdf", press, no_sheet) == (data, [])


def test_a_picture_is_looked_at_without_being_printed():
    assert look_at(photograph(), "photo.jpg") == (Sheets(1, False), [])


def test_a_damaged_picture_is_refused_before_it_is_printed():
    sheets, found = look_at(photograph()[:200], "photo.jpg")
    assert sheets is None
    assert [refusal.id for refusal in found] == ["piece/illisible"]


@pytest.mark.parametrize("name", ["devis.xlsx", "message.msg", "archive.zip", "sans-fin"])
def test_another_kind_of_file_is_refused_by_name(name):
    sheets, found = look_at(b"PK\x03\x04" + bytes(99), name)
    assert sheets is None
    assert [refusal.id for refusal in found] == ["piece/format"]


def test_a_message_says_who_wrote_to_whom_and_when():
    read = read_message(message(Cc="avocat@exemple.fr"))
    assert read is not None
    assert read.sender == "Hélène Roux <h.roux@exemple.fr>"
    assert (read.recipients, read.copied) == ("contact@exemple.fr", "avocat@exemple.fr")
    assert read.sent.replace("\xa0", " ") == "13 avril 2026 à 09 h 12 (UTC+0200)"
    assert (read.subject, read.body) == ("Votre facture", "Elle sera payée le 30 avril.")


def test_the_files_of_a_message_are_named_and_weighed():
    def attach(mail: EmailMessage) -> None:
        mail.add_attachment(b"abc", maintype="application", subtype="pdf", filename="bon.pdf")

    read = read_message(message(attach))
    assert read is not None
    [joined] = read.attachments
    assert (joined.name, joined.kind, joined.size) == ("bon.pdf", "application/pdf", 3)
    # SHA-256 of « abc »: FIPS 180-2, appendix B.1
    assert joined.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_only_the_words_of_an_html_message_are_kept():
    def write(mail: EmailMessage) -> None:
        mail.set_content(
            "<head><style>p{}</style></head><p>Bonjour,<br>à <b>bientôt</b></p>"
            "<script>alert(1)</script><p>&lt;i&gt; H. Roux</p>", subtype="html")  # fmt: skip

    read = read_message(message(write))
    assert read is not None
    assert read.body == "Bonjour,\nà bientôt\n\n<i> H. Roux"


@pytest.mark.parametrize("data", [b"", b"Bonjour", b"From: a@b.fr\n\nsans date", b"\0\1\2"])
def test_what_is_no_message_is_refused(data):
    assert read_message(data) is None


@given(st.binary(max_size=300))
def test_no_file_called_a_message_crashes_the_reader(noise):
    read_message(noise)
    read_message(b"From: a@b.fr\nDate: Mon, 13 Apr 2026 09:12:00 +0200\nContent-Type: " + noise)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_text_is_read_in_its_encoding(encoding):
    assert read_text_file("Reçu le 3 mars, 12 €\r\n".encode(encoding)) == "Reçu le 3 mars, 12 €\n"


@pytest.fixture(scope="module")
def draw_sheet():
    return open_workshop(open_kit(ROOT))[0].writer.draw_sheet


def printed(data: bytes, name: str, press: Press, draw_sheet: Callable[..., str]) -> str:
    pdf, found = to_pdf(data, name, press, draw_sheet)
    assert found == []
    return " ".join(text_of(pdf or b"").split())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_text_of_the_old_notepad_is_read(encoding):
    mark = {"utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}.get(encoding, b"")
    assert read_text_file(mark + "Reçu, 12 €\r\n".encode(encoding)) == "Reçu, 12 €\n"


def test_nothing_of_a_text_turns_it_around_or_has_no_shape():
    assert read_text_file("fac\u202egnp.exe\u202c\x07\x1b[31m".encode()) == "facgnp.exe[31m"


def test_a_sign_without_a_shape_is_printed_by_its_code(press, draw_sheet):
    plain = ("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit")
    mail = headed("Subject: =?utf-8?b?8J+Zgg==?= merci", *plain, "", "Bien reçu \U0001f642")
    pdf, found = to_pdf(mail, "pieces/mail.eml", press, draw_sheet)
    text = " ".join(text_of(pdf or b"").split())
    assert "[U+1F642] merci" in text
    assert "Bien reçu [U+1F642]" in text
    assert "imprimés par leur code" in text
    assert [(one.id, one.level.value) for one in found] == [("piece/signes", "info")]


def headed(*lines: str) -> bytes:
    told = ["From: a@b.fr", "Date: Mon, 13 Apr 2026 09:12:00 +0200", *lines]
    return "\r\n".join(told).encode()


@pytest.mark.parametrize("charset", ["klingon", "utf-16", '"\0"', "unicode_escape", "zlib_codec"])
def test_a_message_in_a_charset_that_cannot_be_read_is_no_crash(charset):
    read = read_message(headed(f"Content-Type: text/plain; charset={charset}", "", "\\ud800 ok"))
    assert read is not None
    assert read.body.encode()


def test_messages_nested_without_end_are_refused():
    nested = headed("Content-Type: message/rfc822", "", "") * 2000 + headed("", "fin")
    assert read_message(nested) is None
    assert [one.id for one in look_at(nested, "pieces/mail.eml")[1]] == ["piece/illisible"]


def test_a_message_to_thousands_of_people_names_them_all():
    everybody = ", ".join(f"u{rank}@exemple.fr" for rank in range(20_000))
    read = read_message(headed(f"To: {everybody}", "", "Bonjour"))
    assert read is not None
    assert read.recipients == everybody


def test_what_was_looked_at_is_not_looked_at_again_until_it_changes(monkeypatch):
    seen: list[bytes] = []

    def counted(data: bytes, name: str, **words: bool) -> tuple[Sheets | None, list[Diagnostic]]:
        seen.append(data)
        return look_at(data, name, **words)

    monkeypatch.setattr(reading, "look_at", counted)
    looks, (exhibit,) = Looks(), exhibits("bon")
    whole, broken = numbered_pages(2), b"%PDF-1.7 rien"
    for data in (whole, whole, numbered_pages(3), broken, broken):
        sheets, found = looks.at(data, sha256(data), exhibit)
        assert (sheets, found) == look_at(data, exhibit.file)
    assert seen == [whole, numbered_pages(3), broken, broken]


def test_a_message_is_printed_as_it_reads(press, draw_sheet):
    said = printed(message(Cc="avocat@exemple.fr"), "pieces/mail.eml", press, draw_sheet)
    for line in ("De Hélène Roux <h.roux@exemple.fr>", "À contact@exemple.fr",
                 "Copie avocat@exemple.fr", "Date 13 avril 2026",
                 "Elle sera payée le 30 avril."):  # fmt: skip
        assert line in said
    assert "joint" not in said


def test_a_file_of_a_message_without_a_name_is_told_by_its_kind(press, draw_sheet):
    def attach(mail: EmailMessage) -> None:
        mail.add_attachment(b"abc", maintype="application", subtype="pdf")

    said = printed(message(attach), "pieces/mail.eml", press, draw_sheet)
    assert "Fichier joint sans nom, application/pdf (1 ko, SHA-256 ba7816bf" in said


def text_of(pdf: bytes) -> str:
    opened = pypdfium2.PdfDocument(pdf)
    return "".join(page.get_textpage().get_text_range() for page in opened)


# Photographs --------------------------------------------------------------------------------


def photograph(place: bool = False, kind: str = "JPEG") -> bytes:
    image = Image.effect_noise((160, 120), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x010F] = "Appareil de Mme Roux"
    if place:
        exif.get_ifd(0x8825)[1] = "N"
    target = BytesIO()
    image.save(target, kind, exif=exif)
    return target.getvalue()


def test_a_photograph_that_tells_its_place_is_reported():
    _, found = look_at(photograph(place=True), "photo.jpg")
    assert [remark.id for remark in found] == ["piece/localisee"]
    assert look_at(photograph(place=True), "photo.jpg", is_scrubbed=True)[1] == []


def test_a_scrubbed_photograph_keeps_its_pixels_and_nothing_else(press):
    data = photograph(place=True)
    kept, _ = to_pdf(data, "photo.jpg", press, no_sheet)
    scrubbed, _ = to_pdf(data, "photo.jpg", press, no_sheet, is_scrubbed=True)
    assert b"Mme Roux" in streams_of(kept or b"")
    assert b"Mme Roux" not in streams_of(scrubbed or b"")
    assert pixels_of(kept or b"") == pixels_of(scrubbed or b"")


def streams_of(pdf: bytes) -> bytes:
    with pikepdf.open(BytesIO(pdf)) as opened:
        streams = [one for one in opened.objects if isinstance(one, pikepdf.Stream)]
        return b"".join(one.read_raw_bytes() for one in streams)


def pixels_of(pdf: bytes) -> bytes:
    return pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().tobytes()


def test_a_photograph_of_a_telephone_is_read_when_its_library_is_there(press):
    heif = pytest.importorskip("pillow_heif", reason="dument[photos] is not installed")
    target = BytesIO()
    heif.from_pillow(Image.new("RGB", (64, 48), (10, 120, 60))).save(target)
    assert look_at(target.getvalue(), "IMG_0012.HEIC") == (Sheets(1, False), [])
    pdf, found = to_pdf(target.getvalue(), "IMG_0012.HEIC", press, no_sheet)
    assert found == []
    assert widths_of(pdf or b"")


def test_without_its_library_a_photograph_of_a_telephone_says_what_to_do(monkeypatch):
    monkeypatch.setattr("dument.pdf.images.can_read_heic", lambda: False)
    sheets, [refusal] = look_at(b"\0\0\0\x18ftypheic" + bytes(40), "IMG_0012.HEIC")
    assert (sheets, refusal.id) == (None, "piece/format")
    assert "JPEG" in (refusal.hint or "")


# Word processors ----------------------------------------------------------------------------


def test_without_libreoffice_a_document_says_what_to_do(monkeypatch):
    monkeypatch.setattr(sources, "find_office", lambda: None)
    sheets, [refusal] = look_at(b"PK\x03\x04", "devis.docx")
    assert (sheets, refusal.id) == (None, "piece/format")


@pytest.mark.skipif(find_office() is None, reason="LibreOffice is not installed")
def test_libreoffice_makes_the_same_pdf_twice():
    office = find_office() or ""
    made = [undated(office_to_pdf(RTF, ".rtf", office) or b"") for _ in range(2)]
    assert made[0] == made[1]
    assert "accepté" in text_of(made[0])


def test_a_converter_that_fails_is_no_crash(tmp_path):
    broken = shutil.which("false") or "false"
    assert office_to_pdf(RTF, ".rtf", broken) is None
