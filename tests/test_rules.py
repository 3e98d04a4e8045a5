"""The legal rules alone: who they govern, from which day, at which rate. Sums: see tests/cas/."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from dument.case import Case, Conventions
from dument.kit import open_kit
from dument.law import Law, read_law
from dument.rules import interest_rule, rule_modules
from dument.rules.accrual import countable_periods, daily_interest, interest
from dument.rules.fixed_sum import fixed_sum
from dument.rules.limitation_period import known_limitations, limitation
from dument.rules.payment_allocation import debts_in_order, shares
from dument.rules.penalty_clause import first_notice, is_claimed, penalty_clause
from dument.rules.response_deadline import deadline
from dument.schema import read_case
from dument.source import parse_yaml

PARTY = "denomination: X, adresse: {voie: x, code_postal: 01000, commune: y}"
INVOICES = "factures: [{numero: F1, emise_le: 2026-03-02, echeance: 2026-04-01, ttc: 1 000,00}]"


@pytest.fixture(scope="module")
def law() -> Law:
    return read_law(open_kit(Path(__file__).parent))[0]


def case(rest: str = "", debtor: str = "type: societe") -> Case:
    text = f"reference: R\ncreancier: {{type: societe, {PARTY}}}\n"
    text += f"debiteur: {{{debtor}, {PARTY}, nom: N, prenom: P}}\n{INVOICES}\n{rest}\n"
    mapping, diagnostics = parse_yaml(text, "d.yaml")
    assert diagnostics == []
    read, _, diagnostics = read_case(mapping)
    assert diagnostics == []
    return read


def on(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("debtor", "terms", "rule"),
    [
        ("type: societe", "", "penalites-bce-majore"),
        ("type: societe", "bce+10", "penalites-bce-majore"),
        ("type: societe", "12 %", "penalites-contractuelles"),
        ("type: societe", "3x-taux-legal", "penalites-triple-taux-legal"),
        ("type: societe", "aucune", None),
        ("type: entrepreneur_individuel", "", "penalites-bce-majore"),
        ("type: association, regime: professionnel", "", "penalites-bce-majore"),
        ("type: association, regime: consommateur", "", "interets-legaux"),
        ("type: particulier", "", "interets-legaux"),
        ("type: particulier", "12 %", "interets-legaux"),
        ("type: particulier", "aucune", "interets-legaux"),
        ("type: personne_publique", "", "interets-moratoires-publics"),
        ("type: personne_publique", "12 %", "interets-moratoires-publics"),
        ("type: personne_publique", "aucune", "interets-moratoires-publics"),
    ],
)
def test_one_rule_of_interest_governs_a_case(debtor, terms, rule):
    found = interest_rule(case(f"conditions: {{penalites: {terms}}}", debtor))
    assert (found and found.RULE) == rule


@pytest.mark.parametrize(
    "debtor", ["type: societe", "type: particulier", "type: personne_publique"]
)
@pytest.mark.parametrize("terms", ["", "bce+10", "12 %", "3x-taux-legal", "aucune"])
def test_penalties_and_legal_interest_never_run_together(debtor, terms):
    read = case(f"conditions: {{penalites: {terms}}}", debtor)
    governing = [one for one in rule_modules() if hasattr(one, "periods") and one.applies(read)]
    assert len(governing) <= 1


def test_every_rule_has_its_own_id():
    ids = [module.RULE for module in rule_modules()]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("debtor", ["type: societe", "type: personne_publique"])
def test_interest_starts_the_day_after_the_due_date(debtor):
    read = case(debtor=debtor)
    [invoice] = read.invoices
    [part] = invoice.schedule
    rule = interest_rule(read)
    assert rule.first_day(read, invoice, part, on("2026-12-31")) == on("2026-04-02")


def test_the_earliest_presented_notice_starts_a_consumers_interest():
    read = case(
        """lettres:
  - {modele: mise-en-demeure, le: 2026-06-01, envoi: {canal: lrar, presentee_le: 2026-06-03}}
  - {modele: mise-en-demeure, le: 2026-05-04, envoi: {canal: lrar, presentee_le: 2026-05-06}}""",
        "type: particulier",
    )
    [invoice] = read.invoices
    [part] = invoice.schedule
    first = interest_rule(read).first_day(read, invoice, part, on("2026-12-31"))
    assert first == on("2026-05-07")


def test_a_notice_presented_after_the_statement_starts_nothing_yet():
    read = case(
        "lettres: [{modele: mise-en-demeure, le: 2026-05-04, "
        "envoi: {canal: lrar, presentee_le: 2026-05-06}}]",
        "type: particulier",
    )
    [invoice] = read.invoices
    [part] = invoice.schedule
    assert interest_rule(read).first_day(read, invoice, part, on("2026-05-05")) is None


def test_interest_is_rounded_once_half_up():
    # 73 × 10 % × 1 ÷ 365 = 0.02 exactly; 91.25 gives 0.025, that goes up.
    assert interest(Decimal("91.25"), Decimal(10), 1, 365) == Decimal("0.03")


def test_a_day_of_interest_is_not_rounded():
    assert daily_interest(Decimal(1000), Decimal("12.40"), 365) == Decimal(12400) / Decimal(36500)


def test_a_rounded_day_multiplied_would_be_wrong():
    # 45 days of 0.62 make 27.90; the law's way gives 27.71 (1 850 € at 12.15 %).
    exact = interest(Decimal(1850), Decimal("12.15"), 45, 365)
    assert exact == Decimal("27.71")


def test_the_real_year_is_cut_in_january():
    periods = list(
        countable_periods(Conventions(year="reelle"), on("2023-12-30"), on("2024-01-02"))
    )
    assert periods == [
        (on("2023-12-30"), on("2023-12-31"), 2, 365),
        (on("2024-01-01"), on("2024-01-02"), 2, 366),
    ]


def test_the_fixed_year_is_not_cut():
    periods = list(countable_periods(Conventions(), on("2023-12-30"), on("2024-01-02")))
    assert periods == [(on("2023-12-30"), on("2024-01-02"), 4, 365)]


@pytest.mark.parametrize(
    ("debtor", "slug"),
    [
        ("type: societe", "indemnite-forfaitaire"),
        ("type: personne_publique", "indemnite-forfaitaire-publique"),
    ],
)
def test_the_fixed_sum_is_owed_from_the_day_after_the_due_date(law, debtor, slug):
    read = case(debtor=debtor)
    due = fixed_sum(read, law, read.invoices[0], on("2026-04-01"))
    assert (due.on, due.amount, due.ingredients[0].slug) == (on("2026-04-02"), Decimal(40), slug)


def test_a_consumer_owes_no_fixed_sum(law):
    read = case(debtor="type: particulier")
    assert fixed_sum(read, law, read.invoices[0], on("2026-04-01")) is None


@pytest.mark.parametrize(
    ("judgment", "owed"), [("2026-03-31", False), ("2026-04-01", False), ("2026-04-02", True)]
)
def test_proceedings_opened_by_the_due_date_bar_the_fixed_sum(law, judgment, owed):
    read = case(
        f"statut: {{procedure_collective: {{type: redressement, jugement_le: {judgment}}}}}"
    )
    due = fixed_sum(read, law, read.invoices[0], on("2026-04-01"))
    assert (due is not None) is owed


def test_the_first_notice_is_the_oldest_that_left():
    read = case("""lettres:
  - {modele: mise-en-demeure, le: 2026-06-01, envoi: {canal: lrar, envoyee_le: 2026-06-01}}
  - {modele: mise-en-demeure, le: 2026-05-04, envoi: {canal: lrar, envoyee_le: 2026-05-05}}
  - {modele: mise-en-demeure, le: 2026-04-20, envoi: {canal: lrar}}""")
    assert first_notice(read, on("2026-12-31")).sent_on == on("2026-05-05")


def test_a_notice_does_not_claim_what_falls_due_on_its_day():
    read = case(
        "lettres: [{modele: mise-en-demeure, le: 2026-04-01, "
        "envoi: {canal: lrar, envoyee_le: 2026-04-01}}]"
    )
    day = on("2026-04-01")
    assert not is_claimed(read.letters[0], read.invoices[0], day, day)


def test_a_penalty_clause_is_rounded_to_the_cent():
    read = case("conditions: {clause_penale: 12,5 %}")
    due = penalty_clause(read, Decimal("959.65"), on("2026-05-04"))
    assert due.amount == Decimal("119.96")  # 119.95625


def test_no_late_principal_no_penalty_even_with_a_minimum():
    read = case("conditions: {clause_penale: {taux: 10 %, minimum: 250,00}}")
    assert penalty_clause(read, Decimal(0), on("2026-05-04")) is None


class Debt:
    """A bare due date."""

    def __init__(self, day: str) -> None:
        self.due_on = on(day)


def test_debts_due_come_before_the_others_then_the_oldest():
    debts = [Debt("2026-09-01"), Debt("2026-05-01"), Debt("2026-04-01"), Debt("2026-08-01")]
    groups = debts_in_order(on("2026-06-01"), debts)
    assert [str(one.due_on) for group in groups for one in group] == [
        "2026-04-01",
        "2026-05-01",
        "2026-08-01",
        "2026-09-01",
    ]


@pytest.mark.parametrize(
    ("amount", "owed", "parts"),
    [
        ("100", ["100", "200"], ["33.33", "66.67"]),
        ("0.01", ["1", "1", "1"], ["0.00", "0.01", "0.00"]),
        ("300", ["100", "200"], ["100", "200"]),
        ("500", ["100", "200"], ["100", "200"]),
        ("50", ["100"], ["50"]),
    ],
)
def test_a_payment_is_shared_in_proportion_to_the_cent(amount, owed, parts):
    shared = shares(Decimal(amount), [Decimal(one) for one in owed])
    assert sum(shared) == min(Decimal(amount), sum(map(Decimal, owed)))
    assert shared == [Decimal(one) for one in parts]


@pytest.mark.parametrize(
    ("event", "interrupts"),
    [
        ("reconnaissance", True),
        ("assignation", True),
        ("signification", True),
        ("appel", False),
        ("courrier", False),
        ("depot-requete", False),
        ("ordonnance", False),
        ("reclamation", False),
    ],
)
def test_only_an_acknowledgement_a_summons_or_a_service_interrupts(law, event, interrupts):
    read = case(f"journal: [{{le: 2026-05-10, type: {event}}}]")
    limit = limitation(read, law, read.invoices[0], on("2026-12-31"))
    assert (limit.interrupted_on is not None) is interrupts


def test_an_act_after_the_day_of_the_statement_interrupts_nothing_yet(law):
    read = case("journal: [{le: 2026-05-10, type: assignation}]")
    assert limitation(read, law, read.invoices[0], on("2026-05-09")).interrupted_on is None


def test_a_public_debtors_limitation_is_not_guessed(law):
    read = case(debtor="type: personne_publique")
    assert limitation(read, law, read.invoices[0], on("2026-12-31")) is None


@pytest.mark.parametrize(
    ("letter", "day"),
    [
        # Monday 8 June + 3 days of post + 8 days = Friday 19 June.
        ("le: 2026-06-08, envoi: {canal: lrar}", "2026-06-19"),
        ("le: 2026-06-08", "2026-06-19"),
        # By email: 8 June + 8 days = Tuesday 16 June.
        ("le: 2026-06-08, envoi: {canal: courriel}", "2026-06-16"),
        # 15 days granted: 8 June + 3 + 15 = Friday 26 June.
        ("le: 2026-06-08, delai_jours: 15, envoi: {canal: lrar}", "2026-06-26"),
        # 10 June + 3 + 8 = Sunday 21 June, moved to Monday.
        ("le: 2026-06-10, envoi: {canal: lrar}", "2026-06-22"),
        # 3 July + 3 + 8 = Tuesday 14 July, a holiday, moved to Wednesday.
        ("le: 2026-07-03, envoi: {canal: lrar}", "2026-07-15"),
        ("le: 2026-06-08, date_limite: 2026-06-20", "2026-06-20"),
    ],
)
def test_a_letters_deadline_is_a_working_day(law, letter, day):
    read = case(f"lettres: [{{modele: mise-en-demeure, {letter}}}]")
    assert deadline(read, law, read.letters[0]) == on(day)


def test_a_consumer_is_granted_fifteen_days(law):
    read = case(
        "lettres: [{modele: mise-en-demeure, le: 2026-06-08, envoi: {canal: lrar}}]",
        "type: particulier",
    )
    assert deadline(read, law, read.letters[0]) == on("2026-06-26")


def test_a_limitation_the_law_pack_does_not_know_is_left_out_not_a_crash(law):
    read = case(debtor="type: particulier")
    old = read.invoices[0].model_copy(update={"due_on": on("2015-04-01")})
    read = read.model_copy(update={"invoices": (old, *read.invoices)})
    found = list(known_limitations(read, law, on("2026-12-31")))
    assert [str(one.last_day) for one in found] == ["2028-04-01"]
