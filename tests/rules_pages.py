"""Two generated pages of the manual: what each check is, and what exercises it.

`python tests/docs_pages.py` writes them; test_docs.py compares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dument.checks import rules_applied
from dument.french import long_date, plural
from dument.law import Example, Law, Mention, Status
from tests.checks_page import FAMILIES, STATUSES, where_told
from tests.examples import ROOT, shipped_examples, workshop, written_example

# What breaks a rule that wants words, by its type; the tests do it (tests/test_mutations.py).
TAKEN_OUT = {
    "texte-present": "mots retirés",
    "texte-prescrit": "ligne retirée",
    "partie-designee": "ligne retirée",
    "factures-citees": "ligne retirée",
    "total-juste": "ligne retirée",
    "relance-rappelee": "phrase retirée",
    "pieces-au-bordereau": "ligne retirée",
}
LONGEST_EXAMPLE = 160
MOST_NAMED = 2


# What each check is.

CARDS_LEAD = """\
Chaque contrôle, son texte, ses dates, sa gravité, ce qu’il faut faire, un bon et un mauvais
exemple. Les exemples sont ceux de son fichier : les tests les jouent tous. La liste courte est
celle [des contrôles](controles.md)."""


def cards(law: Law) -> Iterator[str]:
    """Write every check, family by family."""
    yield CARDS_LEAD
    for prefix, title in FAMILIES.items():
        rules = sorted(
            (one for one in law.mentions.values() if one.id.split("-")[0] == prefix),
            key=lambda one: one.id,
        )
        if rules:
            yield f"## {title} (`{prefix}`)"
        for rule in rules:
            yield f'### <a id="{rule.id.lower()}"></a>{rule.id} : {_lowered(rule.title)}'
            yield "\n".join(f"- {line}" for line in _card(rule, law))


def _card(rule: Mention, law: Law) -> Iterator[str]:
    status = "" if rule.status is Status.VERIFIED else f" ({STATUSES[rule.status]})"
    yield f"**Gravité** : {rule.level.value}{status}. **Où** : {where_told(rule)}."
    yield f"**Texte** : {_articles(rule, law)}{_dates(rule)}."
    yield f"**Il dit** : {rule.message}."
    if rule.hint:
        yield f"**Que faire** : {rule.hint}."
    for is_good, word in ((True, "Bon"), (False, "Mauvais")):
        example = next(one for one in rule.examples if one.is_good is is_good)
        yield f"**{word}** : {_example(example)}."
    yield f"[`{rule.position.file}`](../{rule.position.file})"


def _articles(rule: Mention, law: Law) -> str:
    cited = [f"[{law.articles[slug].cited()}](droit.md#{slug})" for slug in rule.articles]
    return " ; ".join(cited) or "usage"


def _dates(rule: Mention) -> str:
    first = f", depuis le {long_date(rule.first_day)}" if rule.first_day else ""
    last = f", jusqu’au {long_date(rule.last_day)}" if rule.last_day else ""
    return first + last


def _example(example: Example) -> str:
    if example.text is not None:
        return f"« {_short(example.text)} »"
    changes = ", ".join(f"`{key}: {_written(value)}`" for key, value in example.changes.items())
    return f"`{example.dossier}` avec {changes}" if changes else f"`{example.dossier}` tel quel"


def _written(value: object) -> str:
    return "(vide)" if value is None else _short(str(value)).replace("`", "’")


def _short(text: str) -> str:
    words = " ".join(text.split()).replace("|", "·").replace("'", "’").rstrip(".")
    return words if len(words) <= LONGEST_EXAMPLE else f"{words[: LONGEST_EXAMPLE - 1]}…"


def _lowered(title: str) -> str:
    is_name = len(title) > 1 and (title[1].isupper() or title[:2] in ("L.", "D.", "R."))
    return title if is_name else title[:1].lower() + title[1:]


# What exercises each check.

COVERAGE_LEAD = """\
Quels contrôles lisent chaque sorte de document, quels exemples livrés les leur font passer, et ce
qui les fait échouer dans les tests : des mots ou une ligne **retirés** de la lettre, ou le mauvais
exemple du contrôle, **ajouté** à la lettre ou **changé** dans le dossier. Un contrôle absent d’une
sorte ne la lit pas."""
HEADS = ("Contrôle", "Ce qu’il vérifie", "Exemples", "Ce qui le fait échouer")


def coverage() -> Iterator[str]:
    """Write the matrix of kinds, rules and examples, a kind at a time, then the case."""
    shop = workshop(ROOT)
    seen = _seen()
    yield COVERAGE_LEAD
    for kind, versions in sorted(shop.writer.kinds.versions.items()):
        rules = [one for one in _rules(shop.law) if one.looks_at(kind, versions[-1].paper)]
        yield f"## {_short(versions[-1].title)} (`{kind}`)"
        yield _matrix(rules, seen, kind)
    yield "## Le dossier lui-même"
    case_rules = [one for one in _rules(shop.law) if not one.kinds]
    yield _matrix(case_rules, seen, None)


def _rules(law: Law) -> list[Mention]:
    return sorted(law.mentions.values(), key=lambda one: one.id)


def _seen() -> dict[tuple[str, str | None], list[str]]:
    """Return the shipped examples in which each rule is asked of each kind."""
    seen: dict[tuple[str, str | None], list[str]] = {}
    for slug in shipped_examples():
        for rule, letter in rules_applied(written_example(slug)):
            names = seen.setdefault((rule.id, letter.kind if letter else None), [])
            if slug not in names:
                names.append(slug)
    return seen


def _matrix(
    rules: Iterable[Mention], seen: dict[tuple[str, str | None], list[str]], kind: str | None
) -> str:
    lines = [f"| {' | '.join(HEADS)} |", f"|{' --- |' * len(HEADS)}"]
    for rule in rules:
        link = f"[{rule.id}](fiches.md#{rule.id.lower()})"
        examples = _named(seen.get((rule.id, kind), []))
        lines.append(f"| {link} | {rule.title} | {examples} | {_breaking(rule)} |")
    return "\n".join(lines)


def _named(slugs: list[str]) -> str:
    named = ", ".join(f"`{slug}`" for slug in slugs[:MOST_NAMED]) or "—"
    others = len(slugs) - MOST_NAMED
    return f"{named} et {plural(others, 'autre')}" if others > 0 else named


def _breaking(rule: Mention) -> str:
    if rule.check in TAKEN_OUT:
        return TAKEN_OUT[rule.check]
    bad = next(one for one in rule.examples if not one.is_good)
    if bad.text is not None:
        return f"« {_short(bad.text)} » ajouté"
    keys = ", ".join(f"`{key}`" for key in list(bad.changes)[:3])
    return f"{keys} changé" if keys else f"`{bad.dossier}` tel quel"
