"""The files of a hand-over, and the account of what was done to make them pass."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from dument.delivery.packing import Delivery, Document, Parcel
from dument.delivery.profiles import Profile
from dument.dossier import Dossier
from dument.files import Files
from dument.pdf import page_count_of

REPORT = "rapport.json"


def documents_of(dossier: Dossier, files: Files) -> list[Document]:
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
        Document(title, files.held(name), page_count_of(files[name]))
        for name, title in wanted
        if name in files
    ]


def delivery_files(dossier: Dossier, profile: Profile, delivery: Delivery) -> Files:
    """Return every file by name, a folder a parcel, and the report beside them."""
    text = json.dumps(_report(dossier, profile, delivery), ensure_ascii=False, indent=2)
    files = Files({REPORT: f"{text}\n".encode()})
    for rank, parcel in enumerate(delivery.parcels, start=1):
        for name, one in parcel.files:
            files.hold(f"envoi-{rank}/{name}", one.pdf)
    return files


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
            "octets": one.pdf.size,
            "partie": f"{one.part[0]}/{one.part[1]}" if one.part else None,
            "images_ppp": one.dots,
            "sha256": one.pdf.sha256,
        }
