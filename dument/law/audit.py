"""The law pack held against itself and against a day: gaps, ends, old readings, doubts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from dument.days import add_months
from dument.diagnostics import Diagnostic, Position, error, in_reading_order, warning
from dument.french import long_date, plural
from dument.law import Law
from dument.law.entries import Article, DatedValue, Parameter, Status

REREADING = "relecture"  # the parameter that says after how many months a reading is old
_MARK = re.compile(r"\{([a-z0-9-]+)\}")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+")


def audit(law: Law, day: date) -> list[Diagnostic]:
    """Return all that is wrong or doubtful in the pack for whoever uses it on a day."""
    found: list[Diagnostic] = [*_dangling(law)]
    months = _months_before_rereading(law, day)
    for parameter in law.parameters.values():
        found += [
            *_series_faults(parameter),
            *_ended_series(parameter, day),
            *_old_value(parameter, day, months),
            *_doubtful_values(parameter),
        ]
    for article in law.articles.values():
        found += [
            *_unsourced_article(article),
            *_ended_article(law, article, day),
            *_old_article(article, day, months),
            *_doubt(article.status, article.cited(), article.position),
        ]
    for mention in law.mentions.values():
        found += _doubt(mention.status, f"le contrôle {mention.id}", mention.position)
    return in_reading_order(found)


def _series_faults(parameter: Parameter) -> Iterator[Diagnostic]:
    """Report gaps, overlaps, ends before starts, missing ends, values without a source."""
    named = f"« {parameter.slug} »"
    for value in parameter.values:
        if value.last_day is not None and value.last_day < value.first_day:
            message = f"un intervalle de {named} finit avant de commencer"
            yield error("droit/intervalle", message, value.position, "corrigez « du » ou « au »")
        if value.last_day is None and parameter.is_periodic:
            message = f"{named} est périodique, et cette valeur n’a pas de fin"
            yield error("droit/intervalle", message, value.position, "écrivez « au »")
        if not value.source:
            message = f"une valeur de {named} n’a pas de source"
            hint = "écrivez l’adresse lue ; pour une règle de la maison, sa page du manuel"
            yield error("droit/sans-source", message, value.position, hint)
    for earlier, later in pairwise(reversed(parameter.values)):
        yield from _between(named, earlier, later)


def _between(named: str, earlier: DatedValue, later: DatedValue) -> Iterator[Diagnostic]:
    next_day = earlier.last_day + timedelta(days=1) if earlier.last_day else None
    if next_day is None or next_day > later.first_day:
        message = f"{named} a deux valeurs le {long_date(later.first_day)}"
        hint = "fermez le premier intervalle (« au ») la veille du second"
        yield error("droit/chevauchement", message, later.position, hint)
    elif next_day < later.first_day:
        last_unknown = later.first_day - timedelta(days=1)
        message = f"{named} n’a pas de valeur {_from_to(next_day, last_unknown)}"
        yield error("droit/trou", message, later.position, "ajoutez l’entrée qui manque")


def _from_to(first_day: date, last_day: date) -> str:
    if first_day == last_day:
        return f"le {long_date(first_day)}"
    return f"du {long_date(first_day)} au {long_date(last_day)}"


def _ended_series(parameter: Parameter, day: date) -> Iterator[Diagnostic]:
    """Report a series whose last interval ended before the day; it is never prolonged."""
    newest = parameter.values[0] if parameter.values else None
    if newest is None or newest.last_day is None or newest.last_day >= day:
        return
    known = f"« {parameter.slug} » n’est connu que jusqu’au {long_date(newest.last_day)}"
    to_read = parameter.to_complete or "Lire le texte en vigueur et ajouter une entrée."
    hint = f"{to_read} Fichier : {parameter.position.file}"
    if parameter.is_periodic and not parameter.is_observed:
        yield error("droit/intervalle-echu", known, newest.position, hint)
    else:
        yield warning("droit/serie-arretee", known, newest.position, hint)


def _unsourced_article(article: Article) -> Iterator[Diagnostic]:
    if not (article.source or article.legifrance):
        message = f"l’{article.cited()} n’a pas de source"
        yield error("droit/sans-source", message, article.position, "écrivez l’adresse lue")
    if article.read_on is None:
        message = f"le jour de lecture de l’{article.cited()} n’est pas dit"
        yield error("droit/sans-lecture", message, article.position, "écrivez « lu_le »")


def _ended_article(law: Law, article: Article, day: date) -> Iterator[Diagnostic]:
    """Report an article whose known version has ended, and that no other one follows."""
    if article.last_day is None or article.last_day >= day or _is_followed(law, article, day):
        return
    known = f"l’{article.cited()} n’est connu que jusqu’au {long_date(article.last_day)}"
    to_read = f"relisez-le dans sa version du {long_date(day)}"
    note = f" ({article.note})" if article.note else ""
    file = article.position.file if article.position else article.slug
    hint = f"{to_read}{note} Fichier : {file}"
    yield error("droit/article-perime", known, article.position, hint)


def _is_followed(law: Law, article: Article, day: date) -> bool:
    return any(
        article.slug in other.replaces
        or (other.number == article.number and other.code == article.code
            and other.is_in_force(day))
        for other in law.articles.values()
        if other is not article
    )  # fmt: skip


def _dangling(law: Law) -> Iterator[Diagnostic]:
    """Report names of articles and parameters that have no file, beyond `read_law`'s own look."""
    for one in law.renumberings:
        if one.new and _SLUG.fullmatch(one.new):
            yield from _unknown_article(law, [one.new], Position("legal/renumerotations.yaml"))
    for term in law.glossary:
        yield from _unknown_article(law, term.articles, Position("legal/glossaire.yaml"))
    for rule in law.rules.values():
        for reason in rule.reasons.values():
            yield from _unknown_article(law, reason.articles, rule.position)
        yield from _unknown_parameter(law, _MARK.findall(rule.origin), rule.position)
    for mention in law.mentions.values():
        named = mention.options.get("parametre")
        yield from _unknown_parameter(law, [str(named)] if named else [], mention.position)


def _unknown_article(law: Law, slugs: Iterable[str], where: Position) -> Iterator[Diagnostic]:
    for slug in slugs:
        if slug not in law.articles:
            message = f"l’article « {slug} » n’a pas de fichier dans legal/articles/"
            yield error("droit/article-inconnu", message, where)


def _unknown_parameter(law: Law, slugs: Iterable[str], where: Position) -> Iterator[Diagnostic]:
    for slug in slugs:
        if slug not in law.parameters:
            message = f"le paramètre « {slug} » n’a pas de fichier dans legal/parametres/"
            yield error("droit/parametre-inconnu", message, where)


def _months_before_rereading(law: Law, day: date) -> int | None:
    """Return the age, in months, from which a reading is old; None when the pack says none."""
    known = law.parameters.get(REREADING)
    values = [one for one in known.values if one.covers(day)] if known else []
    return int(values[0].value) if values else None


def _old_value(parameter: Parameter, day: date, months: int | None) -> Iterator[Diagnostic]:
    """Warn of a standing value read too long ago; a closed interval is not read again."""
    for value in parameter.values:
        if not parameter.is_periodic and value.covers(day) and _is_old(value.read_on, day, months):
            message = f"« {parameter.slug} » a été lu le {long_date(value.read_on)} : à relire"
            hint = "si rien n’a changé, mettez « lu_le » à jour ; sinon fermez l’intervalle"
            yield warning("droit/a-relire", message, value.position, hint)


def _old_article(article: Article, day: date, months: int | None) -> Iterator[Diagnostic]:
    read_on = article.read_on
    if read_on is not None and article.is_in_force(day) and _is_old(read_on, day, months):
        message = f"l’{article.cited()} a été lu le {long_date(read_on)} : à relire"
        hint = "si rien n’a changé, mettez « lu_le » à jour"
        yield warning("droit/a-relire", message, article.position, hint)


def _is_old(read_on: date, day: date, months: int | None) -> bool:
    return months is not None and add_months(read_on, months) < day


def _doubtful_values(parameter: Parameter) -> Iterator[Diagnostic]:
    """Warn once a parameter and a status, at the newest of its values."""
    for status in (Status.UNVERIFIED, Status.SECONDARY):
        values = [one for one in parameter.values if one.status is status]
        if values:
            last_day = values[0].last_day
            end = f"au {long_date(last_day)}" if last_day else "à ce jour"
            many = plural(len(values), "valeur")
            named = f"« {parameter.slug} », {many}, du {long_date(values[-1].first_day)} {end}"
            yield from _doubt(status, named, values[0].position)


def _doubt(status: Status, named: str, where: Position | None) -> Iterator[Diagnostic]:
    """Warn of what was not read, or read in commentary only."""
    if status is Status.UNVERIFIED:
        hint = "lisez le texte, puis écrivez « statut: verifie » et le jour de lecture"
        yield warning("droit/a-verifier", f"à vérifier : {named}", where, hint)
    elif status is Status.SECONDARY:
        yield warning("droit/secondaire", f"lu chez un commentateur seulement : {named}", where)
