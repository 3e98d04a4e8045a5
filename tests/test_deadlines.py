"""Deadlines: agreed and public due dates, the order's calendar, limitation and what moves it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dument.case import Case, PaymentTerm
from dument.case.terms import parse_term
from dument.faults import Misread
from dument.kit import open_kit
from dument.law import Law, OutsideKnownLaw, read_law
from dument.ledger import draw_up, invoice_deadlines, other_readings, set_due_dates
from dument.letters import deadline_figures, order_figures, statement_figures
from dument.rules.due_date import due_day, with_due_dates
from dument.rules.limitation_period import limitation
from dument.rules.payment_order import OrderStep, known_order, order_steps
from dument.schema import in_french, read_case
from dument.source import parse_yaml

PARTY = "denomination: X, nom: N, prenom: P"
ADDRESS = "adresse: {voie: x, code_postal: 69005, commune: y}"
INVOICE = "numero: F1, emise_le: 2026-03-02, ttc: 1 000,00"
DUE = f"factures: [{{{INVOICE}, echeance: 2026-04-01}}]"
AS_OF = date(2026, 11, 21)


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(open_kit(Path(__file__).parent))[0]


def read(rest: str = DUE, debtor: str = f"type: societe, {ADDRESS}") -> tuple[Case | None, Any]:
    text = f"reference: R\ncreancier: {{type: societe, {PARTY}, {ADDRESS}}}\n"
    text += f"debiteur: {{{debtor}, {PARTY}}}\n{rest}\n"
    mapping, diagnostics = parse_yaml(text, "d.yaml")
    assert diagnostics == []
    found, _, diagnostics = read_case(mapping)
    return found, diagnostics


def case(rest: str = DUE, debtor: str = f"type: societe, {ADDRESS}") -> Case:
    found, diagnostics = read(rest, debtor)
    assert diagnostics == []
    assert found is not None
    return found


def on(text: str) -> date:
    return date.fromisoformat(text)


# Terms.


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("30", PaymentTerm(30)),
        ("30 jours", PaymentTerm(30)),
        ("30 jours nets", PaymentTerm(30)),
        ("60 jours date de facture", PaymentTerm(60)),
        ("60 jours à compter de la date de la facture", PaymentTerm(60)),
        ("30 jours fin de mois", PaymentTerm(30, True)),
        (" 45  Jours fin de mois ", PaymentTerm(45, True)),
        ("45 jours date de facture fin de mois", PaymentTerm(45, True)),
    ],
)
def test_an_agreed_time_is_read(written, term):
    assert parse_term(written) == term


@pytest.mark.parametrize("written", ["1 mois", "fin de mois", "30 jours le 10", "à réception"])
def test_what_is_no_time_in_days_is_refused(written):
    with pytest.raises(Misread) as refused:
        parse_term(written)
    assert refused.value.slug == "delai-illisible"


@pytest.mark.parametrize(
    ("term", "start", "reading", "day"),
    [
        # expertfiscal.fr: 15 February + 45 days = 1 April, then 30 April; in 2024, a leap year,
        # 31 March, then 31 March.
        (PaymentTerm(45, True), "2025-02-15", "jours-puis-fin", "2025-04-30"),
        (PaymentTerm(45, True), "2024-02-15", "jours-puis-fin", "2024-03-31"),
        # 28 February + 45 days = 14 April; 29 February + 45 days = 14 April.
        (PaymentTerm(45, True), "2025-02-15", "fin-puis-jours", "2025-04-14"),
        (PaymentTerm(45, True), "2024-02-15", "fin-puis-jours", "2024-04-14"),
        (PaymentTerm(30, True), "2026-03-02", "jours-puis-fin", "2026-04-30"),
        (PaymentTerm(30, True), "2026-03-02", "fin-puis-jours", "2026-04-30"),
        # 60 days from 2 March: 29 in March, 30 in April, 1 in May, a holiday: not moved.
        (PaymentTerm(60), "2026-03-02", "jours-puis-fin", "2026-05-01"),
        (PaymentTerm(0), "2026-03-02", "jours-puis-fin", "2026-03-02"),
    ],
)
def test_an_agreed_time_gives_a_day(term, start, reading, day):
    assert due_day(term, on(start), reading) == on(day)


def agreed(delay: str, conventions: str = "") -> str:
    extra = f", conventions: {{{conventions}}}" if conventions else ""
    return f"conditions: {{delai: {delay}{extra}}}\nfactures: [{{{INVOICE}}}]"


def test_an_invoice_without_due_date_takes_that_of_the_contract(law):
    dated = with_due_dates(case(agreed("30 jours")), law)
    assert dated.invoices[0].schedule[0].due_on == on("2026-04-01")


def test_a_stated_due_date_is_never_replaced(law):
    rest = f"conditions: {{delai: 60 jours}}\n{DUE}"
    dated = with_due_dates(case(rest), law)
    assert (dated.invoices[0].due_on, dated.invoices[0].term) == (on("2026-04-01"), None)


def test_due_dates_computed_twice_are_the_same(law):
    once = with_due_dates(case(agreed("45 jours fin de mois")), law)
    assert with_due_dates(once, law) == once


@pytest.mark.parametrize(
    ("conventions", "day", "words"),
    [
        # 2 March + 45 days = 16 April, so 30 April; 31 March + 45 days = 15 May.
        (
            "",
            "2026-04-30",
            "les jours, puis la fin du mois (l’autre lecture donne le 15 mai 2026)",
        ),
        (
            "fin_de_mois: fin-puis-jours",
            "2026-05-15",
            "la fin du mois, puis les jours (l’autre lecture donne le 30 avril 2026)",
        ),
    ],
)
def test_the_statement_says_how_a_due_date_was_computed(law, conventions, day, words):
    dated = with_due_dates(case(agreed("45 jours fin de mois", conventions)), law)
    statement, _ = draw_up(dated, law, AS_OF, None)
    (told,) = statement_figures(dated, law, statement)["echeances_calculees"]
    assert (told["echeance"], told["facture"]) == (on(day), "F1")
    assert words in told["calcul"].replace("\u00a0", " ")


def test_a_stated_due_date_is_not_said_to_be_computed(law):
    statement, _ = draw_up(case(), law, AS_OF, None)
    assert statement_figures(case(), law, statement)["echeances_calculees"] == []


def test_the_agreed_time_is_said_as_it_was_written():
    assert in_french(case(agreed("45 jours fin de mois")))["conditions"]["delai"] == (
        "45 jours fin de mois"
    )


PUBLIC = f"type: personne_publique, {ADDRESS}"


@pytest.mark.parametrize(
    ("category", "invoice", "day"),
    [
        # Received on 5 March: 30, 50 and 60 days later.
        ("etat-collectivite", "recue_le: 2026-03-05", "2026-04-04"),
        ("sante", "recue_le: 2026-03-05", "2026-04-24"),
        ("entreprise-publique", "recue_le: 2026-03-05", "2026-05-04"),
        # Work done after the invoice came: 30 days from 10 March.
        ("etat-collectivite", "recue_le: 2026-03-05, prestation_le: 2026-03-10", "2026-04-09"),
    ],
)
def test_a_public_buyers_time_runs_from_the_receipt(law, category, invoice, day):
    read = case(f"factures: [{{{INVOICE}, {invoice}}}]", f"{PUBLIC}, categorie: {category}")
    assert with_due_dates(read, law).invoices[0].due_on == on(day)


@pytest.mark.parametrize(
    ("delay", "day"), [("20 jours", "2026-03-25"), ("75 jours", "2026-04-04")]
)
def test_a_public_contract_may_shorten_the_time_never_lengthen_it(law, delay, day):
    rest = f"conditions: {{delai: {delay}}}\nfactures: [{{{INVOICE}, recue_le: 2026-03-05}}]"
    dated = with_due_dates(case(rest, f"{PUBLIC}, categorie: etat-collectivite"), law)
    assert dated.invoices[0].due_on == on(day)


def test_a_public_time_older_than_the_code_is_said_not_guessed(law):
    rest = "factures: [{numero: F1, emise_le: 2019-03-01, recue_le: 2019-03-05, ttc: 1}]"
    old = case(rest, f"{PUBLIC}, categorie: etat-collectivite")
    dated, [found] = set_due_dates(old, law, None)
    assert (dated, found.id) == (None, "droit/valeur-inconnue")


@pytest.mark.parametrize(
    ("rest", "debtor"),
    [
        (f"factures: [{{{INVOICE}}}]", f"type: societe, {ADDRESS}"),
        # For a public buyer the time runs from the receipt: an agreed time is not enough.
        (agreed("30 jours"), PUBLIC),
        (f"factures: [{{{INVOICE}, recue_le: 2026-03-05}}]", PUBLIC),
        (agreed("30 jours"), f"type: association, regime: public, {ADDRESS}"),
    ],
)
def test_a_due_date_that_nothing_gives_is_missing(rest, debtor):
    _, [found] = read(rest, debtor)
    assert (found.id, found.message) == ("schema/cle-manquante", "la clé « echeance » manque")
    assert found.position.column > 1


# The order for payment.


def steps(
    order: str, law: Law, *, rest: str = "", debtor: str = f"type: societe, {ADDRESS}"
) -> dict[str, OrderStep]:
    read = case(f"{DUE}\nordonnance: {{{order}}}\n{rest}", debtor)
    return {one.name: one for one in order_steps(read, law, on("2027-06-30"))}


@pytest.mark.parametrize(
    ("issued_on", "day"),
    [
        ("2026-11-30", "2027-03-01"),  # 28 February 2027 is a Sunday
        ("2026-08-31", "2027-03-01"),  # the old six months
        ("2026-09-01", "2026-12-01"),  # the first order under three months
    ],
)
def test_the_date_of_the_order_chooses_the_time_to_serve_it(law, issued_on, day):
    assert steps(f"rendue_le: {issued_on}", law)["signification"].day == on(day)


@pytest.mark.parametrize(
    ("issued_on", "naive"), [("2026-08-31", "2026-11-30"), ("2026-09-01", "2027-03-01")]
)
def test_the_other_regimes_time_is_told_and_refused(law, issued_on, naive):
    assert steps(f"rendue_le: {issued_on}", law)["signification"].naive_day == on(naive)


def test_the_month_of_opposition_ends_on_a_working_day(law):
    # Served on 31 December 2026: 31 January 2027 is a Sunday.
    served = steps("rendue_le: 2026-12-01, signifiee_le: 2026-12-31", law)
    assert served["opposition"].day == on("2027-02-01")
    assert served["opposition"].articles == ["cpc-1416", "cpc-642"]


def test_a_new_order_waits_for_two_months_from_its_service(law):
    served = steps("rendue_le: 2026-10-05, signifiee_le: 2026-11-20", law)
    assert (served["opposition"].day, served["execution"].day) == (
        on("2026-12-21"),  # the 20th is a Sunday
        on("2027-01-20"),
    )


def test_an_old_order_waits_for_the_opposition_alone(law):
    # Served on 10 September: until 10 October, a Saturday, so Monday 12; the morrow.
    served = steps("rendue_le: 2026-08-31, signifiee_le: 2026-09-10", law)
    assert served["execution"].day == on("2026-10-13")


@pytest.mark.parametrize(
    ("address", "day", "slugs"),
    [
        # Served on 20 November 2026. Mainland: one month, Sunday 20 December.
        ("code_postal: 69005, commune: y", "2026-12-21", 1),
        # Réunion: two months, Wednesday 20 January 2027.
        ("code_postal: 97400, commune: y", "2027-01-20", 2),
        # Belgium: three months, Saturday 20 February, so Monday 22.
        ("code_postal: 10000, commune: y, pays: BE", "2027-02-22", 2),
    ],
)
def test_distance_lengthens_the_opposition(law, address, day, slugs):
    debtor = f"type: societe, adresse: {{voie: x, {address}}}"
    step = steps("rendue_le: 2026-10-05, signifiee_le: 2026-11-20", law, debtor=debtor)[
        "opposition"
    ]
    assert (step.day, len(step.ingredients)) == (on(day), slugs)
    assert ("cpc-643" in step.articles) is (slugs == 2)


def test_enforcement_follows_an_opposition_that_distance_lengthened(law):
    debtor = "type: societe, adresse: {voie: x, code_postal: 10000, commune: y, pays: BE}"
    served = steps("rendue_le: 2026-10-05, signifiee_le: 2026-11-20", law, debtor=debtor)
    assert served["execution"].day == on("2027-02-23")


def test_a_wait_in_alsace_counts_its_days_a_duty_does_not(law):
    debtor = "type: societe, adresse: {voie: x, code_postal: 67000, commune: y}"
    # A month from 26 November is 26 December 2026, a Saturday: Monday 28 everywhere. A month from
    # 26 February is Friday 26 March 2027, Good Friday; then Easter Monday, so Tuesday 30.
    served = steps("rendue_le: 2026-12-26, signifiee_le: 2027-02-26", law, debtor=debtor)
    assert served["opposition"].day == on("2027-03-30")
    assert served["signification"].day == on("2027-03-26")


def test_an_opposition_stops_enforcement_and_opens_fifteen_days(law):
    # 2 + 15 = Thursday 17 December.
    order = "rendue_le: 2026-10-05, signifiee_le: 2026-11-20, opposition_le: 2026-12-02"
    opened = steps(order, law)
    assert "execution" not in opened
    assert opened["consignation-opposition"].day == on("2026-12-17")
    assert opened["constitution-avocat"].day == on("2026-12-17")


@pytest.mark.parametrize(
    ("court", "names"),
    [
        ("tribunal-de-commerce", {"consignation-opposition"}),
        ("tribunal-des-activites-economiques", {"consignation-opposition"}),
        ("tribunal-judiciaire", {"constitution-avocat"}),
        ("juge-des-contentieux-de-la-protection", set()),
    ],
)
def test_each_court_asks_for_its_own_step_after_an_opposition(law, court, names):
    rest = f"juridiction: {{type: {court}, ville: Lyon}}"
    order = "rendue_le: 2026-10-05, signifiee_le: 2026-11-20, opposition_le: 2026-12-02"
    assert set(steps(order, law, rest=rest)) - {"signification", "opposition"} == names


def test_a_request_opens_fifteen_days_at_the_registry(law):
    read = case(f"{DUE}\njournal: [{{le: 2026-10-27, type: depot-requete}}]")
    (step,) = order_steps(read, law, AS_OF)
    # 27 October + 15 days = 11 November, a holiday.
    assert (step.name, step.day) == ("consignation-demande", on("2026-11-12"))


def test_the_journal_tells_an_order_as_well_as_its_own_block(law):
    journal = "[{le: 2026-10-05, type: ordonnance}, {le: 2026-11-20, type: signification}]"
    read = case(f"{DUE}\njournal: {journal}")
    told = {one.name: one.day for one in order_steps(read, law, AS_OF)}
    assert told["opposition"] == on("2026-12-21")


def test_what_comes_after_the_day_of_the_run_is_not_known_yet(law):
    read = case(f"{DUE}\nordonnance: {{rendue_le: 2026-10-05, signifiee_le: 2026-11-22}}")
    assert [one.name for one in order_steps(read, law, AS_OF)] == ["signification"]


def test_an_order_older_than_the_known_texts_is_not_guessed(law):
    read = case(f"{DUE}\nordonnance: {{rendue_le: 2021-10-05}}")
    with pytest.raises(OutsideKnownLaw):
        list(order_steps(read, law, AS_OF))


@pytest.mark.parametrize(
    ("manner", "is_told"),
    [("", True), (", signifiee_a_personne: non", True), (", signifiee_a_personne: oui", False)],
)
def test_an_order_not_served_in_person_may_be_opposed_for_longer(law, manner, is_told):
    read = case(f"{DUE}\nordonnance: {{rendue_le: 2026-10-05, signifiee_le: 2026-11-20{manner}}}")
    told = order_figures(law, known_order(read, AS_OF), order_steps(read, law, AS_OF))
    assert (told["opposition_prolongee"] is not None) is is_told


def test_how_an_order_was_served_supposes_when():
    _, [found] = read(f"{DUE}\nordonnance: {{rendue_le: 2026-10-05, signifiee_a_personne: non}}")
    assert found.message == "la clé « signifiee_le » manque"


def test_each_step_gives_its_parameter_its_articles_and_the_reading_it_refuses(law):
    order = "rendue_le: 2026-10-05, signifiee_le: 2026-11-20, opposition_le: 2026-12-02"
    journal = "journal: [{le: 2026-09-21, type: depot-requete}]"
    read = case(f"{DUE}\n{journal}\nordonnance: {{{order}}}")
    day = on("2027-01-31")
    told = order_figures(law, known_order(read, day), order_steps(read, law, day))
    assert [one["etape"] for one in told["etapes"]] == [
        "consignation-demande",
        "signification",
        "opposition",
        "consignation-opposition",
        "constitution-avocat",
    ]
    for one in told["etapes"]:
        assert one["regle"]
        assert one["lecture_refusee"]
        assert one["parametres"]
        assert set(one["articles"]) <= set(law.articles)


def test_without_request_nor_order_there_is_nothing_to_tell(law):
    assert order_figures(law, known_order(case(), AS_OF), order_steps(case(), law, AS_OF)) is None


# Limitation.


def limit(journal: str, law: Law, *, invoice: str = "", day: date = date(2030, 12, 31)) -> Any:
    factures = f"factures: [{{{INVOICE}, echeance: 2026-04-01{invoice}}}]"
    read = case(f"{factures}\njournal: [{journal}]")
    return limitation(read, law, read.invoices[0], day)


def test_the_limitation_date_is_not_moved_to_a_working_day(law):
    # 1 April 2031 is a Tuesday; from 1 May 2026 it is Thursday 1 May 2031, a holiday.
    assert limit("", law, invoice="").last_day == on("2031-04-01")
    read = case(f"factures: [{{{INVOICE}, echeance: 2026-05-01}}]")
    assert limitation(read, law, read.invoices[0], AS_OF).last_day == on("2031-05-01")


def test_the_last_safe_day_leaves_the_houses_margin(law):
    # Prudent day 2 March 2031, five years from the invoice; 120 days before: 2 November 2030
    # (28 days of November left, 31, 31, 28, 2: 120).
    found = limit("", law)
    assert (found.prudent_day, found.act_before) == (on("2031-03-02"), on("2030-11-02"))


@pytest.mark.parametrize(
    "kind",
    ["reconnaissance", "assignation", "signification", "mesure-conservatoire", "execution"],
)
def test_an_interruption_starts_a_period_of_the_same_length(law, kind):
    found = limit(f"{{le: 2027-05-10, type: {kind}}}", law)
    assert (found.last_day, found.prudent_day) == (on("2032-05-10"), on("2032-05-10"))


def test_the_service_told_by_the_order_interrupts_too(law):
    read = case(f"{DUE}\nordonnance: {{rendue_le: 2026-10-05, signifiee_le: 2026-11-20}}")
    assert limitation(read, law, read.invoices[0], AS_OF).last_day == on("2031-11-20")


def test_a_service_told_twice_is_one_event(law):
    journal = "journal: [{le: 2026-11-20, type: signification}]"
    order = "ordonnance: {rendue_le: 2026-10-05, signifiee_le: 2026-11-20}"
    read = case(f"{DUE}\n{journal}\n{order}")
    assert len(limitation(read, law, read.invoices[0], AS_OF).events) == 1


def test_between_the_prudent_and_the_last_day_an_act_saves_the_main_reading_only(law):
    found = limit("{le: 2031-03-15, type: assignation}", law, day=on("2031-12-31"))
    assert (found.last_day, found.prudent_day) == (on("2036-03-15"), on("2031-03-02"))


def test_before_the_due_date_nothing_can_be_interrupted_but_the_prudent_period(law):
    found = limit("{le: 2026-03-10, type: reconnaissance}", law)
    assert (found.last_day, found.prudent_day) == (on("2031-04-01"), on("2031-03-10"))
    assert found.events[0].reason == "trop-tot"


def test_an_act_too_late_is_told_as_such(law):
    found = limit("{le: 2031-04-02, type: assignation}", law, day=on("2031-12-31"))
    assert (found.last_day, found.events[0].reason) == (on("2031-04-01"), "trop-tard")


@pytest.mark.parametrize(
    ("mediation", "last_day", "prudent_day"),
    [
        # Agreed on 1 June, over on 1 September 2026: 92 days (30 + 31 + 31) added to both.
        ("le: 2026-06-01, fin: 2026-09-01", "2031-07-02", "2031-06-02"),
        # Over on 20 March 2031, 12 days before the end: six months at least are left.
        # From 1 March: 19 days. The prudent period, to 2 March, was still running on the 1st.
        ("le: 2031-03-01, fin: 2031-03-20", "2031-09-20", "2031-09-20"),
        # Not over: told, and prudently not counted.
        ("le: 2026-06-01", "2031-04-01", "2031-03-02"),
        # Agreed before the due date: only the days after it stop the main period, 30 of them.
        ("le: 2026-03-15, fin: 2026-05-01", "2031-05-01", "2031-04-18"),
    ],
)
def test_an_agreed_mediation_suspends(law, mediation, last_day, prudent_day):
    found = limit(f"{{type: mediation, {mediation}}}", law, day=on("2031-12-31"))
    assert (found.last_day, found.prudent_day) == (on(last_day), on(prudent_day))


@pytest.mark.parametrize(
    ("nature", "invoice", "last_day", "prudent_day"),
    [
        # A carrier: a year from the delivery, whatever the due date.
        ("transport", ", prestation_le: 2026-02-27", "2027-02-27", "2027-02-27"),
        ("transport", "", "2027-03-02", "2027-03-02"),
        # Electronic communications: a year from the due date.
        ("communications-electroniques", "", "2027-04-01", "2027-03-02"),
    ],
)
def test_a_short_limitation_follows_the_nature_of_the_invoice(
    law, nature, invoice, last_day, prudent_day
):
    found = limit("", law, invoice=f", nature: {nature}{invoice}", day=AS_OF)
    assert (found.last_day, found.prudent_day) == (on(last_day), on(prudent_day))


# The view.

STORY = """
paiements: [{le: 2026-05-12, montant: 100,00, sur: F1}]
journal:
  - {le: 2026-04-08, type: appel, promesse: {le: 2026-04-20}}
  - {le: 2026-09-21, type: depot-requete}
lettres:
  - {modele: relance-amiable, le: 2026-04-15, envoi: {canal: courriel, envoyee_le: 2026-04-15}}
  - {modele: mise-en-demeure, le: 2026-06-08, envoi: {canal: lrar, envoyee_le: 2026-06-08}}
  - {modele: mise-en-demeure, le: 2026-07-08}
ordonnance: {rendue_le: 2026-10-05, signifiee_le: 2026-11-20}
"""


def view(rest: str, law: Law, day: date = AS_OF) -> list[dict[str, Any]]:
    read = case(rest)
    statement, faults = draw_up(read, law, day, None)
    assert faults == []
    return deadline_figures(law, invoice_deadlines(read, law, statement))


def test_every_event_is_told_with_its_effect(law):
    (told,) = view(DUE + STORY, law)
    assert [(one["le"].isoformat(), one["type"], one["effet"]) for one in told["evenements"]] == [
        ("2026-04-08", "promesse", "sans-effet"),
        ("2026-04-15", "lettre", "sans-effet"),
        ("2026-05-12", "paiement", "sans-effet"),
        ("2026-06-08", "mise-en-demeure", "sans-effet"),
        ("2026-09-21", "depot-requete", "sans-effet"),
        ("2026-10-05", "ordonnance", "sans-effet"),
        ("2026-11-20", "signification", "interrompt"),
    ]


@pytest.mark.parametrize(
    ("kind", "decision"),
    [
        ("mise-en-demeure", "18 mai 2022, n° 20-23.204"),
        ("depot-requete", "10 juillet 1990, n° 89-13.345"),
    ],
)
def test_a_naive_event_names_the_decision_that_denies_it(law, kind, decision):
    (told,) = view(DUE + STORY, law)
    (reason,) = [one["motif"] for one in told["evenements"] if one["type"] == kind]
    assert decision in reason


def test_an_invoice_is_late_from_the_day_after_its_due_date(law):
    assert view(DUE, law, on("2026-04-01"))[0]["en_retard_depuis"] is None
    assert view(DUE, law, on("2026-04-02"))[0]["en_retard_depuis"] == on("2026-04-02")


def test_an_invoice_paid_in_time_is_not_late_and_its_events_are_not_told(law):
    paid = "paiements: [{le: 2026-04-01, montant: 1 000,00, sur: F1}]"
    (told,) = view(f"{DUE}\n{paid}", law)
    assert (told["ouverte"], told["en_retard_depuis"], told["evenements"]) == (False, None, [])


def test_each_due_date_has_its_own_limitation(law):
    parts = "[{le: 2026-04-01, montant: 400,00}, {le: 2026-07-01, montant: 600,00}]"
    told = view(f"factures: [{{{INVOICE}, echeances: {parts}}}]", law)
    assert [one["prescription_le"] for one in told] == [on("2031-04-01"), on("2031-07-01")]


def test_a_letter_about_other_invoices_is_not_told(law):
    two = f"factures: [{{{INVOICE}, echeance: 2026-04-01}}, "
    two += "{numero: F2, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1,00}]"
    letter = "{modele: mise-en-demeure, le: 2026-06-08, factures: [F2], "
    letter += "envoi: {canal: lrar, envoyee_le: 2026-06-08}}"
    first, second = view(f"{two}\nlettres: [{letter}]", law)
    assert (len(first["evenements"]), len(second["evenements"])) == (0, 1)


def test_a_public_debtors_dates_leave_the_limitation_out(law):
    read = case(DUE, PUBLIC)
    statement, _ = draw_up(read, law, AS_OF, None)
    (told,) = deadline_figures(law, invoice_deadlines(read, law, statement))
    assert (told["prescription_le"], told["agir_avant"]) == (None, None)


def test_every_reason_has_its_sentence(law):
    reasons = {"trop-tot", "trop-tard", "mediation", "mediation-en-cours", "lettre", "paiement"}
    reasons |= {"mise-en-demeure", "promesse", "depot-requete", "ordonnance"}
    assert reasons <= set(law.rules["prescription"].sentences)


def test_the_other_reading_of_an_end_of_month_has_its_own_total(law):
    # Due on 30 April, 61 days late: 1 000 × 12,15 % × 61 ÷ 365 = 20,3055, so 20,31; due on 15
    # May, 46 days: 15,3123, so 15,31.
    dated = with_due_dates(case(agreed("45 jours fin de mois")), law)
    day = on("2026-06-30")
    statement, _ = draw_up(dated, law, day, None)
    (other,) = [one for one in other_readings(dated, law, day) if one.field == "month_end"]
    assert (other.choice, statement.total - other.total) == ("fin-puis-jours", Decimal("5.00"))
