"""The letters on the site: who writes to whom, what each asks and by when, to which reader."""

from __future__ import annotations

import re

import pytest

from dument.audience import dossier_for
from dument.case import Reader
from dument.kit import open_kit
from dument.rules.response_deadline import deadline
from dument.workshop import open_workshop
from tests.site_reader import Page
from tests.test_pages import CASE, lay, printed, work

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


def test_a_suspension_gives_no_day_to_pay_by_even_when_its_first_day_is_one(root, workshop):
    dossier = work(workshop, root / "data/exemples/villa-castel")
    [stop] = [one for one in dossier.letters if one.kind == "suspension-prestations"]
    usual = deadline(dossier.case, dossier.law, stop.request)
    assert usual == stop.request.suspension.on  # 14 October, 3 days of post, 15 more, a Monday
    assert "reçu au plus tard la veille" in stop.text
    assert dossier.answer_day(stop) is None


def test_what_is_entrusted_to_a_bailiff_asks_him_for_nothing(dossier, pages):
    sent = Page(letter_page(dossier, pages[Reader.OWNER], BAILIFF).encode()).text
    assert "Somme dont il est fait état" in sent
    assert "Somme réclamée" not in sent
    story = Page(pages[Reader.OWNER]["chronologie.html"]).text
    assert story.count("Fait état de") == 2  # the transmission, the request to serve
    assert story.count("Réclame") == len(dossier.letters) - 2


def sums_of(page: str) -> str:
    """Return the words of a letter page's own section on its sum."""
    section = re.search(r'<section aria-labelledby="sommes">.*?</section>', page, re.S)[0]
    return " ".join(Page(section.encode()).text.split())


def test_a_letter_that_asks_for_a_part_says_that_part_before_what_was_due(root, workshop):
    dossier = work(workshop, root / "data/exemples/garage-tilleul")
    made = workshop.site.pages(dossier, {})
    said = sums_of(letter_page(dossier, made, "facture-penalites"))
    # Its own text: 17,61 € of interest and 40,00 €, of the 1 017,26 € due on that day.
    assert said.startswith("Somme réclamée 57,61 €, et non tout ce qui était dû ce jour-là :")
    assert "Total dû1 017,26 €" in said
    whole = sums_of(letter_page(dossier, made, "mise-en-demeure"))
    assert whole.startswith("Somme réclamée Sommes dues au")


def test_a_reminder_before_the_due_date_recalls_and_claims_nothing(root, workshop):
    dossier = work(workshop, root / "data/exemples/villa-castel")
    made = workshop.site.pages(dossier, {})
    said = sums_of(letter_page(dossier, made, "relance-preventive"))
    assert said == "Somme rappelée 3 300,00 €, rien n’étant encore dû ce jour-là."
    for name in ("lettres.html", "chronologie.html"):
        told = " ".join(Page(made[name]).text.split())
        assert len(re.findall(r"Rappelle ?3 300,00 €", told)) == 1


def test_a_reminder_tells_apart_what_is_to_come_and_what_is_due(workshop, tmp_path):
    text = CASE.replace("modele: requete-injonction-de-payer", "modele: relance-preventive")
    dossier = work(workshop, lay(tmp_path / "essai", text.replace("greffe", "courriel")))
    said = sums_of(letter_page(dossier, workshop.site.pages(dossier, {}), "relance-preventive"))
    assert said.startswith("Somme rappelée 400,00 € à échoir, outre ce qui était déjà dû")


def test_what_left_is_told_in_words_that_fit_any_name(root, workshop):
    dossier = work(workshop, root / "data/exemples/villa-castel")
    made = workshop.site.pages(dossier, {})
    for name in ("index.html", "lettres.html", "chronologie.html"):
        told = Page(made[name]).text
        assert not re.search(
            r"[Ee]nvoyée (par|en|au)|pas encore envoyée|Elle (réclame|porte)", told
        )
    assert re.search(r"Envoi par lettre simple le \d", Page(made["lettres.html"]).text)
    assert "Jusqu’au" in Page(made["lettres.html"]).text


def test_the_number_of_a_registered_letter_stays_on_one_line(root, workshop, pages, dossier):
    page = letter_page(dossier, pages[Reader.OWNER], "mise-en-demeure")
    assert re.search(r'n°&nbsp;<bdi class="numero-suivi">\w+ [^<]+</bdi>', page)
    style = (root / "site/assets/site.css").read_text(encoding="utf-8")
    assert re.search(r"\.numero-suivi { white-space: nowrap }", style)


def test_letters_of_one_name_are_told_apart_where_they_cite(pages):
    law = Page(pages[Reader.OWNER]["droit.html"]).text
    assert re.search(r"Lettre du mandataire[^,]* du\s01/06/2026, Lettre du mandataire", law)
    assert re.search(r"Mise en demeure, ", law)  # alone of its name: no day is needed


def test_words_typed_at_the_keyboard_are_set_as_french_wants(pages):
    made = pages[Reader.OWNER]
    assert "Acte de signification de l’ordonnance" in Page(made["pieces.html"]).text
    assert "sans réserve\u202f; ne propose" in Page(made["chronologie.html"]).text
    for name in made.keys() - {"dossier.html"}:
        if not name.endswith(".html") or name.startswith("lettres/"):  # those say its text as sent
            continue
        said = Page(made[name]).text
        assert re.findall(r"« | »| [;:!?](?= )|[Nn]° ", said) == [], name


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
