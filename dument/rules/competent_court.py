"""Which president may order payment (CPC, art. 1406; C. com., art. L721-3; COJ, art. L211-3).

By nature, from what the parties are; by place, from the debtor's commune alone: a clause that
names another judge is unwritten. Limits: a dwelling lease or a consumer credit belongs to the
juge des contentieux de la protection and a commercial lease to the tribunal judiciaire, which the
file does not tell; a person struck off or a trader's private debt is not seen either. Where the
file does not decide, no court is returned, and the last step says what to write.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from dument.case import Address, Case, Court, CourtKind, PartyKind, Regime
from dument.french import join_words, short_date
from dument.law import Commune, Law, Reason, Seat
from dument.rules.standing import Nature, Standing, Step, standing

RULE = "competence"
OWN_PROCEDURE = ("987", "988")  # Polynésie française, Nouvelle-Calédonie
LISTED = 8
_REGIONS = {
    CourtKind.COMMERCIAL_CHAMBER: "ressort-chambre-commerciale",
    CourtKind.MIXED: "ressort-mixte",
    CourtKind.FIRST_INSTANCE: "ressort-premiere-instance",
}


class Outcome(Enum):
    """What the search gave; CLOSED when no order for payment can be asked for at all."""

    FOUND = auto()
    UNDECIDED = auto()
    CLOSED = auto()


@dataclass(frozen=True, slots=True)
class Competence:
    """The court, the steps that lead to it in order, and what else the reader may need.

    `other` is the court a civil creditor may also choose, `chamber` the seat of the chambre de
    proximité; `choices` are the communes between which an address does not decide.
    """

    outcome: Outcome
    steps: tuple[Step, ...]
    court: Court | None = None
    other: Court | None = None
    chamber: str | None = None
    choices: tuple[Commune, ...] = ()


def competent_court(case: Case, law: Law, on: date) -> Competence:
    """Return the court before which an order for payment is asked for on a day."""
    debtor = case.debtor
    named = {"partie": debtor.name}
    if debtor.kind is PartyKind.PUBLIC_BODY or debtor.regime is Regime.PUBLIC:
        return Competence(Outcome.CLOSED, (Step("debiteur-public", named),))
    if debtor.address.country.upper() != "FR":
        return Competence(Outcome.CLOSED, (Step("debiteur-etranger", named),))
    owing, owed = standing(debtor, law, on), standing(case.creditor, law, on)
    is_civil = Nature.LIBERAL_FIRM in (owing.nature, owed.nature) or owing.nature is Nature.CIVIL
    if owing.nature is Nature.UNKNOWN and not is_civil:
        return Competence(Outcome.UNDECIDED, (owing.step,))
    return _at_the_debtors(debtor.address, law, on, _Parties(owing, owed, is_civil))


@dataclass(frozen=True, slots=True)
class _Parties:
    owing: Standing
    owed: Standing
    is_civil: bool

    @property
    def steps(self) -> tuple[Step, ...]:
        """The parties whose quality decides, then the nature of the court."""
        counts = self.owing.nature in (Nature.COMMERCIAL, Nature.UNKNOWN)
        known = counts and self.owed.nature is not Nature.UNKNOWN
        first = (self.owing.step,) if self.owing.nature is not Nature.UNKNOWN else ()
        nature = Step("ordre-civil" if self.is_civil else "ordre-commercial")
        return (*first, *((self.owed.step,) if known else ()), nature)


def _at_the_debtors(address: Address, law: Law, on: date, parties: _Parties) -> Competence:
    """Find the court of the debtor's commune, when every commune that is meant has the same."""
    found = law.courts.find(address.postcode, address.city, address.insee)
    if address.insee and not law.courts.agree(address.postcode, address.city, found):
        return Competence(Outcome.UNDECIDED, (*parties.steps, _contrary(address, found)))
    seats = {one.judicial if parties.is_civil else one.commercial for one in found}
    place = _place(address, law, found)
    if len(seats) != 1:
        slug = "commune-ambigue" if seats else "commune-inconnue"
        step = Step(slug, place.values)
        return Competence(Outcome.UNDECIDED, (*parties.steps, step), choices=found)
    court, where = _named(law, seats.pop(), on)
    steps = [*parties.steps, place, where]
    if address.postcode.startswith(OWN_PROCEDURE):
        steps.append(Step("procedure-locale"))
    other = chamber = None
    if parties.is_civil:
        chamber = _chamber(found)
        steps += [Step("chambre-de-proximite", {"chambre": chamber})] if chamber else []
    elif parties.owed.nature is Nature.CIVIL:
        other = _other(law, found, on)
        if other is not None:
            steps.append(Step("option-du-demandeur", {"autre": designation(law, other)}))
    return Competence(Outcome.FOUND, tuple(steps), court, other, chamber)


def _place(address: Address, law: Law, found: tuple[Commune, ...]) -> Step:
    values = {
        "ecrite": address.city,
        "code-postal": address.postcode,
        "choix": _listed(found),
    }
    if found and (address.insee or law.courts.knows(address.postcode, address.city)):
        values |= {"commune": found[0].name, "insee": found[0].insee}
        return Step("domicile-du-debiteur", values)
    return Step("code-postal-seul", values)


def _contrary(address: Address, found: tuple[Commune, ...]) -> Step:
    """An INSEE code of nowhere, or of another place than the rest of the address says."""
    values = {
        "insee": address.insee or "",
        "ecrite": address.city,
        "code-postal": address.postcode,
        "choix": _listed(found),
    }
    return Step("insee-contraire" if found else "insee-inconnu", values)


def _listed(communes: tuple[Commune, ...]) -> str:
    """Name the communes, the first of each court before the rest."""
    courts = [(one.commercial, one.judicial) for one in communes]
    firsts = [one for at, one in enumerate(communes) if courts.index(courts[at]) == at]
    rest = [one for one in communes if one not in firsts]
    names = [f"{one.name} ({one.insee})" for one in (*firsts, *rest)]
    return join_words([*names[:LISTED], "…"] if len(names) > LISTED else names)


def _named(law: Law, seat: Seat, on: date) -> tuple[Court, Step]:
    """Return a court under the name of the day, and the step that says why it serves."""
    dated, renaming = law.courts.renamed(seat, on)
    court = Court(kind=CourtKind(dated.kind), city=dated.name)
    values = {"juridiction": designation(law, court)}
    if renaming is not None:
        interval = {"du": short_date(renaming.first_day), "au": short_date(renaming.last_day)}
        return court, Step("ressort-economique", values | interval)
    return court, Step(_REGIONS.get(court.kind, "ressort"), values)


def _chamber(found: tuple[Commune, ...]) -> str | None:
    chambers = {one.proximity for one in found}
    only = chambers.pop() if len(chambers) == 1 else None
    return only.name if only else None


def _other(law: Law, found: tuple[Commune, ...], on: date) -> Court | None:
    seats = {one.judicial for one in found}
    return _named(law, seats.pop(), on)[0] if len(seats) == 1 else None


def designation(law: Law, court: Court) -> str:
    """Name a court in French: « tribunal de commerce du Havre »."""
    return law.court_name(RULE, court.kind.value, court.city)


def reasons(law: Law, competence: Competence) -> tuple[Reason, ...]:
    """Word every step in French, in order, each with its articles."""
    return tuple(law.reason(RULE, step.slug, step.values) for step in competence.steps)
