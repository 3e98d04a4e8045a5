"""`dument serve`: the dossiers in a browser, made again as they are written."""

from __future__ import annotations

import errno
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dument.cli import options
from dument.cli.choosing import NAMES, chosen
from dument.cli.options import Settings
from dument.kit import PROJECT_FILE, Kit

if TYPE_CHECKING:
    from dument.diagnostics import Diagnostic
    from dument.serving import Desk, Server, Studio

ADDRESS = "127.0.0.1:8000"
BETWEEN_TWO_FILLED = 0.01  # seconds left to whoever asks, between two lines of the index
POLL = 0.2  # seconds between two looks at whether the server must stop
SHARED = ("letters", "legal", "site", "data/parties", PROJECT_FILE)


@click.command(help="Montre les dossiers dans le navigateur, à chaque changement.")
@NAMES
@options.option("--dev-addr", "-a", "address", default=ADDRESS, metavar="ADRESSE:PORT",
                help=f"Où écouter ; {ADDRESS} (cette machine seule) à défaut.")  # fmt: skip
@options.option("--open", "-o", "opens", is_flag=True, help="Ouvre la page dans le navigateur.")
@options.option("--no-livereload", "is_still", is_flag=True, help="Ne recharge pas les pages.")
@options.option("--watch", "-w", "watched", multiple=True,
                type=click.Path(path_type=Path, exists=True),
                help="Suit aussi ce fichier ou ce dossier.")  # fmt: skip
@options.reporting
@click.pass_obj
def serve(
    kit: Kit,
    names: tuple[str, ...],
    address: str,
    opens: bool,
    is_still: bool,
    watched: tuple[Path, ...],
    settings: Settings,
) -> None:
    """Serve until interrupted; faults are shown in the page and in the terminal."""
    from dument.cli.run import rest_collector
    from dument.schema import party_folders
    from dument.serving import Desk, Watch

    kit, folders = chosen(kit, names, every=not names)
    studio = _studio(kit, names, settings)
    server = _listening(address, Desk(studio, _teller(kit), reloads=not is_still))
    if not is_still:
        shared = [layer / name for layer in kit.layers for name in SHARED]
        parties = [one for folder in folders for one in party_folders(folder)]
        everywhere = [] if names else [folders[0].parent]  # where a new dossier would come
        server.watch(Watch([*folders, *everywhere, *shared, *parties, *watched]), studio)
    server.keep(studio.fill_one, pause=BETWEEN_TWO_FILLED)
    rest_collector()
    host, port = server.server_address[:2]
    url = f"http://{f'[{host!s}]' if ':' in str(host) else host}:{port}/"
    try:
        click.echo(f"dument : {url} (Ctrl-C pour arrêter)", err=True)
        if opens:
            import webbrowser

            webbrowser.open(url)
        server.serve_forever(poll_interval=POLL)
    except KeyboardInterrupt:
        click.echo("\narrêté", err=True)
    finally:
        server.server_close()


def _studio(kit: Kit, names: Sequence[str], settings: Settings) -> Studio:
    from dument.diagnostics import Level
    from dument.serving import Studio

    told = _teller(kit)

    def tell(name: str, found: Sequence[Diagnostic]) -> None:
        shown = [one for one in found if one.level is Level.ERROR]
        if shown:
            click.echo(told(shown), err=True)
        elif name and not settings.quiet:
            click.echo(f"{name} : relu", err=True)

    def scan() -> list[Path]:
        return chosen(kit, names, every=not names)[1]

    return Studio(kit, scan, settings.as_of, _excuse(kit), tell,
                  output=kit.root / "sortie", strict=settings.strict)  # fmt: skip


def _listening(address: str, desk: Desk) -> Server:
    """Return the server; an address that cannot be had is said in a sentence."""
    from dument.serving import Refused, Server, is_loopback, parse_address

    try:
        host, port = parse_address(address)
        server = Server((host, port), desk)
    except Refused:
        raise click.UsageError(f"« {address} » : écrivez une adresse comme {ADDRESS}") from None
    except OSError as fault:
        if fault.errno == errno.EADDRINUSE:
            hint = f"un autre programme l’occupe ; essayez « -a 127.0.0.1:{port + 1} »"
        else:
            hint = "cette machine n’a pas cette adresse, ou la réserve"
        raise click.ClickException(f"impossible d’écouter {address} : {hint}") from None
    if not is_loopback(host):
        warned = f"attention : {address} peut être lu par d’autres machines, sans mot de passe"
        click.secho(warned, fg="yellow", err=True)
    return server


def _teller(kit: Kit) -> Callable[[Sequence[Diagnostic]], str]:
    """Return what writes findings as the terminal shows them."""
    from dument.cli.showing import as_text

    return lambda found: "\n".join(click.unstyle(as_text(one, kit)) for one in found)


def _excuse(kit: Kit) -> Callable[[Exception], Diagnostic]:
    """Return what turns the fault of a template, the engine or the machine into a finding."""
    from dument.cli.showing import fault_of_engine, fault_of_machine, fault_of_template
    from dument.diagnostics import error
    from dument.doctor import current_platform, install_command
    from dument.pdf import EngineFault
    from dument.templating import TemplateFault

    def excuse(fault: Exception) -> Diagnostic:
        if isinstance(fault, TemplateFault):
            return fault_of_template(fault, kit)
        if isinstance(fault, EngineFault):
            return fault_of_engine(fault, kit)
        if isinstance(fault, OSError):
            return fault_of_machine(fault)
        return error("machine/moteur-pdf", str(fault), hint=install_command(current_platform()))

    return excuse
