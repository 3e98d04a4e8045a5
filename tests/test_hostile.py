"""Exhibits with hostile names, broken ones, and ways out: built, or named; nothing outside."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from dument.lock import Lock
from dument.seal import read_seals
from tests.projects import CASE_FILE, blank_pdf, dument_says, lay_project, picture, snapshot

DAY = ("--date", "2026-06-01")
HOSTILE_NAMES = [
    "pièce à l’été ; $(touch x) & `y`.pdf",
    unicodedata.normalize("NFD", "reçu décomposé.pdf"),
    "🧾💶 facture 👩🏽‍⚖️.pdf",
    "فاتورة رقم ١٢.pdf",
    "a" * 251 + ".pdf",
    "é" * 125 + ".pdf",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd.pdf",
    "..pdf",
    "-rf.pdf",
    "CON.pdf",
    "nom\\..\\windows.pdf",
    'guillemets " et <b>balise&amp;.pdf',
    "deux\nlignes.pdf",
    "{{ 7 * 7 }}{% raw %}.pdf",
]


def page(number: int) -> bytes:
    """Return a page like no other."""
    target = BytesIO()
    with pikepdf.Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 700 + number))
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def latin(text: str) -> str:
    """Keep the letters that the faces draw: a title is printed, a file's name is not."""
    return text.encode("latin-1", "ignore").decode("latin-1")


def exhibits(project: Path, *files: tuple[str, str]) -> Path:
    """Lay a dossier with these exhibits besides its own: titles and paths. Return its folder."""
    folder = lay_project(project)
    text = (project / CASE_FILE).read_text(encoding="utf-8")
    lines = (
        f"  - {{id: p{rank}, titre: {quoted(title)}, fichier: {quoted(path)}}}\n"
        for rank, (title, path) in enumerate(files)
    )
    head, mark, tail = text.partition("pieces:\n")
    assert mark
    (project / CASE_FILE).write_text(head + mark + "".join(lines) + tail, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> tuple[Path, set[str], str]:
    """A project whose exhibits bear hostile names and titles, built; what stood there before."""
    project = tmp_path_factory.mktemp("hostile") / "a/b"
    project.mkdir(parents=True)
    wanted = [(f"../../{latin(name)}", f"pieces/{name}") for name in HOSTILE_NAMES]
    folder = exhibits(project, *wanted)
    for rank, name in enumerate(HOSTILE_NAMES):
        (folder / "pieces" / name).write_bytes(page(rank))
    before = set(snapshot(project.parent.parent))
    result = dument_says(project, "build", "bon", *DAY)
    assert result.exit_code == 0, result.output
    return project, before, result.output


def test_hostile_names_are_built(built):
    project, _, _ = built
    told = json.loads((project / "sortie/bon/dossier.json").read_text(encoding="utf-8"))
    files = [one["fichier"] for one in told["pieces"]]
    assert len(set(files)) == len(files) == len(HOSTILE_NAMES) + 1
    assert all((project / "sortie/bon" / name).is_file() for name in files)
    assert all(len(os.fsencode(Path(name).name)) <= 255 for name in files)


def test_nothing_is_written_outside_the_output(built):
    project, before, _ = built
    fresh = set(snapshot(project.parent.parent)) - before
    assert [one for one in sorted(fresh) if not one.startswith(("a/b/sortie/",))] == []


def test_a_bundle_holds_every_exhibit(built):
    project, _, _ = built
    heights = [700 + rank for rank in range(len(HOSTILE_NAMES))]
    with pikepdf.open(project / "sortie/bon/liasse.pdf") as pdf:
        found = [round(float(one.mediabox[3])) for one in pdf.pages]
    assert [one for one in heights if found.count(one) != 1] == []


def link(target: Path | str) -> object:
    """Return a maker of an exhibit that is a link."""
    return lambda path: path.symlink_to(target)


def filled(content: bytes) -> object:
    """Return a maker of an exhibit that holds some bytes."""
    return lambda path: path.write_bytes(content)


BROKEN = {
    "vide.pdf": ("piece/vide", filled(b"")),
    "coupee.pdf": ("piece/illisible", filled(blank_pdf()[:200])),
    "page-web.pdf": ("piece/format", filled(b"<!doctype html><p>Erreur 404</p>")),
    "verrou.pdf": ("piece/chiffree", filled(blank_pdf(password="x"))),
    "image.png": ("piece/illisible", filled(picture("PNG", (600, 400))[:-40])),
    "programme.exe": ("piece/format", filled(b"MZ\0\0")),
    "dehors.pdf": ("piece/hors-dossier", link("/etc/hostname")),
    "monte.pdf": ("piece/hors-dossier", link("../../../../dument.yaml")),
    "boucle.pdf": ("piece/absente", link("boucle.pdf")),
    "dossier.pdf": ("piece/absente", Path.mkdir),
    "tuyau.pdf": ("piece/absente", os.mkfifo),
    "absente.pdf": ("piece/absente", lambda path: None),
    "z" * 300 + ".pdf": ("piece/absente", lambda path: None),
    "../../bon/../../../dument.yaml": ("piece/hors-dossier", lambda path: None),
}


@pytest.fixture(scope="module")
def refused(tmp_path_factory) -> tuple[Path, list[dict], dict]:
    """A project whose every added exhibit is broken, and what a build says of it."""
    project = tmp_path_factory.mktemp("broken")
    folder = exhibits(project, *((name, f"pieces/{name}") for name in BROKEN))
    for name, (_, make) in BROKEN.items():
        make(folder / "pieces" / name)
    before = snapshot(project)
    result = dument_says(project, "check", "bon", *DAY, "--format", "json")
    assert result.exit_code == 1
    return project, json.loads(result.stdout), before


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_exhibit_is_named_with_its_fault(refused, name):
    _, told, _ = refused
    found = [one["id"] for one in told if f"« pieces/{name} »" in one["message"]]
    assert BROKEN[name][0] in found


def test_a_dossier_with_broken_exhibits_writes_nothing(refused):
    project, _, before = refused
    assert snapshot(project) == before


def test_an_exhibit_that_changes_meanwhile_is_refused(tmp_path, monkeypatch):
    from dument.cli import run

    lay_project(tmp_path)
    genuine = run.produce

    def meddle(*given):
        (tmp_path / "data/dossiers/bon/pieces/facture.pdf").write_bytes(page(1))
        return genuine(*given)

    monkeypatch.setattr(run, "produce", meddle)
    result = dument_says(tmp_path, "build", "bon", *DAY)
    assert (result.exit_code, (tmp_path / "sortie").exists()) == (1, False)
    assert "piece/changee" in result.output


# Files of the project that every dossier is made with ----------------------------------------


COURTS, TRIBUNAUX = "droit/juridictions", "legal/juridictions/tribunaux.csv"
COMMUNES = "legal/juridictions/communes.csv"
FIRM = "letters/_papier/entreprise.css"
LAW, GLOSSARY, FORMS = "droit/illisible", "legal/glossaire.yaml", "legal/juridictions/formes.yaml"
FIXED_SUM = "legal/parametres/indemnite-forfaitaire.yaml"
SHORT_NAMES = b"titre: X\nlongueur_nom: relecture\n"  # twelve months
RULE = b"titre: X\narticles: %s\norigine: %s\nformule: x\ndepart: x\n"
PARAMETER = (
    b"titre: X\nnature: permanent\nunite: euro\nvaleurs:\n"
    b"  - {du: 2020-01-01, valeur: %s, reference: X, lu_le: 2026-01-01, statut: verifie}\n"
)
RENUMBERING = b"renumerotations: [{ancien: x, depuis: 2020-01-01, motif: x, motifs: [%s]}]\n"
HEAD = b"code_postal;insee;commune;commerce;judiciaire;proximite\n"


@pytest.mark.parametrize(
    ("name", "content", "command", "expected"),
    [
        (FIRM, b"/* \xe9 */", "build", "yaml/encodage"),
        (FIRM, b"a{" * 20_000, "build", "pdf/moteur-arrete"),
        (FIRM, b"body{font-size:1e9pt}", "build", "pdf/moteur-arrete"),
        (FIRM, b"*{position:running(x)}", "build", "pdf/moteur-arrete"),
        ("letters/_papier/polices/x.ttf", b"x" * 99, "check", "papier/police"),
        ("letters/VERSIONS.sha256", b"\xe9\n", "build", "yaml/encodage"),
        (TRIBUNAUX, b"numero;type;nom;siege\n1;tribunal-de-commerce\n", "build", COURTS),
        (TRIBUNAUX, b"numero;type;nom;siege\n1;t;A;\n1;t;B;\n", "build", COURTS),
        (TRIBUNAUX, b"numero;type;nom;siege\n1;t;;\n", "check", COURTS),
        (TRIBUNAUX, b"numero;type;nom;siege\n1;t;A;", "check", COURTS),
        (TRIBUNAUX, b"\xff\n", "check", COURTS),
        (COMMUNES, b"code_postal;insee\n", "check", COURTS),
        (COMMUNES, HEAD + b"69001;69381;Lyon;9999;9998;\n", "check", COURTS),
        (COMMUNES, HEAD + b"69001;69381;Lyon;1;1;\n01000;01053;Bourg;1;1;\n", "check", COURTS),
        ("legal/masques.yaml", b"autre: X\n", "share --incognito", "remise/masques"),
        ("legal/masques.yaml", b"autre: [\n", "share --incognito", "yaml/syntaxe"),
        ("legal/remises/moi.yaml", b"titre: X\npoids: x\n", "share --profil moi", "remise/profil"),
        ("legal/remises/moi.yaml", SHORT_NAMES, "share --profil moi", "remise/profil"),
        ("legal/regles/moi.yaml", RULE % (b"[[]]", b"x"), "check", LAW),
        ("legal/regles/moi.yaml", RULE % (b"[{a: b}]", b"x"), "check", LAW),
        ("legal/regles/moi.yaml", RULE % (b"[]", b"[x]"), "check", LAW),
        (GLOSSARY, b"mots: [{mot: [x, x], definition: X}]\n", "build", LAW),
        (GLOSSARY, b"mots: [{mot: x, definition: X, articles: [{}]}]\n", "build", LAW),
        (GLOSSARY, b"mots: x\n", "check", LAW),
        (FORMS, b"formes: [{qualite: x, noms: [SAS]}]\n", "build", LAW),
        (FORMS, b"formes: [{qualite: {}, noms: [SAS]}]\n", "check", LAW),
        (FORMS, b"formes: [{qualite: civile, noms: [~]}]\n", "check", LAW),
        (FIXED_SUM, PARAMETER % b"NaN", "check", LAW),
        (FIXED_SUM, PARAMETER % b"1e999999", "check", LAW),
        (FIXED_SUM, PARAMETER % b"-5", "check", LAW),
        ("legal/parametres/remise-longueur-nom.yaml", PARAMETER % b"sNaN", "check", LAW),
        ("site/index.html", b"<p>\n\xff\xfe", "build", "modele/illisible"),
        ("letters/_commun/macros.md", b"\xff\xfe", "check", "lettre/modele"),
        ("legal/renumerotations.yaml", RENUMBERING % b"'('", "check", LAW),
        ("legal/renumerotations.yaml", RENUMBERING % b"'(a+)+'", "check", LAW),
    ],
)  # fmt: skip
def test_a_file_of_the_project_that_cannot_be_read_is_named(
    tmp_path, name, content, command, expected
):
    lay_project(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_bytes(content)
    verb, *options = command.split()
    given = ("--pour", "conseil", "-o", str(tmp_path / "r.zip")) if verb == "share" else ()
    result = dument_says(tmp_path, verb, "bon", *options, *given, *DAY)
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code
    assert re.search(rf"{re.escape(name)}:\d+:\d+: erreur", result.output)
    assert f"[{expected}]" in result.output


# Places to write that are not free -----------------------------------------------------------


def handed(project: Path, target: Path):
    return dument_says(project, "share", "bon", "--pour", "conseil", "-o", str(target), *DAY)


@pytest.mark.parametrize("verb", ["build", "share"])
def test_a_file_of_the_user_is_never_the_place_of_an_output(tmp_path, verb):
    lay_project(tmp_path)
    mine = tmp_path / "sortie/bon"
    mine.parent.mkdir()
    mine.write_text("à moi", encoding="utf-8")
    before = snapshot(tmp_path)
    result = (
        dument_says(tmp_path, "build", "bon", *DAY) if verb == "build" else handed(tmp_path, mine)
    )
    assert (result.exit_code, snapshot(tmp_path)) == (1, before)
    assert "[sortie/fichier-etranger]" in result.output


@pytest.mark.parametrize("place", [".", "data", "data/dossiers", "data/dossiers/bon/remise"])
def test_a_hand_over_does_not_take_the_place_of_the_dossier(tmp_path, place):
    lay_project(tmp_path)
    before = snapshot(tmp_path)
    assert handed(tmp_path, tmp_path / place).exit_code == 2
    assert snapshot(tmp_path) == before


def test_a_hand_over_is_not_mixed_with_what_its_reader_must_not_have(tmp_path):
    lay_project(tmp_path)
    (tmp_path / "remise").mkdir()
    (tmp_path / "remise/prive.txt").touch()
    before = snapshot(tmp_path)
    result = handed(tmp_path, tmp_path / "remise")
    assert (result.exit_code, snapshot(tmp_path)) == (1, before)
    assert "« prive.txt » [remise/existe-deja]" in result.output


def test_an_output_that_is_a_link_to_itself_is_said(tmp_path):
    lay_project(tmp_path)
    (tmp_path / "sortie").mkdir()
    (tmp_path / "sortie/bon").symlink_to("bon")
    result = dument_says(tmp_path, "build", "bon", *DAY)
    assert result.exit_code == 1
    assert "[sortie/fichier-etranger]" in result.output


@pytest.mark.parametrize("fiche", ["null", "[]", '{"actions": [null]}', '{"nom": []}'])
def test_a_memory_that_cannot_be_read_is_forgotten(tmp_path, fiche):
    from dument.memory import recall

    (tmp_path / ".dument").mkdir()
    told = '{"format": 1, "empreinte": "", "dossier": "", "entrees": [], "constats": [], "fiche": '
    (tmp_path / ".dument/bon.json").write_text(f"{told}{fiche}}}", encoding="utf-8")
    assert recall(tmp_path / "bon") is None


# Streams that do not take French -------------------------------------------------------------


@pytest.mark.parametrize(
    "settings",
    [
        {"PYTHONIOENCODING": "cp1252"},
        pytest.param(
            {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
            marks=pytest.mark.skipif(not sys.prefix.isascii(), reason="Python does not start so"),
        ),
    ],
)
def test_what_is_printed_goes_through_any_code_page(tmp_path, settings):
    command = [sys.executable, "-m", "dument", "law", "list"]
    plain = {name: one for name, one in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=tmp_path, env=plain | settings, capture_output=True)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
    assert "légal" in done.stdout.decode(settings.get("PYTHONIOENCODING", "utf-8"))


def test_a_full_disk_is_said_without_naming_what_is_not_known():
    from dument.cli.showing import fault_of_machine

    told = fault_of_machine(OSError(errno.ENOSPC, "No space left on device"))
    assert "« ? »" not in told.message
    assert "place" in told.hint


def test_a_forged_seal_is_a_flaw_and_no_crash(tmp_path):
    folder = lay_project(tmp_path)
    text = (folder / "dossier.yaml").read_text(encoding="utf-8")
    text = text.replace(", envoyee_le: 2026-04-15", "")
    (folder / "dossier.yaml").write_text(text, encoding="utf-8")
    sent = dument_says(tmp_path, "send", "bon", "1", "--le", "2026-04-15", *DAY)
    assert sent.exit_code == 0, sent.output
    [home] = (folder / "envois").glob("01-*")
    known = json.loads((home / "sceau.json").read_bytes())
    for part, key, wrong in (
        ("lettre", "annonce", {}), ("lettre", "articles", None), ("lettre", "demande", []),
        ("envoi", "canal", "pigeon"), ("envoi", "envoyee_le", []),
    ):  # fmt: skip
        forged = json.dumps({**known, part: {**known[part], key: wrong}}).encode()
        (home / "sceau.json").write_bytes(forged)
        record = {"sceau": hashlib.sha256(forged).hexdigest()}
        lock = Lock().having("lettres", home.name, record)
        seals, [flaw] = read_seals(folder, lock)
        assert (seals, flaw.file) == ({}, "sceau.json")
