"""`dument share`: the hand-over of a dossier to one reader, as an archive or a folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dument.cli import options
from dument.cli.choosing import chosen, open_run
from dument.cli.options import Settings
from dument.kit import Kit

if TYPE_CHECKING:
    from dument.cli.run import Run
    from dument.delivery import Profile
    from dument.sharing import Share

PHRASE = "DUMENT_PHRASE"
SHORTEST_PHRASE = 12
NOTHING = "{} : rien n’a été remis"
OTHER_WAY = "la phrase se dit par une autre voie que le fichier : au téléphone, jamais au courriel"


def _readers() -> list[str]:
    from dument.case import Reader

    return [one.value for one in Reader if one is not Reader.OWNER]


@click.command(help="Remet à un lecteur ce qu’il peut voir du dossier, sans plus.")
@click.argument("name", metavar="DOSSIER")
@options.option(
    "--pour", "reader", type=options.CaseWord(_readers), required=True, help="À qui on le remet."
)
@options.option(
    "--sortie",
    "-o",
    "target",
    type=click.Path(path_type=Path),
    required=True,
    help="Archive à écrire (.zip), ou dossier.",
)
@options.option("--chiffrer", "is_closed", is_flag=True, help="Ferme l’archive par une phrase.")
@options.option("--profil", "profile", help="Ne remet que des PDF, aux limites de ce canal.")
@options.option("--incognito", "is_masked", is_flag=True, help="Masque noms, chiffres et pièces.")
@options.option("--sans-trace", "is_untold", is_flag=True, help="Ne note pas la remise.")
@options.reporting
@click.pass_obj
def share(
    kit: Kit,
    name: str,
    reader: str,
    target: Path,
    is_closed: bool,
    profile: str | None,
    is_masked: bool,
    is_untold: bool,
    settings: Settings,
) -> None:
    """Hand a dossier over; nothing is written when anything is wrong."""
    from dument.case import Reader
    from dument.sharing import Share, Wish

    kit, (folder, *_) = chosen(kit, (name,), every=False)
    if is_closed and target.suffix.lower() != ".zip":
        raise click.UsageError("--chiffrer ferme une archive : -o doit finir par .zip")
    place = Path(os.path.realpath(target))
    if place.is_relative_to(folder):
        raise click.UsageError("la remise ne s’écrit pas dans le dossier même : changez -o")
    if folder.is_relative_to(place):
        raise click.UsageError("la remise prendrait la place du dossier : changez -o")
    run = open_run(kit, settings)
    if is_lent := kit.lends(folder):
        run.tell(f"{folder.name} est un exemple du kit : la remise n’est pas notée")
    channel = _profile(run, profile) if profile else None
    wanted = Share(
        Wish(Reader(reader), channel, is_masked),
        settings.as_of,
        target,
        phrase=_phrase() if is_closed else None,
        is_recorded=not (is_untold or is_masked or is_lent),
        strict=settings.strict,
    )
    if profile and channel is None:
        run.tell(NOTHING.format(folder.name))
    else:
        _hand(run, folder, wanted)
    run.finish()


def _hand(run: Run, folder: Path, wanted: Share) -> None:
    from dument.sharing import hand_over

    done = run.guarded(lambda: hand_over(run.workshop, folder, wanted))
    handed = run.concluded(done)
    if handed is None:
        run.tell(NOTHING.format(folder.name))
        return
    run.tell(f"{folder.name} : {handed.target}, {handed.count} fichiers")
    hashed = "l’archive en clair" if wanted.is_archive else "manifest.json"
    run.tell(f"SHA-256 de {hashed} : {handed.digest}")
    if wanted.phrase:
        run.tell(OTHER_WAY)


def _profile(run: Run, name: str) -> Profile | None:
    """Return a channel by its name, None when its file is faulty; an unknown one is misused."""
    from dument.delivery import read_profiles

    known, found = read_profiles(run.kit)
    own = [one for one in found if one.position and Path(one.position.file).stem == name]
    run.note(own)
    if name not in known and not own:
        raise click.UsageError(f"aucun profil « {name} » ; il y a : {', '.join(known)}")
    return known.get(name)


def _phrase() -> str:
    """Return the phrase, from the environment or typed twice."""
    told = os.environ.get(PHRASE) or click.prompt(
        "Phrase", hide_input=True, confirmation_prompt="La même, encore", err=True
    )
    if len(told) < SHORTEST_PHRASE:
        raise click.UsageError(f"la phrase a au moins {SHORTEST_PHRASE} signes : quatre mots")
    return str(told)
