"""The channels a hand-over may take, read from `legal/remises/`: their limits are dated law."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from dument.diagnostics import Diagnostic, error
from dument.files import MEGABYTE
from dument.kit import Kit
from dument.law import DatedValue, Law
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
    limits = {name.removesuffix(".yaml") for name in kit.files("legal/parametres", "*.yaml")}
    for name, path in sorted(kit.files("legal/remises", "*.yaml").items()):
        mapping, found = read_yaml(path, kit.name_of(path))
        diagnostics += found
        if mapping is None:
            continue
        written: Any = plain(mapping)
        fault = _fault(written, limits)
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


def _fault(written: Any, limits: Collection[str]) -> str | None:
    """Say why a channel cannot be used: no title, or a limit that no parameter holds."""
    if not isinstance(written.get("titre"), str):
        return "ce profil de remise n’a pas de « titre »"
    for key in ("poids", "longueur_nom"):
        limit = written.get(key)
        if limit is not None and (not isinstance(limit, str) or limit not in limits):
            return f"« {key} » nomme un paramètre qui n’est pas dans legal/parametres/ : {limit}"
    return None
