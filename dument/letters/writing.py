"""Step 5, rédiger: a template, a case and a décompte become a letter, body and sheet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from dument.case import Case, LetterRequest
from dument.diagnostics import Diagnostic, Position, error
from dument.kit import Kit
from dument.law import Law, OutsideKnownLaw
from dument.ledger import Statement
from dument.letters.channels import channel_diagnostics
from dument.letters.context import FILTERS, Subject, letter_context
from dument.letters.correspondence import recipient_of
from dument.letters.fitness import missing_diagnostics, no_version, unfit_diagnostics
from dument.letters.kinds import HEADS, Kinds, Version
from dument.letters.letter import Letter
from dument.letters.markdown import raise_ordinals, to_html, to_text
from dument.letters.messages import render_messages
from dument.letters.postal import AddressLine, postal_block, read_postal_rules
from dument.letters.sheet import sheet_variables
from dument.rules.response_deadline import deadline
from dument.templating import (
    TemplateFault,
    letter_environment,
    missing_values,
    page_environment,
    render,
    safe,
    unveil_html,
    unveil_text,
)

HEAD_TEMPLATE = "_commun/entete.md"


class Writer:
    """Writes letters: the environments are made once for the whole run.

    `faults` are those of the rules of the address block.
    """

    def __init__(self, kit: Kit, kinds: Kinds) -> None:
        self.kinds = kinds
        self.kit = kit
        self.postal, self.faults = read_postal_rules(kit)
        templates = {
            name: text
            for versions in kinds.versions.values()
            for one in versions
            for name, text in one.templates.items()
        }
        self.markdown = letter_environment(kit.folders("letters"), FILTERS, templates)
        self.sheets = page_environment(kit.folders("letters/_papier"), FILTERS)

    def write(
        self, case: Case, law: Law, statement: Statement, number: int, position: Position
    ) -> tuple[Letter | None, list[Diagnostic]]:
        """Write the case's letter of a number (from 1) on the décompte of its day.

        Returns None when the kind is unknown or the template fails.
        """
        return self.write_request(self.subject(case, law, statement, number), position)

    def subject(self, case: Case, law: Law, statement: Statement, number: int) -> Subject:
        """Return what a letter bears on: the invoices it names, else those still owed."""
        request = case.letters[number - 1]
        version = self.kinds.choose(request)
        whole = version is not None and version.looks_ahead
        issued = {one.number for one in case.invoices if one.issued_on <= request.on}
        owed = [one.number for one in statement.invoices
                if one.is_open or (whole and one.is_owed and one.number in issued)]  # fmt: skip
        part = statement.only(frozenset(request.invoices or owed))
        return Subject(case, law, part, request, number)

    def day_of(self, case: Case, request: LetterRequest) -> date:
        """Return the day on which a letter's décompte is drawn up: its own, as a rule."""
        version, opened = self.kinds.choose(request), case.status.insolvency
        stops = version is not None and version.stops_at_opening and opened is not None
        return opened.judgment_on if opened and stops else request.on

    def write_request(
        self, subject: Subject, position: Position
    ) -> tuple[Letter | None, list[Diagnostic]]:
        """Write a letter, or an annex asked for by the pipeline, on a décompte as it is."""
        version = self.kinds.choose(subject.request)
        if version is None:
            return None, [no_version(self.kinds, subject.request, position)]
        unfit = unfit_diagnostics(version, subject, position)
        try:
            letter, found = self._written(subject, version, position)
            return letter, [*unfit, *found]
        except TemplateFault as fault:
            where = Position(self.name_of(fault.name), fault.line)
            return None, [error("lettre/modele", fault.message, where)]
        except OutsideKnownLaw as outside:
            message = f"« {outside.parameter.title} » n’est pas connu au {outside.day:%d/%m/%Y}"
            hint = f"complétez {outside.parameter.position.file}"
            return None, [error("droit/valeur-inconnue", message, position, hint)]

    def draw_sheet(self, name: str, variables: Mapping[str, Any]) -> str:
        """Lay variables on a sheet of `letters/_papier/`, such as the bundle's cover."""
        return render(self.sheets, name, variables)

    def name_of(self, template: str) -> str:
        """Return how messages call a template: the loader's names are relative to `letters/`."""
        template, _, _ = template.partition("#")  # a part of the front matter stands in its file
        return (
            self.kit.name_of(Path(template))
            if Path(template).is_absolute()
            else f"letters/{template}"
        )

    def _written(
        self, subject: Subject, version: Version, position: Position
    ) -> tuple[Letter, list[Diagnostic]]:
        cited: list[str] = []
        context = letter_context(subject, self.kinds, cited, version)
        veiled = render(self.markdown, version.name, context)
        body = unveil_html(to_html(veiled))
        annexes, annex_veils = self._annexes(version, subject, context)
        titles = [annex["titre"] for annex in annexes]
        address = self._address(version, subject)
        around = {"annexes": titles, "adresse": [line.text for line in address]}
        head, head_veil = self._head(version, {**context, **around})
        document = self._document(subject, version, head, body, annexes)
        messages = render_messages(
            version,
            deadline(subject.case, subject.law, subject.request),
            lambda key: render(self.markdown, version.part_name(key), context),
        )
        said = (veiled, head_veil, annex_veils, *messages.veils)
        letter = Letter(
            number=subject.number,
            version=version,
            request=subject.request,
            subject=head.get("objet", [version.title])[0],
            statement=subject.statement,
            body=body,
            document=document,
            text=to_text(document),
            email=messages.email,
            sms=messages.sms,
            announces=messages.announces,
            missing=missing_values("".join(said)),
            cited=tuple(dict.fromkeys(cited)),
            address=address,
            figures={"reference": subject.case.reference, "decompte": context["decompte"]},
            court=head.get("juridiction", [""])[0],
        )
        missing = missing_diagnostics(letter, context, position)
        return letter, [*missing, *channel_diagnostics(letter, subject.case, position)]

    def _address(self, version: Version, subject: Subject) -> tuple[AddressLine, ...]:
        found = recipient_of(subject.case, version.recipient)
        has_window = version.paper == "lettre" and found is not None
        return postal_block(found, self.postal) if found and has_window else ()

    def _annexes(
        self, version: Version, subject: Subject, context: dict[str, Any]
    ) -> tuple[list[dict[str, Any]], str]:
        annexes, veils = [], ""
        for kind in version.annexes:
            annex = self.kinds.annex(kind, subject.on)
            if annex is not None:
                veiled = render(self.markdown, annex.name, context)
                body = unveil_html(to_html(veiled, deeper=1))
                annexes.append({"titre": annex.title, "corps": safe(body)})
                veils += veiled
        return annexes, veils

    def _head(self, version: Version, context: dict[str, Any]) -> tuple[dict[str, list[str]], str]:
        """Render the `key: value` lines around the body: sender, place and date, references."""
        veiled = render(self.markdown, HEAD_TEMPLATE, {**context, "papier": version.paper})
        for key in (key for key in HEADS if key in version.parts):
            veiled += f"\n{key}: {render(self.markdown, version.part_name(key), context)}"
        head: dict[str, list[str]] = {}
        for line in veiled.splitlines():
            key, colon, value = line.partition(":")
            if colon and value.strip():
                spaced = FILTERS["typo"](value.strip())
                head.setdefault(key.strip(), []).append(unveil_text(spaced))
        return head, veiled

    def _document(
        self,
        subject: Subject,
        version: Version,
        head: dict[str, list[str]],
        body: str,
        annexes: list[dict[str, Any]],
    ) -> str:
        """Lay the body on its sheet."""
        variables = sheet_variables(subject, version, head)
        variables |= {"corps": safe(body), "annexes": annexes}
        return raise_ordinals(render(self.sheets, f"{version.paper}.html", variables))
