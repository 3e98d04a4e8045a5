"""The letters: what each says, claims and became, with what was found on it."""

from __future__ import annotations

from typing import Any

from dument.case import Sending
from dument.digests import sha256
from dument.letters import (
    Letter,
    address_lines,
    letter_files,
    recipient_of,
    sender_of,
    signatory_of,
    statement_figures,
)
from dument.pages.chronology import purpose
from dument.pages.frame import Desk, letter_page
from dument.templating import safe

# The content policy of the pages refuses style attributes; a class says the same.
_ALIGNMENTS = {
    ' style="text-align:left"': "",
    ' style="text-align:right"': ' class="droite"',
    ' style="text-align:center"': ' class="centre"',
}


def letter_views(desk: Desk, findings: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return every letter in the case's order, without its body."""
    return [_view(desk, letter, findings) for letter in desk.dossier.letters]


def _view(desk: Desk, letter: Letter, findings: list[dict[str, Any]]) -> dict[str, Any]:
    page = letter_page(letter)
    files = letter_files(letter, desk.dossier.case)
    sending = letter.request.sending
    return {
        "numero": letter.number,
        "ancre": letter.stem,
        "titre": letter.version.title,
        "modele": letter.kind,
        "version": letter.version.number,
        "papier": letter.version.paper,
        "objet": letter.subject,
        "le": letter.on,
        "projet": letter.is_draft,
        "sceau": sha256(letter.sealed.pdf) if letter.sealed else None,
        "envoi": sending_view(sending),
        "envoyee_le": letter.request.sent_on,
        "preuve": sending and desk.exhibit_link(sending.exhibit, sending.number),
        "reponse_avant": desk.dossier.answer_day(letter),
        "total": letter.claimed,
        "propos": purpose(letter),
        "page": page,
        "pdf": desk.file(files["pdf"]),
        "formes": {form: desk.file(name) for form, name in files.items() if form != "pdf"},
        "controles": [one for one in findings if one["lettre"] and one["lettre"]["page"] == page],
        "manque": list(letter.missing),
        "articles": list(letter.cited),
    }


def sending_view(sending: Sending | None) -> dict[str, Any] | None:
    """Return how a letter travelled and what became of it."""
    return sending and {
        "canal": sending.channel.value,
        "numero": sending.number,
        "envoyee_le": sending.sent_on,
        "presentee_le": sending.presented_on,
        "issue": sending.outcome,
        "issue_le": sending.outcome_on,
    }


def letter_page_view(desk: Desk, letter: Letter, view: dict[str, Any]) -> dict[str, Any]:
    """Return a letter with its body, who writes it to whom, and the décompte of its own day.

    `calcule` is what the case gives today: a sealed letter may ask for another sum.
    """
    case, version = desk.dossier.case, letter.version
    sender, recipient = sender_of(case, version.sender), recipient_of(case, version.recipient)
    signs = signatory_of(case, version.sender)
    return {
        **view,
        "corps": safe(_without_styles(letter.body)),
        "signataire": signs and {"nom": signs.name, "qualite": signs.role},
        "expediteur": {"nom": sender.name, "adresse": address_lines(sender)[1:]},
        "destinataire": address_lines(recipient) if recipient else [],
        "juridiction": letter.court,
        "lieu": sender.address.city,
        "decompte": statement_figures(case, desk.dossier.law, letter.statement),
        "calcule": version.claimed(letter.statement),
    }


def _without_styles(markup: str) -> str:
    for style, instead in _ALIGNMENTS.items():
        markup = markup.replace(style, instead)
    return markup
