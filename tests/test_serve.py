"""`dument serve`: what changed is shown, faults too, and nothing is written nor let in."""

from __future__ import annotations

import http.client
import os
import re
import signal
import subprocess
import sys
import threading
from contextlib import closing
from datetime import date
from email.message import Message
from functools import partial
from pathlib import Path

import click
import pytest

from dument.cli.serving import serve
from dument.cli.showing import as_text, fault_of_machine
from dument.kit import open_kit
from dument.serving import (
    Desk,
    Refused,
    Server,
    Studio,
    Watch,
    is_loopback,
    parse_address,
    watching,
)
from tests.projects import CASE_FILE, dument_says, lay_project, snapshot

TODAY = date(2026, 11, 21)
KEY = "echeance:"


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    project = tmp_path_factory.mktemp("servi")
    lay_project(project)
    lay_project(project, "autre")
    return project


@pytest.fixture(scope="module")
def said() -> list[str]:
    return []


@pytest.fixture(scope="module")
def studio(project, said) -> Studio:
    kit = open_kit(project)

    def tell(name, found):
        said.append(name)

    return Studio(kit, kit.case_folders, TODAY, fault_of_machine, tell)


@pytest.fixture(scope="module")
def desk(studio) -> Desk:
    def told(one) -> str:
        return click.unstyle(as_text(one, studio.kit))

    return Desk(studio, lambda found: "\n".join(map(told, found)))


@pytest.fixture
def faulty(project, studio):
    """Break a dossier that was shown whole, then put it back."""
    path = project / CASE_FILE
    studio.made("bon")
    sound = path.read_text(encoding="utf-8")
    path.write_text(sound.replace(KEY, "echeanse:", 1), encoding="utf-8")
    studio.take_note([path])
    yield path
    path.write_text(sound, encoding="utf-8")
    studio.take_note([path])


def page(desk: Desk, address: str) -> str:
    answer = desk.answer(address)
    assert answer.status == 200, address
    return answer.body.decode()


def test_each_dossier_is_shown_and_its_pages_reload_by_themselves(desk):
    shown = page(desk, "/bon/index.html")
    assert "Ce qui est dû" in shown
    assert re.search(r'src="/_dument/rechargement.js" defer data-dossier="bon"', shown)
    assert "connect-src 'self'" in shown
    assert "http" not in page(desk, "/_dument/rechargement.js")


def test_a_letter_is_printed_when_it_is_asked_for_only(desk, studio):
    page(desk, "/bon/lettres.html")
    name = next(one for one in studio.made("bon").pages if re.match(r"lettres/.*\.pdf", one))
    assert studio.made("bon").pages[name] == b""
    assert desk.answer(f"/bon/{name}").body.startswith(b"%PDF-")


def test_the_index_lists_the_dossiers_once_they_are_all_read(desk, studio):
    while studio.fill_one():
        pass
    shown = page(desk, "/")
    assert 'href="autre/index.html"' in shown
    assert "à lire" not in shown


def test_a_dossiers_page_leads_neither_to_the_index_nor_to_another(desk):
    shown = page(desk, "/bon/index.html")
    assert "autre/index.html" not in shown
    assert 'href="../' not in shown


def test_a_change_makes_one_dossier_again_and_no_other(desk, studio, project, said):
    page(desk, "/bon/index.html"), page(desk, "/autre/index.html")
    said.clear()
    before = studio.version("bon"), studio.version("autre")
    path = project / CASE_FILE
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("(?m)^reference: .*", "reference: NEUVE-1", text), encoding="utf-8")
    studio.take_note([path])
    assert studio.version("bon") != before[0]
    assert studio.version("autre") == before[1]
    page(desk, "/autre/index.html")
    shown = page(desk, "/bon/index.html")
    assert ("dossier NEUVE-1" in shown, "dument-fautes" in shown) == (True, False)
    assert said == ["bon"]


def test_a_fault_is_shown_at_its_line_above_the_last_good_page(desk, faulty):
    shown = page(desk, "/bon/index.html")
    line = next(
        number
        for number, one in enumerate(faulty.read_text(encoding="utf-8").splitlines(), 1)
        if "echeanse:" in one
    )
    assert f"dossier.yaml:{line}:" in shown
    assert "vouliez-vous dire « echeance » ?" in shown
    assert "Ce qui est dû" in shown


def test_a_fault_before_any_good_page_is_shown_alone(tmp_path):
    path = lay_project(tmp_path) / "dossier.yaml"
    path.write_text("reference: [<b>\n", encoding="utf-8")
    kit = open_kit(tmp_path)
    studio = Studio(kit, kit.case_folders, TODAY, fault_of_machine, lambda name, found: None)
    answer = Desk(studio, lambda found: str(found[0])).answer("/bon/index.html")
    assert answer.status == 500
    assert b"<b>" not in answer.body
    assert not (tmp_path / "sortie").exists()


def test_a_fault_in_what_all_share_is_shown_and_got_over(desk, studio, project):
    own = project / "letters/relance-amiable/v9.md"
    own.parent.mkdir(parents=True)
    own.write_text("---\nmodele: [\n---\n", encoding="utf-8")
    studio.take_note([own])
    assert "letters/relance-amiable/v9.md" in desk.answer("/bon/index.html").body.decode()
    own.unlink()
    studio.take_note([own])
    assert "dument-fautes" not in page(desk, "/bon/index.html")


def test_a_new_dossier_joins_the_others(desk, studio, project):
    folder = lay_project(project, "neuf")
    studio.take_note([folder / "dossier.yaml"])
    assert desk.answer("/neuf/index.html").status == 200


@pytest.mark.parametrize(
    "address",
    [
        "/bon/../../dument.yaml", "/bon/..%2f..%2fdument.yaml", "/bon/dossier.yaml", "/etc/passwd",
        "//etc/passwd", "/bon/%00", "/_dument/../portefeuille.html", "/_dument/..%2findex.html",
        "/bon/pieces/../dossier.yaml", "/..%5c..%5cdument.yaml",
    ],
)  # fmt: skip
def test_no_address_is_a_path_on_the_disk(desk, address):
    assert desk.answer(address).status == 404


def test_nothing_is_written(desk, studio, project):
    before = snapshot(project)
    for address in ("/", "/bon/index.html", "/bon/decompte.pdf", "/bon/lettres.html"):
        page(desk, address) if not address.endswith("pdf") else desk.answer(address)
    assert snapshot(project) == before


def test_watching_sees_what_is_added_changed_and_taken_away(tmp_path):
    kept, gone = tmp_path / "a/kept.yaml", tmp_path / "gone.yaml"
    kept.parent.mkdir()
    for path in (kept, gone):
        path.write_text("x", encoding="utf-8")
    watch = Watch([tmp_path, tmp_path / "absent"])
    assert watch.changed() == set()
    kept.write_text("longer", encoding="utf-8")
    gone.unlink()
    (tmp_path / "new.yaml").touch()
    (tmp_path / "new.yaml~").touch()
    assert watch.changed() == {kept, gone, tmp_path / "new.yaml"}
    assert watch.changed() == set()


def test_of_many_files_those_that_people_write_are_seen_first(tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "FEW", 0)
    case, exhibit = tmp_path / "dossier.yaml", tmp_path / "facture.pdf"
    case.touch(), exhibit.touch()
    watch = Watch([tmp_path])
    case.write_text("x", encoding="utf-8")
    exhibit.write_text("x", encoding="utf-8")
    assert watch.changed() == {case}
    case.unlink()
    assert watch.changed() == {case}
    assert {one for _ in range(watching.EVERY) for one in watch.changed()} == {exhibit}


def test_who_waits_is_told_as_soon_as_something_changes(studio, project):
    known, told = studio.version("autre"), []
    waiting = threading.Thread(target=lambda: told.append(studio.wait("autre", known, 20)))
    waiting.start()
    studio.take_note([project / "data/dossiers/autre/dossier.yaml"])
    waiting.join(20)
    assert told == [studio.version("autre")]
    assert studio.wait("autre", known, 20) == told[0] != known


@pytest.fixture(scope="module")
def server(desk):
    server = Server(("127.0.0.1", 0), desk)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def ask(server: Server, method: str = "GET", **headers: str) -> tuple[int, Message, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_address[1])
    with closing(connection):
        connection.request(method, "/assets/site.css", headers=headers)
        found = connection.getresponse()
        return found.status, found.headers, found.read()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200), ("127.0.0.1", 200), ("[::1]:8000", 200), ("LOCALHOST", 200),
        ("rebind.example", 421), ("localhost.example:8000", 421), ("127.0.0.1.example", 421),
        ("", 421),
    ],
)  # fmt: skip
def test_a_name_that_is_not_ours_is_refused(server, host, status):
    assert ask(server, Host=host)[0] == status


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_the_server_only_reads(server, method):
    assert ask(server, method)[0] == 501


def test_an_answer_is_kept_by_nobody_and_says_its_kind(server):
    _, headers, body = ask(server, "HEAD")
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Type"] == "text/css; charset=utf-8"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Python" not in headers["Server"]
    assert body == b""


@pytest.mark.parametrize("text", ["", "8000", "localhost", ":80", "a:b", "a:99999", "a:٣"])
def test_an_address_is_a_host_and_a_port(text):
    with pytest.raises(Refused):
        parse_address(text)


def test_only_this_machine_is_reached_unless_asked():
    default = next(one for one in serve.params if one.name == "address").default
    host, port = parse_address(default)
    assert (is_loopback(host), port) == (True, 8000)
    assert is_loopback("::1")
    assert not is_loopback("0.0.0.0")
    assert not is_loopback("localhost.example")


def test_the_options_are_those_of_mkdocs():
    known = {name for one in serve.params if isinstance(one, click.Option) for name in one.opts}
    assert {"-a", "--dev-addr", "-o", "--open", "--no-livereload", "-w", "--watch"} <= known


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent otherwise there")
def test_interrupting_ends_it_without_a_trace(project):
    command = [sys.executable, "-m", "dument", "serve", "bon", "-a", "127.0.0.1:0"]
    # What a shell starts in the background, and all below it, would ignore Ctrl-C.
    heeded = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    with subprocess.Popen(
        command, cwd=project, stderr=subprocess.PIPE, text=True, preexec_fn=heeded
    ) as process:
        first = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        rest = process.communicate(timeout=30)[1]
    assert re.search(r"http://127\.0\.0\.1:\d+/", first)
    assert (process.returncode, "Traceback" in rest, "arrêté" in rest) == (0, False, True)


def test_a_port_that_is_taken_is_said(server, project):
    port = server.server_address[1]
    result = dument_says(project, "serve", "bon", "-a", f"127.0.0.1:{port}")
    assert (result.exit_code, f"127.0.0.1:{port + 1}" in result.stderr) == (1, True)
