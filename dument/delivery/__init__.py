"""A hand-over that passes: files named and weighed for the channel that carries them."""

from __future__ import annotations

from dument.delivery.packing import Delivery, Document, Parcel, pack
from dument.delivery.profiles import Profile, read_profiles
from dument.delivery.report import delivery_files, documents_of

__all__ = [
    "Delivery",
    "Document",
    "Parcel",
    "Profile",
    "delivery_files",
    "documents_of",
    "pack",
    "read_profiles",
]
