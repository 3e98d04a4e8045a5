"""The press: what it refuses, what it says, and that it always gives the same bytes."""

from __future__ import annotations

import builtins
import logging
import os
import sys
from datetime import date
from io import BytesIO
from pathlib import Path

import page as validator
import pikepdf
import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from dument.diagnostics import Level
from dument.pdf import Enclosure, EngineMissing, Press, engine_versions
from dument.pdf.fonts import SURE, covered_characters

FACES = Path(__file__).parent.parent / "letters" / "_papier" / "polices"
STYLE = """
@page { margin: 20mm; @bottom-center { content: "Page " counter(page) } }
body { font-family: "Dument Serif" }
"""
DOT = "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='4'><path d='M0 0h4v4z'/></svg>"
HEAD = '<title>Essai</title><meta name="dcterms.created" content="2026-05-04">'
ENCLOSURE = Enclosure("facture.xml", b"<facture/>", "La facture en XML", "Data", date(2026, 3, 2))


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(FACES, [STYLE])


def sheet(body: str) -> str:
    return (
        f'<!DOCTYPE html><html lang="fr"><head>{HEAD}</head><body><h1>A</h1>{body}</body></html>'
    )


def ids_of(printed) -> list[str]:
    return [found.id for found in printed.diagnostics]


def test_a_plain_text_prints_in_silence(press):
    assert press.print(sheet("<p>Œuvre n° 5 — « ½ » : 12 €</p>"), {}).diagnostics == ()


def test_the_page_count_is_that_of_the_file(press):
    printed = press.print(sheet('<p style="break-before: page">suite'), {})
    assert printed.page_count == 2


@pytest.mark.parametrize("profile", ["pdf/a-3u", "pdf/ua-1"])
def test_a_document_with_an_enclosure_conforms(press, profile):
    printed = press.print(sheet("<p>texte"), {}, attachments=[ENCLOSURE])
    assert validator.is_pdf_compliant_bytes(printed.pdf, profile=profile)


def test_an_enclosure_comes_out_as_it_went_in(press):
    printed = press.print(sheet("<p>texte"), {}, attachments=[ENCLOSURE])
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        assert pdf.attachments["facture.xml"].get_file().read_bytes() == b"<facture/>"


def test_two_prints_give_the_same_bytes(press):
    first, second = (press.print(sheet("<p>texte"), {}, attachments=[ENCLOSURE]) for _ in range(2))
    assert first == second


def test_two_presses_give_the_same_bytes(press):
    assert Press(FACES, [STYLE]).print(sheet("<p>x"), {}) == press.print(sheet("<p>x"), {})


def test_an_undated_enclosure_takes_the_date_of_the_document(press):
    undated = Enclosure("a.xml", b"<a/>", "sans date")
    printed = press.print(sheet("<p>texte"), {}, attachments=[undated])
    with pikepdf.open(BytesIO(printed.pdf)) as pdf:
        file = pdf.attachments["a.xml"].obj.EF.F
        assert str(file.Params.ModDate) == "D:20260504000000Z"


def test_the_only_date_is_the_one_of_the_document(press):
    with pikepdf.open(BytesIO(press.print(sheet("<p>texte"), {}).pdf)) as pdf:
        assert str(pdf.docinfo["/CreationDate"]) == "D:20260504"
        assert "/ModDate" not in pdf.docinfo


@pytest.mark.parametrize(
    "address",
    [
        "https://exemple.test/logo.png",
        "file:///etc/passwd",
        "data:image/png;base64,AAAA",
        "asset:absent.png",
        "asset:../logo.svg",
    ],
)
def test_an_address_that_is_not_an_asset_is_refused(press, address):
    printed = press.print(sheet(f'<img src="{address}" alt="logo">'), {"logo.svg": DOT.encode()})
    assert ids_of(printed) == ["pdf/ressource-refusee"]


def test_a_refusal_is_said_again_for_the_next_document(press):
    html = sheet('<img src="asset:absent.png" alt="logo">')
    assert press.print(html, {}).diagnostics == press.print(html, {}).diagnostics


def test_an_image_cannot_bring_in_another_file(press):
    inner = DOT.replace("<path", "<image href='file:///etc/hostname' width='4' height='4'/><path")
    printed = press.print(sheet('<img src="asset:a.svg" alt="a">'), {"a.svg": inner.encode()})
    assert ids_of(printed) == ["pdf/ressource-refusee"]


def test_a_relative_address_is_reported(press):
    printed = press.print(sheet('<img src="logo.png" alt="logo">'), {})
    assert [found.level for found in printed.diagnostics] == [Level.WARNING]


def test_an_asset_may_have_spaces_and_accents_in_its_name(press):
    html = sheet('<img src="asset:mon%20cach%C3%A9.svg" alt="cachet">')
    assert press.print(html, {"mon caché.svg": DOT.encode()}).diagnostics == ()


def test_a_style_sheet_may_hold_its_own_images():
    style = f'body {{ background: url("data:image/svg+xml,{DOT}") }}'
    assert Press(FACES, [style]).print(sheet("<p>x"), {}).diagnostics == ()


def test_two_images_of_the_same_name_are_not_confused(press):
    html = sheet('<img src="asset:a.svg" alt="a" style="width: 9mm">')
    other = DOT.replace("M0 0h4v4z", "M4 4h-4v-4z")
    prints = [press.print(html, {"a.svg": image.encode()}).pdf for image in (DOT, other)]
    assert prints[0] != prints[1]


def test_a_character_that_no_face_draws_is_an_error_that_names_it(press):
    printed = press.print(sheet("<p>Bien reçu 😀"), {})
    absent = [found for found in printed.diagnostics if found.id == "pdf/caractere-absent"]
    assert "« 😀 » (U+1F600)" in absent[0].message
    assert absent[0].fails()


@pytest.mark.parametrize(
    "text",
    [
        "ÀÉÎÕÜŸÇŒÆ œuf",
        "Łódź Ștefan Żółć Nguyễn",
        "€ № ° ½ → ☐ ⟦⟧ «» ’ – — − × • …",
        "a\u202fb\u00a0c\u2011d",
    ],
)
def test_usual_characters_are_drawn(press, text):
    assert press.print(sheet(f"<p>{text}"), {}).diagnostics == ()


@pytest.mark.parametrize("mark", ["\u00ad", "\u200b", "\u200d", "\u2060", "\ufe0f", "\ufeff"])
def test_invisible_characters_are_not_missing(press, mark):
    printed = press.print(sheet(f"<p>recou{mark}vrement"), {})
    assert "pdf/caractere-absent" not in ids_of(printed)


def test_a_mistake_of_style_is_reported():
    found = Press(FACES, ["body { colour: red }"]).print(sheet("<p>x"), {}).diagnostics
    assert [warning.id for warning in found] == ["pdf/avertissement-moteur"]


def test_an_image_without_description_is_reported(press):
    printed = press.print(sheet('<img src="asset:a.svg">'), {"a.svg": DOT.encode()})
    assert "pdf/avertissement-moteur" in ids_of(printed)


def test_a_broken_image_is_reported(press):
    printed = press.print(sheet('<img src="asset:a.png" alt="a">'), {"a.png": b"\x89PNG\r\n"})
    assert ids_of(printed) == ["pdf/avertissement-moteur"]


def test_the_log_of_the_engine_does_not_reach_other_handlers(press, caplog):
    press.print(sheet('<img src="logo.png" alt="a"><p>😀'), {})
    assert caplog.records == []


def test_the_loggers_are_left_as_they_were(press):
    before = logging.getLogger("weasyprint").level, list(logging.getLogger("weasyprint").handlers)
    press.print(sheet("<p>x"), {})
    after = logging.getLogger("weasyprint").level, list(logging.getLogger("weasyprint").handlers)
    assert before == after


def test_the_environment_is_left_as_it_was(monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "/ailleurs")
    Press(FACES).warm_up()
    assert os.environ["FONTCONFIG_FILE"] == "/ailleurs"
    assert "FONTCONFIG_PATH" not in os.environ


def test_a_plain_print_makes_no_archival_claim(press):
    with pikepdf.open(BytesIO(press.print_plain(sheet("<p>x"), {}).pdf)) as pdf:
        assert "/StructTreeRoot" not in pdf.Root


def test_a_plain_print_can_do_without_the_shared_styles(press):
    with pikepdf.open(BytesIO(press.print_plain("<p>x", {}, styled=False).pdf)) as pdf:
        assert b"Page" not in pdf.pages[0].Contents.read_bytes()


@pytest.mark.parametrize("html", ["", "\0", "<p", "<html><head></html>", "<table><td>" * 5])
def test_odd_html_does_not_stop_the_press(press, html):
    assert press.print(html, {}).page_count >= 1


def test_a_date_that_is_none_is_reported(press):
    printed = press.print(sheet("x").replace("2026-05-04", "hier"), {}, attachments=[ENCLOSURE])
    assert ids_of(printed) == ["pdf/avertissement-moteur"]


@pytest.mark.parametrize("fault", [OSError("cannot load library 'pango'"), ImportError("cffi")])
def test_a_missing_engine_is_said_in_french(monkeypatch, fault):
    def refuse(name, *rest):
        if name == "weasyprint":
            raise fault
        return genuine(name, *rest)

    genuine = builtins.__import__
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(EngineMissing, match=r"mise en page|met les lettres en page"):
        Press(FACES).print("<p>x", {})


def test_the_faces_of_a_project_are_added_to_those_of_the_kit(tmp_path):
    own = tmp_path / "Maison.ttf"
    with TTFont(FACES / "DumentSans-Regular.ttf") as font:
        cut = Subsetter(Options(notdef_outline=True))
        cut.populate(text="Aé")
        cut.subset(font)
        for record in (1, 3, 4, 6, 16):
            font["name"].setName("Maison", record, 3, 1, 0x409)
        font.save(own)
    press = Press((tmp_path, FACES), ["body { font-family: Maison, 'Dument Serif' }"])
    with pikepdf.open(BytesIO(press.print(sheet("<p>Aé, œuvre"), {}).pdf)) as pdf:
        names = {str(one.FontName) for one in pdf.objects if is_descriptor(one)}
    assert {name.partition("+")[2] for name in names} == {"Maison", "Dument-Serif"}


def is_descriptor(found) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == "/FontDescriptor"


def test_what_no_face_draws_is_known_without_the_engine(monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    press = Press(FACES)
    assert press.absent_characters(["Œuvre n° 5 — « ½ » : 12 € → ☐"]) == []
    assert "U+1F600" in press.absent_characters(["Bien reçu 😀"])[0].message


def test_the_characters_taken_for_granted_are_drawn():
    assert covered_characters([FACES]) >= SURE


def test_the_versions_that_shape_a_letter_are_known():
    assert {"weasyprint", "pango", "pikepdf", "qpdf", "pillow", "zlib"} <= engine_versions().keys()


def test_the_shipped_faces_carry_their_own_name():
    for path in FACES.glob("*.ttf"):
        with TTFont(path) as font:
            assert font["name"].getDebugName(4).startswith("Dument ")


def test_importing_the_room_does_not_load_the_engine(tmp_path):
    import subprocess

    code = (
        "import sys, dument.pdf; sys.exit('weasyprint' in sys.modules or 'pikepdf' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_stream_ends_in_a_carriage_return(press):
    """A last byte that could be a line's end is refused by some validators, one time in 64."""
    printed = (press.print(sheet(f"<p>Lettre {rank}"), {}).pdf for rank in range(40))
    assert not any(b"\r\nendstream" in one for one in printed)
