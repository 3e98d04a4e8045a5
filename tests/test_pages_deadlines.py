"""The deadlines on the site: each date with its reason, and what comes next on the summary."""

from __future__ import annotations

import re
from datetime import date

import pytest

from dument.kit import open_kit
from dument.pages import portfolio_entry
from dument.pages.agenda import agenda
from dument.pages.deadlines import deadlines, step_view
from dument.pages.frame import Desk
from dument.pages.tasks import tasks
from dument.workshop import Workshop, open_workshop
from tests.site_reader import Page
from tests.test_pages import CASE, lay, work

ORDER = (
    "ordonnance: {rendue_le: 2026-09-15, signifiee_le: 2026-10-12, signifiee_a_personne: non}\n"
)
FILED = "journal:\n  - {le: 2026-09-01, type: depot-requete}\n"
NOTICE = {"mise_en_demeure": {"reponse_avant": date(2026, 6, 19)}, "projets": [], "promesses": []}
QUIET = {"mise_en_demeure": None, "projets": [], "promesses": []}


@pytest.fixture(scope="module")
def workshop(root) -> Workshop:
    return open_workshop(open_kit(root))[0]


@pytest.fixture(scope="module")
def ordered(workshop, tmp_path_factory):
    """A dossier whose order, of 15 September 2026, was served on 12 October."""
    text = CASE.replace("journal:\n", FILED) + ORDER
    folder = lay(tmp_path_factory.mktemp("ordonnance") / "essai", text)
    return lambda day: work(workshop, folder, day)


def step(le: str, etape: str = "signification", fait_le: str | None = None) -> dict:
    return {"etape": etape, "le": date.fromisoformat(le),
            "fait_le": date.fromisoformat(fait_le) if fait_le else None}  # fmt: skip


@pytest.mark.parametrize(("one", "state"), [
    (step("2026-12-15"), "a-faire"),
    (step("2026-11-21"), "a-faire"),  # the last day is still a day to act
    (step("2026-11-20"), "depasse"),
    (step("2026-12-15", fait_le="2026-10-12"), "fait"),
    (step("2026-10-15", fait_le="2026-10-16"), "tardif"),
    (step("2026-11-21", "opposition"), "court"),
    (step("2026-11-20", "opposition"), "expire"),
    (step("2026-11-20", "opposition", "2026-11-02"), "formee"),
    (step("2026-11-22", "execution"), "attendre"),
    (step("2026-11-21", "execution"), "possible"),
    (step("2026-11-20", "consignation-demande"), "depasse"),
])  # fmt: skip
def test_a_step_of_the_order_tells_its_state(one, state):
    assert step_view(one, date(2026, 11, 21), is_issued=False)["etat"] == state


def test_the_deposit_of_a_request_that_was_granted_is_nobodys_concern():
    one = step("2026-11-20", "consignation-demande")
    assert step_view(one, date(2026, 11, 21), is_issued=True)["etat"] == "sans-objet"


def test_the_page_gives_each_date_its_reason_and_each_article_its_link(workshop, ordered):
    dossier = ordered(date(2026, 11, 21))
    made = workshop.site.pages(dossier, {})
    page, law = Page(made["echeances.html"]), Page(made["droit.html"])
    # Order of 15 September 2026: three months to serve (CPC, art. 1411); served on 12 October, a
    # month to oppose (1416), and two months before enforcing, the 12th of December being a
    # Saturday (1422 and 642).
    for day in ("15 décembre 2026", "12 novembre 2026", "14 décembre 2026"):
        assert day in page.text.replace("\xa0", " ")
    steps = ("signification", "opposition", "execution", "consignation-demande")
    assert {f"pas-{name}" for name in steps} <= set(page.ids)
    links = [one for _, one in page.values("href") if one.startswith("droit.html#")]
    linked = {one.partition("#")[2] for one in links}
    assert {"cpc-1411", "cpc-1416", "cpc-1422", "c-com-l110-4"} <= linked <= set(law.ids)


def test_a_period_that_started_anew_is_counted_from_the_act_that_did_it(workshop, ordered):
    dossier = ordered(date(2026, 11, 21))
    (first, *_), *_ = [one["echeances"] for one in deadlines(Desk(dossier, {}))["factures"]]
    assert first["prescription_depart"] == date(2026, 4, 1)  # the due date of F-1
    assert first["compte_du"] == date(2026, 10, 12)  # the service of the order
    assert first["prescription_le"] == date(2031, 10, 12)  # five years from it
    story = Page(workshop.site.pages(dossier, {})["chronologie.html"]).text.replace("\xa0", " ")
    assert "compté de l’acte du 12 octobre 2026" in story


def test_the_portfolio_gives_the_day_to_act_before_that_the_dossier_gives(ordered):
    dossier = ordered(date(2026, 11, 21))
    given = [
        term["agir_avant"]
        for one in deadlines(Desk(dossier, {}))["factures"]
        for term in one["echeances"]
        if term["ouverte"]
    ]
    assert portfolio_entry(dossier).agir_avant == min(given)


def test_what_is_often_believed_to_interrupt_is_shown_without_effect(workshop, ordered):
    text = Page(workshop.site.pages(ordered(date(2026, 11, 21)), {})["echeances.html"]).text
    told = re.findall(r"(interrompt|sans effet)\s+(Mise en demeure|Dépôt de la requête|"
                      r"Signification de l’ordonnance|Reconnaissance de dette)", text)  # fmt: skip
    assert set(told) == {
        ("sans effet", "Mise en demeure"),
        ("sans effet", "Dépôt de la requête"),
        ("interrompt", "Reconnaissance de dette"),
        ("interrompt", "Signification de l’ordonnance"),
        ("sans effet", "Reconnaissance de dette"),  # F-2 was not due yet on 3 May…
        ("sans effet", "Signification de l’ordonnance"),  # … nor its second part on 12 October
    }
    assert "Signification de l’ordonnance, pour l’échéance du 10/12/2026" in text


def test_every_due_date_of_an_instalment_is_there(ordered):
    told = deadlines(Desk(ordered(date(2026, 11, 21)), {}))
    assert [(one["facture"], [term["echeance"] for term in one["echeances"]])
            for one in told["factures"]] == [
        ("F-1", [date(2026, 4, 1)]), ("F-2", [date(2026, 5, 10), date(2026, 12, 10)]),
    ]  # fmt: skip


@pytest.mark.parametrize(("day", "overdue", "following"), [
    (date(2026, 11, 21), [], ("echeance", date(2026, 12, 10))),
    (date(2026, 12, 11), [], ("etape", date(2026, 12, 14))),
])  # fmt: skip
def test_the_next_day_that_counts_is_marked_once(ordered, day, overdue, following):
    dossier = ordered(day)
    desk = Desk(dossier, {})
    told = agenda(desk, QUIET, deadlines(desk)["ordonnance"])
    assert [one["sorte"] for one in told if one["retard"]] == overdue
    assert [(one["sorte"], one["le"]) for one in told if one["prochaine"]] == [following]


def test_an_order_left_unserved_comes_first_and_is_overdue(workshop, tmp_path):
    text = CASE + "ordonnance: {rendue_le: 2026-08-03}\n"  # six months: 3 February 2027
    folder = lay(tmp_path / "essai", text.replace("2026-08-03", "2026-02-03"))
    dossier = work(workshop, folder, date(2026, 11, 21))
    desk = Desk(dossier, {})
    first = agenda(desk, QUIET, deadlines(desk)["ordonnance"])[0]
    assert (first["sorte"], first["retard"], first["le"]) == ("etape", True, date(2026, 8, 3))
    index = Page(workshop.site.pages(dossier, {})["index.html"])
    assert re.search(r"en retard de 110\s+jours\s+Signifier l’ordonnance", index.text)


@pytest.mark.parametrize(("day", "is_told"), [
    (date(2026, 8, 31), True), (date(2026, 9, 1), False), (date(2026, 11, 21), False),
])  # fmt: skip
def test_the_time_a_notice_gave_is_no_longer_told_once_a_court_is_asked(ordered, day, is_told):
    desk = Desk(ordered(day), {})  # the request was filed on 1 September
    told = agenda(desk, NOTICE, deadlines(desk)["ordonnance"])
    assert ("reponse" in {one["sorte"] for one in told}) is is_told


@pytest.mark.parametrize(("day", "late"), [(20, "en retard d’un jour"), (17, "en retard de 4")])
def test_a_draft_left_behind_says_by_how_many_days(workshop, tmp_path, day, late):
    folder = lay(tmp_path / "essai", CASE.replace("le: 2026-11-20", f"le: 2026-11-{day}"))
    text = Page(workshop.site.pages(work(workshop, folder), {})["index.html"]).text
    assert late in text
    assert "en retard hier" not in text


def test_what_interrupts_a_debt_between_firms_is_not_told_of_a_public_debtor(root, workshop):
    dossier = work(workshop, root / "data/exemples/commune-valbrune")
    page = Page(workshop.site.pages(dossier, {})["echeances.html"])
    assert "sans effet" not in page.text
    assert "règle propre" in page.text
    assert "Agir avant" not in page.text
    assert ("a", "droit.html#loi-68-1250-1") in list(page.values("href"))


@pytest.mark.parametrize(
    ("day", "is_told"), [(date(2026, 8, 31), True), (date(2026, 9, 1), False)]
)
def test_what_a_notice_leads_to_is_no_longer_asked_once_a_court_is(
    workshop, tmp_path, day, is_told
):
    request = "  - {modele: requete-injonction-de-payer, le: 2026-11-20, envoi: {canal: greffe}}\n"
    text = CASE.replace("journal:\n", FILED).replace(request, "")
    told = tasks(work(workshop, lay(tmp_path / "essai", text), day))
    assert ("delai" in {one.sorte for one in told}) is is_told
