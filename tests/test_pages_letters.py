"""The letters on the site: who writes to whom, what each asks and by when, to which reader."""

from __future__ import annotations

import re

import pytest

from dument.audience import dossier_for
from dument.case import Reader
from dument.kit import open_kit
from dument.workshop import open_workshop
from tests.site_reader import Page
from tests.test_pages import printed, work

BAILIFF, COURT = "transmission-commissaire", "requete-injonction-de-payer"


@pytest.fixture(scope="module")
def workshop(root):
    return open_workshop(open_kit(root))[0]


@pytest.fixture(scope="module")
def dossier(root, workshop):
    """A dossier whose letters come from the creditor and his agent, to debtor, bailiff, court."""
    return work(workshop, root / "data/exemples/restaurant-gentiane")


@pytest.fixture(scope="module")
def pages(workshop, dossier):
    """The site of each reader."""
    shown = {one: dossier_for(one, dossier) for one in Reader if one is not Reader.OWNER}
    return {
        reader: workshop.site.pages(told, printed(told))
        for reader, told in {Reader.OWNER: dossier, **shown}.items()
    }


def letter_page(dossier, pages, kind: str) -> str:
    letter = next(one for one in dossier.letters if one.kind == kind)
    return pages[f"lettres/{letter.stem}.html"].decode()


def block(page: str, name: str) -> str:
    """Return the first line of a block of a letter's head."""
    return re.search(rf'<p class="{name}"><strong>(.*?)</strong>', page)[1]


def test_a_letter_is_shown_from_who_wrote_it_to_whom_it_was_sent(dossier, pages):
    for reader in (Reader.OWNER, Reader.BAILIFF):
        sent = letter_page(dossier, pages[reader], BAILIFF)
        assert block(sent, "expediteur") == dossier.case.creditor.name
        assert block(sent, "destinataire") == f"Maître {dossier.case.bailiff.name}"
    for reader, made in pages.items():
        by_agent = letter_page(dossier, made, "lettre-mandataire")
        assert block(by_agent, "expediteur") == dossier.case.agent.name, reader
        assert block(by_agent, "destinataire") == dossier.case.debtor.name
        assert dossier.case.agent.signs.name in by_agent


def test_an_act_names_the_court_it_is_addressed_to_above_its_title(dossier, pages):
    for reader in (Reader.OWNER, Reader.COUNSEL, Reader.JUDGE):
        page = letter_page(dossier, pages[reader], COURT)
        above = re.search(r'<p class="juridiction">(.*?)</p>\s*<p class="objet">', page)[1]
        assert above.endswith(dossier.case.court.city)
    assert 'class="juridiction"' not in letter_page(dossier, pages[Reader.OWNER], BAILIFF)


def test_only_a_letter_to_the_debtor_has_a_day_to_pay_by_and_it_says_that_day(dossier, root):
    days = {one.kind: dossier.answer_day(one) for one in dossier.letters}
    assert days["mise-en-demeure"].isoformat() == "2026-08-03"  # as its text says
    assert days[BAILIFF] is days[COURT] is days["demande-signification"] is None


def test_a_reminder_before_the_due_date_has_no_other_last_day(root, workshop):
    dossier = work(workshop, root / "data/exemples/halles-montclar")
    days = {one.kind: dossier.answer_day(one) for one in dossier.letters}
    assert days["relance-preventive"] is None
    assert days["dernier-avis"].isoformat() == "2026-09-21"


def test_what_is_entrusted_to_a_bailiff_asks_him_for_nothing(dossier, pages):
    sent = Page(letter_page(dossier, pages[Reader.OWNER], BAILIFF).encode()).text
    assert "Ce dont elle fait état" in sent
    assert "Ce qu’elle réclame" not in sent
    story = Page(pages[Reader.OWNER]["chronologie.html"]).text
    assert story.count("Elle fait état de") == 2  # the transmission, the request to serve
    assert story.count("Elle réclame") == len(dossier.letters) - 2


def test_a_page_is_signed_as_its_paper_is(root, workshop, dossier, pages):
    act = letter_page(dossier, pages[Reader.JUDGE], COURT)
    assert 'class="signature">Claire Morel' in act
    assert "Fait à Bourg-en-Bresse, le" in act
    both = work(workshop, root / "data/exemples/halles-montclar")
    made = workshop.site.pages(both, {})
    for kind in ("echeancier", "reconnaissance-de-dette"):  # their own text bears who signs
        assert 'class="signature"' not in letter_page(both, made, kind)


def test_the_findings_are_not_even_said_to_be_none_to_who_may_not_see_them(pages):
    said = {one: "Contrôles" in Page(made["lettres.html"]).text for one, made in pages.items()}
    assert said == {one: one.sees_checks for one in Reader}


def test_the_summary_tells_the_order_and_its_service_with_its_proof(pages):
    for reader, made in pages.items():
        told = " ".join(Page(made["index.html"]).text.split())
        assert "12 octobre 2026 Ordonnance d’injonction de payer 19 octobre" in told or (
            "12 octobre 2026 Ordonnance d’injonction de payer 3 novembre" in told
        ), reader
        assert "3 novembre 2026 Signification de l’ordonnance, à personne Pièce n° 4" in told


def test_whoever_receives_a_dossier_is_led_to_its_single_page(pages):
    for reader, made in pages.items():
        links = {address for _, address in Page(made["index.html"]).values("href")}
        assert ("dossier.html" in links) is (reader is not Reader.OWNER)
        assert ("dossier.html" in made) is (reader is not Reader.OWNER)
