"""Step 9, publier: the letters in the forms they travel in besides PDF: text, e-mail draft, SMS.

A draft is a message that a mail program opens ready to be sent (`X-Unsent: 1`): nothing here
sends anything. Its bytes depend on the dossier alone.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from email.charset import BASE64, Charset
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from dument.case import Case
from dument.diagnostics import Diagnostic, warning
from dument.digests import sha256
from dument.dossier import Dossier
from dument.files import MEGABYTE, held_of
from dument.french import squeeze
from dument.letters import EXHIBIT_LIST, Letter, email_ends, letter_files, reader_of

MOST_ATTACHED = "brouillon-poids"
_WIDTH = 78
_DRAFT = "PROJET – "
_PLAIN = re.compile(r"[A-Za-z0-9 ]{1,60}")
_BASE64 = Charset("utf-8")
_BASE64.header_encoding = BASE64


def mailing_files(
    dossier: Dossier, files: Mapping[str, bytes]
) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return the text, the e-mail draft and the SMS of every letter, by name in the output.

    `files` holds the letters' PDFs and the stamped exhibits, which the drafts carry; when they are
    too heavy, the letter travels alone. Diagnostics: lettre/courriel-lourd.
    """
    made: dict[str, bytes] = {}
    heavy: list[Diagnostic] = []
    most = int(dossier.law.value(MOST_ATTACHED, dossier.as_of).value * MEGABYTE)
    for letter in dossier.letters:
        names = letter_files(letter, dossier.case)
        made[names["texte"]] = plain_text(letter.text).encode()
        if "courriel" in names:
            carried = list(_attached(dossier, letter, names["pdf"]))
            weight = sum(held_of(files, name).size for name in carried)
            if weight > most:
                heavy.append(_too_heavy(dossier, letter, weight))
                carried = [names["pdf"]]
            attached = {name: files[name] for name in carried}
            made[names["courriel"]] = email_draft(letter, dossier.case, attached)
        if "sms" in names and letter.sms is not None:
            made[names["sms"]] = f"{letter.sms}\n".encode()
    return made, heavy


def plain_text(text: str) -> str:
    """Wrap a letter's text at its spaces, so that any screen shows it; words are never cut.

    >>> plain_text("Madame,\\n\\nMerci.")
    'Madame,\\n\\nMerci.\\n'
    """
    lines = (
        textwrap.wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
        for line in text.split("\n")
    )
    return "".join(f"{line}\n" for wrapped in lines for line in wrapped)


def email_draft(letter: Letter, case: Case, attached: Mapping[str, bytes]) -> bytes:
    """Return the message that carries a letter, unsent (RFC 5322), the same for the same dossier.

    A letter not yet sent says PROJET in its subject, as its sheet does.
    """
    sender, recipient = email_ends(letter, case)
    subject = f"{_DRAFT if letter.is_draft else ''}{letter.subject}"
    head = {
        "X-Unsent": "1",
        "Date": format_datetime(datetime.combine(letter.on, time(12), UTC)),
        "From": f"{_encoded(sender.name)} <{sender.email}>",
        "To": f"{_encoded(recipient.name)} <{recipient.email}>",
        "Subject": _encoded(subject),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return lines.encode("ascii") + _content(letter, attached)


def _content(letter: Letter, attached: Mapping[str, bytes]) -> bytes:
    content = EmailMessage(policy=SMTP)
    content.set_content(plain_text(letter.email or letter.text), cte="quoted-printable")
    for name, data in attached.items():
        file = name.rpartition("/")[2]
        content.add_attachment(data, maintype="application", subtype="pdf", filename=file)
    if content.is_multipart():  # « =_ » stands on no line of base64 or quoted-printable
        content.set_boundary(f"=_{sha256(letter.stem.encode())[:32]}")
    return content.as_bytes()


def _encoded(text: str) -> str:
    """Write a text for a header: as it is when it is plain words, else in encoded words.

    Python's own folding of addresses loses the quotes of a long name, which then reads as other
    addresses (RFC 2047 and 5322); in base64 no character of the text can mean anything.
    """
    words = squeeze(text)
    if _PLAIN.fullmatch(words):
        return words
    return Header(words, _BASE64, header_name="Subject").encode(linesep="\r\n")


def _too_heavy(dossier: Dossier, letter: Letter, weight: int) -> Diagnostic:
    return warning(
        "lettre/courriel-lourd",
        f"le brouillon de la lettre « {letter.version.title} » n’emporte pas ses pièces : "
        f"{weight // MEGABYTE} Mo",
        dossier.places.at("letters", letter.number - 1),
        "remettez-les par une autre voie : « dument share » en fait une archive",
    )


def _attached(dossier: Dossier, letter: Letter, pdf: str) -> Iterator[str]:
    """Yield the letter, then what its sheet lists: the invoices' exhibits, or all of them."""
    yield pdf
    shown = dossier.exhibits_for(reader_of(letter.version.recipient))
    if EXHIBIT_LIST in letter.version.annexes:
        yield from (one.file for one in shown)
        return
    claimed = {one.number for one in letter.statement.invoices}
    cited = (one.exhibit for one in dossier.case.invoices if one.number in claimed)
    found = (dossier.exhibit(id) for id in cited if id is not None)
    yield from dict.fromkeys(one.file for one in found if one in shown)
