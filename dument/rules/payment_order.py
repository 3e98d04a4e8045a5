"""The calendar of an order for payment (CPC, art. 1411, 1416, 1418, 1422, 1425; 640 to 643).

The date of the order, never that of the day nor of the service, chooses the times that follow.
What the creditor must do in time ignores local holidays; what he must wait for counts them, and
the month or two that distance adds. An order served to someone else than the debtor may be opposed
for longer: until a month after the first act given to him, which no file tells in advance.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dument.case import Case, CourtKind, EventKind, PaymentOrder
from dument.days import ONE_DAY, Zone, add_months, procedural_deadline, zone_of
from dument.law import DatedValue, Law, OutsideKnownLaw
from dument.rules.entries import Ingredient

RULE = "injonction-de-payer"
NAIVE_MONTH = timedelta(days=30)  # the mistake that is shown beside the right day
_DEPOSIT_COURTS = {CourtKind.COMMERCIAL, CourtKind.ECONOMIC, CourtKind.MIXED, None}
_LAWYER_COURTS = {CourtKind.JUDICIAL, None}


@dataclass(frozen=True, slots=True)
class OrderStep:
    """One step after a request: the last day to act or, for `execution`, the day not to precede.

    `calendar_day` is that day before article 642 moved it. `naive_day` is what a hasty reading
    gives, None when it gives no date: the rule's sentence `<name>-naif` says why it is refused.
    """

    name: str
    start: date
    day: date
    calendar_day: date
    ingredients: tuple[Ingredient, ...]
    naive_day: date | None = None
    done_on: date | None = None

    @property
    def articles(self) -> list[str]:
        """The articles of the times that were used, and of what moved the day."""
        used = ["cpc-1422"] if self.name == "execution" else []
        used += [slug for one in self.ingredients for slug in _ARTICLES[one.slug]]
        moved = ["cpc-642"] if self.day != self.calendar_day else []
        return list(dict.fromkeys([*used, *moved]))


_ARTICLES = {
    "signification-ordonnance": ["cpc-1411"],
    "opposition-ordonnance": ["cpc-1416"],
    "execution-ordonnance": ["cpc-1422"],
    "consignation-greffe": ["cpc-1425"],
    "constitution-avocat": ["cpc-1418", "cpc-1419"],
    "eloignement-outre-mer": ["cpc-643"],
    "eloignement-etranger": ["cpc-643"],
}


def known_order(case: Case, as_of: date) -> PaymentOrder | None:
    """Return the order as known on a day: its own block, else what the journal tells."""
    acts = [(day, kind) for day, kind in case.acts if day <= as_of]
    issued = [day for day, kind in acts if kind is EventKind.ORDER]
    if not issued:
        return None
    last, stated = issued[-1], case.order
    own = stated if stated is not None and stated.issued_on == last else None

    def first_after(wanted: EventKind) -> date | None:
        return next((day for day, kind in acts if kind is wanted and day >= last), None)

    served_on = first_after(EventKind.SERVICE)
    return PaymentOrder(
        issued_on=last,
        served_on=served_on,
        served_in_person=own.served_in_person if own and served_on else None,
        opposed_on=first_after(EventKind.OPPOSITION),
        exhibit=own.exhibit if own else None,
    )


def order_steps(case: Case, law: Law, as_of: date) -> Iterator[OrderStep]:
    """Yield each step that what happened by a day opens, in the order of procedure.

    Raises OutsideKnownLaw for an order older than the texts of the law pack.
    """
    yield from _deposit(case, law, as_of)
    order = known_order(case, as_of)
    if order is None:
        return
    yield service_step(law, order)
    if order.served_on is not None:
        opposition = opposition_step(case, law, order, order.served_on)
        yield opposition
        if order.opposed_on is None:
            yield enforcement_step(case, law, order, opposition)
    if order.opposed_on is not None:
        yield from _after_opposition(case, law, order.opposed_on)


def service_step(law: Law, order: PaymentOrder) -> OrderStep:
    """Return the last day to serve an order on each debtor; later, it is void."""
    used = law.value("signification-ordonnance", order.issued_on)
    others = [one for one in law.parameters["signification-ordonnance"].values if one is not used]
    naive = [procedural_deadline(order.issued_on, months=int(one.value)) for one in others]
    return OrderStep(
        "signification",
        order.issued_on,
        procedural_deadline(order.issued_on, months=int(used.value)),
        add_months(order.issued_on, int(used.value)),
        (Ingredient("signification-ordonnance", used),),
        naive[0] if naive else None,
        order.served_on,
    )


def opposition_step(case: Case, law: Law, order: PaymentOrder, served_on: date) -> OrderStep:
    """Return the last day of the month, lengthened by distance, during which execution waits."""
    used = [("opposition-ordonnance", law.value("opposition-ordonnance", order.issued_on))]
    used += _distance(case, law, order.issued_on)
    months = sum(int(value.value) for _, value in used)
    return OrderStep(
        "opposition",
        served_on,
        procedural_deadline(served_on, months=months, zone=_zone(case)),
        add_months(served_on, months),
        tuple(Ingredient(slug, value) for slug, value in used),
        served_on + NAIVE_MONTH,
        order.opposed_on,
    )


def enforcement_step(
    case: Case, law: Law, order: PaymentOrder, opposition: OrderStep
) -> OrderStep:
    """Return the day before which nothing may be enforced, if nobody opposes.

    It follows the time to oppose and, for orders made from 2026-09-01, closes two months from
    the service. That last day runs to midnight: acting on the morrow is the prudent reading.
    """
    after_opposition = opposition.day + ONE_DAY
    done_on = next((day for day, kind in case.acts if kind is EventKind.ENFORCEMENT), None)
    try:
        used = law.value("execution-ordonnance", order.issued_on)
    except OutsideKnownLaw:  # an older order waits for the opposition alone
        return OrderStep("execution", opposition.start, after_opposition, after_opposition,
                         opposition.ingredients, opposition.day, done_on)  # fmt: skip
    months = int(used.value)
    waited = procedural_deadline(opposition.start, months=months, zone=_zone(case))
    is_longer = waited >= after_opposition
    return OrderStep(
        "execution",
        opposition.start,
        waited if is_longer else after_opposition,
        add_months(opposition.start, months) if is_longer else after_opposition,
        (Ingredient("execution-ordonnance", used), *opposition.ingredients),
        after_opposition,
        done_on,
    )


def _deposit(case: Case, law: Law, as_of: date) -> Iterator[OrderStep]:
    filed = [day for day, kind in case.acts if kind is EventKind.FILING and day <= as_of]
    if filed and _court(case) in _DEPOSIT_COURTS:
        yield _days_step("consignation-demande", "consignation-greffe", law, filed[-1])


def _after_opposition(case: Case, law: Law, opposed_on: date) -> Iterator[OrderStep]:
    if _court(case) in _DEPOSIT_COURTS:
        yield _days_step("consignation-opposition", "consignation-greffe", law, opposed_on)
    if _court(case) in _LAWYER_COURTS:
        yield _days_step("constitution-avocat", "constitution-avocat", law, opposed_on)


def _days_step(name: str, slug: str, law: Law, start: date) -> OrderStep:
    """Count days from the earliest known event: the text does not say which one starts them."""
    used = law.value(slug, start)
    days = int(used.value)
    day = procedural_deadline(start, days=days)
    return OrderStep(name, start, day, start + timedelta(days=days), (Ingredient(slug, used),))


def _court(case: Case) -> CourtKind | None:
    return case.court.kind if case.court else None


def _zone(case: Case) -> Zone | None:
    address = case.debtor.address
    return zone_of(address.postcode) if address.country.upper() == "FR" else None


def _distance(case: Case, law: Law, day: date) -> list[tuple[str, DatedValue]]:
    """Return the time that distance adds, as if the court sat in the mainland: the longer wait."""
    zone = _zone(case)
    if zone is not None and not zone.is_overseas:
        return []
    slug = "eloignement-outre-mer" if zone else "eloignement-etranger"
    return [(slug, law.value(slug, day))]
