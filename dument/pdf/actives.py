"""What an exhibit could do by itself when opened: found for the user, never carried over."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

from dument.pdf.sheets import annotations_of

QUIET_ACTIONS = {"/GoTo", "/URI"}
QUIET_ADDRESSES = ("http:", "https:", "mailto:", "tel:", "www.", "dument:")
TELLTALE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/RichMediaExecute"}
# Annotations that hold a file or a player rather than ink on the page.
LOADED_ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound", "/3D"}
ROOT_BAGGAGE = frozenset({"/AcroForm", "/OpenAction", "/AA", "/AF"})
NAMES_BAGGAGE = frozenset({"/JavaScript", "/EmbeddedFiles"})
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
    """Remove scripts, programs, players and embedded files, in place; ink and links stay."""
    still_document(pdf)
    for page in pdf.pages:
        still_page(page)


def still_document(pdf: Pdf) -> None:
    """Remove what the document itself could do; its form fields become ink.

    Moved to another document, fields would lose what they show.
    """
    keys = pdf.Root.keys()
    if "/AcroForm" in keys:
        pdf.generate_appearance_streams()
        pdf.flatten_annotations("all")
        keys = pdf.Root.keys()
    for key in ROOT_BAGGAGE & keys:
        del pdf.Root[key]
    names = pdf.Root.Names if "/Names" in keys else None
    if isinstance(names, Dictionary):
        for key in NAMES_BAGGAGE & names.keys():
            del names[key]


def still_page(page: Page) -> None:
    """Remove what a page and its annotations could do."""
    keys = page.obj.keys()
    if "/AA" in keys:
        del page.obj["/AA"]
    if "/Annots" not in keys:
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
    if annotation.get("/Subtype") == Name.Widget:
        annotation.Subtype = Name.Stamp  # a field that no form knows: what it shows is ink
    action = annotation.get("/A")
    if not _is_quiet(action):
        if action is not None:
            del annotation["/A"]
    elif "/Next" in action:
        del action["/Next"]


def _is_quiet(action: Object | None) -> bool:
    """Whether an action leads to a page, or to an address that runs and opens nothing."""
    if not isinstance(action, Dictionary) or str(action.get("/S", "")) not in QUIET_ACTIONS:
        return False
    address = action.get("/URI")
    return address is None or str(address).strip().lower().startswith(QUIET_ADDRESSES)
