"""What is handed over, made in memory: the reader's dossier through steps 7 to 9."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from dument import __version__
from dument.audience import dossier_for
from dument.case import Reader
from dument.delivery import Profile, delivery_files, documents_of, pack
from dument.diagnostics import Diagnostic, error, has_errors, warning
from dument.digests import sha256
from dument.dossier import Dossier
from dument.files import Files
from dument.handover import HandOver
from dument.letters import EXHIBIT_LIST, Letter, Subject
from dument.output import MANIFEST, manifest_bytes
from dument.pdf import engine_versions
from dument.pipeline import assemble, write_annexes
from dument.workshop import Workshop

NEW_EXHIBITS = f"{EXHIBIT_LIST}-complementaire"


@dataclass(frozen=True, slots=True)
class Wish:
    """For whom, by what channel (None gives the site), and whether all is masked."""

    reader: Reader
    profile: Profile | None = None
    is_masked: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """What a hand-over shows, every file of it by name, and what its manifest says besides."""

    dossier: Dossier
    files: Files
    content: dict[str, Any]

    @property
    def manifest(self) -> bytes:
        """The manifest of the files."""
        return manifest_bytes(self.content, self.files)

    @property
    def everything(self) -> Files:
        """The files and their manifest."""
        return self.files.and_one(MANIFEST, self.manifest)


def make(
    workshop: Workshop, owners: Dossier, wish: Wish, since: HandOver | None
) -> tuple[Made | None, list[Diagnostic]]:
    """Make what one reader is given of an owner's dossier, `since` the last time.

    Diagnostics: those of steps 7 and 8, remise/piece-cachee and remise/trop-lourd.
    """
    dossier = replace(dossier_for(wish.reader, owners), since=since)
    annexes, found = write_annexes(workshop, dossier.case, dossier.statement, dossier.places)
    found += _taken_back(owners, dossier)
    annexes |= _new_exhibits(workshop, dossier)
    dossier = replace(dossier, annexes=annexes)
    dossier, files, more = assemble(workshop, dossier)
    found += more
    if has_errors(found):
        return None, found
    if wish.profile is None:
        files |= workshop.site.pages(dossier, files)
    else:
        files, more = _parcels(dossier, files, wish.profile)
        found += more
        if more:
            return None, found
    return Made(dossier, files, _content(workshop, dossier)), found


def _new_exhibits(workshop: Workshop, dossier: Dossier) -> dict[str, Letter]:
    """Write the list of the exhibits that came or went since the last hand-over, if any did."""
    since, case = dossier.since, dossier.case
    if since is None:
        return {}
    moved = {one.id for one in dossier.withdrawn_exhibits}
    moved |= {one.exhibit.id for one in dossier.new_exhibits}
    if not moved:
        return {}
    only = case.model_copy(
        update={"exhibits": tuple(one for one in case.exhibits if one.id in moved)}
    )
    whole = Subject.of_the_day(only, dossier.law, dossier.statement, EXHIBIT_LIST)
    subject = replace(whole, since=since.on)
    written, _ = workshop.writer.write_request(subject, dossier.places.root)
    return {NEW_EXHIBITS: written} if written else {}


def _taken_back(owners: Dossier, dossier: Dossier) -> Iterator[Diagnostic]:
    """Report each exhibit that the reader was given and may see no longer."""
    given = set(dossier.since.exhibits) if dossier.since else set()
    for exhibit in owners.case.exhibits:
        number = owners.case.exhibit_numbers.get(exhibit.id)
        if number in given and dossier.case.exhibit_numbers.get(exhibit.id) is None:
            message = f"la pièce n° {number}, que ce lecteur a reçue, lui est maintenant cachée"
            hint = "rendez-lui « visible », ou retirez-la avec « retiree_le » : il en sera averti"
            yield warning("remise/piece-cachee", message, owners.places.root, hint)


def _parcels(dossier: Dossier, files: Files, profile: Profile) -> tuple[Files, list[Diagnostic]]:
    """Return the parcels of a channel; a page too heavy for it is a fault."""
    law, day = dossier.law, dossier.as_of
    most = profile.most_bytes(law, day)
    packed = pack(documents_of(dossier, files), most, profile.longest_name(law, day))
    hint = (
        "numérisez cette page en noir et blanc, à 200 points par pouce au plus, "
        "ou remettez-la par une autre voie"
    )
    heavy = [
        error("remise/trop-lourd", f"« {name} » dépasse à elle seule la limite de "
              f"« {profile.title} »", dossier.places.root, hint)
        for name in packed.too_heavy
    ]  # fmt: skip
    return delivery_files(dossier, profile, packed), heavy


def _content(workshop: Workshop, dossier: Dossier) -> dict[str, Any]:
    """Return what the manifest says besides the fingerprints: nothing of the owner's machine."""
    letters = dossier.letters
    return {
        "reference": dossier.case.reference,
        "pour": dossier.reader.value,
        "au": dossier.as_of.isoformat(),
        "depuis": dossier.since.on.isoformat() if dossier.since else None,
        "kit": workshop.mark,
        "moteur": {"dument": __version__, **engine_versions()},
        "modeles": {one.stem: f"{one.kind} v{one.version.number}" for one in letters},
        "scellees": {one.stem: sha256(one.sealed.pdf) for one in letters if one.sealed},
    }
