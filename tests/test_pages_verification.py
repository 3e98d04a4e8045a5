"""The page that verifies: every file of the hand-over, one flipped byte turns one line red."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
from base64 import b64encode
from pathlib import Path

import pytest

from dument.kit import open_kit
from dument.output import manifest_bytes
from dument.workshop import open_workshop
from tests.browsers import CHROMIUM
from tests.test_pages import lay, printed, work
from tests.test_pages_search import NODE

# The first two are those of FIPS 180-4; the others stand on the edges of a block of 64 bytes.
MESSAGES = [
    b"abc", b"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", b"",
    *(bytes(range(256))[:length] for length in (55, 56, 57, 63, 64, 65, 119, 120, 256)),
]  # fmt: skip
# The files a reader would pick, held in memory: a headless browser does not wait for the disk.
DRIVE = """
const fichiers = %s.map(([chemin, texte]) => {
  const octets = Uint8Array.from(atob(texte), (c) => c.charCodeAt(0));
  return {
    name: chemin, webkitRelativePath: "remise/" + chemin,
    arrayBuffer: async () => octets.buffer, text: async () => new TextDecoder().decode(octets),
  };
});
Object.defineProperty(globalThis, "crypto", { value: undefined });
Verification.verifier(fichiers);
"""


@pytest.fixture(scope="module")
def handed(root, tmp_path_factory) -> dict[str, bytes]:
    """Every file of a hand-over, its manifest included."""
    workshop = open_workshop(open_kit(root))[0]
    dossier = work(workshop, lay(tmp_path_factory.mktemp("remise") / "essai"))
    files = printed(dossier)
    files |= workshop.site.pages(dossier, files)
    return {**files, "manifest.json": manifest_bytes({}, files)}


def rows(page: str) -> dict[str, str]:
    """Return the fingerprint of each row of the page by file, empty for the last two."""
    found = re.findall(r'<tr data-fichier="([^"]+)"(?: data-sha256="(\w+)")?', page)
    return dict(found)


def test_the_page_holds_the_fingerprint_of_every_other_file(handed):
    told = rows(handed["verifier.html"].decode())
    assert {name for name, digest in told.items() if not digest} == {
        "manifest.json",
        "verifier.html",
    }
    assert set(told) == set(handed)
    for name, digest in told.items():
        assert not digest or digest == hashlib.sha256(handed[name]).hexdigest()


@pytest.mark.skipif(NODE is None, reason="node is not here")
def test_our_own_sha256_is_that_of_the_standard(root):
    script = (
        f"const v = require({json.dumps(str(root / 'site/assets/verifier.js'))});"
        f"console.log(JSON.stringify({json.dumps([one.hex() for one in MESSAGES])}"
        ".map((x) => v.sha256(Uint8Array.from(Buffer.from(x, 'hex'))))))"
    )
    said = subprocess.run([NODE, "-e", script], capture_output=True, text=True, check=True,
                          timeout=30)  # fmt: skip
    made = json.loads(said.stdout)
    assert made == [hashlib.sha256(one).hexdigest() for one in MESSAGES]
    assert made[0] == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def browse(page: Path) -> str:
    """Return a page as a browser without a network makes it of its file."""
    said = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=4000",
         "--host-resolver-rules=MAP * ~NOTFOUND", "--dump-dom", page.as_uri()],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    return said.stdout


def verdicts(folder: Path, page: bytes, files: dict[str, bytes]) -> tuple[dict[str, str], str]:
    """Return what the page says of each file once a folder was picked, and its whole text."""
    given = [[name, b64encode(data).decode()] for name, data in files.items()]
    (folder / "assets").mkdir()
    (folder / "assets/verifier.js").write_bytes(files["assets/verifier.js"])
    (folder / "essai.js").write_text(DRIVE % json.dumps(given), encoding="utf-8")
    driven = page.replace(b"</head>", b'<script src="essai.js" defer></script></head>')
    (folder / "essai.html").write_bytes(driven)
    made = browse(folder / "essai.html")
    return dict(re.findall(r'<tr data-fichier="([^"]+)"[^>]* class="([\w-]+)"', made)), made


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_one_flipped_byte_turns_its_line_red_and_no_other(handed, tmp_path):
    altered = dict(handed)
    name = "lettres/02-2026-06-08-mise-en-demeure.html"
    altered[name] = altered[name][:-1] + bytes([altered[name][-1] ^ 1])
    del altered["bordereau.pdf"]
    altered["pieces/ajoutee.pdf"] = b"%PDF-"
    told, page = verdicts(tmp_path, handed["verifier.html"], altered)
    assert {one: verdict for one, verdict in told.items() if verdict != "conforme"} == {
        name: "altere", "bordereau.pdf": "manquant",
    }  # fmt: skip
    assert set(told) == set(handed)
    assert "<li>pieces/ajoutee.pdf</li>" in page
    assert "1 altéré(s), 1 manquant(s)" in page


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_a_whole_hand_over_is_all_green(handed, tmp_path):
    told, page = verdicts(tmp_path, handed["verifier.html"], handed)
    assert set(told.values()) == {"conforme"}
    assert f"Les {len(handed)} fichiers sont conformes." in page
