"""Numbers with a key: SIREN, SIRET, French VAT number, IBAN and BIC.

Keys are checked by python-stdnum; it accepts SIREN 000000000 and does not know the RIB key of a
French IBAN, so those two rules are ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from stdnum import bic as stdnum_bic
from stdnum import iban as stdnum_iban
from stdnum.exceptions import ValidationError
from stdnum.fr import siren as stdnum_siren
from stdnum.fr import siret as stdnum_siret
from stdnum.fr import tva as stdnum_tva

from dument.faults import Misread

_NARROW = "\u202f"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_HOST = r"(?:[A-Za-z0-9-]+\.)+[A-Za-z0-9-]{2,63}"
_EMAIL = re.compile(rf"(?=.{{1,64}}@){_ATOM}(?:\.{_ATOM})*@{_HOST}")
_VAT = re.compile(r"[A-Z]{2}(?=.*\d)[0-9A-Z+*]{2,13}")


def parse_siren(text: str) -> str:
    """Return the nine digits of a SIREN whose key is right; raises Misread otherwise."""
    return _digits_with_key(text, 9, "siren", stdnum_siren.is_valid)


def parse_siret(text: str) -> str:
    """Return the fourteen digits of a SIRET whose key is right; raises Misread otherwise."""
    return _digits_with_key(text, 14, "siret", stdnum_siret.is_valid)


def _digits_with_key(text: str, length: int, slug: str, is_valid: Callable[[str], bool]) -> str:
    digits = _compact(text)
    name = slug.upper()
    if not digits.isdigit() or len(digits) != length:
        raise Misread(
            f"{slug}-longueur",
            f"« {text} » n’est pas un numéro {name} : il en faut {length} chiffres",
            "recopiez le numéro de l’extrait Kbis ou de l’avis de situation",
        )
    if not digits[:9].strip("0") or not is_valid(digits):
        raise Misread(
            f"{slug}-cle",
            f"le numéro {name} « {text} » est faux : sa clé de contrôle ne tombe pas juste",
            "un chiffre est sans doute erroné ou interverti",
        )
    return digits


def parse_vat(text: str) -> str:
    """Return a VAT number without spaces; the key of a French one (FR) is checked."""
    number = _compact(text).upper()
    if not _VAT.fullmatch(number):
        raise Misread(
            "tva-illisible",
            f"« {text} » n’est pas un numéro de TVA intracommunautaire",
            "il commence par le code du pays : « FR », deux caractères de clé, puis le SIREN",
        )
    is_zero = not number[4:].strip("0")
    if number.startswith("FR") and (is_zero or not stdnum_tva.is_valid(number)):
        raise Misread(
            "tva-cle",
            f"le numéro de TVA « {text} » est faux : sa clé de contrôle ne tombe pas juste",
            "il s’écrit « FR », deux caractères de clé, puis le SIREN",
        )
    return number


def parse_iban(text: str) -> str:
    """Return an IBAN without spaces whose key is right; for FR and MC the RIB key too."""
    number = _compact(text).upper()
    try:
        stdnum_iban.validate(number, check_country=False)
    except ValidationError:
        raise Misread(
            "iban-cle",
            f"l’IBAN « {text} » est faux : sa clé de contrôle ne tombe pas juste",
            "recopiez l’IBAN du relevé d’identité bancaire",
        ) from None
    if number[:2] in ("FR", "MC") and not _has_rib_key(number[4:]):
        raise Misread(
            "iban-rib",
            f"l’IBAN « {text} » est faux : la clé RIB ne tombe pas juste",
            "recopiez l’IBAN du relevé d’identité bancaire",
        )
    return number


def parse_bic(text: str) -> str:
    """Return a BIC of eight or eleven characters; raises Misread otherwise."""
    number = _compact(text).upper()
    if not stdnum_bic.is_valid(number):
        raise Misread(
            "bic-illisible",
            f"« {text} » n’est pas un BIC",
            "un BIC a 8 ou 11 caractères, par exemple « AGRIFRPP »",
        )
    return number


def format_siren(siren: str) -> str:
    """Write a SIREN by threes: 732 829 320."""
    return _NARROW.join((siren[:3], siren[3:6], siren[6:9]))


def format_siret(siret: str) -> str:
    """Write a SIRET as SIREN then establishment: 732 829 320 00074."""
    return f"{format_siren(siret[:9])}{_NARROW}{siret[9:]}"


def format_iban(iban: str) -> str:
    """Write an IBAN by fours, tied by no-break spaces."""
    return "\u00a0".join(iban[start : start + 4] for start in range(0, len(iban), 4))


def _compact(text: str) -> str:
    return "".join(char for char in text if char not in " \u00a0\u202f.-")


def _has_rib_key(bban: str) -> bool:
    if len(bban) != 23 or not bban[-2:].isdigit():
        return False
    letters = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
    return int(bban.translate(letters)) % 97 == 0


def is_email_address(text: str) -> bool:
    """Whether a text is one address that a message can bear as it is: `name@domain.tld`, ASCII.

    >>> is_email_address("claire@atelier.example"), is_email_address("claire@atelier, x@y.fr")
    (True, False)
    """
    return len(text) <= 254 and _EMAIL.fullmatch(text) is not None
