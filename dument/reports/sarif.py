"""SARIF 2.1.0: findings at their line and column, each with its rule and the rule's help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from dument import __version__
from dument.diagnostics import Diagnostic, Level
from dument.digests import sha256
from dument.law import Law, Mention
from dument.reports.checked import Checked

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Level.ERROR: "error", Level.WARNING: "warning", Level.INFO: "note"}


def sarif_log(checked: Sequence[Checked], law: Law) -> dict[str, Any]:
    """Return the log of a run: the rules looked for or broken, by id, then every finding."""
    found = [one for dossier in checked for one in dossier.found]
    ids = sorted(
        {one.id for one in found}
        | {mention.id for dossier in checked for mention, _ in dossier.applied}
    )
    places = {id: rank for rank, id in enumerate(ids)}
    driver = {
        "name": "dument",
        "version": __version__,
        "rules": [_rule(id, law) for id in ids],
    }
    run = {
        "tool": {"driver": driver},
        "language": "fr-FR",
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, places[one.id]) for one in found],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(id: str, law: Law) -> dict[str, Any]:
    mention = law.mentions.get(id)
    if mention is None:  # a finding of the engine: docs/diagnostics.md says the rest
        return {"id": id, "shortDescription": {"text": id}}
    rule: dict[str, Any] = {
        "id": id,
        "shortDescription": {"text": mention.title},
        "fullDescription": {"text": mention.message},
        "help": {"text": "\n".join(_help(mention, law))},
        "defaultConfiguration": {"level": _LEVELS[mention.level]},
        "properties": {"statut": mention.status.value, "tags": sorted(mention.regimes)},
    }
    address = next(_addresses(mention, law), None)
    return {**rule, "helpUri": address} if address else rule


def _help(mention: Mention, law: Law) -> Iterator[str]:
    yield f"{mention.message}."
    if mention.hint:
        yield f"Que faire : {mention.hint}."
    cited = [law.articles[slug].cited() for slug in mention.articles if slug in law.articles]
    if cited:
        yield f"Textes : {' ; '.join(cited)}."
    yield f"« dument law show {mention.id} » en dit plus."


def _addresses(mention: Mention, law: Law) -> Iterator[str]:
    """Yield where the rule's articles may be read, Légifrance first."""
    articles = [law.articles[slug] for slug in mention.articles if slug in law.articles]
    yield from (one.address for one in articles if one.address)
    yield from (one.source for one in articles if one.source and one.source.startswith("http"))


def _result(found: Diagnostic, rule: int) -> dict[str, Any]:
    text = found.message if found.hint is None else f"{found.message}\nAide : {found.hint}"
    waiver = {"kind": "inSource", "justification": found.waived_because}
    return {
        "ruleId": found.id,
        "ruleIndex": rule,
        "level": _LEVELS[found.level],
        "message": {"text": text},
        "locations": list(_locations(found)),
        "suppressions": [waiver] if found.waived_because else [],
        "partialFingerprints": {"constat/v1": _fingerprint(found)},
    }


def _locations(found: Diagnostic) -> Iterable[dict[str, Any]]:
    place = found.position
    if place is None:
        return
    path = PurePosixPath(place.file)
    uri = path.as_uri() if path.is_absolute() else quote(place.file)
    region = {"startLine": place.line, "startColumn": place.column}
    yield {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}


def _fingerprint(found: Diagnostic) -> str:
    """Return what stays the same when lines are added above the finding."""
    file = found.position.file if found.position else ""
    return sha256(f"{found.id}\n{file}\n{found.message}".encode())
