"""The exhibits: number, title, pages, fingerprint, and what each one proves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dument.case import Case
from dument.dossier import Dossier
from dument.files import held_of
from dument.pages.frame import Desk, exhibit_anchor

Proof = tuple[str | None, dict[str, Any]]


def exhibit_views(desk: Desk) -> list[dict[str, Any]]:
    """Return every exhibit by number."""
    proofs: dict[str, list[dict[str, Any]]] = {}
    for id, fact in _proofs(desk.dossier.case):
        if id and fact not in proofs.get(id, ()):  # the journal and the order may tell one act
            proofs.setdefault(id, []).append(fact)
    return [
        {
            "numero": one.reference,
            "ancre": exhibit_anchor(one),
            "titre": one.exhibit.title,
            "le": one.exhibit.on,
            "pages": one.page_count,
            "sha256": one.sha256,
            "texte": one.has_text,
            "fichier": desk.file(one.file),
            "prouve": proofs.get(one.exhibit.id, []),
        }
        for one in desk.dossier.exhibits
    ]


def texts_of(dossier: Dossier, files: Mapping[str, bytes]) -> dict[str, tuple[str, ...]]:
    """Return the pages of each exhibit's file, as text, by its name."""
    from dument.pdf import page_texts  # PDFium is slow to load, and only a build reads pages

    return {one.file: page_texts(files.get(one.file, b"")) for one in dossier.exhibits}


def fingerprints(*several: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Return the SHA-256 and the size of each file: exhibits and letters first, the looks last."""
    weights = {name: held_of(files, name) for files in several for name in files}
    ranks = {"pieces": 0, "lettres": 1, "assets": 3}

    def place(name: str) -> tuple[int, str]:
        return ranks.get(name.partition("/")[0], 2), name

    return [
        {"fichier": name, "sha256": weights[name].sha256, "octets": weights[name].size}
        for name in sorted(weights, key=place)
        if weights[name].size
    ]


def _proofs(case: Case) -> Iterator[Proof]:
    """Yield each exhibit's id with the fact that the case rests on it."""
    if case.claim:
        yield case.claim.exhibit, {"sorte": "contrat", "fondement": case.claim.basis}
    yield case.terms.exhibit, {"sorte": "conditions"}
    for invoice in case.invoices:
        yield invoice.exhibit, {"sorte": "facture", "numero": invoice.number}
        yield invoice.delivery_exhibit, {"sorte": "prestation", "numero": invoice.number}
    for note in case.credit_notes:
        yield note.exhibit, {"sorte": "avoir", "numero": note.number}
    for paid in case.settlements:
        yield paid.exhibit, {"sorte": "paiement", "le": paid.on, "montant": paid.amount}
    for cost in case.costs:
        yield cost.exhibit, {"sorte": "frais", "objet": cost.subject, "montant": cost.amount}
    for entry in case.journal:
        yield entry.exhibit, {"sorte": "journal", "type": entry.kind.value, "le": entry.on}
    if case.order is not None:
        served_on = case.order.served_on or case.order.issued_on
        yield case.order.exhibit, {"sorte": "journal", "type": "signification", "le": served_on}
    if case.judgment is not None:
        yield case.judgment.exhibit, {"sorte": "decision", "le": case.judgment.enforceable_on}
    for letter in case.letters:
        if letter.sending:
            yield letter.sending.exhibit, {"sorte": "envoi", "le": letter.on}
