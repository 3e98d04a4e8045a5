"""The options that commands share, and what they settle for a run."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from dument.days import parse_date
from dument.faults import Misread


@dataclass(frozen=True, slots=True)
class Settings:
    """How a run behaves: its day, what makes it fail, how much it says.

    `quiet` leaves the errors alone to be said; `silent` nothing, for the command prints its own.
    """

    as_of: date
    strict: bool = False
    quiet: bool = False
    verbose: bool = False
    silent: bool = False


class CaseWord(click.Choice):
    """One of the words of the case, read when they are wanted: the case is slow to load."""

    def __init__(self, read: Callable[[], Iterable[str]]) -> None:
        super().__init__(())
        self._read = read

    @property
    def choices(self) -> tuple[str, ...]:
        """The words, as the case file writes them."""
        return tuple(self._read())

    @choices.setter
    def choices(self, _: Iterable[str]) -> None:
        """Leave to `_read` what click sets once for all."""


class Day(click.ParamType):
    """A date written `2026-11-21`."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Read the option as the case file's own dates are read."""
        if isinstance(value, date):
            return value
        try:
            return parse_date(value)
        except Misread as fault:
            self.fail(f"{fault.message} ; {fault.hint}", param, ctx)


class Option(click.Option):
    """An option that the environment may give, under the name users type: DUMENT_BUILD_DATE."""

    def resolve_envvar_value(self, ctx: click.Context) -> str | None:
        """Return what the environment says of this option for this command, if anything."""
        typed = max(self.opts, key=len).lstrip("-").replace("-", "_").upper()
        return os.environ.get(f"{ctx.auto_envvar_prefix}_{typed}") or None


DAY = Day()
option = functools.partial(click.option, cls=Option)


def reporting(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --date, --strict, --quiet and --verbose, handed over as `settings`."""

    @option("--date", "as_of", type=DAY, help="Le jour du décompte ; sinon aujourd’hui.")
    @option("--strict", "-s", is_flag=True, help="Un avertissement fait échouer aussi.")
    @option("--quiet", "-q", is_flag=True, help="Ne dit que les erreurs.")
    @option("--verbose", "-v", is_flag=True, help="Dit aussi les informations.")
    @functools.wraps(command)
    def settled(
        *arguments: Any, as_of: date | None, strict: bool, quiet: bool, verbose: bool, **rest: Any
    ) -> Any:
        settings = Settings(as_of or date.today(), strict, quiet, verbose)
        return command(*arguments, settings=settings, **rest)

    return settled


def day(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command --date alone, today when it is not said."""

    @option("--date", "as_of", type=DAY, help="Le jour du droit ; sinon aujourd’hui.")
    @functools.wraps(command)
    def settled(*arguments: Any, as_of: date | None, **rest: Any) -> Any:
        return command(*arguments, as_of=as_of or date.today(), **rest)

    return settled


every = option("--all", "-a", "every", is_flag=True, help="Tous les dossiers du projet.")
form = option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Forme du résultat : text (défaut) ou json.",
)
report_form = option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "sarif", "junit"]),
    default="text",
    help="Forme du résultat : text (défaut), json, sarif (SARIF 2.1.0) ou junit (JUnit XML).",
)
destination = option(
    "--destination",
    "-d",
    type=click.Path(path_type=Path, file_okay=False),
    help="Dossier de sortie ; « sortie » du projet à défaut.",
)
