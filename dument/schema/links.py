"""What a case file points to: shared parties, and the names of its invoices and exhibits."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TypeGuard

from dument.case import Case
from dument.diagnostics import Diagnostic, Position, error
from dument.kit import Kit
from dument.schema.party_keys import PARTY_KEYS
from dument.schema.reading import FieldPath, Places
from dument.source import Mapping, Node, Text, read_yaml

PARTIES = "parties"
_LISTS_WITH_EXHIBITS = (
    "invoices", "credit_notes", "payments", "deposits", "set_offs", "costs", "journal",
)  # fmt: skip
_WITH_EXHIBIT = ("claim", "terms", "power", "order", "judgment")


def with_parties(mapping: Mapping, folder: Path, kit: Kit) -> tuple[Mapping, list[Diagnostic]]:
    """Replace `creancier: nom` by the content of the nearest `parties/nom.yaml`."""
    diagnostics: list[Diagnostic] = []
    entries = dict(mapping.entries)
    for key in PARTY_KEYS:
        node = entries.get(key)
        if not _is_name(node):
            continue
        path = find_party_file(folder, f"{node.value}.yaml")
        if path is None:
            diagnostics.append(_unknown_party(node, folder))
            continue
        party, found = read_yaml(path, kit.name_of(path))
        diagnostics += found
        if party is not None:
            entries[key] = party
    return Mapping(entries, mapping.position, mapping.keys), diagnostics


def names_left(mapping: Mapping) -> list[str]:
    """Return the keys of the parties whose file `with_parties` did not find or could not read."""
    return [key for key in PARTY_KEYS if _is_name(mapping.entries.get(key))]


def _is_name(node: Node | None) -> TypeGuard[Text]:
    return isinstance(node, Text) and node.value is not None


def party_folders(folder: Path) -> list[Path]:
    """Return where shared parties are looked for: beside the case, its parent, its grandparent."""
    return [parent / PARTIES for parent in (folder, *list(folder.parents)[:2])]


def find_party_file(folder: Path, name: str) -> Path | None:
    """Look a file up in the nearest of `party_folders`; None when none holds it."""
    for parties in party_folders(folder):
        path = parties / name
        try:
            if path.is_file() and path.resolve().parent == parties.resolve():
                return path
        except OSError:  # a name too long for any file
            return None
    return None


def _unknown_party(node: Text, folder: Path) -> Diagnostic:
    known = sorted(path.stem for one in party_folders(folder) for path in one.glob("*.yaml"))
    near = difflib.get_close_matches(node.value or "", known, 1)
    hint = f"vouliez-vous dire « {near[0]} » ?" if near else "écrivez la partie dans le dossier"
    message = f"aucun fichier « {PARTIES}/{node.value}.yaml »"
    return error("schema/partie-inconnue", message, node.position, hint)


def check_links(case: Case, places: Places) -> list[Diagnostic]:
    """Report names that point nowhere and names given twice."""
    return [*_unknown_invoices(case, places), *_unknown_exhibits(case, places),
            *_repeated(case, places)]  # fmt: skip


def _unknown_invoices(case: Case, places: Places) -> Iterator[Diagnostic]:
    known = [one.number for one in case.invoices]
    wanted: list[tuple[str | None, FieldPath]] = [
        (share.invoice, ("payments", rank, "designated", place, "invoice"))
        for rank, one in enumerate(case.payments)
        for place, share in enumerate(one.shares)
    ]
    wanted += [
        (one.invoice, (field, rank, "invoice"))
        for field in ("credit_notes", "deposits", "set_offs")
        for rank, one in enumerate(getattr(case, field))
    ]
    if case.status.dispute is not None:
        wanted.append((case.status.dispute.invoice, ("status", "dispute", "invoice")))
    wanted += [
        (number, ("letters", rank, "invoices", place))
        for rank, letter in enumerate(case.letters)
        for place, number in enumerate(letter.invoices)
    ]
    for number, path in wanted:
        if number is not None and number not in known:
            yield _unknown("facture", number, known, places.at(*path))


def _unknown_exhibits(case: Case, places: Places) -> Iterator[Diagnostic]:
    known = {one.id: one.withdrawn_on for one in case.exhibits}
    there = [id for id, withdrawn_on in known.items() if withdrawn_on is None]
    for cited, path in _cited_exhibits(case):
        withdrawn_on = known.get(cited)
        if withdrawn_on is not None:
            yield _withdrawn(cited, withdrawn_on, places.at(*path))
        elif cited not in known:
            yield _unknown("pièce", cited, there, places.at(*path))


def _cited_exhibits(case: Case) -> Iterator[tuple[str, FieldPath]]:
    """Yield each exhibit that something names, with the place where it does."""
    holders: list[tuple[FieldPath, object]] = [
        ((field, rank), one)
        for field in _LISTS_WITH_EXHIBITS
        for rank, one in enumerate(getattr(case, field))
    ]
    holders += [
        (("letters", rank, "sending"), letter.sending) for rank, letter in enumerate(case.letters)
    ]
    holders += [((name,), getattr(case, name)) for name in _WITH_EXHIBIT]
    holders += [(("claim", "security"), case.claim.security if case.claim else None)]
    for path, holder in holders:
        for kind in ("exhibit", "delivery_exhibit"):
            cited = getattr(holder, kind, None)
            if cited is not None:
                yield cited, (*path, kind)


def _withdrawn(name: str, day: date, position: Position) -> Diagnostic:
    message = f"la pièce « {name} » est retirée depuis le {day:%d/%m/%Y}"
    hint = "ôtez ce renvoi, ou sa clé « retiree_le » : une pièce qui prouve reste produite"
    return error("schema/piece-retiree", message, position, hint)


def _unknown(noun: str, name: str, known: list[str], position: Position) -> Diagnostic:
    near = difflib.get_close_matches(name, known, 1)
    hint = (
        f"vouliez-vous dire « {near[0]} » ?"
        if near
        else f"connues : {', '.join(known) or 'aucune'}"
    )
    message = f"la {noun} « {name} » n’est pas dans le dossier"
    return error("schema/lien-inconnu", message, position, hint)


def _repeated(case: Case, places: Places) -> Iterator[Diagnostic]:
    for field, key, noun in (("invoices", "number", "facture"), ("exhibits", "id", "pièce")):
        names = [getattr(one, key) for one in getattr(case, field)]
        counts = Counter(names)
        for rank, name in enumerate(names):
            if counts[name] > 1 and names.index(name) < rank:
                message = f"la {noun} « {name} » figure deux fois"
                yield error("schema/doublon", message, places.at(field, rank, key))
