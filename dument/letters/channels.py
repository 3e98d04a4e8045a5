"""How a letter travels besides paper: its files' names, what an SMS counts for, who may write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dument.case import Case, Channel, Party, Professional
from dument.diagnostics import Diagnostic, Position, warning
from dument.identifiers import is_email_address
from dument.letters.correspondence import recipient_of, sender_of
from dument.letters.letter import Letter

# The basic alphabet of GSM 03.38, then the characters that count double in it.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_DOUBLE = frozenset("\f^{}\\[~]|€")


@dataclass(frozen=True, slots=True)
class SmsLength:
    """What a text counts for once sent: `units` of its alphabet (gsm-7 or ucs-2), `segments`."""

    alphabet: str
    units: int
    segments: int


def sms_length(text: str) -> SmsLength:
    """Count the segments that a text takes: 160 characters of GSM 03.38, or 70 of another.

    A longer text is cut in segments of 153 or 67, for each then bears a header (3GPP TS 23.038
    and 23.040).

    >>> sms_length("Merci de nous rappeler"), sms_length("reçu").alphabet
    (SmsLength(alphabet='gsm-7', units=22, segments=1), 'ucs-2')
    """
    if all(char in _GSM or char in _GSM_DOUBLE for char in text):
        units = len(text) + sum(char in _GSM_DOUBLE for char in text)
        return SmsLength("gsm-7", units, 1 if units <= 160 else -(-units // 153))
    units = len(text.encode("utf-16-le")) // 2
    return SmsLength("ucs-2", units, 1 if units <= 70 else -(-units // 67))


def letter_files(letter: Letter, case: Case) -> dict[str, str]:
    """Return the files of a letter in the output, by form: pdf, texte, courriel, sms."""
    stem = f"lettres/{letter.stem}"
    files = {"pdf": f"{stem}.pdf", "texte": f"{stem}.txt"}
    if has_email_draft(letter, case):
        files["courriel"] = f"{stem}.eml"
    if letter.sms is not None:
        files["sms"] = f"{stem}.sms.txt"
    return files


def email_ends(letter: Letter, case: Case) -> tuple[Party | Professional, ...]:
    """Return who writes and whom the letter is for; who writes alone when it is for a court."""
    version = letter.version
    ends = (sender_of(case, version.sender), recipient_of(case, version.recipient))
    return tuple(one for one in ends if one is not None)


def has_email_draft(letter: Letter, case: Case) -> bool:
    """Whether an e-mail is drafted: both have an address, and the letter may travel so."""
    ends = email_ends(letter, case)
    has_ends = len(ends) == 2 and all(one.email and is_email_address(one.email) for one in ends)
    return has_ends and _may_be_emailed(letter)


def channel_diagnostics(letter: Letter, case: Case, position: Position) -> Iterator[Diagnostic]:
    """Say when a letter sent by e-mail has no draft, for want of an address (lettre/courriel)."""
    sending = letter.request.sending
    if sending is None or sending.channel is not Channel.EMAIL:
        return
    for one in email_ends(letter, case):
        if one.email is None:
            fault = f"le dossier n’a pas l’adresse électronique de {one.name}"
        elif not is_email_address(one.email):
            fault = f"« {one.email} » n’est pas une adresse électronique"
        else:
            continue
        message = f"pas de brouillon pour la lettre « {letter.version.title} » : {fault}"
        hint = "complétez « courriel », ou choisissez un autre canal"
        yield warning("lettre/courriel", message, position, hint)


def _may_be_emailed(letter: Letter) -> bool:
    """Whether e-mail was chosen, or is offered for a letter that no other way took yet."""
    sending = letter.request.sending
    if sending is not None and (sending.channel is Channel.EMAIL or letter.request.is_sent):
        return sending.channel is Channel.EMAIL
    return letter.email is not None and Channel.EMAIL in letter.version.channels
