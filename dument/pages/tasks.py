"""What a dossier calls for next, for its owner alone: the day, the sentence, what to use.

Only facts of the dossier and what its letters announce: nothing here judges a chance of success.
Nothing is read from private notes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dument.days import ONE_DAY
from dument.dossier import Dossier
from dument.french import short_date
from dument.law import OutsideKnownLaw
from dument.letters import DEBTOR, Letter, deadline_figures, order_figures
from dument.pages import task_words as words
from dument.pages.chronology import promise
from dument.pages.deadlines import is_before_the_court, must_be_done, next_limits, step_view
from dument.rules.claim_declaration import declaration_deadline

FIRST_LETTER, BEFORE_DUE = "relance-amiable", "relance-preventive"
DECLARATION, SERVICE = "declaration-de-creance", "demande-signification"
LETTERS, DEADLINES, STORY = "lettres.html", "echeances.html", "chronologie.html"
HORIZON = 366
"""Days: a limitation date that lies further off is not the next thing to look at."""
_OPEN_STEPS = {"a-faire", "depasse", "court", "attendre"}
_UNFULFILLED = {"non-tenue", "partielle"}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do or to watch; field names are those of templates and of JSON.

    `modele` is the letter to use, `commande` what to type, `page` where the dossier's site says
    more. `retard` marks what was let pass.
    """

    le: date
    sorte: str
    retard: bool
    texte: str
    modele: str | None = None
    commande: str | None = None
    page: str = "index.html"


def tasks(dossier: Dossier) -> tuple[Task, ...]:
    """Return what a dossier calls for, what is late first, then in the order of the days."""
    found = [*_drafts(dossier), *_declaration(dossier)]
    if dossier.statement.total > 0 or dossier.statement.not_yet_due > 0:
        found += _limits(dossier)
        if not _is_frozen(dossier):
            found += [*_order(dossier), *_promises(dossier), *_coming(dossier)]
            found += _escalation(dossier) if dossier.case.status.dispute is None else ()
    return tuple(sorted(found, key=lambda one: (not one.retard, one.le, one.sorte)))


def _is_frozen(dossier: Dossier) -> bool:
    """Whether individual pursuits are stopped by law on the day."""
    status = dossier.case.status
    opened = status.insolvency.judgment_on if status.insolvency else None
    days = [one for one in (opened, status.over_indebted_since) if one is not None]
    return any(day <= dossier.as_of for day in days)


def _drafts(dossier: Dossier) -> Iterator[Task]:
    for letter in dossier.letters:
        if letter.is_draft:
            is_late = letter.on < dossier.as_of
            left_on = max(letter.on, dossier.as_of)
            said = words.draft(letter.version.title)
            command = f"dument send {dossier.name} {letter.number} --le {left_on}"
            page = f"lettres/{letter.stem}.html"
            yield Task(letter.on, "projet", is_late, said, letter.kind, command, page)


def _declaration(dossier: Dossier) -> Iterator[Task]:
    try:
        day = declaration_deadline(dossier.case, dossier.law)
    except OutsideKnownLaw:
        return
    if day is not None and not any(one.kind == DECLARATION for one in dossier.letters):
        yield Task(day, "declaration", day < dossier.as_of, words.declared(), DECLARATION,
                   page=DEADLINES)  # fmt: skip


def _limits(dossier: Dossier) -> Iterator[Task]:
    """Yield the nearest date to act before; the others stand on the dossier's own page."""
    for told in next_limits(dossier)[:1]:
        day = told["agir_avant"]
        if (day - dossier.as_of).days <= HORIZON:
            is_barred = told["prescription_le"] < dossier.as_of
            said = words.limited(told, is_barred=is_barred)
            command = f"dument explain {dossier.name}"
            yield Task(day, "prescription", day < dossier.as_of, said, None, command, DEADLINES)


def _order(dossier: Dossier) -> Iterator[Task]:
    order = order_figures(dossier.law, dossier.order, dossier.order_steps)
    for step in order["etapes"] if order else ():
        seen = step_view(step, dossier.as_of, is_issued=dossier.order is not None)
        if seen["etat"] in _OPEN_STEPS:
            is_late = must_be_done(seen) and seen["etat"] == "depasse"
            letter = SERVICE if seen["etape"] == "signification" else None
            said = words.STEPS.get(seen["etape"], seen["etape"])
            yield Task(seen["le"], "ordonnance", is_late, said, letter, page=DEADLINES)


def _promises(dossier: Dossier) -> Iterator[Task]:
    """Yield what is promised, and what was not kept while nothing has left since."""
    last_sent = max((one.request.sent_on for one in _sent(dossier)), default=date.min)
    for entry in dossier.case.journal:
        told = promise(dossier, entry)
        is_pending = told is not None and told["suite"] == "en-cours"
        is_broken = told is not None and told["suite"] in _UNFULFILLED
        if told and (is_pending or (is_broken and last_sent <= told["pour_le"])):
            said = words.promised(told, is_late=is_broken)
            letter = FIRST_LETTER if is_broken else None
            yield Task(told["pour_le"], "promesse", is_broken, said, letter, page=STORY)
    for letter in _sent(dossier):
        for part in letter.request.instalments:
            if part.due_on >= dossier.as_of:
                yield Task(part.due_on, "versement", False, words.instalment(part.amount),
                           page=LETTERS)  # fmt: skip


def _coming(dossier: Dossier) -> Iterator[Task]:
    for balance in dossier.statement.invoices:
        for debt in balance.debts:
            if not debt.is_due and debt.principal > 0 and debt.due_on >= dossier.as_of:
                said = words.coming(balance.number, debt.principal)
                yield Task(debt.due_on, "echeance", False, said, BEFORE_DUE, page=DEADLINES)


def _escalation(dossier: Dossier) -> Iterator[Task]:
    """Yield what the last letter sent leads to; without any, what is late calls for a first."""
    asked = [one for one in _sent(dossier) if one.version.recipient == DEBTOR]
    if dossier.statement.total <= 0 or is_before_the_court(dossier):
        return
    if asked:
        yield from _after(dossier, asked[-1])
    elif not dossier.letters:
        told = deadline_figures(dossier.law, dossier.deadlines)
        late = [one for one in told if one["en_retard_depuis"]]
        for one in sorted(late, key=lambda one: one["en_retard_depuis"])[:1]:
            yield Task(one["en_retard_depuis"], "relance", True, words.reminder(one["facture"]),
                       FIRST_LETTER, page=LETTERS)  # fmt: skip


def _after(dossier: Dossier, letter: Letter) -> Iterator[Task]:
    """Yield the end of the time a letter grants, then the act it announces."""
    page, title = f"lettres/{letter.stem}.html", letter.version.title
    stop = letter.request.suspension
    if stop is not None and stop.on >= dossier.as_of:
        yield Task(stop.on, "suspension", False, words.suspended(stop.services), page=page)
    said = letter.announces
    last_day = said.deadline if said else dossier.answer_day(letter)
    if last_day is None or any(one.number > letter.number for one in dossier.letters):
        return
    again = letter.kind if letter.kind == FIRST_LETTER else None  # the second one is firmer
    following = said.kinds[0] if said else again
    is_over = last_day < dossier.as_of
    told = words.granted(title, is_over=is_over, announces=said is not None)
    day = last_day + ONE_DAY if is_over else last_day
    yield Task(day, "delai", is_over, told, following if is_over else None, page=page)
    if said and said.by and said.by >= dossier.as_of:
        told = words.announced(title, short_date(letter.on))
        yield Task(said.by, "annonce", False, told, following, page=page)


def _sent(dossier: Dossier) -> list[Letter]:
    """Return the letters that have left, oldest first."""
    left = [one for one in dossier.letters if one.request.sent_on is not None]
    return sorted(left, key=lambda one: (one.request.sent_on or one.on, one.number))
