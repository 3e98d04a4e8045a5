"""What an exhibit could do by itself when opened: found for the user, never carried over."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from dument.pdf.sheets import annotations_of

QUIET_ACTIONS = {"/GoTo", "/URI"}
TELLTALE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute"}
# Annotations that hold a file or a player rather than ink on the page.
LOADED_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"}
LONGEST_CHAIN = 64


def has_active_content(pdf: Pdf) -> bool:
    """Tell whether opening or clicking can run a script, a program or send something."""
    names = pdf.Root.get(Name.Names)
    if isinstance(names, Dictionary) and Name.JavaScript in names:
        return True
    return any(_is_telltale(action) for action in _actions(pdf))


def _actions(pdf: Pdf) -> Iterator[Object]:
    yield from _actions_of(pdf.Root, "/OpenAction")
    for page in pdf.pages:
        yield from _actions_of(page.obj)
        for annotation in annotations_of(page):
            yield from _actions_of(annotation, "/A")


def _actions_of(owner: Object, *keys: str) -> Iterator[Object]:
    triggers = owner.get("/AA")
    starts = [owner.get(key) for key in keys]
    if isinstance(triggers, Dictionary):
        starts += [action for _, action in triggers.items()]
    for start in starts:
        yield from _chain(start)


def _chain(start: Object | None) -> Iterator[Object]:
    """Follow an action and those that come next, without trusting that the chain ends."""
    waiting, steps = [start], 0
    while waiting and steps < LONGEST_CHAIN:
        action, steps = waiting.pop(), steps + 1
        if isinstance(action, Array):
            waiting.extend(action)
        elif isinstance(action, Dictionary):
            yield action
            waiting.append(action.get("/Next"))


def _is_telltale(action: Object) -> bool:
    return str(action.get("/S", "")) in TELLTALE_ACTIONS


def still(pdf: Pdf) -> None:
    """Remove scripts, programs, players and embedded files, in place; ink and links stay.

    Form fields become ink: moved to another document they would lose what they show.
    """
    if Name.AcroForm in pdf.Root:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
    for key in ("/AcroForm", "/OpenAction", "/AA"):
        if key in pdf.Root:
            del pdf.Root[key]
    _still_names(pdf)
    for page in pdf.pages:
        _still_page(page)


def _still_names(pdf: Pdf) -> None:
    names = pdf.Root.get(Name.Names)
    if isinstance(names, Dictionary):
        for key in ("/JavaScript", "/EmbeddedFiles"):
            if key in names:
                del names[key]
    if "/AF" in pdf.Root:
        del pdf.Root["/AF"]


def _still_page(page: Page) -> None:
    if "/AA" in page.obj:
        del page.obj["/AA"]
    if Name.Annots not in page.obj:
        return
    kept = [found for found in annotations_of(page) if not _is_loaded(found)]
    for annotation in kept:
        _still_annotation(annotation)
    page.obj.Annots = Array(kept)


def _is_loaded(annotation: Object) -> bool:
    return str(annotation.get("/Subtype", "")) in LOADED_ANNOTATIONS


def _still_annotation(annotation: Object) -> None:
    for key in ("/AA", "/Parent", "/StructParent", "/PA", "/AF"):
        if key in annotation:
            del annotation[key]
    action = annotation.get("/A")
    if not isinstance(action, Dictionary) or str(action.get("/S", "")) not in QUIET_ACTIONS:
        if action is not None:
            del annotation["/A"]
    elif "/Next" in action:
        del action["/Next"]
