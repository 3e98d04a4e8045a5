"""Step 6: waivers, levels, places, the limits of each check type, and the manual's page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dument.checks import check_types, inspect
from dument.checks.case_words import without_facts
from dument.checks.figures import Row, rows, says_amount, says_date, totals
from dument.checks.patterns import compiled
from dument.checks.wording import say
from dument.diagnostics import Diagnostic, Level, has_errors
from dument.law import Mention, Status
from tests import checks_page
from tests.examples import (
    AS_OF,
    ROOT,
    findings,
    found_ids,
    patched_example,
    shipped_examples,
    workshop,
    written_example,
)

LAW = workshop(ROOT).law
REASON = "convenu par téléphone avec la comptable"


def with_waiver(changes: dict[str, object], rule: str, **others: str):
    waiver = {"controle": rule, "motif": REASON, **others}
    return patched_example("garage-tilleul", {**changes, "derogations": [waiver]})


LATE_COSTS = {"lettres.0.paragraphe": "Nous y ajouterons 12 € de frais de relance."}


@pytest.mark.parametrize("slug", shipped_examples())
def test_no_shipped_example_has_an_error(slug):
    assert not has_errors(inspect(written_example(slug)))


# Waivers.


def test_a_waived_finding_keeps_the_written_reason():
    (found,) = findings(with_waiver(LATE_COSTS, "PEN-005"), "PEN-005")
    assert found.waived_because == REASON


def test_a_waived_error_no_longer_blocks():
    assert not has_errors(inspect(with_waiver(LATE_COSTS, "PEN-005")))


def test_a_waiver_for_one_kind_of_letter_leaves_the_others_alone():
    inspection = with_waiver(LATE_COSTS, "PEN-005", lettre="mise-en-demeure")
    (found,) = findings(inspection, "PEN-005")
    assert found.waived_because is None


def test_a_waiver_that_names_no_rule_is_an_error():
    (found,) = findings(with_waiver({}, "MED-0O2"), "schema/derogation-inconnue")
    assert found.level is Level.ERROR


def test_a_waiver_that_names_no_rule_is_shown_the_nearest_one():
    (found,) = findings(with_waiver({}, "med-002"), "schema/derogation-inconnue")
    assert "MED-002" in (found.hint or "")


def test_a_waiver_that_names_no_rule_is_shown_at_its_place():
    inspection = with_waiver({}, "MED-0O2")
    (found,) = findings(inspection, "schema/derogation-inconnue")
    assert found.position == inspection.places.at("waivers", 0)


def test_a_waiver_that_sets_nothing_aside_is_told():
    (found,) = findings(with_waiver({}, "PEN-005"), "schema/derogation-sans-objet")
    assert found.level is Level.INFO


# What makes a run fail.


@pytest.mark.parametrize(
    ("level", "strict", "fails"),
    [
        (Level.ERROR, False, True),
        (Level.WARNING, False, False),
        (Level.INFO, False, False),
        (Level.ERROR, True, True),
        (Level.WARNING, True, True),
        (Level.INFO, True, False),
    ],
)
def test_each_level_fails_a_run_as_the_manual_says(level, strict, fails):
    found = Diagnostic("essai/un", level, "un")
    assert has_errors([found], strict=strict) is fails


@pytest.mark.parametrize("level", Level)
def test_what_was_waived_fails_no_run(level):
    found = Diagnostic("essai/un", level, "un", waived_because=REASON)
    assert not has_errors([found], strict=True)


# Levels, places and what is looked at.


def test_a_rule_that_could_not_be_confirmed_never_blocks():
    inspection = patched_example("garage-tilleul", LATE_COSTS)
    doubtful = replace(LAW.mentions["PEN-005"], status=Status.UNVERIFIED)
    law = replace(inspection.law, mentions={doubtful.id: doubtful})
    assert [one.level for one in inspect(replace(inspection, law=law))] == [Level.WARNING]


def test_a_rule_is_silent_before_its_text_was_in_force():
    inspection = patched_example("garage-tilleul", LATE_COSTS)
    coming = replace(LAW.mentions["PEN-005"], first_day=AS_OF + timedelta(days=1))
    law = replace(inspection.law, mentions={coming.id: coming})
    assert inspect(replace(inspection, law=law)) == []


def test_a_passage_of_the_free_paragraph_is_shown_there():
    inspection = patched_example("garage-tilleul", LATE_COSTS)
    (found,) = findings(inspection, "PEN-005")
    assert found.position == inspection.places.at("letters", 0, "paragraph")


def test_a_fault_of_the_data_is_shown_at_its_key():
    inspection = patched_example("garage-tilleul", {"factures.0.echeance": "2026-02-01"})
    (found,) = findings(inspection, "COH-001")
    assert found.position == inspection.places.at("invoices", 0, "due_on")


def test_the_message_names_the_letter_and_its_day():
    (found,) = findings(patched_example("garage-tilleul", LATE_COSTS), "PEN-005")
    assert found.message.startswith("Relance amiable du 15/04/2026 : ")


def test_a_private_note_is_never_quoted():
    changes = {"journal.0.note": "Le gérant serait hospitalisé."}
    (found,) = findings(patched_example("garage-tilleul", changes), "DOS-007")
    assert "hospitalis" not in found.message


def test_annexes_are_checked_too():
    inspection = patched_example("garage-tilleul", {"texte": {"imput": "compt", "Imput": "Compt"}})
    assert any(one.message.startswith("Décompte") for one in findings(inspection, "PEN-013"))


def test_a_letter_that_has_left_is_not_forbidden_afterwards():
    dispute = {"statut.litige": {"depuis": "2026-06-01", "motif": "travaux non conformes"}}
    kinds = [one.message.split(" du ")[0] for one in
             findings(patched_example("garage-tilleul", dispute), "STO-002")]  # fmt: skip
    assert kinds == ["Requête en injonction de payer"]


def test_a_draft_dated_before_a_dispute_cannot_leave_after_it():
    dispute = {"statut.litige": {"depuis": "2026-11-21", "motif": "travaux non conformes"}}
    assert "STO-002" in found_ids(patched_example("garage-tilleul", dispute))


def test_facts_that_a_letter_quotes_are_not_its_words():
    case = patched_example("garage-tilleul", {"debiteur.denomination": "L'Huissier  Malin"}).case
    assert without_facts("À L’Huissier Malin, un huissier", case) == "À …, un huissier"


def test_obsolete_law_names_what_replaces_it():
    changes = {"lettres.0.paragraphe": "Selon l’article L. 441-6."}
    (found,) = findings(patched_example("garage-tilleul", changes), "DRO-001")
    assert "article L. 441-10 du code de commerce" in found.message.replace("\u00a0", " ")


@pytest.mark.parametrize(("signed", "said"), [("2019-04-25", False), ("2019-04-26", True)])
def test_an_older_contract_keeps_the_old_number(signed, said):
    changes = {"conditions.contrat_du": signed,
               "lettres.0.paragraphe": "Selon l’article L. 441-6."}  # fmt: skip
    assert ("DRO-001" in found_ids(patched_example("garage-tilleul", changes))) is said


def test_letters_of_an_older_contract_cite_the_article_it_keeps():
    changed = patched_example("garage-tilleul", {"conditions.contrat_du": "2012-03-05"})
    [notice] = [one for one in changed.letters if one.kind == "mise-en-demeure"]
    assert "articles L. 441-6, I, et D. 441-5" in notice.text.replace("\u00a0", " ")
    assert "441-10 II" not in notice.text
    assert "c-com-l441-6" in notice.cited


def test_a_reference_was_not_obsolete_before_it_died():
    words = "L’ordonnance sera signifiée dans les six mois."
    changes = {"lettres.1.paragraphe": words}  # a letter of June 2026, before the change
    assert "DRO-001" not in found_ids(patched_example("garage-tilleul", changes))


# Limitation: the delay ends on its last day, at midnight.


def due_in(due_on: date, performed_on: date) -> dict[str, object]:
    return {
        "factures.0.emise_le": performed_on.isoformat(),
        "factures.0.prestation_le": performed_on.isoformat(),
        "factures.0.echeance": due_on.isoformat(),
        "paiements": None,
        "lettres": [{"modele": "requete-injonction-de-payer", "le": AS_OF.isoformat()}],
    }


@pytest.mark.parametrize(
    ("due_on", "performed_on", "id"),
    [
        # Five years from 20 November 2021 end on 20 November 2026: the run is a day late.
        (date(2021, 11, 20), date(2021, 10, 20), "DOS-001"),
        # From 21 November 2021 the last day is that of the run; the prudent one has passed.
        (date(2021, 11, 21), date(2021, 10, 20), "STO-003"),
        # The prudent day is 20 March 2027, 119 days after the run.
        (date(2022, 4, 20), date(2022, 3, 20), "STO-003"),
        (date(2022, 4, 20), date(2022, 3, 20), "IP-023"),
    ],
)
def test_limitation_is_seen_on_its_day(due_on, performed_on, id):
    inspection = patched_example("garage-tilleul", due_in(due_on, performed_on))
    assert id in found_ids(inspection)


@pytest.mark.parametrize(
    ("due_on", "performed_on", "id"),
    [
        (date(2021, 11, 21), date(2021, 10, 20), "DOS-001"),
        # The prudent day is 21 March 2027, 120 days after the run.
        (date(2022, 4, 20), date(2022, 3, 21), "STO-003"),
        (date(2022, 4, 20), date(2022, 3, 21), "IP-023"),
    ],
)
def test_limitation_is_not_seen_a_day_too_early(due_on, performed_on, id):
    inspection = patched_example("garage-tilleul", due_in(due_on, performed_on))
    assert id not in found_ids(inspection)


def test_a_barred_claim_no_longer_owed_is_not_told():
    changes = due_in(date(2021, 11, 20), date(2021, 10, 20))
    changes["paiements"] = [{"le": "2022-01-04", "montant": "5 000,00"}]
    assert "STO-003" not in found_ids(patched_example("garage-tilleul", changes))


# Figures found in a printed text.


def test_a_row_is_read_through_narrow_spaces_and_a_minus():
    text = "Réglé par imputation | | −1\u202f019,65\u00a0€"
    assert rows(text) == [Row("Réglé par imputation", Decimal("-1019.65"))]


def test_a_total_is_the_sum_of_the_rows_right_above():
    text = "Du | Montant\n\nA | 1,00 €\n\nB | 2,50 €\n\nTotal dû | 3,50 €"
    assert list(totals(rows(text))) == [(Row("Total dû", Decimal("3.50")), Decimal("3.50"))]


def test_a_subtotal_sums_its_invoice_and_is_no_part_of_the_total():
    lines = "F1 | a | 1,00 €\nF2 | b | 2,00 €\nF2 | c | 3,00 €\n"
    text = f"{lines}F2 | | Sous-total | 5,00 €\nTotal | 6,00 €"
    assert [(row.amount, parts) for row, parts in totals(rows(text))] == [
        (Decimal("5.00"), Decimal("5.00")),
        (Decimal("6.00"), Decimal("6.00")),
    ]


def test_an_amount_is_found_whatever_its_spaces():
    assert says_amount("la somme de 1 440,00 €", Decimal("1440.00"))


@pytest.mark.parametrize("text", ["le 1er avril 2026", "01/04/2026", "1er\u00a0avril\u00a02026"])
def test_a_date_is_found_in_words_or_in_figures(text):
    assert says_date(text, date(2026, 4, 1))


# Types and words.


def test_a_rule_says_nothing_of_a_case_it_does_not_list():
    assert list(say(LAW.mentions["COH-001"], "inconnu")) == []


def test_no_two_check_types_bear_one_name():
    texts = (path.read_text(encoding="utf-8") for path in (ROOT / "dument/checks").glob("*.py"))
    words = re.findall(r'^TYPE = "(.+)"$', "\n".join(texts), re.M)
    assert sorted(words) == sorted(check_types())


CASES = [
    (mention, case)
    for mention in LAW.mentions.values()
    for case in mention.options.get("cas") or {}
    if not case.startswith("inconnu")  # no example lies outside of the known law
]


@pytest.mark.parametrize(("mention", "case"), CASES, ids=lambda value: getattr(value, "id", value))
def test_each_case_of_a_rule_is_shown_by_a_bad_example(mention: Mention, case: str):
    sentence = re.escape(mention.options["cas"][case])
    pattern = compiled(re.sub(r"\\\{\w+\\\}", ".+", sentence))
    bad = [example for example in mention.examples if not example.is_good]
    shown = [
        found.message
        for example in bad
        for found in findings(patched_example(example.dossier, dict(example.changes)), mention.id)
    ]
    assert any(pattern.search(message) for message in shown)


# The manual.


def test_the_manual_shows_every_rule_as_it_is():
    page = checks_page.PAGE.read_text(encoding="utf-8")
    assert checks_page.current(page) == page, "run: python tests/checks_page.py"


def test_every_rule_has_its_family_in_the_manual():
    assert {id.split("-")[0] for id in LAW.mentions} <= set(checks_page.FAMILIES)
