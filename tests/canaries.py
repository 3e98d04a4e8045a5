"""A case with a canary in every free text of the schema, and the search of an output for them.

The walk is over the models: a field added tomorrow has its canary too.
"""

from __future__ import annotations

import html
import io
import re
import types
import typing
import zipfile
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import pikepdf
import pypdfium2
from pydantic import BeforeValidator
from pydantic.fields import FieldInfo

from dument.case import Case, Record

CANARY = re.compile(r"canari\d{4}z")
DAY = date(2026, 3, 2)
READ = {  # texts that have a key or a form of their own
    "siren": "000142505", "siret": None, "vat_number": None, "iban": "FR7699999000010000012345305",
    "bic": None,
    "postcode": "69005", "insee": "69385", "exhibit_prefix": "C", "country": "FR",
    "delay": "30 jours", "purpose": "requete-injonction-de-payer", "pages": None,
    "late_interest": None, "penalty_clause": None, "exhibit": None, "delivery_exhibit": None,
}  # fmt: skip


class Aviary:
    """Gives every free text a canary of its own; `labels` says where each one was put."""

    def __init__(self) -> None:
        self.labels: dict[str, str] = {}

    def canary(self, label: str) -> str:
        """Return a new canary, a word that no page folds, stems or cuts."""
        word = f"canari{len(self.labels):04d}z"
        self.labels[word] = label
        return word

    def record(self, model: type[Record], tag: str, **stated: Any) -> dict[str, Any]:
        """Return values for every field of a record, those stated as they are."""
        values = {
            name: stated[name] if name in stated else self._value(model, name, info, tag)
            for name, info in model.model_fields.items()
        }
        return {name: value for name, value in values.items() if value is not None}

    def _value(self, model: type[Record], name: str, info: FieldInfo, tag: str) -> Any:
        if name in READ:
            return READ[name]
        annotation, is_read = _plain(info.annotation, info.metadata)
        label = f"{tag or name}:{model.__name__}.{name}"
        if annotation is str and not is_read:
            return self.canary(label)
        if typing.get_origin(annotation) is tuple:
            inner, is_read = _plain(typing.get_args(annotation)[0], ())
            if inner is str and not is_read:
                return None
            return (self.record(inner, tag or name),) if _is_record(inner) else None
        return self._typed(annotation, tag or name)

    def _typed(self, annotation: Any, tag: str) -> Any:
        if _is_record(annotation):
            return self.record(annotation, tag)
        if annotation is date:
            return DAY
        if annotation is Decimal:
            return Decimal("100.00")
        if typing.get_origin(annotation) is typing.Literal:
            return typing.get_args(annotation)[0]
        if isinstance(annotation, type) and issubclass(annotation, Enum):
            return next(iter(annotation))
        return None


def _is_record(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Record)


def _plain(annotation: Any, metadata: Any) -> tuple[Any, bool]:
    """Return the type behind an annotation, and whether a text is read by a rule of its own."""
    is_read = any(isinstance(one, BeforeValidator) for one in metadata)
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        kept = [one for one in typing.get_args(annotation) if one is not type(None)]
        return _plain(kept[0], metadata)
    if origin is typing.Annotated:
        inner, *more = typing.get_args(annotation)
        return _plain(inner, [*metadata, *more])
    return annotation, is_read


def free_texts(model: type[Record] = Case, seen: frozenset[type] = frozenset()) -> set[str]:
    """Return every free text of the schema, as `Model.field`."""
    found: set[str] = set()
    for name, info in model.model_fields.items():
        annotation, is_read = _plain(info.annotation, info.metadata)
        if typing.get_origin(annotation) is tuple:
            annotation, is_read = _plain(typing.get_args(annotation)[0], ())
        if annotation is str and not is_read and name not in READ:
            found.add(f"{model.__name__}.{name}")
        elif _is_record(annotation) and annotation not in seen:
            found |= free_texts(annotation, seen | {annotation})
    return found


def canaries_in(archive: bytes) -> set[str]:
    """Return every canary that an archive holds, whatever holds it."""
    return {word for text in _texts("", archive) for word in CANARY.findall(text)}


def _texts(name: str, content: bytes) -> Iterator[str]:
    """Yield all that some bytes say: the name, the bytes, and what is packed in them."""
    yield name.casefold()
    raw = content.decode("utf-8", "ignore")
    yield html.unescape(raw).casefold()
    if content[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            for one in packed.namelist():
                yield from _texts(one, packed.read(one))
    if content[:5] == b"%PDF-":
        yield from _texts_of_pdf(content)


def _texts_of_pdf(content: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Stream) and "/Image" not in str(one.get("/Subtype")):
                yield from _texts("", one.read_bytes())
            yield from (str(text).casefold() for text in _strings(one))
        for name, held in pdf.attachments.items():
            yield from _texts(name, held.get_file().read_bytes())
    for page in pypdfium2.PdfDocument(content):
        yield re.sub(r"[\ufffe\r\n]", "", page.get_textpage().get_text_range()).casefold()


def _strings(one: Any) -> Iterator[Any]:
    """Yield the strings that stand in an object, however deep; references are objects too."""
    if isinstance(one, pikepdf.String):
        yield one
    elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        for _, value in one.items():
            if not value.is_indirect if hasattr(value, "is_indirect") else True:
                yield from _strings(value)
    elif isinstance(one, pikepdf.Array):
        for value in one:
            if not value.is_indirect if hasattr(value, "is_indirect") else True:
                yield from _strings(value)
