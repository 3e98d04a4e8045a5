"""The channels a hand-over may take, read from `legal/remises/`: their limits are dated law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dument.delivery.packing import SHORTEST_LIMIT
from dument.diagnostics import Diagnostic, error
from dument.files import MEGABYTE
from dument.kit import Kit
from dument.law import DatedValue, Law, read_parameter
from dument.source import plain, read_yaml


@dataclass(frozen=True, slots=True)
class Profile:
    """A channel: the parameters that hold its limits, None where none was read."""

    slug: str
    title: str
    weight: str | None
    name_length: str | None
    note: str

    def most_bytes(self, law: Law, day: date) -> int | None:
        """Return the most that one parcel may weigh, in bytes."""
        limit = self._limit(law, self.weight, day)
        return None if limit is None else int(limit.value * MEGABYTE)

    def longest_name(self, law: Law, day: date) -> int | None:
        """Return the most characters a file name may have, its ending included."""
        limit = self._limit(law, self.name_length, day)
        return None if limit is None else int(limit.value)

    def limits(self, law: Law, day: date) -> list[tuple[str, DatedValue]]:
        """Return each limit that holds on a day, with its parameter's slug."""
        slugs = [slug for slug in (self.weight, self.name_length) if slug]
        return [(slug, law.value(slug, day)) for slug in slugs]

    @staticmethod
    def _limit(law: Law, slug: str | None, day: date) -> DatedValue | None:
        return law.value(slug, day) if slug else None


def read_profiles(kit: Kit) -> tuple[dict[str, Profile], list[Diagnostic]]:
    """Read every channel, by slug. Diagnostics: those of YAML, remise/profil."""
    profiles: dict[str, Profile] = {}
    diagnostics: list[Diagnostic] = []
    for name, path in sorted(kit.files("legal/remises", "*.yaml").items()):
        mapping, found = read_yaml(path, kit.name_of(path))
        diagnostics += found
        if mapping is None:
            continue
        written: Any = plain(mapping)
        fault = _fault(written, kit)
        if fault:
            diagnostics.append(error("remise/profil", fault, mapping.position))
            continue
        slug = name.removesuffix(".yaml")
        profiles[slug] = Profile(
            slug=slug,
            title=written["titre"],
            weight=written.get("poids"),
            name_length=written.get("longueur_nom"),
            note=written.get("note") or "",
        )
    return profiles, diagnostics


def _fault(written: Any, kit: Kit) -> str | None:
    """Say why a channel cannot be used: no title, a limit that no parameter holds, too short."""
    if not isinstance(written.get("titre"), str):
        return "ce profil de remise n’a pas de « titre »"
    for key in ("poids", "longueur_nom"):
        limit = written.get(key)
        if limit is None:
            continue
        held = read_parameter(kit, limit) if isinstance(limit, str) else None
        if held is None:
            return f"« {key} » nomme un paramètre qui n’est pas dans legal/parametres/ : {limit}"
        if key == "longueur_nom" and any(one.value < SHORTEST_LIMIT for one in held.values):
            return f"« {key} » nomme une limite de moins de {SHORTEST_LIMIT} caractères : {limit}"
    return None
