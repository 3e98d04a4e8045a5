"""The files of a hand-over, and the account of what was done to make them pass."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dument.delivery.packing import Delivery, Document, Parcel
from dument.delivery.profiles import Profile
from dument.digests import sha256
from dument.dossier import Dossier
from dument.pdf import page_count_of

REPORT = "rapport.json"


def documents_of(dossier: Dossier, files: Mapping[str, bytes]) -> list[Document]:
    """Return what is handed over, in order: exhibit list, décompte, letters that left, exhibits.

    `files` is the output of a build, by name.
    """
    wanted = [(f"{kind}.pdf", annex.subject) for kind, annex in dossier.annexes.items()]
    wanted += [
        (f"lettres/{one.stem}.pdf", f"{one.version.title} du {one.on.isoformat()}")
        for one in dossier.letters
        if not one.is_draft
    ]
    wanted += [(one.file, f"{one.stamp} {one.exhibit.title}") for one in dossier.exhibits]
    return [
        Document(title, files[name], page_count_of(files[name]))
        for name, title in wanted
        if name in files
    ]


def delivery_files(dossier: Dossier, profile: Profile, delivery: Delivery) -> dict[str, bytes]:
    """Return every file by name, a folder a parcel, and the report beside them."""
    files = {
        f"envoi-{rank}/{name}": one.pdf
        for rank, parcel in enumerate(delivery.parcels, start=1)
        for name, one in parcel.files
    }
    text = json.dumps(_report(dossier, profile, delivery), ensure_ascii=False, indent=2)
    return {**files, REPORT: f"{text}\n".encode()}


def _report(dossier: Dossier, profile: Profile, delivery: Delivery) -> dict[str, Any]:
    law, day = dossier.law, dossier.as_of
    return {
        "reference": dossier.case.reference,
        "profil": profile.slug,
        "titre": profile.title,
        "note": profile.note,
        "limites": [
            {
                "parametre": slug,
                "valeur": str(used.value),
                "unite": law.parameters[slug].unit,
                "reference": used.reference,
                "statut": str(used.status),
            }
            for slug, used in profile.limits(law, day)
        ],
        "trop_lourds": list(delivery.too_heavy),
        "envois": [_parcel(one) for one in delivery.parcels],
    }


def _parcel(parcel: Parcel) -> dict[str, Any]:
    return {"octets": parcel.weight, "fichiers": list(_told(parcel))}


def _told(parcel: Parcel) -> Iterator[dict[str, Any]]:
    for name, one in parcel.files:
        yield {
            "nom": name,
            "document": one.title,
            "pages": one.pages,
            "octets": len(one.pdf),
            "partie": f"{one.part[0]}/{one.part[1]}" if one.part else None,
            "images_ppp": one.dots,
            "sha256": sha256(one.pdf),
        }
