"""A letter that left is sealed: kept, verified, never made again, undone by an explicit act."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from dument.case import Channel
from dument.diagnostics import Level, Position
from dument.digests import sha256
from dument.kit import Kit
from dument.lock import read_lock
from dument.pdf import page_texts
from dument.pipeline import inputs_mark, prepare, produce
from dument.records import computed_case_json
from dument.seal import read_seals
from dument.seal.markup import is_letter_markup
from dument.sending import Departure, send_letter, undo_sending
from dument.verifying import IMPOSSIBLE, OTHER, SAME, verify_letters
from dument.workshop import open_workshop
from tests.examples import written_example
from tests.projects import blank_pdf, dument_says, lay_project, snapshot

pytestmark = pytest.mark.usefixtures("one_press")  # `real_workshop` prints each time
TODAY = date(2026, 11, 21)
LEFT = date(2026, 6, 8)
FIRST = "01-2026-04-15-relance-amiable"
STEM = "02-2026-06-08-mise-en-demeure"
NOTICE = """\
  - modele: mise-en-demeure  # la seconde
    le: 2026-06-08
    delai_jours: 8
    envoi: {canal: lrar}
"""
BY_POST = Departure(LEFT, Channel.REGISTERED, "1A 234 567 8901 2")


@pytest.fixture(scope="module")
def workshop(one_press, root, tmp_path_factory):
    """The workshop of the kit; the dossiers of the tests stand elsewhere."""
    workshop, found = open_workshop(Kit(root, tmp_path_factory.mktemp("projet")))
    assert found == []
    return workshop


@pytest.fixture
def real_workshop(workshop):
    """The workshop with a press that prints each letter anew."""
    return replace(workshop, press=workshop.press.forgetful())


def lay_case(project: Path) -> Path:
    """Lay a sound dossier whose second letter is a formal notice to be sent."""
    folder = lay_project(project)
    text = (folder / "dossier.yaml").read_text(encoding="utf-8")
    text = text.replace("pieces:\n", f"{NOTICE}pieces:\n")
    (folder / "dossier.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def sealed_project(tmp_path_factory, workshop) -> Path:
    """A project whose notice is sealed; tests work on copies."""
    project = tmp_path_factory.mktemp("scelle")
    outcome, found = send_letter(workshop, lay_case(project), "2", BY_POST, TODAY)
    assert outcome is not None, found
    assert outcome.stem == STEM
    return project


@pytest.fixture
def case(tmp_path) -> Path:
    return lay_case(tmp_path)


@pytest.fixture
def sealed(tmp_path, sealed_project) -> Path:
    shutil.copytree(sealed_project, tmp_path, dirs_exist_ok=True)
    return tmp_path / "data/dossiers/bon"


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "dossier.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def ids(found) -> list[str]:
    return [one.id for one in found if one.id.startswith(("sceau/", "envoi/", "verrou/"))]


def texts(pdf: bytes) -> str:
    return " ".join(page_texts(pdf))


def test_a_letter_is_sealed_as_it_left(sealed):
    home = sealed / "envois" / STEM
    seal = json.loads((home / "sceau.json").read_bytes())
    assert "PROJET" not in texts((home / "lettre.pdf").read_bytes())
    assert {"lettre.pdf", "lettre.txt", "lettre.html", "donnees.json"} <= set(seal["fichiers"])
    assert {name: sha256((home / name).read_bytes()) for name in seal["fichiers"]} == seal[
        "fichiers"
    ]
    assert seal["envoi"] == {
        "canal": "lrar",
        "envoyee_le": "2026-06-08",
        "numero": "1A 234 567 8901 2",
    }
    assert {"dossier.yaml", "parties/lumen.yaml", "pieces/facture.pdf"} == set(seal["donnees"])
    assert {"mise-en-demeure/v2.md", "_commun", "_papier"} <= set(seal["modeles"])
    assert {"dument", "code", "weasyprint"} <= set(seal["moteur"])


def test_a_sealed_act_still_names_its_court(root, tmp_path, workshop):
    folder = tmp_path / "garage"
    shutil.copytree(root / "data/exemples/garage-tilleul", folder)
    shutil.copytree(root / "data/exemples/parties", tmp_path / "parties")
    before, _ = prepare(workshop, folder, TODAY)
    filed = Departure(date(2026, 11, 20), Channel.COURT)
    outcome, found = send_letter(workshop, folder, "4", filed, TODAY)
    assert outcome is not None, found
    after, found = prepare(workshop, folder, TODAY)
    assert after is not None, found
    assert after.letters[-1].sealed is not None
    assert after.letters[-1].court == before.letters[-1].court
    assert "Lyon" in after.letters[-1].court


def test_the_lock_answers_for_the_seal(sealed):
    lock = json.loads((sealed / "dossier.lock").read_text(encoding="utf-8"))
    seal = (sealed / "envois" / STEM / "sceau.json").read_bytes()
    record = lock["lettres"][STEM]
    assert record["sceau"] == sha256(seal)
    assert record["total"] == json.loads(seal)["lettre"]["total"]
    assert (record["modele"], record["version"], record["le"]) == (
        "mise-en-demeure",
        2,
        "2026-06-08",
    )


def test_the_numbers_a_sealed_letter_cites_never_change_meaning(sealed, workshop):
    lock = json.loads((sealed / "dossier.lock").read_text(encoding="utf-8"))
    assert {id: one["numero"] for id, one in lock["pieces"].items()} == {"facture-0117": 1}
    (sealed / "pieces/devis.pdf").write_bytes(blank_pdf())
    change(
        sealed, "pieces:\n", "pieces:\n  - {id: devis, titre: Devis, fichier: pieces/devis.pdf}\n"
    )
    dossier, _ = prepare(workshop, sealed, TODAY)
    assert dossier is not None
    assert [(one.number, one.exhibit.id) for one in dossier.exhibits] == [
        (1, "facture-0117"),
        (2, "devis"),
    ]


def test_an_exhibit_that_the_reader_may_not_see_gets_no_lasting_number(case, workshop):
    (case / "pieces/note.pdf").write_bytes(blank_pdf())
    entry = "  - {id: note, titre: Note, fichier: pieces/note.pdf, visible: prive}\n"
    change(case, "pieces:\n", f"pieces:\n{entry}")
    outcome, found = send_letter(workshop, case, "2", BY_POST, TODAY)
    assert outcome is not None, found
    lock = json.loads((case / "dossier.lock").read_text(encoding="utf-8"))
    assert {id: one["numero"] for id, one in lock["pieces"].items()} == {"facture-0117": 1}


def test_the_case_file_gains_the_sending_and_the_journal_an_entry(sealed, tmp_path_factory):
    before = lay_case(tmp_path_factory.mktemp("avant")) / "dossier.yaml"
    expected = before.read_text(encoding="utf-8").replace(
        "envoi: {canal: lrar}",
        "envoi: {canal: lrar, envoyee_le: 2026-06-08, numero: 1A 234 567 8901 2}",
    )
    entry = f"  - {{le: 2026-06-08, type: envoi, lettre: {STEM}}}\n"
    assert (sealed / "dossier.yaml").read_text(encoding="utf-8") == expected.replace(
        "lettres:\n", f"{entry}lettres:\n"
    )


def test_the_same_letter_sealed_twice_gives_the_same_bytes(case, sealed_project, real_workshop):
    send_letter(real_workshop, case, STEM, BY_POST, TODAY)
    twin = sealed_project / "data/dossiers/bon"
    written = {name: content for name, (content, _) in snapshot(case).items()}
    assert written == {name: content for name, (content, _) in snapshot(twin).items()}


def test_later_builds_copy_what_left_whatever_the_kit_has_become(sealed, root):
    project = sealed.parents[2]
    own = project / "letters/mise-en-demeure/v2.md"
    own.parent.mkdir(parents=True)
    former = (root / "letters/mise-en-demeure/v2.md").read_text(encoding="utf-8")
    own.write_text(f"{former}\nUn paragraphe de plus.\n", encoding="utf-8")
    (project / "letters/VERSIONS.sha256").write_text("", encoding="utf-8")
    workshop, _ = open_workshop(Kit(root, project))
    dossier, found = prepare(workshop, sealed, TODAY)
    assert ids(found) == ["sceau/non-scellee"]
    files, _ = produce(workshop, dossier)
    stored = (sealed / "envois" / STEM / "lettre.pdf").read_bytes()
    told = json.loads(files["dossier.json"])["lettres"][1]
    assert files[f"lettres/{STEM}.pdf"] == stored
    assert (told["scelle"], told["sha256"]) == (True, sha256(stored))
    page = files[f"lettres/{STEM}.html"].decode()
    assert "Un paragraphe de plus" not in page
    assert sha256(stored) in page
    assert "le dossier d’aujourd’hui" not in page
    assert json.loads(files["dossier.json"])["lettres"][0]["scelle"] is False
    (verdict,), _ = verify_letters(workshop, sealed, TODAY)
    assert (verdict.is_intact, verdict.rebuilt) == (True, OTHER)
    assert "modeles: mise-en-demeure/v2.md" in verdict.differences


def test_its_sum_stays_the_sealed_one_when_the_law_of_the_case_changes(sealed, workshop):
    change(sealed, "penalites: bce+10", "penalites: 20 %")
    dossier, _ = prepare(workshop, sealed, TODAY)
    lock = json.loads((sealed / "dossier.lock").read_bytes())
    assert f"{dossier.letters[1].claimed:f}" == lock["lettres"][STEM]["total"]
    assert dossier.letters[1].statement.total != dossier.letters[1].claimed
    page = workshop.site.pages(dossier, {})[f"lettres/{STEM}.html"].decode()
    assert "le dossier d’aujourd’hui" in page
    (verdict,), _ = verify_letters(workshop, sealed, TODAY)
    assert verdict.rebuilt == OTHER
    assert verdict.differences[0] == "donnees: dossier.yaml"


def test_the_chronology_tells_a_sending_once(sealed, workshop):
    dossier, _ = prepare(workshop, sealed, TODAY)
    page = workshop.site.pages(dossier, {})["chronologie.html"].decode()
    assert STEM not in page.replace(f"lettres/{STEM}", "")


def test_what_a_check_finds_on_a_sealed_letter_blocks_no_more(sealed, workshop):
    reseal(sealed, "lettre.txt", b"Bonjour.")
    dossier, _ = prepare(workshop, sealed, TODAY)
    found = [one for one in dossier.diagnostics if one.id == "MED-001"]
    assert [one.level for one in found] == [Level.WARNING]


def reseal(folder: Path, name: str, content: bytes) -> None:
    """Put another file in a seal and make seal and lock answer for it."""
    home = folder / "envois" / STEM
    seal = json.loads((home / "sceau.json").read_bytes())
    (home / name).write_bytes(content)
    seal["fichiers"][name] = sha256(content)
    (home / "sceau.json").write_text(json.dumps(seal), encoding="utf-8")
    lock = json.loads((folder / "dossier.lock").read_bytes())
    lock["lettres"][STEM]["sceau"] = sha256((home / "sceau.json").read_bytes())
    (folder / "dossier.lock").write_text(json.dumps(lock), encoding="utf-8")


@pytest.mark.parametrize("name", ["lettre.pdf", "lettre.txt", "donnees.json", "sceau.json"])
def test_an_altered_file_is_an_error_that_says_how_to_get_it_back(sealed, workshop, name):
    path = sealed / "envois" / STEM / name
    path.write_bytes(path.read_bytes() + b" ")
    _, found = prepare(workshop, sealed, TODAY)
    (fault,) = [one for one in found if one.id == "sceau/altere"]
    assert name in fault.message
    assert "git checkout" in fault.hint
    assert fault.position.line == 34
    (verdict,), _ = verify_letters(workshop, sealed, TODAY)
    assert [one.file for one in verdict.flaws] == [name]


def test_a_lost_file_is_an_error_and_nothing_is_built(sealed):
    project = sealed.parents[2]
    (sealed / "envois" / STEM / "lettre.pdf").unlink()
    built = dument_says(project, "build", "bon", "--date", "2026-11-21")
    assert built.exit_code == 1
    assert "[sceau/absent]" in built.output
    assert not (project / "sortie/bon").exists()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("delai_jours: 8\n    envoi: {canal: lrar", "delai_jours: 15\n    envoi: {canal: lrar",
         "« delai_jours » 8 → 15"),
        ("    le: 2026-06-08\n", "    le: 2026-06-09\n", "n’est plus la n° 2"),
        ("canal: lrar", "canal: remise", "« envoi.canal » lrar → remise"),
        ("envoyee_le: 2026-06-08", "envoyee_le: 2026-06-09", "« envoi.envoyee_le »"),
        ("numero: 1A 234 567 8901 2", "numero: 1A 000 567 8901 2", "« envoi.numero »"),
        ("  # la seconde", "\n    factures: [F2026-0117]", "« factures » absent →"),
        ("  # la seconde", "\n    version: 1", "« version » 2 → 1"),
        ("lettres:\n", "lettres:\n  - {modele: relance-amiable, le: 2026-04-10}\n",
         "n’est plus la n° 2"),
    ],
)  # fmt: skip
def test_what_a_sealed_letter_said_cannot_change(sealed, workshop, old, new, said):
    change(sealed, old, new)
    _, found = prepare(workshop, sealed, TODAY)
    (fault,) = [one for one in found if one.id == "sceau/donnees"]
    assert said in fault.message
    assert fault.fails()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("8901 2}", "8901 2, presentee_le: 2026-06-10, issue: distribue}"),
        ("8901 2}", "8901 2, preuve: facture-0117}"),
        ("  # la seconde", "\n    version: 2"),
        ("pieces:\n", "  - {modele: facture-penalites, le: 2026-07-06}\npieces:\n"),
    ],
)
def test_what_comes_after_the_letter_may_be_added(sealed, workshop, old, new):
    change(sealed, old, new)
    _, found = prepare(workshop, sealed, TODAY)
    assert ids(found) == ["sceau/non-scellee"]


@pytest.mark.parametrize(
    "body", ["<script>x</script>", "<p onclick=x>a</p>", "<a href='javascript:x'>a</a>", "<svg/>"]
)
def test_a_sealed_body_that_acts_in_a_page_is_refused(sealed, workshop, body):
    reseal(sealed, "lettre.html", body.encode())
    _, found = prepare(workshop, sealed, TODAY)
    assert "sceau/altere" in ids(found)


@pytest.mark.parametrize(
    ("old", "new"),
    [('"rang": 2', '"rang": "deux"'), ('"total"', '"somme"'), ("lettre.pdf", "../lettre.pdf")],
)
def test_a_seal_of_another_shape_is_said_altered(sealed, workshop, old, new):
    path = sealed / "envois" / STEM / "sceau.json"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    lock = json.loads((sealed / "dossier.lock").read_bytes())
    lock["lettres"][STEM]["sceau"] = sha256(path.read_bytes())
    (sealed / "dossier.lock").write_text(json.dumps(lock), encoding="utf-8")
    _, found = prepare(workshop, sealed, TODAY)
    assert "sceau/altere" in ids(found)


def test_a_seal_unknown_to_the_lock_is_said(sealed, workshop):
    (sealed / "dossier.lock").unlink()
    _, found = prepare(workshop, sealed, TODAY)
    assert "sceau/sans-verrou" in ids(found)


def test_a_case_without_seals_says_nothing_of_them(case, workshop):
    _, found = prepare(workshop, case, TODAY)
    assert ids(found) == []


def refused(workshop, folder: Path, wanted: str, departure: Departure, **options) -> list[str]:
    """Send, expect a refusal, check that nothing at all changed, and return the reasons."""
    before = snapshot(folder)
    outcome, found = send_letter(workshop, folder, wanted, departure, TODAY, **options)
    assert outcome is None
    assert snapshot(folder) == before
    assert not (folder / "envois").exists() or "envois" in str(before)
    return ids(found) or [one.id for one in found if one.fails()]


@pytest.mark.parametrize(
    ("wanted", "departure", "id"),
    [
        ("2", Departure(date(2026, 11, 22)), "envoi/date"),
        ("2", Departure(date(2026, 6, 7)), "envoi/date"),
        ("1", Departure(date(2026, 4, 16)), "envoi/date"),
        ("2", Departure(LEFT, Channel.COURT), "envoi/canal"),
        ("3", Departure(LEFT), "envoi/lettre-inconnue"),
        ("0", Departure(LEFT), "envoi/lettre-inconnue"),
        ("mise-en-demure", Departure(LEFT), "envoi/lettre-inconnue"),
        ("2", Departure(LEFT, proof=Path(__file__)), "piece/illisible"),
    ],
)
def test_a_sending_that_cannot_be_is_refused_whole(case, workshop, wanted, departure, id):
    assert refused(workshop, case, wanted, departure) == [id]


def test_a_letter_without_any_channel_is_refused(case, workshop):
    change(case, "\n    envoi: {canal: lrar}", "")
    assert refused(workshop, case, "2", Departure(LEFT)) == ["envoi/canal"]


def test_a_kind_that_two_drafts_have_names_neither(case, workshop):
    change(case, "pieces:\n", f"{NOTICE}pieces:\n")
    assert refused(workshop, case, "mise-en-demeure", BY_POST) == ["envoi/lettre-ambigue"]


def test_a_dossier_with_errors_seals_nothing(case, workshop):
    change(case, "pieces/facture.pdf", "pieces/absente.pdf")
    assert "piece/absente" in refused(workshop, case, "2", BY_POST)


def test_warnings_refuse_when_they_are_to_fail(case, workshop):
    assert refused(workshop, case, "2", BY_POST, strict=True) == []


def test_a_sealed_letter_is_not_sealed_again(sealed, workshop):
    assert refused(workshop, sealed, "2", BY_POST) == ["envoi/deja-scellee"]


def test_a_file_that_cannot_be_edited_is_told_what_to_write(case, workshop):
    change(case, "- modele: relance", "- &une\n    modele: relance")
    change(case, NOTICE, "  - *une\n")
    before = snapshot(case)
    said = Departure(date(2026, 4, 15), number="1A 1")
    outcome, found = send_letter(workshop, case, "2", said, TODAY)
    assert outcome is None
    (fault,) = [one for one in found if one.id == "envoi/edition"]
    assert "envoi: {canal: courriel, envoyee_le: 2026-04-15, numero: 1A 1}" in fault.hint
    assert "journal: - {le: 2026-04-15, type: envoi" in fault.hint
    assert snapshot(case) == before


def test_a_case_file_between_braces_is_sealed_too(case, workshop):
    change(case, NOTICE, "  - {modele: mise-en-demeure, le: 2026-06-08}\n")
    outcome, found = send_letter(workshop, case, "mise-en-demeure", BY_POST, TODAY)
    assert outcome is not None, found
    sent = "envoi: {canal: lrar, envoyee_le: 2026-06-08, numero: 1A 234 567 8901 2}}"
    assert sent in (case / "dossier.yaml").read_text(encoding="utf-8")


def test_a_letter_said_sent_is_sealed_by_its_kind(case, workshop):
    outcome, found = send_letter(
        workshop, case, "relance-amiable", Departure(date(2026, 4, 15)), TODAY
    )
    assert outcome is not None, found
    assert outcome.stem == FIRST


def test_a_proof_becomes_an_exhibit_that_the_sending_names(case, workshop, tmp_path):
    proof = tmp_path / "Dépôt n° 1.PDF"
    proof.write_bytes(blank_pdf())
    said = Departure(LEFT, Channel.REGISTERED, proof=proof)
    outcome, found = send_letter(workshop, case, "2", said, TODAY)
    assert outcome is not None, found
    assert (case / "pieces/depot-n-1.pdf").read_bytes() == blank_pdf()
    dossier, found = prepare(workshop, case, TODAY)
    added = dossier.case.exhibits[-1]
    assert (added.id, added.file) == (f"preuve-{STEM}", "pieces/depot-n-1.pdf")
    assert dossier.case.letters[1].sending.exhibit == added.id
    (verdict,), _ = verify_letters(workshop, case, TODAY)
    assert verdict.rebuilt == SAME


def test_a_proof_that_is_an_exhibit_already_is_only_named(case, workshop):
    said = Departure(LEFT, proof=case / "pieces/facture.pdf")
    outcome, _ = send_letter(workshop, case, "2", said, TODAY)
    assert outcome is not None
    assert "preuve: facture-0117" in (case / "dossier.yaml").read_text(encoding="utf-8")


def undone(workshop, folder: Path):
    return undo_sending(workshop, folder, "mise-en-demeure", "Adresse fausse", TODAY)


def test_undoing_keeps_what_was_sealed_and_tells_why(sealed, workshop):
    stored = snapshot(sealed / "envois" / STEM)
    outcome, found = undone(workshop, sealed)
    assert outcome is not None, found
    assert snapshot(sealed / "envois/annules" / STEM) == stored
    assert not (sealed / "envois" / STEM).exists()
    lock = json.loads((sealed / "dossier.lock").read_bytes())
    assert "lettres" not in lock
    assert lock["annulations"][STEM]["motif"] == "Adresse fausse"
    text = (sealed / "dossier.yaml").read_text(encoding="utf-8")
    assert "envoi: {canal: lrar, numero: 1A 234 567 8901 2}" in text
    assert f"type: envoi-annule, lettre: {STEM}, note: Adresse fausse" in text
    dossier, found = prepare(workshop, sealed, TODAY)
    assert ids(found) == []
    assert dossier.letters[1].is_draft
    files = {**workshop.site.pages(dossier, {}), "dossier.json": computed_case_json(dossier)}
    assert "Envoi annulé" in files["chronologie.html"].decode()
    assert not [name for name, content in files.items() if b"Adresse fausse" in content]


def test_a_letter_undone_is_sent_again_and_undone_again(sealed, workshop):
    for rank in ("", "-2"):
        outcome, found = undone(workshop, sealed)
        assert outcome is not None, found
        assert outcome.folder.name == f"{STEM}{rank}"
        outcome, found = send_letter(workshop, sealed, "2", BY_POST, TODAY)
        assert outcome is not None, found
    text = (sealed / "dossier.yaml").read_text(encoding="utf-8")
    assert text.count("type: envoi,") == 3
    assert text.count("type: envoi-annule,") == 2


def test_a_letter_whose_files_are_lost_can_still_be_undone(sealed, workshop):
    shutil.rmtree(sealed / "envois" / STEM)
    outcome, found = undone(workshop, sealed)
    assert outcome is not None, found


@pytest.mark.parametrize(
    ("change_", "id"),
    [
        (("8901 2}", "8901 2, presentee_le: 2026-06-10}"), "envoi/presentee"),
        (("  # la seconde", ""), None),
    ],
)
def test_a_letter_that_was_presented_is_not_undone(sealed, workshop, change_, id):
    change(sealed, *change_)
    _, found = undone(workshop, sealed)
    assert ids(found) == ([id] if id else [])


def test_a_draft_has_nothing_to_undo(case, workshop):
    _, found = undo_sending(workshop, case, "2", "Erreur", TODAY)
    assert ids(found) == ["envoi/non-scellee"]


def test_an_intact_letter_is_rebuilt_to_the_same_bytes(sealed, real_workshop):
    (verdict,), found = verify_letters(real_workshop, sealed, TODAY)
    assert found == []
    assert (verdict.stem, verdict.flaws, verdict.rebuilt) == (STEM, (), SAME)


def test_a_dossier_that_reads_no_more_is_still_verified(sealed, workshop):
    (sealed / "dossier.yaml").write_text("reference: [\n", encoding="utf-8")
    (verdict,), _ = verify_letters(workshop, sealed, TODAY)
    assert (verdict.is_intact, verdict.rebuilt) == (True, IMPOSSIBLE)


def test_the_command_verifies_in_words_and_in_data(sealed):
    project = sealed.parents[2]
    day = ("--date", "2026-11-21")
    said = dument_says(project, "verify", "--all", *day)
    assert said.exit_code == 0
    assert f"bon {STEM} : intacte ; refaite aujourd’hui : à l’identique" in said.stdout
    (sealed / "envois" / STEM / "lettre.pdf").write_bytes(b"x")
    said = dument_says(project, "verify", "bon", "--format", "json", *day)
    (told,) = json.loads(said.stdout)
    assert said.exit_code == 1
    assert (told["intacte"], told["fautes"]) == (False, ["lettre.pdf (altéré)"])


def test_the_command_sends_and_undoes(case):
    project = case.parents[2]
    day = ("--date", "2026-11-21")
    sent = dument_says(project, "send", "bon", "2", "--le", "2026-06-08", *day)
    assert (sent.exit_code, f"{STEM} est scellée" in sent.output) == (0, True)
    undone = dument_says(project, "send", "bon", "2", "--annuler", "--motif", "Erreur", *day)
    assert (undone.exit_code, "gardée dans" in undone.output) == (0, True)


@pytest.mark.parametrize(
    "words", [(), ("--annuler",), ("--le", "2026-06-08", "--motif", "x"),
              ("--annuler", "--motif", "x", "--le", "2026-06-08")]
)  # fmt: skip
def test_options_that_do_not_go_together_are_a_wrong_use(case, words):
    assert dument_says(case.parents[2], "send", "bon", "2", *words).exit_code == 2


def test_cleaning_an_output_leaves_what_is_sealed(sealed):
    project = sealed.parents[2]
    before = snapshot(sealed)
    assert dument_says(project, "build", "--all", "--date", "2026-11-21").exit_code == 0
    manifest = json.loads((project / "sortie/bon/manifest.json").read_bytes())
    assert manifest["scellees"] == {
        STEM: sha256((sealed / "envois" / STEM / "lettre.pdf").read_bytes())
    }
    assert dument_says(project, "clean").exit_code == 0
    assert snapshot(sealed) == before


@pytest.mark.parametrize("name", ["dossier.lock", f"envois/{STEM}/lettre.pdf"])
def test_what_is_sealed_counts_in_the_mark_of_the_inputs(sealed, workshop, name):
    before = inputs_mark(workshop, sealed, TODAY)
    (sealed / name).write_bytes((sealed / name).read_bytes() + b" ")
    assert inputs_mark(workshop, sealed, TODAY) != before


def test_git_is_told_to_change_no_byte_of_what_is_sealed(sealed):
    assert b"* -text\n" in (sealed / "envois/.gitattributes").read_bytes()


def test_two_processes_seal_a_letter_once(case):
    command = [sys.executable, "-m", "dument", "send", str(case), "2", "--le", "2026-06-08"]
    command += ["--date", "2026-11-21"]
    racers = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    said = [racer.communicate(timeout=120)[1] for racer in racers]
    assert sorted(racer.returncode for racer in racers) == [0, 1]
    lost = next(text for racer, text in zip(racers, said, strict=True) if racer.returncode)
    assert "[envoi/occupe]" in lost or "[envoi/deja-scellee]" in lost
    assert (case / "dossier.yaml").read_text(encoding="utf-8").count("type: envoi,") == 1
    assert list(json.loads((case / "dossier.lock").read_bytes())["lettres"]) == [STEM]


@pytest.mark.parametrize("slug", ["garage-tilleul", "hotel-belvedere"])
def test_a_seal_admits_what_the_letters_write(slug):
    assert all(is_letter_markup(one.body) for one in written_example(slug).documents)


def test_the_shipped_seals_are_intact(root):
    for folder in Kit(root, root).case_folders(examples=True):
        lock, found = read_lock(folder, Position("dossier.yaml"))
        assert found == []
        assert read_seals(folder, lock)[1] == []
