"""Step 9, publier: the static case site, one folder of pages a dossier, and the owner's index."""

from __future__ import annotations

from dument.pages.portfolio import PortfolioEntry, portfolio_entry, upcoming
from dument.pages.publishing import Site
from dument.pages.tasks import Task

__all__ = ["PortfolioEntry", "Site", "Task", "portfolio_entry", "upcoming"]
