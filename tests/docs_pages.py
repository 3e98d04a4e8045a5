"""The manual's generated pages: keys, commands, law. `python tests/docs_pages.py` writes them.

They say what the code and `legal/` say, so they are never edited by hand; test_docs.py compares.
"""

from __future__ import annotations

import typing
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from dument.case import Case, Record, Terms
from dument.cli import main as command_line
from dument.french import long_date
from dument.kit import open_kit
from dument.law import Article, Law, Parameter, Status, read_law
from dument.money import format_number
from dument.schema import KEYS
from tests.rules_pages import cards, coverage

DOCS = Path(__file__).parent.parent / "docs"
GENERATED = (
    "<!-- Page générée par `python tests/docs_pages.py` : ne la corrigez pas à la main. -->"
)
STATUSES = {
    Status.VERIFIED: "vérifié",
    Status.SECONDARY: "secondaire",
    Status.UNVERIFIED: "**à vérifier**",
}
NO_BREAK = "\u00a0"


def pages() -> dict[str, str]:
    """Return the text of every generated page, by file name."""
    law, faults = read_law(open_kit(DOCS.parent))
    if faults:
        raise ValueError(faults[0].message)
    return {
        "cles.md": keys_page(),
        "commandes.md": commands_page(),
        "couverture.md": page("Ce que couvrent les contrôles", *coverage()),
        "droit.md": law_page(law),
        "fiches.md": page("Les fiches des contrôles", *cards(law)),
    }


def page(title: str, *blocks: str) -> str:
    return "\n\n".join([GENERATED, f"# {title}", *blocks]) + "\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    lines = [list(heads), *(list(row) for row in rows)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(map(cell, line))} |" for line in lines)


def cell(text: str) -> str:
    return text.replace("\n", " ").replace("|", "\\|")


# Keys.

KEYS_LEAD = """\
Chaque clé du fichier `dossier.yaml`, et des fichiers de `parties/` (un créancier ou un débiteur
qui sert à plusieurs dossiers). Une clé inconnue est une erreur, et la clé la plus proche est
proposée. Une clé vide, ou qui vaut `~` ou `null`, est absente. YAML ne type rien : `01000` garde
son zéro et `2026-02-30` est refusé.

**Dates** : `2026-03-02`, entre 1980 et 2100. **Montants** : `1 440,00`, `1440.00`,
`1 440,00 €` ; un montant qui se lit de deux façons (`1.440`) est refusé. **Taux** : le signe `%`
est obligatoire. **Identifiants** : minuscules sans accent, chiffres et tirets.

Votre éditeur peut compléter ces clés et les contrôler pendant que vous écrivez : voyez
[`dument schema`](commandes.md#schema). Pour apprendre pas à pas, lisez plutôt
[la page du propriétaire](proprietaire.md)."""


def keys_page() -> str:
    """Write the reference of every YAML key, one section a block."""
    blocks = [KEYS_LEAD]
    names = section_names()
    for record, name in names.items():
        rows = (key_row(record, field, names) for field in KEYS[record])
        heads = ("Clé", "Obligatoire", "S’écrit", "Sens")
        blocks += [f"## {name}", *remarks(name), table(heads, rows)]
    return page("Les clés d’un dossier", *blocks)


REMARKS = {
    "dossier": "La racine de `dossier.yaml`.",
    "creancier": "`denomination` pour une personne morale, `nom` et `prenom` pour une personne "
    "physique.",
    "debiteur": "`denomination` pour une personne morale, `nom` et `prenom` pour une personne "
    "physique ; `regime` pour une association.",
    "factures": "`echeance`, ou bien `echeances` dont la somme fait le montant `ttc`. Sans elles, "
    "l’échéance est calculée sur `conditions.delai` ; pour un acheteur public, sur `recue_le` et "
    "`debiteur.categorie`.",
    "envoi": "Une lettre est **envoyée** quand `envoyee_le`, ou à défaut `presentee_le`, est "
    "rempli ; sans eux, elle est un projet.",
    "conventions": "Chaque choix est expliqué dans [les conventions de calcul]"
    "(conventions-de-calcul.md).",
}


def remarks(name: str) -> list[str]:
    return [REMARKS[name]] if name in REMARKS else []


def section_names() -> dict[type[Record], str]:
    """Name each block after the first key that leads to it, in the order of the file."""
    names: dict[type[Record], str] = {Case: "dossier"}

    def visit(record: type[Record]) -> None:
        for field, key in KEYS[record].items():
            inner = record_in(record.model_fields[field].annotation)
            if inner is not None and inner not in names:
                names[inner] = key.name
                visit(inner)

    visit(Case)
    return names


def record_in(annotation: Any) -> type[Record] | None:
    """Return the block of keys that an annotation holds, if any."""
    if annotation in KEYS:
        return annotation
    found = (record_in(one) for one in typing.get_args(annotation))
    return next((one for one in found if one is not None), None)


def key_row(record: type[Record], field: str, names: Mapping[type[Record], str]) -> list[str]:
    key, known = KEYS[record][field], record.model_fields[field]
    schema = record.model_json_schema()
    inner = record_in(known.annotation)
    words = written(schema["properties"][field], schema)
    if inner is not None:
        link = f"[{names[inner]}](#{names[inner]})"
        is_list = typing.get_origin(known.annotation) is tuple
        words = f"liste : voir {link}" if is_list else f"clés : voir {link}"
        words = ", ou ".join([*SHORT_FORMS.get((record, field), ()), words])
    return [f"`{key.name}`", "oui" if known.is_required() else "", words, key.meaning]


SHORT_FORMS = {
    (Case, "creditor"): ["un nom de fichier"],
    (Case, "debtor"): ["un nom de fichier"],
    (Terms, "penalty_clause"): ["`10 %`"],
}


def written(found: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """Say how a value is written: the admitted words, an example, or « texte »."""
    inner = [one for one in found.get("anyOf", ()) if one.get("type") != "null"]
    if inner:
        return written(inner[0], schema)
    if "$ref" in found:
        return written(schema["$defs"][found["$ref"].rsplit("/", 1)[1]], schema)
    if "enum" in found:
        return ", ".join(f"`{word}`" for word in found["enum"])
    if found.get("type") == "array":
        return "liste de textes"
    return ", ".join(f"`{one}`" for one in found.get("examples", ()) if one) or "texte"


# Commands.

COMMANDS_LEAD = """\
`dument COMMANDE --help` dit la même chose au terminal. Les journaux vont sur la sortie d’erreur,
les données sur la sortie standard.

**Codes de sortie** : `0`, tout va bien ; `1`, une faute dans les dossiers (ou ce qui empêche de
continuer) ; `2`, commande mal écrite.

**`DOSSIER`** est un dossier du disque, son `dossier.yaml`, ou un nom pris dans `data/dossiers/`
du projet, puis dans les exemples livrés.

**Le projet** est le dossier le plus proche, en remontant, qui contient `dument.yaml` ; sans lui,
le dossier courant. Ce que le projet place dans ses propres `letters/`, `legal/` ou `site/`
l’emporte, fichier par fichier, sur ce qui est livré.

**Variables d’environnement** : chaque option se règle aussi par la variable indiquée ;
`NO_COLOR=1` éteint les couleurs."""


def commands_page() -> str:
    """Write the reference of every command and option."""
    context = click.Context(command_line, info_name="dument", **command_line.context_settings)
    blocks = [COMMANDS_LEAD, "## Options générales", options_table(command_line, context)]
    blocks += command_blocks(command_line, context, "##")
    return page("Les commandes", *blocks)


def command_blocks(group: click.Group, context: click.Context, mark: str) -> list[str]:
    """Write each command of a group, then its own commands one heading lower."""
    blocks = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        inner = click.Context(command, info_name=name, parent=context)
        words = inner.command_path.removeprefix("dument ")
        usage = " ".join([inner.command_path, *command.collect_usage_pieces(inner)])
        blocks += [f"{mark} {words}", str(command.help), f"```text\n{usage}\n```"]
        own = options_table(command, inner)
        blocks += [own] if own else []
        if isinstance(command, click.Group):
            blocks += command_blocks(command, inner, f"{mark}#")
    return blocks


def options_table(command: click.Command, context: click.Context) -> str:
    options = [
        one for one in command.params if isinstance(one, click.Option) and one.name != "version"
    ]
    rows = [(f"`{option_words(one, context)}`", one.help or "", variable(one, context))
            for one in options]  # fmt: skip
    return table(("Option", "Sens", "Variable"), rows) if rows else ""


def option_words(option: click.Option, context: click.Context) -> str:
    words = ", ".join(sorted(option.opts, key=len))
    if option.is_flag:
        return words
    return f"{words} {option.make_metavar(context)}"


def variable(option: click.Option, context: click.Context) -> str:
    typed = max(option.opts, key=len).lstrip("-").replace("-", "_").upper()
    return f"`{context.auto_envvar_prefix}_{typed}`"


# Law.

LAW_LEAD = """\
Tout ce que le moteur sait du droit, lu dans `legal/`. Aucune valeur légale n’est écrite dans le
code ni dans les lettres. Une date hors des intervalles connus est une **erreur** qui nomme le
fichier à compléter : la dernière valeur n’est jamais prolongée.

**Statuts** : *vérifié*, lu dans un texte consolidé, sur une page officielle ou recoupé par deux
sources indépendantes ; *secondaire*, lu chez un commentateur seulement ; *à vérifier*, non
confirmé. Rien n’a été lu sur Légifrance même : voyez
[ce qui n’est pas vérifié](avocat.md#ce-qui-nest-pas-vérifié)."""

UNKNOWN = "## Ce qui manque aujourd’hui"


def law_page(law: Law) -> str:
    """Write every parameter with its dated values, then every rule, then every article."""
    blocks = [LAW_LEAD, UNKNOWN, *to_complete(law), "## Paramètres"]
    for parameter in law.parameters.values():
        blocks += [f"### {parameter.slug}", *parameter_blocks(law, parameter)]
    blocks += ["## Règles", rules_table(law), "## Articles", ARTICLES_LEAD, articles_table(law)]
    return page("Le droit", *blocks)


def to_complete(law: Law) -> list[str]:
    lines = [
        f"- [`{one.slug}`](#{one.slug}) : {one.to_complete}"
        for one in law.parameters.values()
        if one.to_complete
    ]
    return ["\n".join(lines)] if lines else ["Rien."]


def parameter_blocks(law: Law, parameter: Parameter) -> list[str]:
    nature = "périodique" if parameter.is_periodic else "permanent"
    nature = "relevé au jour de la lecture" if parameter.is_observed else nature
    cited = ", ".join(f"[{law.articles[slug].cited()}](#{slug})" for slug in parameter.articles)
    rows = [
        (day(one.first_day), day(one.last_day), value(law, parameter.slug, one),
         linked(one.reference, one.source), one.published or "", STATUSES[one.status],
         day(one.read_on))
        for one in parameter.values
    ]  # fmt: skip
    heads = ("Du", "Au", "Valeur", "Référence", "Journal officiel", "Statut", "Lu le")
    notes = [] if parameter.note is None else [parameter.note]
    notes += dict.fromkeys(one.note for one in parameter.values if one.note)
    file = parameter.position.file
    lead = f"{parameter.title}. Paramètre {nature}, [`{file}`](../{file})."
    lead = f"{lead} Voir {cited}." if cited else lead
    return [lead, table(heads, rows), *notes]


def value(law: Law, slug: str, used: Any) -> str:
    unit = law.parameters[slug].unit
    if unit == "coefficient":
        return f"× {format_number(used.value, 0)}"
    if unit in ("annee", "mois", "jour", "points", "euro", "pourcent"):
        return law.worded(slug, used)
    return f"{format_number(used.value, 0)}{NO_BREAK}{unit}"


def day(known: date | None) -> str:
    return long_date(known) if known else "—"


def linked(words: str, address: str | None) -> str:
    if address and not address.startswith("http"):
        address = f"../{address}"
    return f"[{words}]({address})" if address else words


def rules_table(law: Law) -> str:
    rows = (
        (f"`{one.slug}`", one.title, one.formula, one.starts,
         ", ".join(f"[{law.articles[slug].number}](#{slug})" for slug in one.articles))
        for one in law.rules.values()
    )  # fmt: skip
    return table(("Règle", "Titre", "Formule", "Départ", "Articles"), rows)


ARTICLES_LEAD = """\
« Texte » : les mots de la loi ; « résumé » : une reformulation, à ne pas citer comme le texte."""


def articles_table(law: Law) -> str:
    return table(
        ("Article", "Objet", "En vigueur", "Nature", "Source", "Statut", "Lu le", "Note"),
        (article_row(one) for one in law.articles.values()),
    )


def article_row(article: Article) -> tuple[str, ...]:
    file = f"../legal/articles/{article.slug}.md"
    named = f'<a id="{article.slug}"></a>[{article.number}, {article.code}]({file})'
    first = f"depuis le {day(article.first_day)}" if article.first_day else "date non relevée"
    last = f" jusqu’au {day(article.last_day)}" if article.last_day else ""
    nature = "texte" if article.is_quoted else "résumé"
    return (named, article.title, first + last, nature, sources_of(article),
            STATUSES[article.status], day(article.read_on), article.note or "")  # fmt: skip


def sources_of(article: Article) -> str:
    links = [f"[lu ici]({article.source})"] if article.source else []
    if article.address:
        links.append(f"[Légifrance]({article.address})")
    return ", ".join(links)


def write() -> None:
    """Write every generated page."""
    for name, text in pages().items():
        (DOCS / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
