"""The nine steps, in order, and nothing else.

1 lire · 2 typer · 3 appliquer · 4 arrêter · 5 rédiger · 6 contrôler · 7 imprimer · 8 assembler ·
9 publier. Steps 1 to 6 write nothing; 7 to 9 run only for a dossier without errors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from dument import __version__
from dument.bundle import Binder
from dument.case import Case, Reader
from dument.checks import Inspection, inspect, rules_applied
from dument.diagnostics import Diagnostic, Position, has_errors, in_reading_order
from dument.digests import fingerprint, sha256
from dument.dossier import Dossier
from dument.exhibits import digests_of, print_exhibits, read_exhibits
from dument.files import Files, Held
from dument.kit import CASE_FILE
from dument.law import law_of_contract
from dument.ledger import Statement, draw_up, set_due_dates
from dument.letters import EXHIBIT_LIST, Letter, Subject, explain_statement
from dument.lock import LOCK_FILE, read_lock
from dument.mailing import mailing_files
from dument.output import write_output
from dument.pdf import engine_versions
from dument.printing import placed, print_letters, read_letter_images, with_unprintable
from dument.rules.limitation_period import known_limitations
from dument.schema import (
    Places,
    check_links,
    names_left,
    party_folders,
    read_case,
    with_parties,
)
from dument.seal import ENVOIS, Seal, communicated_numbers, find_seals, restored_letter
from dument.source import read_yaml
from dument.workshop import Workshop

STEPS = (
    "lire", "typer", "appliquer", "arrêter", "rédiger", "contrôler", "imprimer", "assembler",
    "publier",
)  # fmt: skip
ANNEXES = ("decompte", EXHIBIT_LIST)
Announce = Callable[[int], None]


def _in_silence(step: int) -> None:
    """Let a step, 1 to 9, begin without a word."""


def read_dossier(
    workshop: Workshop, folder: Path, announce: Announce = _in_silence
) -> tuple[Case | None, Places, list[Diagnostic]]:
    """Steps 1 and 2, lire et typer."""
    announce(1)
    path = folder / CASE_FILE
    name = workshop.kit.name_of(path)
    mapping, diagnostics = read_yaml(path, name)
    places = Places(Position(name))
    if mapping is None:
        return None, places, diagnostics
    mapping, found = with_parties(mapping, folder, workshop.kit)
    diagnostics += found
    announce(2)
    case, places, found = read_case(mapping, names_left(mapping))
    diagnostics += found
    if case is not None:
        diagnostics += check_links(case, places)
        lock, _ = read_lock(folder, places.root)  # its faults are those of the seals
        case = case.having_communicated(communicated_numbers(lock))
    return (None if has_errors(diagnostics) else case), places, diagnostics


def prepare(
    workshop: Workshop, folder: Path, as_of: date, announce: Announce = _in_silence
) -> tuple[Dossier | None, list[Diagnostic]]:
    """Steps 1 to 6, each announced; None when the dossier has errors too deep to go on."""
    case, places, diagnostics = read_dossier(workshop, folder, announce)
    if case is None:
        return None, in_reading_order(diagnostics)
    return work_out(workshop, folder, case, places, as_of, announce, diagnostics)


def work_out(
    workshop: Workshop,
    folder: Path,
    as_read: Case,
    places: Places,
    as_of: date,
    announce: Announce = _in_silence,
    diagnostics: Iterable[Diagnostic] = (),
) -> tuple[Dossier | None, list[Diagnostic]]:
    """Steps 3 to 6 for a case as read; its diagnostics come with those already found."""
    diagnostics = [*diagnostics]
    workshop = replace(workshop, law=law_of_contract(workshop.law, as_read.terms.concluded_on))
    case, found = set_due_dates(as_read, workshop.law, places.root)
    if case is None:
        return None, in_reading_order([*diagnostics, *found])
    for step in (3, 4):  # draw_up takes both
        announce(step)
    statement, found = draw_up(case, workshop.law, as_of, places.root)
    diagnostics += found
    exhibits, found = read_exhibits(case, places, folder, workshop.looks)
    diagnostics += [*found, *read_letter_images(case, places, folder)[1]]
    if statement is None:
        return None, in_reading_order(diagnostics)
    announce(5)
    seals, found = find_seals(case, places, folder, digests_of(exhibits))
    diagnostics += found
    letters, found = _write_letters(workshop, case, places, seals)
    annexes, also_found = write_annexes(workshop, case, statement, places)
    diagnostics += [*found, *also_found]
    announce(6)
    inspection = Inspection(
        case, places, workshop.law, statement, letters, tuple(annexes.values())
    )
    diagnostics += inspect(inspection)
    dossier = Dossier(
        name=folder.name,
        folder=folder,
        case=case,
        places=places,
        law=workshop.law,
        as_of=as_of,
        statement=statement,
        limitations=tuple(known_limitations(case, workshop.law, as_of)),
        letters=letters,
        annexes=annexes,
        exhibits=exhibits,
        applied=tuple(rules_applied(inspection)),
        diagnostics=tuple(in_reading_order(diagnostics)),
    )
    return with_unprintable(workshop, dossier)


def _write_letters(
    workshop: Workshop, case: Case, places: Places, seals: Mapping[int, Seal]
) -> tuple[tuple[Letter, ...], list[Diagnostic]]:
    letters: list[Letter] = []
    diagnostics: list[Diagnostic] = []
    for number in range(1, len(case.letters) + 1):
        letter, found = write_letter(workshop, case, places, number, seals.get(number))
        diagnostics += found
        letters += [letter] if letter else []
    return tuple(letters), diagnostics


def write_letter(
    workshop: Workshop, case: Case, places: Places, number: int, seal: Seal | None = None
) -> tuple[Letter | None, list[Diagnostic]]:
    """Steps 3 to 5 for one letter: its décompte is that of its own day; a sealed one stays."""
    position = places.at("letters", number - 1)
    writer, request = workshop.writer, case.letters[number - 1]
    statement, found = draw_up(case, workshop.law, writer.day_of(case, request), position)
    if statement is None:
        return None, found
    subject = writer.subject(case, workshop.law, statement, number)
    if seal is not None:
        letter, more = restored_letter(seal, request, subject.statement, writer.kinds, position)
    else:
        letter, more = writer.write_request(subject, position)
    return letter, [*found, *more]


def write_annexes(
    workshop: Workshop, case: Case, statement: Statement, places: Places
) -> tuple[dict[str, Letter], list[Diagnostic]]:
    """Write the décompte and the exhibit list of the day."""
    annexes: dict[str, Letter] = {}
    diagnostics: list[Diagnostic] = []
    for kind in ANNEXES:
        subject = Subject.of_the_day(case, workshop.law, statement, kind)
        annex, found = workshop.writer.write_request(subject, places.root)
        diagnostics += found
        annexes |= {kind: annex} if annex else {}
    return annexes, diagnostics


def explain(workshop: Workshop, dossier: Dossier) -> str:
    """Write the derivation of the décompte of the day as plain text.

    Empty when the décompte itself could not be worded: the dossier's diagnostics say why.
    """
    if ANNEXES[0] not in dossier.annexes:
        return ""
    subject = Subject.of_the_day(dossier.case, dossier.law, dossier.statement, ANNEXES[0])
    return explain_statement(workshop.writer, subject)


def produce(
    workshop: Workshop, dossier: Dossier, announce: Announce = _in_silence
) -> tuple[Files, list[Diagnostic]]:
    """Steps 7 to 9, each announced: every file of the output, by relative name."""
    dossier, files, found = assemble(workshop, dossier, announce)
    announce(9)
    files |= workshop.site.pages(dossier, files)
    return files, found


def assemble(
    workshop: Workshop, dossier: Dossier, announce: Announce = _in_silence
) -> tuple[Dossier, Files, list[Diagnostic]]:
    """Steps 7 and 8: the dossier, its exhibits' pages all counted, and every file but the site.

    The drafts of messages are made for the owner alone.
    """
    from dument.records import computed_case_json, statement_csv
    from dument.spreadsheet import statement_workbook  # a check loads neither

    announce(7)
    printed, diagnostics = print_letters(workshop, dossier)
    announce(8)
    draw_sheet = workshop.writer.draw_sheet
    files = Files()
    files |= {name: one.pdf for name, one in printed.items()}
    dossier, exhibits, found = print_exhibits(dossier, workshop.press, draw_sheet, files)
    diagnostics += found
    bundle = files.room.place()
    diagnostics += Binder(dossier, workshop.press, draw_sheet).bind(printed, exhibits, bundle)
    files.hold("liasse.pdf", Held(bundle, files.room))
    if dossier.reader is Reader.OWNER:
        mailed, found = mailing_files(dossier, files)
        files |= mailed
        diagnostics += found
    files |= {
        "decompte.csv": statement_csv(dossier),
        "decompte.xlsx": statement_workbook(dossier),
        "dossier.json": computed_case_json(dossier),
    }
    return dossier, files, placed(diagnostics, dossier)


def inputs_mark(
    workshop: Workshop, folder: Path, as_of: date, names: Sequence[str] | None = None
) -> str:
    """Return the fingerprint of all that a dossier's output is made of.

    `names` are those of `input_names`; the case is read to learn them when they are not given.
    """
    if names is None:
        names = input_names(read_dossier(workshop, folder)[0])
    own = (folder / CASE_FILE, folder / LOCK_FILE, *(folder / ENVOIS).rglob("*"))
    named = [*own, *(folder / name for name in names)]
    files = [(path.relative_to(folder).as_posix(), path) for path in named if path.is_file()]
    for parties in party_folders(folder):
        shared = sorted(parties.glob("*"))
        files += [(f"{parties.name}/{path.name}", path) for path in shared if path.is_file()]
    return fingerprint(files, workshop.mark, as_of.isoformat())


def input_names(case: Case | None) -> tuple[str, ...]:
    """Return the files that a case names, relative to its folder, there or not."""
    if case is None:
        return ()
    images = (case.creditor.logo, case.creditor.signature)
    return (*(one.file for one in case.exhibits), *(name for name in images if name))


def write_dossier(
    workshop: Workshop, dossier: Dossier, files: Mapping[str, bytes], folder: Path, mark: str
) -> list[Diagnostic]:
    """Write an output with its manifest: what it was made of, and its fingerprints."""
    content = {
        "dossier": dossier.name,
        "reference": dossier.case.reference,
        "au": dossier.as_of.isoformat(),
        "empreinte": mark,
        "kit": workshop.mark,
        "moteur": {"dument": __version__, **engine_versions()},
        "modeles": {one.stem: f"{one.kind} v{one.version.number}" for one in dossier.letters},
        "scellees": {one.stem: sha256(one.sealed.pdf) for one in dossier.letters if one.sealed},
    }
    return write_output(folder, files, content)
