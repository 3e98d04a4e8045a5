"""The code that a banking application scans to fill a transfer in (EPC069-12). Only segno user."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from dument.case import Bank
from dument.french import squeeze, without_accents

if TYPE_CHECKING:
    import segno

_HIGHEST = Decimal("999999999.99")
_LONGEST_NAME, _LONGEST_TEXT = 70, 140
_TITLE = (
    "Code à scanner avec une application bancaire : il reprend le titulaire, l’IBAN, "
    "la référence et la somme demandée"
)
_QUIET = 4  # modules of white around, which ISO/IEC 18004 asks for


def transfer_payload(bank: Bank, amount: Decimal, reference: str) -> str | None:
    """Return the twelve lines of a SEPA transfer; None when the sum or the holder cannot be told.

    Version 002, UTF-8, service SCT, free text; no accent, which not every reader decodes. The
    IBAN's key is right: the case is refused otherwise.
    """
    name, text = _plain(bank.holder), _plain(reference)
    if not 0 < amount <= _HIGHEST or not name or len(name) > _LONGEST_NAME:
        return None
    head = ("BCD", "002", "1", "SCT", bank.bic or "", name, bank.iban)
    return "\n".join((*head, f"EUR{amount:.2f}", "", "", text[:_LONGEST_TEXT]))


def payment_code(payload: str) -> str:
    """Draw a payload as inline SVG, error correction M, as the guideline wants.

    Its title is what a reader by ear is told of it, in HTML and in tagged PDF.
    """
    import segno  # not needed to check a letter that bears no code

    code = segno.make_qr(payload, error="m", boost_error=False, mode="byte", encoding="utf-8")
    side = code.symbol_size(border=_QUIET)[0]
    white = f'<path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
    dark = f'<path d="{"".join(_runs(code))}"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {side} {side}">'
        f"<title>{_TITLE}</title>{white}{dark}</svg>"
    )


def _runs(code: segno.QRCode) -> Iterator[str]:
    """Yield each run of dark modules as a rectangle."""
    for y, row in enumerate(code.matrix, _QUIET):
        cells, start = [*row, 0], None
        for x, cell in enumerate(cells, _QUIET):
            if cell and start is None:
                start = x
            elif not cell and start is not None:
                yield f"M{start} {y}h{x - start}v1H{start}z"
                start = None


def _plain(text: str) -> str:
    spelt = without_accents(squeeze(text)).replace("’", "'")
    return squeeze(spelt.encode("ascii", "ignore").decode())
