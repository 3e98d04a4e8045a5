"""The code of a transfer: what it says, read again by another program, and where it stands."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from dument.case import Bank
from dument.letters.payment_code import payment_code, transfer_payload
from tests.examples import patched_example, written_example

IBAN = "FR7699999000010000001234537"
RELANCE, NOTICE, DEBIT_NOTE, REQUEST = range(4)
MODULE = 4  # pixels
RECTANGLE = re.compile(r"M(\d+) (\d+)h(\d+)v1H(\d+)z")


def bank(**changes: str | None) -> Bank:
    return Bank(**{"holder": "Atelier Lumen", "iban": IBAN, "bic": "XMPLFRPP", **changes})


def scanned(markup: str) -> str:
    """Draw the rectangles of a code and read it as a telephone would."""
    side = int(re.search(r'viewBox="0 0 (\d+)', markup)[1])
    image = Image.new("L", (side * MODULE, side * MODULE), 255)
    draw = ImageDraw.Draw(image)
    for x, y, width, back in (map(int, found.groups()) for found in RECTANGLE.finditer(markup)):
        assert x == back
        box = (x * MODULE, y * MODULE, (x + width) * MODULE - 1, (y + 1) * MODULE - 1)
        draw.rectangle(box, fill=0)
    (code,) = zxingcpp.read_barcodes(image)
    return code.text


# The lines of EPC069-12, version 002: service tag, version, characters, identification, BIC,
# name, IBAN, amount, purpose, structured reference, text.
def test_the_code_reads_again_as_the_lines_of_a_transfer():
    payload = transfer_payload(bank(), Decimal("1008.20"), "2026-014")
    expected = f"BCD\n002\n1\nSCT\nXMPLFRPP\nAtelier Lumen\n{IBAN}\nEUR1008.20\n\n\n2026-014"
    assert payload == expected
    assert scanned(payment_code(payload)) == expected


def test_accents_are_folded_and_a_bank_without_bic_leaves_its_line_empty():
    payload = transfer_payload(bank(holder="Œuvre d’Été", bic=None), Decimal(1), "Réf.\u00a0n° 1")
    lines = payload.split("\n")
    assert (lines[4], lines[5], lines[10]) == ("", "OEuvre d'Ete", "Ref. n 1")


@pytest.mark.parametrize(
    ("holder", "amount"),
    [
        ("Atelier Lumen", "0.00"),
        ("Atelier Lumen", "-1.00"),
        ("Atelier Lumen", "1000000000.00"),
        ("x" * 71, "1.00"),
        ("東京", "1.00"),
    ],
)
def test_what_a_transfer_cannot_say_has_no_code(holder, amount):
    assert transfer_payload(bank(holder=holder), Decimal(amount), "R") is None


def test_the_longest_transfer_still_reads():
    payload = transfer_payload(bank(holder="x" * 70), Decimal("999999999.99"), "r" * 200)
    assert payload.endswith("\n" + "r" * 140)
    assert scanned(payment_code(payload)) == payload


@pytest.mark.parametrize("number", [RELANCE, NOTICE, DEBIT_NOTE])
def test_a_letter_bears_the_code_of_what_it_claims(number):
    letter = written_example("garage-tilleul").letters[number]
    assert f"\nEUR{letter.claimed:.2f}\n" in scanned(code_of(letter.document))


def test_an_act_and_a_letter_that_claims_nothing_bear_none():
    assert code_of(written_example("garage-tilleul").letters[REQUEST].document) is None
    paid = {"paiements.0": {"le": "2026-04-02", "montant": "2 000,00", "moyen": "virement"}}
    letter = patched_example("garage-tilleul", paid).letters[RELANCE]
    assert letter.claimed == 0
    assert code_of(letter.document) is None


def code_of(document: str) -> str | None:
    found = re.search(r'<div class="qr">(<svg.*?</svg>)', document, re.DOTALL)
    return found and found[1]
