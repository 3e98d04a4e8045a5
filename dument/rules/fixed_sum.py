"""The fixed sum for recovery costs (C. com., art. L441-10, II, D441-5; CCP, art. D2192-35).

Once for each invoice paid late, from the day after the due date, never from a consumer, nor when
collective proceedings opened on or before the due date forbade payment.
"""

from __future__ import annotations

from datetime import date

from dument.case import Case, Invoice, Regime
from dument.days import ONE_DAY
from dument.law import Law
from dument.rules.entries import Ingredient, SumDue

RULE = "indemnite-forfaitaire"
_PARAMETERS = {
    Regime.BUSINESS: "indemnite-forfaitaire",
    Regime.PUBLIC: "indemnite-forfaitaire-publique",
}


def fixed_sum(case: Case, law: Law, invoice: Invoice, due_on: date) -> SumDue | None:
    """Return the sum owed because an invoice was not paid on its due date, if any."""
    slug = _PARAMETERS.get(case.regime)
    insolvency = case.status.insolvency
    if slug is None or (insolvency is not None and insolvency.judgment_on <= due_on):
        return None
    late_since = due_on + ONE_DAY
    used = law.value(slug, late_since)
    if not used.value:
        return None  # the sum did not exist yet
    ingredients = (Ingredient(slug, used),)
    return SumDue(invoice.number, late_since, used.value, RULE, ingredients)
