"""Dûment: from a YAML case file to letters, a bundle and a case site, for unpaid invoices."""

__version__ = "0.1.0"
