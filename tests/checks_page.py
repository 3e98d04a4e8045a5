"""The tables of the manual's page of checks. `python tests/checks_page.py` writes them.

They say what `legal/mentions/` says; test_checks.py compares. The words around are hand-written.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dument.kit import open_kit
from dument.law import Law, Mention, Status, read_law

PAGE = Path(__file__).parent.parent / "docs/controles.md"
OPENING = (
    "<!-- Tables écrites par `python tests/checks_page.py` : ne les corrigez pas à la main. -->"
)
CLOSING = "<!-- Fin des tables. -->"
FAMILIES = {
    "LET": "Toute lettre",
    "REL": "La relance",
    "MED": "La mise en demeure",
    "PEN": "Les pénalités, intérêts et indemnités",
    "IP": "La requête en injonction de payer",
    "PC": "Le débiteur en difficulté",
    "STO": "Ce qui arrête la poursuite",
    "DOS": "Le dossier",
    "COH": "La cohérence des dates et des montants",
    "FAC": "La facture",
    "MAN": "La lettre d’un mandataire",
    "ECH": "L’échéancier et la reconnaissance de dette",
    "SUS": "La suspension des prestations",
    "AMI": "Le règlement amiable",
    "PET": "Les petites créances",
    "REF": "Le référé",
    "ASS": "L’assignation",
    "TVA": "La créance irrécouvrable et la TVA",
    "DRO": "Le droit périmé",
    "LEG": "Les valeurs du droit",
    "PRE": "La présentation",
    "ANN": "Ce qu’une lettre annonce",
}
FAMILIES_OF_KINDS = {
    "tous": "tous les documents",
    "lettres": "toutes les lettres",
    "actes": "tous les actes",
    "annexes": "les annexes",
    "conventions": "les conventions",
    "fiches": "les fiches",
}
STATUSES = {
    Status.VERIFIED: "vérifié",
    Status.SECONDARY: "secondaire",
    Status.UNVERIFIED: "à vérifier",
}


def tables() -> str:
    """Write every rule, family by family."""
    law, faults = read_law(open_kit(PAGE.parent.parent))
    if faults:
        raise ValueError(faults[0].message)
    return "\n".join(_lines(law))


def _lines(law: Law) -> Iterator[str]:
    for prefix, title in FAMILIES.items():
        rules = [one for one in law.mentions.values() if one.id.split("-")[0] == prefix]
        if not rules:
            continue
        yield from (f"### {title} (`{prefix}`)", "")
        yield "| Contrôle | Ce qu’il vérifie | Gravité | Où | Texte |"
        yield "| --- | --- | --- | --- | --- |"
        for rule in sorted(rules, key=lambda one: one.id):
            cells = (
                _anchor(rule),
                rule.title,
                _level(rule),
                where_told(rule),
                _articles(law, rule),
            )
            yield f"| {' | '.join(cells)} |"
        yield ""


def _anchor(rule: Mention) -> str:
    anchor = rule.id.lower()
    return f'<a id="{anchor}"></a>[`{rule.id}`](fiches.md#{anchor})'


def _level(rule: Mention) -> str:
    status = "" if rule.status is Status.VERIFIED else f" ({STATUSES[rule.status]})"
    return f"{rule.level.value}{status}"


def where_told(rule: Mention) -> str:
    """Say which documents and debtors a rule is for."""
    named = [FAMILIES_OF_KINDS.get(kind, f"`{kind}`") for kind in sorted(rule.kinds)]
    kinds = ", ".join(named) or "le dossier"
    if rule.kinds_left_out:
        kinds += f", sauf {', '.join(f'`{kind}`' for kind in sorted(rule.kinds_left_out))}"
    regimes = "" if len(rule.regimes) == 3 else f" ; {', '.join(sorted(rule.regimes))}"
    return kinds + regimes


def _articles(law: Law, rule: Mention) -> str:
    cited = (law.articles[slug].cited().removeprefix("article ") for slug in rule.articles)
    return " ; ".join(cited) or "usage"


def current(page: str) -> str:
    """Return a page with its tables rewritten."""
    before, rest = page.split(OPENING)
    _, after = rest.split(CLOSING)
    return f"{before}{OPENING}\n\n{tables()}\n{CLOSING}{after}"


if __name__ == "__main__":
    PAGE.write_text(current(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
