"""The page of checks: each document with the rules it met, broke, or was let off."""

from __future__ import annotations

import pytest

from dument.kit import open_kit
from dument.pages.findings import documents_read, letter_of
from dument.pages.frame import Desk
from dument.pipeline import prepare
from dument.workshop import open_workshop
from tests.examples import AS_OF
from tests.site_reader import Page


@pytest.fixture(scope="module")
def workshop(root):
    return open_workshop(open_kit(root))[0]


@pytest.fixture(scope="module")
def dossier(workshop):
    """An example with a rule set aside for its request."""
    return prepare(workshop, workshop.kit.find_case("hotel-belvedere"), AS_OF)[0]


@pytest.fixture(scope="module")
def documents(dossier):
    return {one["titre"]: one for one in documents_read(Desk(dossier, {}))}


def test_every_document_is_there_then_the_dossier(dossier, documents):
    written = [*dossier.letters, *dossier.annexes.values()]
    assert list(documents) == [*(one.version.title for one in written), "Le dossier"]


def test_a_rule_set_aside_is_told_on_the_letter_it_was_set_aside_for(documents):
    aside = {title: one["ecartees"] for title, one in documents.items() if one["ecartees"]}
    assert aside == {"Requête en injonction de payer": ["STO-004"]}


def test_each_rule_that_was_asked_is_told_once_a_document(dossier, documents):
    asked = {(rule.id, letter.version.title if letter else "Le dossier")
             for rule, letter in dossier.applied}  # fmt: skip
    told = [(id, title) for title, one in documents.items()
            for id in (*one["tenues"], *one["relevees"], *one["ecartees"])]  # fmt: skip
    assert sorted(told) == sorted(asked)


def test_a_finding_leads_to_the_letter_it_was_made_on(dossier):
    (found,) = [one for one in dossier.diagnostics if one.id == "STO-004"]
    assert letter_of(dossier, found).kind == "requete-injonction-de-payer"


def test_the_page_shows_the_documents(workshop, dossier):
    page = Page(workshop.site.pages(dossier, {})["controles.html"])
    assert "documents-controles" in page.ids
    assert page.unclosed == []
