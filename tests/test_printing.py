"""Step 7: what a printed letter carries, and what a project lays over the paper."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from dument.diagnostics import Level
from dument.kit import Kit, open_kit
from dument.pdf.style import contrast_on_white
from dument.pipeline import prepare
from dument.printing import print_letter
from dument.workshop import open_press, open_workshop
from tests.projects import CASE_FILE, lay_project

TODAY = date(2026, 11, 21)
TWO_MORE = """factures:
  - {numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ht: "10,00", ttc: "12,00", piece: facture-0117}
  - {numero: F2, emise_le: 2026-03-02, echeance: 2026-04-01, ht: "10,00", ttc: "12,00", piece: facture-0117}
"""  # noqa: E501


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("papier")
    lay_project(folder)
    return folder


@pytest.fixture(scope="module")
def workshop(root, project):
    opened, found = open_workshop(Kit(open_kit(root).base, project))
    assert found == []
    return opened


@pytest.fixture(scope="module")
def letter(workshop, project):
    dossier, _ = prepare(workshop, (project / CASE_FILE).parent, TODAY)
    return dossier.letters[0]


def attached(pdf: bytes) -> dict:
    with pikepdf.open(BytesIO(pdf)) as opened:
        spec = opened.attachments["dossier.json"]
        assert str(spec.obj.AFRelationship) == "/Data"
        return json.loads(spec.get_file().read_bytes())


def test_a_letter_carries_its_own_figures(workshop, letter):
    data = attached(print_letter(workshop, letter, {}).pdf)
    assert data["decompte"]["au"] == data["le"] == letter.on.isoformat()
    assert data["decompte"]["total"] == f"{letter.statement.total:f}"
    assert data["total"] == f"{letter.claimed:f}"


def test_a_letter_carries_nothing_else(workshop, letter):
    data = attached(print_letter(workshop, letter, {}).pdf)
    keys = {"reference", "modele", "version", "le", "objet", "total", "decompte"}
    assert set(data) == keys


def test_a_letter_is_printed_twice_alike(workshop, letter):
    assert print_letter(workshop, letter, {}) == print_letter(workshop, letter, {})


def test_a_reminder_of_three_invoices_fits_one_page(workshop, root, tmp_path):
    folder = lay_project(tmp_path)
    path = folder / "dossier.yaml"
    text = path.read_text(encoding="utf-8").replace("factures:\n", TWO_MORE, 1)
    path.write_text(text, encoding="utf-8")
    dossier, found = prepare(workshop, folder, TODAY)
    assert dossier is not None, found
    printed = print_letter(workshop, dossier.letters[0], {})
    assert "F2026-0117" in dossier.letters[0].text
    assert printed.page_count == 1


def styled(tmp_path: Path, root: Path, css: str):
    (tmp_path / "dument.yaml").touch()
    folder = tmp_path / "letters/_papier"
    folder.mkdir(parents=True)
    (folder / "entreprise.css").write_text(css, encoding="utf-8")
    return open_press(Kit(open_kit(root).base, tmp_path))


def colours(pdf: bytes) -> set[tuple[int, int, int]]:
    picture = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("RGB")
    return {colour for _, colour in picture.getcolors(1 << 24)}


def test_a_firm_lays_its_colours_over_the_paper(root, tmp_path, letter):
    press, found = styled(tmp_path, root, ":root { --accent: #a00000 }")
    assert found == []
    drawn = colours(press.print(letter.document, {}).pdf)
    assert any(red > 150 and green < 30 and blue < 30 for red, green, blue in drawn)


def test_a_pale_ink_is_said_at_its_place(root, tmp_path):
    css = "/* --accent: #fff */\n:root {\n  --accent: #aabbcc;\n}\n"
    _, (found,) = styled(tmp_path, root, css)
    assert (found.id, found.level) == ("papier/contraste", Level.WARNING)
    assert str(found.position) == "letters/_papier/entreprise.css:3:3"
    assert "2,0" in found.message  # 1.05 / (0.484 + 0.05), WCAG 2.2


@pytest.mark.parametrize(("colour", "ratio"), [("ffffff", 1), ("000", 21), ("767676", 4.54)])
def test_contrast_is_that_of_wcag(colour, ratio):
    assert contrast_on_white(colour) == pytest.approx(ratio, abs=0.01)
