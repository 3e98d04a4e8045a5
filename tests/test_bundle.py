"""The bundle of a dossier: its index is true, its links lead both ways, seven places agree."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pikepdf
import pypdfium2
import pytest
from pikepdf import Name, Pdf

from dument.dossier import Dossier
from dument.french import slug
from dument.kit import open_kit
from dument.pdf import stamp
from dument.pipeline import prepare, produce, read_dossier, work_out
from dument.workshop import Workshop, open_workshop
from tests.examples import AS_OF, ROOT
from tests.projects import lay_project

EXAMPLES = ("garage-tilleul", "ebenisterie-vial")
Output = dict[str, bytes]
Told = dict[str, str]


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return open_workshop(open_kit(ROOT))[0]


@pytest.fixture(scope="module", params=EXAMPLES)
def output(request, workshop) -> Output:
    """Every file made for an example."""
    dossier, _ = prepare(workshop, ROOT / "data/exemples" / request.param, AS_OF)
    return dict(produce(workshop, dossier)[0])


@pytest.fixture(scope="module")
def prefixed(workshop, tmp_path_factory) -> Output:
    """Every file made for an example whose exhibits bear a prefix, one of them cut."""
    project = tmp_path_factory.mktemp("prefix")
    example = ROOT / "data/exemples/garage-tilleul"
    folder = project / "garage"
    (folder / "pieces").mkdir(parents=True)
    for path in (example / "pieces").iterdir():
        (folder / "pieces" / path.name).write_bytes(path.read_bytes())
    text = (example / "dossier.yaml").read_text(encoding="utf-8")
    text = text.replace("devis-D2026-031.pdf", 'devis-D2026-031.pdf, pages: "1"')
    (folder / "dossier.yaml").write_text(f"prefixe_pieces: C\n{text}", encoding="utf-8")
    (project / "parties").mkdir()
    for path in (ROOT / "data/exemples/parties").iterdir():
        (project / "parties" / path.name).write_bytes(path.read_bytes())
    dossier, found = prepare(workshop, folder, AS_OF)
    assert dossier is not None, found
    return dict(produce(workshop, dossier)[0])


class Bookmark(NamedTuple):
    """A bookmark of the bundle, and the index of the page it leads to."""

    title: str
    page: int


def bookmarks(bundle: bytes) -> list[Bookmark]:
    with Pdf.open(BytesIO(bundle)) as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        found = [one for group in outline.root for one in (group, *group.children)]
        return [Bookmark(one.title, pages[one.destination[0].objgen]) for one in found]


def links(bundle: bytes) -> list[tuple[int, int, str]]:
    """Return each inner link: the page that bears it, the one it leads to, what it says."""
    with Pdf.open(BytesIO(bundle)) as pdf:
        pages = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        return [
            (index, pages[found.Dest[0].objgen], str(found.get("/Contents", "")))
            for index, page in enumerate(pdf.pages)
            for found in page.obj.get("/Annots", [])
            if "/Dest" in found
        ]


def texts(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


# The index and the links ----------------------------------------------------------------------


def test_the_index_names_the_page_of_each_part(output):
    bundle = output["liasse.pdf"]
    index = texts(bundle)[0]
    for one in bookmarks(bundle)[1:]:
        title = re.escape(" ".join(one.title.split()))
        told = re.search(rf"{title} ?\.{{2,}} ?(\d+)", index)
        assert (one.title, told and int(told[1])) == (one.title, one.page + 1)


def test_page_numbers_labels_and_places_are_the_same(output):
    said = texts(output["liasse.pdf"])
    assert all(f"{place} / {len(said)}" in text for place, text in enumerate(said, 1))
    with Pdf.open(BytesIO(output["liasse.pdf"])) as pdf:
        assert [page.label for page in pdf.pages] == [str(one + 1) for one in range(len(said))]


def test_the_index_leads_to_each_part_and_each_part_back(output):
    bundle = output["liasse.pdf"]
    starts = {one.page for one in bookmarks(bundle)} - {0}
    found = links(bundle)
    assert {there for here, there, _ in found if here == 0} == starts
    assert {here for here, there, _ in found if there == 0} == starts


def test_the_exhibit_list_leads_to_each_exhibit(output):
    bundle = output["liasse.pdf"]
    marks = {one.title: one.page for one in bookmarks(bundle)}
    listed = [there for here, there, says in links(bundle)
              if here == marks["Bordereau des pièces"] and says != "Sommaire"]  # fmt: skip
    assert listed == [page for title, page in marks.items() if title.startswith("Pièce n° ")]


def test_the_exhibit_list_of_a_request_leads_to_each_exhibit_too(output):
    bundle = output["liasse.pdf"]
    said = texts(bundle)
    marks = [one.page for one in bookmarks(bundle) if one.title.startswith("Pièce n° ")]
    annexed = next(rank for rank, text in enumerate(said) if text.startswith("Annexe 2 – Borde"))
    assert [there for here, there, _ in links(bundle) if here == annexed] == marks


def test_the_cover_names_the_court_that_the_case_names(output):
    cover = texts(output["liasse.pdf"])[0]
    court = "Juridiction Tribunal des activités économiques de Lyon"
    assert (court in cover) == ("Garage du Tilleul" in cover)


def test_an_excerpt_is_said_to_be_one_in_the_index_and_the_bookmarks(prefixed):
    said = "Pièce n° C-1 – Devis n° D2026-031 accepté, extrait (p. 1)"
    bundle = prefixed["liasse.pdf"]
    assert said in {" ".join(one.title.split()) for one in bookmarks(bundle)}
    assert f"{said} ..." in texts(bundle)[0]


# The seven places -----------------------------------------------------------------------------


def computed(output: Output) -> list[dict]:
    return json.loads(output["dossier.json"])["pieces"]


def in_computed_case(output: Output) -> Told:
    return {one["id"]: one["reference"] for one in computed(output)}


def in_stamps(output: Output) -> Told:
    return {
        one["id"]: "".join(re.findall(r"Pièce n° (\S+)", texts(output[one["fichier"]])[0])[-1:])
        for one in computed(output)
        if one["fichier"] in output
    }


def in_file_names(output: Output) -> Told:
    told = {}
    for one in computed(output):
        name = re.compile(rf"pieces/((?:[a-z]+-)?)0*(\d+)-{re.escape(slug(one['titre']))}\.pdf")
        found = [match for match in map(name.fullmatch, output) if match]
        told[one["id"]] = " ".join(f"{match[1].upper()}{match[2]}" for match in found)
    return told


def title_of(mark: Bookmark) -> str:
    return mark.title.partition(" – ")[2].partition(", extrait")[0]


def in_bookmarks(output: Output) -> Told:
    marks = bookmarks(output["liasse.pdf"])
    said = {title_of(one): re.sub(r"Pièce n° | – .*", "", one.title) for one in marks}
    return {one["id"]: said.get(one["titre"], "") for one in computed(output)}


def in_exhibit_list(output: Output) -> Told:
    said = " ".join(texts(output["bordereau.pdf"]))
    rows = {
        one["id"]: re.search(rf"(\S+) {re.escape(' '.join(one['titre'].split()))}", said)
        for one in computed(output)
    }
    return {id: row[1] if row else "" for id, row in rows.items()}


def in_citations(output: Output) -> Told:
    """Read what the letters' links say, and which exhibit's page they lead to."""
    bundle = output["liasse.pdf"]
    pages = {one.page: title_of(one) for one in bookmarks(bundle)}
    said = {pages[there]: says.removeprefix("Pièce n° ")
            for _, there, says in links(bundle) if says.startswith("Pièce n° ")}  # fmt: skip
    return {one["id"]: said.get(one["titre"], "") for one in computed(output)}


def in_site_links(output: Output) -> Told:
    page = re.sub("&nbsp;|[\u202f\xa0]", " ", output["pieces.html"].decode())
    told = {}
    for one in computed(output):
        found = re.search(
            rf'href="{re.escape(one["fichier"])}"[^>]*>Lire ici<span class="cache"> la pièce n° '
            r"(\S+)</span>", page,
        )  # fmt: skip
        told[one["id"]] = found[1] if found else ""
    return told


PLACES: dict[str, Callable[[Output], Told]] = {
    "stamp": in_stamps,
    "file name": in_file_names,
    "bookmark": in_bookmarks,
    "exhibit list": in_exhibit_list,
    "citation": in_citations,
    "site": in_site_links,
    "computed case": in_computed_case,
}


def odd_ones(output: Output) -> set[str]:
    """Name the places that do not tell the numbers that most of them tell."""
    told = {name: read(output) for name, read in PLACES.items()}
    common = max(told.values(), key=lambda one: list(told.values()).count(one))
    return {name for name, one in told.items() if one != common}


def test_seven_places_agree(output):
    assert odd_ones(output) == set()


def test_seven_places_agree_on_a_prefix(prefixed):
    assert odd_ones(prefixed) == set()
    assert set(in_computed_case(prefixed).values()) == {"C-1", "C-2", "C-3", "C-4"}


def edited(pdf: bytes, change: Callable[[Pdf], None]) -> bytes:
    target = BytesIO()
    with Pdf.open(BytesIO(pdf)) as opened:
        change(opened)
        opened.save(target)
    return target.getvalue()


def retitle(pdf: Pdf) -> None:
    with pdf.open_outline() as outline:
        for one in outline.root[-1].children:
            one.title = one.title.replace("n° 1 ", "n° 9 ")


def recite(pdf: Pdf) -> None:
    for page in pdf.pages:
        for found in page.obj.get("/Annots", []):
            if str(found.get("/Contents", "")) == "Pièce n° 1":
                found.Contents = pikepdf.String("Pièce n° 9")


def swapped(output: Output, place: str, workshop: Workshop) -> Output:
    """Return the output where one place alone tells a wrong number."""
    first = next(one for one in computed(output) if one["reference"] == "1")
    file, said = first["fichier"], dict(output)
    match place:
        case "stamp":
            said[file] = stamp(page_of(first["titre"]), ["Pièce n° 9"], workshop.press)
        case "file name":
            said[file.replace("/01-", "/09-")] = said[file]
        case "bookmark":
            said["liasse.pdf"] = edited(output["liasse.pdf"], retitle)
        case "exhibit list":
            rows = " ".join(f"{one['numero'] + 8} {one['titre']}" for one in computed(output))
            said["bordereau.pdf"] = workshop.press.print_plain(f"<p>{rows}</p>", {}).pdf
        case "citation":
            said["liasse.pdf"] = edited(output["liasse.pdf"], recite)
        case "site":
            page = output["pieces.html"].decode()
            said["pieces.html"] = re.sub(r"(la pièce n°&nbsp;)1<", r"\g<1>9<", page).encode()
        case _:
            told = json.loads(output["dossier.json"])
            told["pieces"][0]["reference"] = "9"
            said["dossier.json"] = json.dumps(told).encode()
    return said


def page_of(title: str) -> bytes:
    target = BytesIO()
    with Pdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.docinfo[Name.Title] = title
        pdf.save(target)
    return target.getvalue()


@pytest.mark.parametrize("place", PLACES)
def test_the_place_that_disagrees_is_named(output, workshop, place):
    assert odd_ones(swapped(output, place, workshop)) == {place}


# The exhibit list -----------------------------------------------------------------------------

REQUEST = "  - {modele: requete-injonction-de-payer, le: 2026-05-19, envoi: {canal: greffe}}\n"
LISTED = """pieces:
  - {id: devis, titre: Devis, fichier: pieces/devis.pdf, retiree_le: 2026-05-20}
  - {id: bon, titre: Bon, fichier: pieces/bon.pdf}
OWN
juridiction: {type: tribunal-de-commerce, ville: Le Mans}
avocat: {nom: Camille Noël, adresse: {voie: 1 rue Neuve, code_postal: 72000, commune: Le Mans}}
"""


def listed(workshop: Workshop, project: Path, **communicated: int) -> Dossier:
    """Work out a dossier whose readers know some numbers, and which files a request."""
    folder = lay_project(project)
    case_file = folder / "dossier.yaml"
    head, own = case_file.read_text(encoding="utf-8").split("pieces:\n")
    case_file.write_text(head + REQUEST + LISTED.replace("OWN\n", own), encoding="utf-8")
    for name in ("devis", "bon"):
        (folder / f"pieces/{name}.pdf").write_bytes(page_of(name))
    case, places, found = read_dossier(workshop, folder)
    assert case is not None, found
    known = case.having_communicated(communicated)
    dossier, found = work_out(workshop, folder, known, places, AS_OF)
    assert dossier is not None, found
    return dossier


def lines(text: str) -> list[str]:
    return re.sub(r"[^\S\n]+", " ", text).splitlines()


def exhibit_list(workshop: Workshop, project: Path, **communicated: int) -> str:
    """Write the exhibit list of the day."""
    dossier = listed(workshop, project, **communicated)
    return "\n".join(lines(dossier.annexes["bordereau"].text))


def test_a_list_says_the_court_the_counsel_and_no_day(workshop, tmp_path):
    said = exhibit_list(workshop, tmp_path)
    assert "Devant le tribunal de commerce du Mans." in said
    assert "ayant pour avocat Maître Camille Noël" in said
    assert "Contre " in said
    assert "Date, cachet et signature de l’avocat" in said
    assert "2026-11-21" not in said
    assert "21 novembre 2026" not in said


def test_a_list_marks_what_was_not_communicated_yet(workshop, tmp_path):
    said = exhibit_list(workshop, tmp_path, devis=1, bon=2).splitlines()
    assert [line for line in said if "(nouvelle)" in line] == [
        line for line in said if line.startswith("3 |")
    ]
    assert any(line.startswith("1 | Devis (pièce retirée le 20 mai 2026)") for line in said)


def test_the_list_joined_to_a_letter_knows_nothing_of_what_came_after_it(workshop, tmp_path):
    filed = listed(workshop, tmp_path, devis=1, bon=2).letters[-1]
    rows = [one for one in lines(filed.text) if re.match(r"\d \|", one)]
    assert [row[:9] for row in rows if "Devis" in row] == ["1 | Devis"]
    assert not [row for row in rows if "retirée" in row or "(nouvelle)" in row]


def test_a_first_list_marks_nothing(workshop, tmp_path):
    assert "nouvelle" not in exhibit_list(workshop, tmp_path)
