"""Layers (ISO 32000-1, 8.11): what a document does not show stays hidden once it is copied."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Pdf


def carry_layers(source: Pdf, target: Pdf) -> None:
    """Declare in a document the layers of another whose pages it copied, shown or hidden alike.

    The source must still be open: a layer that a page names is then copied once.
    """
    if Name.OCProperties not in source.Root:
        return
    told = _dictionary(source.Root.OCProperties)
    groups = [one for one in _listed(told, Name.OCGs) if one.is_indirect]
    if not groups:
        return
    settings = _dictionary(told.get(Name.D))
    hidden = _hidden(groups, settings)
    kept = _layers_of(target)
    for group in groups:
        copy = target.copy_foreign(group)
        kept.OCGs.append(copy)
        if group.objgen in hidden:
            kept.D.OFF.append(copy)
    for usage in _listed(settings, Name.AS):
        kept.D.AS.append(target.copy_foreign(source.make_indirect(usage)))


def _layers_of(pdf: Pdf) -> Object:
    if Name.OCProperties not in pdf.Root:
        shown = Dictionary(OFF=Array(), AS=Array())
        pdf.Root.OCProperties = Dictionary(OCGs=Array(), D=shown)
    return pdf.Root.OCProperties


def _hidden(groups: list[Object], settings: Object) -> set[tuple[int, int]]:
    """Return which layers a reader does not see at first."""
    off = {one.objgen for one in _listed(settings, Name.OFF)}
    if settings.get(Name.BaseState) != Name.OFF:
        return off
    return {one.objgen for one in groups} - {one.objgen for one in _listed(settings, Name.ON)}


def _listed(holder: Object, key: Name) -> Iterator[Object]:
    found = holder.get(key)
    for one in found if isinstance(found, Array) else ():
        if isinstance(one, Dictionary):
            yield one


def _dictionary(found: Object | None) -> Object:
    return found if isinstance(found, Dictionary) else Dictionary()
