"""What an exhibit is worth before it is numbered: can it be read, whole, by everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from pikepdf import Dictionary, Name, PasswordError, Pdf, PdfError

from dument.diagnostics import Diagnostic, error, info, warning
from dument.pdf.actives import has_active_content
from dument.pdf.drawing import Drawings, is_oversized

# What pikepdf raises on a file whose insides are not what they claim to be.
UNREADABLE = (
    PdfError,
    pikepdf.DataDecodingError,
    pikepdf.ForeignObjectError,
    RuntimeError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    OverflowError,
)
MISPLACED_TABLE = re.compile(
    r"file is damaged|xref not found|[Aa]ttempting to reconstruct cross-reference table"
)
END_OF_FILE, TAIL = b"%%EOF", 2048


@dataclass(frozen=True, slots=True)
class Sheets:
    """What is known of a readable PDF exhibit."""

    page_count: int
    has_text: bool


def inspect(data: bytes, name: str) -> tuple[Sheets | None, list[Diagnostic]]:
    """Look at a PDF exhibit; `name` is how the diagnostics call it.

    Returns no Sheets when the exhibit cannot be used. Diagnostics: piece/vide, piece/chiffree,
    piece/illisible (errors); piece/active, piece/formulaire-dynamique, piece/reparee (warnings);
    piece/protegee, piece/sans-texte (information).
    """
    if not data:
        return None, [_empty(name, "ne contient rien (0 octet)")]
    try:
        with Pdf.open(BytesIO(data)) as pdf:
            return _inspected(pdf, data, name)
    except PasswordError:
        return None, [_locked(name)]
    except UNREADABLE:
        return None, [unreadable(name, "est abîmée ou n’est pas un PDF")]


def _inspected(pdf: Pdf, data: bytes, name: str) -> tuple[Sheets | None, list[Diagnostic]]:
    page_count = len(pdf.pages)
    if not page_count:
        return None, [_empty(name, "n’a aucune page")]
    if any(map(is_oversized, pdf.pages)):
        return None, [unreadable(name, "a une page démesurée, qui ne s’affiche nulle part")]
    messages = [*pdf.get_warnings(), *pdf.check_pdf_syntax()]
    if not is_sound(messages, data):
        return None, [unreadable(name, "est abîmée ou incomplète : des pages peuvent manquer")]
    drawings = Drawings()
    if any(map(drawings.is_endless, pdf.pages)):
        return None, [unreadable(name, "a une page dont le dessin ne finit pas")]
    has_text = any(map(drawings.has_text, pdf.pages))
    repaired = [_repaired(name)] if messages else []
    return Sheets(page_count, has_text), repaired + list(_remarks(pdf, name, has_text))


def is_sound(messages: Sequence[str], data: bytes) -> bool:
    """Tell whether a document is whole, from what pikepdf warned of while reading it.

    Many real invoices have a wrong table of contents and lack nothing: that alone is forgiven,
    provided the file has its end. A file cut short has the same warning and no end.
    """
    others = [message for message in messages if not MISPLACED_TABLE.search(str(message))]
    return not others and (not messages or END_OF_FILE in data[-TAIL:])


def _remarks(pdf: Pdf, name: str, has_text: bool) -> Iterator[Diagnostic]:
    if has_active_content(pdf):
        yield _active(name)
    form = pdf.Root.get(Name.AcroForm)
    if isinstance(form, Dictionary) and "/XFA" in form:
        yield _dynamic(name)
    if pdf.is_encrypted:
        yield _restricted(name)
    if not has_text:
        yield _scanned(name)


def unreadable(name: str, why: str) -> Diagnostic:
    """Say that an exhibit cannot be read."""
    return error(
        "piece/illisible",
        f"la pièce « {name} » {why}",
        hint="ouvrez-la, vérifiez-la et enregistrez-en une copie neuve (imprimer vers un PDF), "
        "ou demandez-la de nouveau à qui l’a envoyée",
    )


def _repaired(name: str) -> Diagnostic:
    return warning(
        "piece/reparee",
        f"la pièce « {name} » a une table interne fausse ; elle a été lue en la reconstruisant",
        hint="vérifiez dans la liasse que ses pages y sont toutes ; "
        "une copie neuve (imprimer vers un PDF) fait taire cet avertissement",
    )


def _empty(name: str, why: str) -> Diagnostic:
    return error(
        "piece/vide",
        f"la pièce « {name} » {why}",
        hint="remplacez-la par le document complet, ou retirez-la de la liste des pièces",
    )


def _locked(name: str) -> Diagnostic:
    return error(
        "piece/chiffree",
        f"la pièce « {name} » est protégée par un mot de passe",
        hint="ouvrez-la avec son mot de passe et enregistrez-en une copie qui n’en demande pas",
    )


def _active(name: str) -> Diagnostic:
    return warning(
        "piece/active",
        f"la pièce « {name} » contient un script ou lance un programme",
        hint="la liasse reprend ses pages sans ces actions ; "
        "ne communiquez l’original que si vous en connaissez la provenance",
    )


def _dynamic(name: str) -> Diagnostic:
    return warning(
        "piece/formulaire-dynamique",
        f"la pièce « {name} » est un formulaire dynamique (XFA), illisible hors d’Adobe Reader",
        hint="ouvrez-la dans Adobe Reader et imprimez-la vers un PDF ordinaire",
    )


def _restricted(name: str) -> Diagnostic:
    return info(
        "piece/protegee",
        f"la pièce « {name} » porte des restrictions d’usage (sans mot de passe d’ouverture)",
        hint="rien à faire : la copie placée dans la liasse n’en porte plus",
    )


def _scanned(name: str) -> Diagnostic:
    return info(
        "piece/sans-texte",
        f"la pièce « {name} » est une image sans texte : on ne peut ni y chercher ni la lire "
        "à voix haute",
        hint="si vous le pouvez, passez-la à la reconnaissance de caractères",
    )
