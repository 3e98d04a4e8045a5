"""Click any euro: each amount of the summary and of the décompte leads to what it is made of."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from dument.derivation import derive_today
from dument.dossier import Dossier
from dument.kit import open_kit
from dument.pages.provenance import provenance
from dument.pipeline import prepare
from dument.workshop import Workshop, open_workshop
from tests.examples import AS_OF, ROOT, example_folder, shipped_examples

AMOUNT = re.compile(r"−?\d[\d\u202f]*,\d\d\u00a0€")
ELSEWHERE = {"courbe", "refaire", "conventions"}
"""Sections of other days than that of the décompte, of other readings, of the sums written out."""


class Amounts(HTMLParser):
    """The amounts of a page with the link they stand in, and what each entry of it says."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.sections: list[str] = []
        self.entry = ""
        self.found: list[tuple[str, str]] = []
        self.entries: dict[str, str] = {}
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "a":
            self.links.append(attributes.get("href", ""))
        elif tag == "section":
            self.sections.append(attributes.get("aria-labelledby", ""))
        elif tag == "li" and "id" in attributes:
            self.entry = attributes["id"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self.links.pop()
        elif tag == "section":
            self.sections.pop()

    def handle_data(self, text: str) -> None:
        if self.entry and text.strip():
            self.entries[self.entry] = self.entries.get(self.entry, "") + text
        if not ELSEWHERE & set(self.sections):
            link = self.links[-1] if self.links else ""
            self.found += [(amount, link) for amount in AMOUNT.findall(text)]


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return open_workshop(open_kit(ROOT))[0]


@pytest.fixture(scope="module", params=shipped_examples())
def dossier(request, workshop) -> Dossier:
    return prepare(workshop, example_folder(request.param), AS_OF)[0]


@pytest.fixture(scope="module")
def pages(workshop, dossier) -> dict[str, str]:
    made = workshop.site.pages(dossier, {})
    return {name: data.decode() for name, data in made.items() if name.endswith(".html")}


@pytest.mark.parametrize("name", ["index.html", "decompte.html"])
def test_every_amount_leads_to_what_it_is_made_of(pages, name):
    found = Amounts(pages[name]).found
    entries = Amounts(pages["calculs.html"]).entries
    assert found
    lost = [
        (amount, link)
        for amount, link in found
        if not link.startswith("calculs.html#")
        or amount.removeprefix("−") not in entries.get(link.partition("#")[2], "")
    ]
    assert lost == []


def test_an_entry_shows_its_operation_and_its_place(pages, dossier):
    page = Amounts(pages["calculs.html"])
    total = page.entries["decompte-total"]
    assert " + " in total
    inputs = [one for one in derive_today(dossier).values() if one.formula == "donnee"]
    written = [one for one in page.entries.values() if "saisi dans" in one]
    assert len(written) == len(inputs)


def test_no_path_of_the_owners_machine_is_shown(pages, dossier):
    places = {one.place.file for one in derive_today(dossier).values() if one.place}
    assert places
    assert not any(file in pages["calculs.html"] for file in places if "/" in file)


def test_two_names_written_alike_keep_their_own_anchors(dossier):
    anchors = provenance(dossier)["ancres"]
    assert len(set(anchors.values())) == len(anchors)


def test_sums_of_one_kind_stand_in_the_order_of_the_case():
    dossier, _ = prepare(
        open_workshop(open_kit(ROOT))[0], example_folder("halles-montclar"), AS_OF
    )
    names = [one["nom"] for one in provenance(dossier)["parties"]["sommes"]]
    assert names[0] == "decompte.total"
    invoices = [one.number for one in dossier.case.invoices]
    assert len(invoices) > 1
    for kind in ("sous_totaux", "indemnites"):
        head = f"decompte.{kind}."
        assert [one.removeprefix(head) for one in names if one.startswith(head)] == invoices


def test_a_day_that_no_letter_says_is_not_worked_out():
    shop = open_workshop(open_kit(ROOT))[0]
    dossier, _ = prepare(shop, example_folder("restaurant-gentiane"), AS_OF)
    days = {one["nom"] for one in provenance(dossier)["parties"]["dates"]}
    said = {f"lettres.{number}.date_limite" for number in (1, 2, 3)}  # then: bailiff and court
    assert {one for one in days if one.endswith(".date_limite")} == said
