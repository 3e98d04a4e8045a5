"""The chronology: what happened, what was sent, what was promised, and what comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from dument.case import EventKind, JournalEntry, PaymentOrder, Visibility
from dument.dossier import Dossier
from dument.letters import Letter, openness
from dument.money import format_number
from dument.pages.frame import Desk

# On one day: what is asked before what is answered, the state of the day last.
_RANKS = (
    "prestation", "facture", "echeance", "avoir", "paiement", "rejet", "statut", "journal",
    "fin", "decision", "frais", "promesse", "lettre", "presentation", "issue", "delai", "arrete",
    "prescription",
)  # fmt: skip
_OF_RECORD = {
    EventKind.COMPLAINT, EventKind.ACKNOWLEDGEMENT, EventKind.FILING, EventKind.ORDER,
    EventKind.SERVICE, EventKind.SUMMONS, EventKind.UNSENDING,
}  # fmt: skip


def chronology(desk: Desk) -> list[dict[str, Any]]:
    """Return every dated fact in order; `a_venir` marks what comes after the dossier's day."""
    dossier = desk.dossier
    facts = [
        *_invoices(desk),
        *_payments(desk),
        *_status(dossier),
        *_journal(desk),
        *_order(desk),
        *_costs(desk),
        *(fact for letter in dossier.letters for fact in _letter(desk, letter)),
        *_limitations(dossier),
        {"le": dossier.as_of, "sorte": "arrete", "montant": dossier.statement.total},
    ]
    for fact in facts:
        fact["a_venir"] = fact["le"] > dossier.as_of
        fact["annee"] = fact["le"].year
        fact.setdefault("piece", None)
    facts.sort(key=lambda fact: (fact["le"], _RANKS.index(fact["sorte"])))
    for rank, fact in enumerate(facts, 1):
        fact["ancre"] = f"fait-{rank}"
    return facts


def _invoices(desk: Desk) -> Iterator[dict[str, Any]]:
    for one in desk.dossier.case.invoices:
        common = {"facture": one.number, "objet": one.subject}
        proof = {"piece": desk.exhibit_link(one.exhibit, one.number)}
        kept = one.retention
        if one.performed_on:
            done = desk.exhibit_link(one.delivery_exhibit, one.number, one.order)
            yield {"le": one.performed_on, "sorte": "prestation", "piece": done, **common}
        yield {"le": one.issued_on, "sorte": "facture", "montant": one.gross, **common, **proof}
        for part in one.schedule:
            is_kept = kept is not None and part.due_on == kept.until
            yield {"le": part.due_on, "sorte": "echeance", "montant": part.amount,
                   "retenue": is_kept, **common, **proof}  # fmt: skip


def _payments(desk: Desk) -> Iterator[dict[str, Any]]:
    case = desk.dossier.case
    for note in case.credit_notes:
        proof = desk.exhibit_link(note.exhibit, note.number)
        yield {"le": note.on, "sorte": "avoir", "numero": note.number, "montant": note.amount,
               "facture": note.invoice, "piece": proof}  # fmt: skip
    settled = [("paiement", one) for one in case.payments]
    settled += [("acompte", one.payment) for one in case.deposits]
    settled += [("compensation", one.payment) for one in case.set_offs]
    for nature, paid in settled:
        proof = desk.exhibit_link(paid.exhibit, format_number(paid.amount))
        common = {"montant": paid.amount, "nature": nature, "moyen": paid.means,
                  "factures": [share.invoice for share in paid.shares],
                  "piece": proof}  # fmt: skip
        yield {"le": paid.on, "sorte": "paiement", **common}
        if paid.rejected_on:
            yield {"le": paid.rejected_on, "sorte": "rejet", "recu_le": paid.on, **common}


def _order(desk: Desk) -> Iterator[dict[str, Any]]:
    """Yield what the order for payment and the judgment tell, save what the journal says too."""
    case = desk.dossier.case
    if case.order is not None:
        order, told = case.order, {(entry.on, entry.kind) for entry in case.journal}
        proof = desk.exhibit_link(order.exhibit)
        for day, kind in (
            (order.issued_on, EventKind.ORDER),
            (order.served_on, EventKind.SERVICE),
            (order.opposed_on, EventKind.OPPOSITION),
        ):
            if day is not None and (day, kind) not in told:
                yield {"le": day, "sorte": "journal", "type": kind.value, "avec": None,
                       "resume": None, "promesse": None, "lettre_visee": None,
                       "piece": proof if kind is EventKind.SERVICE else None,
                       "a_personne": order.served_in_person}  # fmt: skip
    if case.judgment is not None:
        one = case.judgment
        yield {"le": one.enforceable_on, "sorte": "decision", "type": one.kind,
               "piece": desk.exhibit_link(one.exhibit)}  # fmt: skip


def _is_service(order: PaymentOrder, entry: JournalEntry) -> bool:
    return entry.kind is EventKind.SERVICE and entry.on == order.served_on


def _costs(desk: Desk) -> Iterator[dict[str, Any]]:
    for one in desk.dossier.case.costs:
        proof = desk.exhibit_link(one.exhibit, format_number(one.amount))
        yield {"le": one.on, "sorte": "frais", "objet": one.subject, "montant": one.amount,
               "recuperable": one.is_recoverable, "piece": proof}  # fmt: skip


def is_shared(entry: JournalEntry) -> bool:
    """Whether a journal entry may be shown: an entry that is but a private note may not.

    Acts that the law counts (an acknowledgement, a summons…) always show, without the note; a
    sending has the line of its own letter.
    """
    if entry.kind is EventKind.SENDING:
        return False
    return not entry.is_but_a_note or entry.kind in _OF_RECORD


def _journal(desk: Desk) -> Iterator[dict[str, Any]]:
    order = desk.dossier.case.order
    for entry in desk.dossier.case.journal:
        if not is_shared(entry):
            continue
        served = order if order and _is_service(order, entry) else None
        yield {
            "le": entry.on,
            "sorte": "journal",
            "type": entry.kind.value,
            "avec": entry.with_whom,
            "resume": entry.summary,
            "lettre_visee": entry.letter,
            "promesse": promise(desk.dossier, entry),
            "a_personne": served.served_in_person if served else None,
            "piece": desk.exhibit_link(entry.exhibit or (served.exhibit if served else None)),
        }
        if entry.ended_on:
            yield {"le": entry.ended_on, "sorte": "fin", "type": entry.kind.value,
                   "piece": desk.exhibit_link(entry.exhibit)}  # fmt: skip
        if entry.promise:
            yield {
                "le": entry.promise.on,
                "sorte": "promesse",
                "faite_le": entry.on,
                "piece": desk.exhibit_link(entry.exhibit),
                **(promise(desk.dossier, entry) or {}),
            }


def promise(dossier: Dossier, entry: JournalEntry) -> dict[str, Any] | None:
    """Return a promise and what became of it: kept, in part, followed, broken, or pending.

    It is judged on the payments received from the day it was made to the day it named.
    """
    made = entry.promise
    if made is None:
        return None
    last_day = min(made.on, dossier.as_of)
    received = sum(
        (one.amount for one in dossier.case.payments if entry.on <= one.on <= last_day),
        Decimal(0),
    )
    if made.amount is not None and received >= made.amount:
        outcome = "tenue"
    elif made.on > dossier.as_of:
        outcome = "en-cours"
    elif received:
        outcome = "partielle" if made.amount is not None else "suivie"
    else:
        outcome = "non-tenue"
    return {"pour_le": made.on, "montant": made.amount, "recu": received, "suite": outcome}


def _letter(desk: Desk, letter: Letter) -> Iterator[dict[str, Any]]:
    sending, cited = letter.request.sending, desk.letter_link(letter)
    common = {"lettre": cited, "total": letter.claimed,
              "propos": purpose(letter)}  # fmt: skip
    if letter.is_draft or sending is None:
        yield {"le": letter.on, "sorte": "lettre", "projet": True, **common}
        return
    proof = desk.exhibit_link(sending.exhibit, sending.number)
    sent_on = letter.request.sent_on or letter.on
    yield {"le": sent_on, "sorte": "lettre", "projet": False, "canal": sending.channel.value,
           "numero": sending.number, "piece": proof, **common}  # fmt: skip
    if sending.presented_on:
        yield {"le": sending.presented_on, "sorte": "presentation", "piece": proof, **common}
    if sending.outcome:
        day = sending.outcome_on or sending.presented_on or sent_on
        yield {"le": day, "sorte": "issue", "issue": sending.outcome, "piece": proof, **common}
    last_day = desk.dossier.answer_day(letter)
    if last_day:
        yield {"le": last_day, "sorte": "delai", **common}


def purpose(letter: Letter) -> str:
    """Return what a letter does with its sum: claim, recall, report it, or agree on it."""
    if openness(letter.version.recipient) is not Visibility.COMMUNICATED:
        return "informe"
    if letter.version.claims == ("not_yet_due",):
        return "rappelle"
    return "convient" if letter.version.paper == "convention" else "reclame"


def _status(dossier: Dossier) -> Iterator[dict[str, Any]]:
    status = dossier.case.status
    if status.dispute:
        one = status.dispute
        yield _stop(one.since, "litige", motif=one.reason, montant=one.amount,
                    facture=one.invoice, exclu=one.is_excluded)  # fmt: skip
    if status.insolvency:
        opened = status.insolvency
        trustee = opened.trustee and opened.trustee.name
        yield _stop(opened.judgment_on, "procedure", procedure=opened.kind, qui=trustee)
        if opened.published_on:
            yield _stop(opened.published_on, "publication", procedure=opened.kind)
    if status.over_indebted_since:
        yield _stop(status.over_indebted_since, "surendettement")
    if status.struck_off:
        yield _stop(status.struck_off.on, "societe", societe=status.struck_off.kind)


def _stop(day: date, what: str, **details: Any) -> dict[str, Any]:
    return {"le": day, "sorte": "statut", "statut": what, **details}


def _limitations(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """Yield the last days to act, invoices barred on the same day together."""
    days: dict[tuple[date, bool, date | None], list[str]] = {}
    for one in open_limitations(dossier):
        days.setdefault((one.last_day, False, one.interrupted_on), []).append(one.invoice)
        if one.prudent_day != one.last_day:
            days.setdefault((one.prudent_day, True, None), []).append(one.invoice)
    for (day, is_prudent, interrupted_on), invoices in days.items():
        yield {"le": day, "sorte": "prescription", "prudence": is_prudent,
               "interrompue_le": interrupted_on,
               "factures": [*dict.fromkeys(invoices)]}  # fmt: skip


def open_limitations(dossier: Dossier) -> list[Any]:
    """Return the limitation dates of the due dates on which something is still owed."""
    owed = {
        (one.number, debt.due_on)
        for one in dossier.statement.invoices
        for debt in one.debts
        if debt.principal or debt.interest or one.fixed_sum
    }
    return [one for one in dossier.limitations if (one.invoice, one.due_on) in owed]
