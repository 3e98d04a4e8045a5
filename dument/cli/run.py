"""One run of a command over several dossiers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from dument import __version__
from dument.cli.options import Settings
from dument.cli.showing import as_text
from dument.diagnostics import Diagnostic, Level, has_errors
from dument.doctor import current_platform, install_command
from dument.dossier import Dossier
from dument.french import plural
from dument.kit import Kit
from dument.output import content_mark, is_current, write_index
from dument.pdf import EngineMissing
from dument.pipeline import inputs_mark, open_workshop, prepare, produce, write_dossier
from dument.templating import TemplateFault

Result = TypeVar("Result")


class Run:
    """The workshop of a run, what was found so far, and how much of it is said."""

    def __init__(self, kit: Kit, settings: Settings) -> None:
        self.kit = kit
        self.settings = settings
        self.found: list[Diagnostic] = []
        self.workshop, found = open_workshop(kit)
        self.note(found)
        if has_errors(found):
            raise click.ClickException("le kit lui-même est fautif : corrigez-le d’abord")

    def prepare(self, folder: Path) -> Dossier | None:
        """Run steps 1 to 6 and say what was found."""
        dossier, found = self.guarded(lambda: prepare(self.workshop, folder, self.settings.as_of))
        self.note(found)
        return dossier

    def build(self, folder: Path, target: Path) -> Dossier | None:
        """Run the nine steps; nothing is written when anything blocks."""
        dossier = self.prepare(folder)
        if dossier is None or self.is_blocked(dossier.diagnostics):
            self.tell(f"{folder.name} : rien n’a été écrit")
            return None
        mark = inputs_mark(self.workshop, folder, self.settings.as_of)
        if is_current(target, mark):
            self.tell(f"{folder.name} : à jour")
            return dossier
        files, found = self.guarded(lambda: produce(self.workshop, dossier))
        if not self.is_blocked(found):
            found += write_dossier(self.workshop, dossier, files, target, mark)
        self.note(found)
        if self.is_blocked(found):
            self.tell(f"{folder.name} : rien n’a été écrit")
            return None
        self.tell(f"{folder.name} : {target / 'index.html'}")
        return dossier

    def build_portfolio(self, dossiers: list[Dossier], target: Path) -> None:
        """Write the owner's index of all dossiers."""
        files = self.workshop.site.portfolio(dossiers)
        mark = content_mark(files)
        if not is_current(target, mark):
            content = {"empreinte": mark, "moteur": {"dument": __version__}}
            self.note(write_index(target, files, content))
        self.tell(f"tous les dossiers : {target / 'index.html'}")

    def guarded(self, work: Callable[[], Result]) -> Result:
        """Do some work; what cannot go on is said in one sentence, with what to do."""
        try:
            return work()
        except EngineMissing as missing:
            command = install_command(current_platform())
            raise click.ClickException(f"{missing}\n{command}") from None
        except TemplateFault as fault:
            place = f"{fault.name}:{fault.line}"
            raise click.ClickException(f"{place}: {fault.message}") from None
        except OSError as fault:
            raise click.ClickException(f"{fault.filename}: {fault.strerror}") from None

    def is_blocked(self, found: Sequence[Diagnostic]) -> bool:
        """Whether some findings forbid to go on."""
        return has_errors(found, strict=self.settings.strict)

    def note(self, found: Sequence[Diagnostic]) -> None:
        """Keep some findings and print those this run shows."""
        self.found += found
        for one in found if not self.settings.silent else ():
            is_shown = one.level is Level.ERROR or not self.settings.quiet
            if is_shown and (one.level is not Level.INFO or self.settings.verbose):
                click.echo(as_text(one, self.kit), err=True)

    def tell(self, line: str) -> None:
        """Say what was done, unless quiet."""
        if not self.settings.quiet:
            click.echo(line, err=True)

    def finish(self) -> None:
        """Say the counts and exit: 0 fine, 1 faults in the dossiers."""
        open_findings = [one for one in self.found if one.waived_because is None]
        errors = sum(one.level is Level.ERROR for one in open_findings)
        warnings = sum(one.level is Level.WARNING for one in open_findings)
        if (errors or warnings) and not self.settings.silent:
            self.tell(f"{plural(errors, 'erreur')}, {plural(warnings, 'avertissement')}")
        sys.exit(1 if self.is_blocked(self.found) else 0)
