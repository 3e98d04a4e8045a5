"""Step 5, rédiger: letter kinds and versions, their context, Markdown to HTML and to text."""

from __future__ import annotations

from dument.letters.channels import email_ends, letter_files, sms_length
from dument.letters.context import FILTERS, Subject, open_references
from dument.letters.correspondence import (
    AGENT,
    COURT,
    DEBTOR,
    EXHIBIT_LIST,
    openness,
    reader_of,
    recipient_of,
    sender_of,
    signatory_of,
)
from dument.letters.deadlines import deadline_figures, order_figures
from dument.letters.explaining import explain_figure, explain_statement
from dument.letters.figures import statement_figures
from dument.letters.kinds import PAPERS, Kinds, Version, read_kinds
from dument.letters.letter import Announcement, Letter, Sealed, letter_stem
from dument.letters.lines import line_figures, lines_in_order, source_figures
from dument.letters.postal import AddressLine, address_lines
from dument.letters.writing import Writer

__all__ = [
    "AGENT",
    "COURT",
    "DEBTOR",
    "EXHIBIT_LIST",
    "FILTERS",
    "PAPERS",
    "AddressLine",
    "Announcement",
    "Kinds",
    "Letter",
    "Sealed",
    "Subject",
    "Version",
    "Writer",
    "address_lines",
    "deadline_figures",
    "email_ends",
    "explain_figure",
    "explain_statement",
    "letter_files",
    "letter_stem",
    "line_figures",
    "lines_in_order",
    "open_references",
    "openness",
    "order_figures",
    "read_kinds",
    "reader_of",
    "recipient_of",
    "sender_of",
    "signatory_of",
    "sms_length",
    "source_figures",
    "statement_figures",
]
