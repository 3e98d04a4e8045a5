"""Step 5, rédiger: letter kinds and versions, their context, Markdown to HTML and to text."""

from __future__ import annotations

from dument.letters.context import FILTERS, Subject
from dument.letters.deadlines import deadline_figures, order_figures
from dument.letters.explaining import explain_figure, explain_statement
from dument.letters.figures import statement_figures
from dument.letters.kinds import PAPERS, Kinds, Version, read_kinds
from dument.letters.letter import Letter
from dument.letters.lines import line_figures, lines_in_order, source_figures
from dument.letters.postal import address_lines
from dument.letters.writing import Writer

__all__ = [
    "FILTERS",
    "PAPERS",
    "Kinds",
    "Letter",
    "Subject",
    "Version",
    "Writer",
    "address_lines",
    "deadline_figures",
    "explain_figure",
    "explain_statement",
    "line_figures",
    "lines_in_order",
    "order_figures",
    "read_kinds",
    "source_figures",
    "statement_figures",
]
