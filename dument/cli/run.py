"""One run of a command over several dossiers."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TypeVar

import click

from dument import __version__
from dument.cli.options import Settings
from dument.cli.showing import as_text, fault_of_engine, fault_of_machine, fault_of_template
from dument.diagnostics import Diagnostic, Level, has_errors
from dument.doctor import current_platform, install_command
from dument.dossier import Dossier
from dument.french import plural
from dument.kit import Kit
from dument.memory import Memory, recall_current, remember
from dument.output import content_mark, is_current, write_index
from dument.pages import PortfolioEntry, portfolio_entry
from dument.pdf import EngineFault, EngineMissing
from dument.pipeline import (
    STEPS,
    input_names,
    inputs_mark,
    prepare,
    produce,
    write_dossier,
)
from dument.reports import Checked
from dument.seal import is_pending
from dument.templating import TemplateFault
from dument.workshop import open_workshop

Result = TypeVar("Result")
CLEARED_LINE = "\r\033[K"
COLLECTOR_THRESHOLDS = (100_000, 10, 10)  # Python's own first one is 700


def rest_collector() -> None:
    """Spare the garbage collector what lives as long as the run, and call it less often.

    A décompte makes hundreds of thousands of values without a cycle: a fourth of its time went
    into looking for one.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECTOR_THRESHOLDS)


class Run:
    """The workshop of a run, what was found so far, and how much of it is said."""

    def __init__(self, kit: Kit, settings: Settings) -> None:
        self.kit = kit
        self.settings = settings
        self.found: list[Diagnostic] = []
        self.before_each_line = ""
        opened = self.guarded(lambda: open_workshop(kit))
        if opened is not None:
            self.workshop, found = opened
            self.note(found)
            rest_collector()
        if has_errors(self.found):
            raise click.ClickException(
                "ces fichiers servent à tous les dossiers : corrigez-les d’abord"
            )

    def prepare(self, folder: Path) -> Dossier | None:
        """Run steps 1 to 6 and say what was found."""
        return self.guarded(lambda: self._prepared(folder))

    def check(self, folder: Path) -> Checked:
        """Run steps 1 to 6 and return what was found, beside what was looked for."""
        before = len(self.found)
        dossier = self.prepare(folder)
        applied = dossier.applied if dossier else ()
        return Checked(folder.name, tuple(self.found[before:]), applied)

    def build(self, folder: Path, target: Path) -> PortfolioEntry | None:
        """Run the nine steps; nothing is written when anything blocks."""
        built = self.guarded(lambda: self._built(folder, target))
        if built is None:
            self.tell(f"{folder.name} : rien n’a été écrit")
        return built

    def build_each(
        self, folders: list[Path], target: Path, *, with_bar: bool
    ) -> list[PortfolioEntry]:
        """Build dossiers one after the other; return those that came out.

        On a terminal a bar says how far it is, below the lines that are told.
        """
        if with_bar and sys.stderr.isatty() and not self.settings.quiet:
            self.before_each_line = CLEARED_LINE
            with click.progressbar(folders, label="Construction", file=sys.stderr) as bar:
                built = [self.build(one, target / one.name) for one in bar]
            self.before_each_line = ""
        else:
            built = [self.build(one, target / one.name) for one in folders]
        return [one for one in built if one is not None]

    def build_portfolio(
        self, entries: list[PortfolioEntry], folders: list[Path], target: Path
    ) -> None:
        """Write the owner's index of all dossiers, and name those that did not come out."""
        built = {one.nom for one in entries}
        failed = [one.name for one in folders if one.name not in built]
        self.guarded(lambda: self._indexed(entries, failed, target))

    def entry(self, folder: Path, output: Path) -> PortfolioEntry | None:
        """Return the line of a dossier in the owner's index; nothing is said nor written."""
        known = recall_current(self.workshop, folder, output, self.settings.as_of)
        if known is not None:
            return known.entry
        dossier, _ = prepare(self.workshop, folder, self.settings.as_of)
        return portfolio_entry(dossier) if dossier else None

    def guarded(self, work: Callable[[], Result]) -> Result | None:
        """Do some work; what cannot go on is noted in one sentence, with what to do."""
        try:
            return work()
        except EngineMissing as missing:
            command = install_command(current_platform())
            raise click.ClickException(f"{missing}\n{command}") from None
        except TemplateFault as fault:
            self.note([fault_of_template(fault, self.kit)])
        except EngineFault as fault:
            self.note([fault_of_engine(fault, self.kit)])
        except OSError as fault:
            self.note([fault_of_machine(fault)])
        return None

    def concluded(self, done: tuple[Result, list[Diagnostic]] | None) -> Result | None:
        """Say what some work found, and return what it did; None when it could not go on."""
        if done is None:
            return None
        self.note(done[1])
        return done[0]

    def is_blocked(self, found: Sequence[Diagnostic]) -> bool:
        """Whether some findings forbid to go on."""
        return has_errors(found, strict=self.settings.strict)

    def note(self, found: Sequence[Diagnostic]) -> None:
        """Keep some findings and print those this run shows."""
        self.found += found
        for one in found if not self.settings.silent else ():
            is_shown = one.level is Level.ERROR or not self.settings.quiet
            if is_shown and (one.level is not Level.INFO or self.settings.verbose):
                self._say(as_text(one, self.kit))

    def tell(self, line: str) -> None:
        """Say what was done, unless quiet."""
        if not (self.settings.quiet or self.settings.silent):
            self._say(line)

    def finish(self) -> None:
        """Say the counts and exit: 0 fine, 1 faults in the dossiers."""
        open_findings = [one for one in self.found if one.waived_because is None]
        errors = sum(one.level is Level.ERROR for one in open_findings)
        warnings = sum(one.level is Level.WARNING for one in open_findings)
        if errors or warnings:
            self.tell(f"{plural(errors, 'erreur')}, {plural(warnings, 'avertissement')}")
        sys.exit(1 if self.is_blocked(self.found) else 0)

    def _prepared(self, folder: Path) -> Dossier | None:
        announce = partial(self._announce, folder)
        if is_pending(folder):
            from dument.sending import settled  # loaded for the rare dossier that needs it

            completed = settled(folder)
            self.note(completed)
            if has_errors(completed):
                return None
        dossier, found = prepare(self.workshop, folder, self.settings.as_of, announce)
        self.note(found)
        return dossier

    def _built(self, folder: Path, target: Path) -> PortfolioEntry | None:
        known = recall_current(self.workshop, folder, target, self.settings.as_of)
        if known is not None and is_current(target, known.mark):
            self.note(known.found)
            if self.is_blocked(known.found):
                return None
            self.tell(f"{folder.name} : à jour")
            return known.entry
        dossier = self._prepared(folder)
        if dossier is None or self.is_blocked(dossier.diagnostics):
            return None
        names = input_names(dossier.case)
        mark = inputs_mark(self.workshop, folder, self.settings.as_of, names)
        if is_current(target, mark):
            self.tell(f"{folder.name} : à jour")
            return portfolio_entry(dossier)
        files, found = produce(self.workshop, dossier, partial(self._announce, folder))
        if not self.is_blocked(found):
            found += write_dossier(self.workshop, dossier, files, target, mark)
        self.note(found)
        if self.is_blocked(found):
            return None
        self.tell(f"{folder.name} : {target / 'index.html'}")
        entry, said = portfolio_entry(dossier), (*dossier.diagnostics, *found)
        remember(target, Memory(mark, self.kit.name_of(folder), names, said, entry))
        return entry

    def _indexed(self, entries: list[PortfolioEntry], failed: list[str], target: Path) -> None:
        files = self.workshop.site.portfolio(entries, failed)
        mark = content_mark(files)
        if not is_current(target, mark):
            content = {"empreinte": mark, "moteur": {"dument": __version__}}
            self.note(write_index(target, files, content))
        self.tell(f"tous les dossiers : {target / 'index.html'}")

    def _announce(self, folder: Path, step: int) -> None:
        """Say that a step begins, when asked to say much."""
        if self.settings.verbose:
            self.tell(f"{folder.name} : {step} {STEPS[step - 1]}")

    def _say(self, line: str) -> None:
        click.echo(f"{self.before_each_line}{line}", err=True)
