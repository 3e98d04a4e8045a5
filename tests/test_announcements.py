"""What a letter announces is kept: not before the date it leaves, and not forgotten."""

from __future__ import annotations

from typing import Any

import pytest

from dument.records import computed_case
from tests.examples import found_ids, patched_example
from tests.test_examples import example as shipped

WARNING = {
    "modele": "dernier-avis",
    "le": "2026-05-20",
    "delai_jours": 8,
    "envoi": {"canal": "courriel", "envoyee_le": "2026-05-20"},
}


def notice(on: str, *, is_sent: bool = True) -> dict[str, Any]:
    sending = {"canal": "lrar", "numero": "1A 234 567 8901 2"}
    return {
        "modele": "mise-en-demeure",
        "le": on,
        "envoi": sending | ({"envoyee_le": on} if is_sent else {}),
    }


def ids(*more: dict[str, Any], **changes: Any) -> set[str]:
    """Return the findings on a last warning of 20 May 2026, which leaves until the 28th."""
    told = {"lettres": [WARNING, *more], **changes}
    return {id for id in found_ids(patched_example("garage-tilleul", told)) if id[:3] == "ANN"}


# 28 May, then thirty days: the formal notice was to leave by 27 June.
def test_an_announced_notice_that_never_leaves_is_told():
    assert ids() == {"ANN-002"}


@pytest.mark.parametrize(("on", "found"), [("2026-05-28", {"ANN-001"}), ("2026-05-29", set())])
def test_a_notice_leaves_from_the_day_after_the_date_left(on, found):
    assert ids(notice(on)) == found


def test_a_notice_that_left_late_is_no_longer_missed():
    assert ids(notice("2026-09-14")) == set()


def test_a_notice_still_in_draft_has_not_left():
    assert ids(notice("2026-09-14", is_sent=False)) == {"ANN-002"}


def test_a_letter_that_did_not_leave_announces_nothing():
    draft = {**WARNING, "envoi": {"canal": "courriel"}}
    assert ids(lettres=[draft]) == set()


@pytest.mark.parametrize(
    "changes",
    [
        {"journal.2": {"le": "2026-05-27", "type": "reponse", "resume": "Réponse."}},
        {"journal.2": {"le": "2026-05-27", "type": "reclamation", "resume": "Réclamation."}},
        {
            "journal.2": {
                "le": "2026-05-27",
                "type": "appel",
                "resume": "Promesse.",
                "promesse": {"le": "2026-07-01", "montant": "500,00"},
            }
        },
        {"paiements.1": {"le": "2026-05-27", "montant": "5 000,00"}},
        {"statut.litige": {"depuis": "2026-05-27", "motif": "Malfaçon."}},
    ],
)
def test_nothing_is_missed_once_the_debtor_moved(changes):
    assert ids(**changes) == set()


def test_an_answer_from_before_the_letter_changes_nothing():
    before = {"le": "2026-05-19", "type": "reponse", "resume": "Réponse."}
    assert ids(**{"journal.2": before}) == {"ANN-002"}


def test_the_computed_case_tells_what_each_letter_announces():
    dossier, _ = shipped("editions-passage")
    told = [one["annonce"] for one in computed_case(dossier)["lettres"]]
    assert told[0] is None
    assert [str(told[1][key]) for key in ("apres_le", "avant_le")] == ["2026-08-21", "2026-09-20"]
    assert told[2]["avant_le"] is None
