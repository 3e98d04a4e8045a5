"""The channels a hand-over may take, read from `legal/remises/`: their limits are dated law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from dument.diagnostics import Diagnostic, error
from dument.kit import Kit
from dument.law import DatedValue, Law
from dument.source import plain, read_yaml

MEGABYTE = 1_000_000  # the smaller reading of « Mo », safe under either


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
        written: Any = plain(mapping) if mapping is not None else {}
        if mapping is not None and not written.get("titre"):
            message = "ce profil de remise n’a pas de « titre »"
            diagnostics.append(error("remise/profil", message, mapping.position))
        elif mapping is not None:
            slug = name.removesuffix(".yaml")
            profiles[slug] = Profile(
                slug=slug,
                title=written["titre"],
                weight=written.get("poids"),
                name_length=written.get("longueur_nom"),
                note=written.get("note") or "",
            )
    return profiles, diagnostics
