"""One legal rule a module; the registry is this folder."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from dument.case import Case
from dument.rules.entries import Ingredient, InterestRule, RatePeriod, SumDue

__all__ = ["Ingredient", "InterestRule", "RatePeriod", "SumDue", "interest_rule", "rule_modules"]


@cache
def rule_modules() -> tuple[ModuleType, ...]:
    """Return every rule module: those that bear a RULE id."""
    names = (found.name for found in pkgutil.iter_modules(__path__))
    modules = (importlib.import_module(f"{__name__}.{name}") for name in names)
    return tuple(module for module in modules if hasattr(module, "RULE"))


def interest_rule(case: Case) -> InterestRule | None:
    """Return the one rule of interest that governs a case, None when interest is renounced."""
    for module in rule_modules():
        if hasattr(module, "periods") and module.applies(case):
            return module
    return None
