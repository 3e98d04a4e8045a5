"""What an exhibit may be: a PDF, a picture, an e-mail, a text, a word processor's file.

Each is looked at before anything is written, then printed on pages that leave the stamp its room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any

from dument.diagnostics import Diagnostic, error, info
from dument.exhibits.messages import read_message, read_text_file
from dument.exhibits.office import OFFICE_ENDINGS, find_office, office_to_pdf
from dument.french import typeset
from dument.pdf import (
    Press,
    Sheets,
    image_to_pdf,
    inspect,
    is_picture,
    look_at_picture,
    undated,
)

DrawSheet = Callable[[str, Mapping[str, Any]], str]
TEXT_ENDINGS = frozenset({".csv", ".log", ".md", ".txt"})
KNOWN_AT_PRINTING = 0  # pages of what is not laid out yet


def look_at(
    data: bytes, name: str, *, is_scrubbed: bool = False
) -> tuple[Sheets | None, list[Diagnostic]]:
    """Look at an exhibit without printing it; None, with the reason, when it cannot be used.

    Texts and documents have no page count yet. Diagnostics: those of `inspect`, piece/format,
    piece/illisible, piece/localisee.
    """
    if is_picture(data):
        return look_at_picture(data, name, is_scrubbed=is_scrubbed)
    if not data or b"%PDF-" in data[:1024]:
        return inspect(data, name)
    ending = _ending(name)
    if ending == ".eml":
        fault = None if read_message(data) else _no_message(name)
    elif ending in TEXT_ENDINGS:
        fault = None if read_text_file(data) is not None else _foreign(name)
    elif ending in OFFICE_ENDINGS:
        fault = None if find_office() else _no_office(name)
    else:
        fault = _foreign(name)
    return (None, [fault]) if fault else (Sheets(KNOWN_AT_PRINTING, True), [])


def to_pdf(
    data: bytes, name: str, press: Press, draw_sheet: DrawSheet, *, is_scrubbed: bool = False
) -> tuple[bytes | None, list[Diagnostic]]:
    """Return an exhibit that was looked at as a PDF fit for stamping.

    A character that no face draws is written by its code: evidence is not refused for an emoji.
    Diagnostics: those of the print room, piece/illisible, piece/signes.
    """
    if is_picture(data):
        return image_to_pdf(data, name, press, is_scrubbed=is_scrubbed)
    ending = _ending(name)
    if b"%PDF-" in data[:1024]:
        return data, []
    if ending in OFFICE_ENDINGS:
        office = find_office()
        converted = office_to_pdf(data, ending, office) if office else None
        return (undated(converted), []) if converted else (None, [_unconverted(name)])
    variables = _message(data, name) if ending == ".eml" else _text(data, name)
    undrawn = press.undrawn(_texts(variables))
    shown = _spelled(variables, {ord(one): f"[U+{ord(one):04X}]" for one in undrawn})
    printed = press.print_plain(draw_sheet("piece.html", {**shown, "signes": undrawn}), {})
    told = [_undrawn(name, undrawn)] if undrawn else []
    return printed.pdf, [*printed.diagnostics, *told]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _spelled(value: Any, spelling: Mapping[int, str]) -> Any:
    """Return a value whose texts spell some characters out, as deep as it goes."""
    if isinstance(value, str):
        return value.translate(spelling)
    if isinstance(value, dict):
        return {name: _spelled(one, spelling) for name, one in value.items()}
    return [_spelled(one, spelling) for one in value] if isinstance(value, list) else value


def _ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def _message(data: bytes, name: str) -> dict[str, Any]:
    message = read_message(data)
    if message is None:
        return _text(data, name)
    return {
        "titre": message.subject or PurePath(name).name,
        "source": name,
        "corps": message.body,
        "courriel": {
            "de": message.sender,
            "a": message.recipients,
            "copie": message.copied,
            "envoye": message.sent,
            "objet": message.subject,
            "joints": [
                {
                    "nom": one.name,
                    "nature": one.kind,
                    "taille": _size(one.size),
                    "empreinte": one.sha256,
                }
                for one in message.attachments
            ],
        },
    }


def _text(data: bytes, name: str) -> dict[str, Any]:
    return {
        "titre": PurePath(name).name,
        "source": name,
        "corps": (read_text_file(data) or "").strip("\n"),
        "courriel": None,
    }


def _size(count: int) -> str:
    """Write a size for a reader: « 12 ko »."""
    return typeset(f"{max(1, round(count / 1024))} ko")


def _undrawn(name: str, characters: Sequence[str]) -> Diagnostic:
    told = ", ".join(f"U+{ord(one):04X}" for one in characters[:5])
    more = "…" if len(characters) > 5 else ""
    return info(
        "piece/signes",
        f"la pièce « {name} » a des signes que nos polices ne dessinent pas : {told}{more}",
        hint="chacun est imprimé par son code ; l’original les garde",
    )


def _foreign(name: str) -> Diagnostic:
    return error(
        "piece/format",
        f"la pièce « {name} » n’est ni un PDF, ni une image, ni un courriel, ni un texte",
        hint="enregistrez-la en PDF depuis le logiciel qui l’a faite (Fichier, Imprimer ou "
        "Exporter) ; un courriel d’Outlook (.msg), en .eml",
    )


def _no_office(name: str) -> Diagnostic:
    return error(
        "piece/format",
        f"la pièce « {name} » demande LibreOffice, que cette machine n’a pas",
        hint="enregistrez-la en PDF depuis votre traitement de texte, ou installez LibreOffice",
    )


def _no_message(name: str) -> Diagnostic:
    return error(
        "piece/illisible",
        f"la pièce « {name} » n’est pas un courriel lisible : l’expéditeur ou la date manque, "
        "ou les messages s’y emboîtent sans fin",
        hint="enregistrez de nouveau le message depuis votre messagerie, au format .eml",
    )


def _unconverted(name: str) -> Diagnostic:
    return error(
        "piece/illisible",
        f"LibreOffice n’a pas su convertir la pièce « {name} »",
        hint="ouvrez-la et enregistrez-la vous-même en PDF",
    )
