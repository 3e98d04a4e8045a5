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
RULE_OF_PUBLIC_BUYERS = "indemnite-forfaitaire-publique"
_BY_REGIME = {Regime.BUSINESS: RULE, Regime.PUBLIC: RULE_OF_PUBLIC_BUYERS}


def fixed_sum(case: Case, law: Law, invoice: Invoice, due_on: date) -> SumDue | None:
    """Return the sum owed because an invoice was not paid on its due date, if any."""
    rule = _BY_REGIME.get(case.regime)  # the parameter of each rule bears its name
    insolvency = case.status.insolvency
    if rule is None or (insolvency is not None and insolvency.judgment_on <= due_on):
        return None
    late_since = due_on + ONE_DAY
    used = law.value(rule, late_since)
    if not used.value:
        return None  # the sum did not exist yet
    ingredients = (Ingredient(rule, used),)
    return SumDue(invoice.number, late_since, used.value, rule, ingredients)
