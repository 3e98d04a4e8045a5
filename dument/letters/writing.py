"""Step 5, rédiger: a template, a case and a décompte become a letter, body and sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dument.case import Case, LetterRequest
from dument.diagnostics import Diagnostic, Position, error, warning
from dument.french import slug
from dument.kit import Kit
from dument.law import Law, OutsideKnownLaw
from dument.ledger import Statement
from dument.letters.context import FILTERS, Subject, letter_context
from dument.letters.kinds import Kinds, Version
from dument.letters.markdown import to_html, to_text
from dument.templating import (
    Missing,
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


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as written: `body` for the site, `document` for the printer, `text` for checks.

    `missing` lists the values the case does not hold; `cited` the articles the letter names.
    """

    number: int
    version: Version
    request: LetterRequest
    subject: str
    statement: Statement
    body: str
    document: str
    text: str
    missing: tuple[str, ...]
    cited: tuple[str, ...]

    @property
    def kind(self) -> str:
        """The letter's kind."""
        return self.version.kind

    @property
    def on(self) -> date:
        """The letter's date."""
        return self.request.on

    @property
    def claimed(self) -> Decimal:
        """The sum the letter asks for: the whole décompte, or the parts its template names."""
        parts = (getattr(self.statement, field) for field in self.version.claims)
        return sum(parts, Decimal(0))

    @property
    def is_draft(self) -> bool:
        """Whether the letter has not left yet; an annex of the day is no letter."""
        return self.version.paper != "annexe" and not self.request.is_sent

    @property
    def stem(self) -> str:
        """The letter's file name without its ending: number, date, kind."""
        return f"{self.number:02d}-{self.on.isoformat()}-{slug(self.kind)}"


class Writer:
    """Writes letters: the environments are made once for the whole run."""

    def __init__(self, kit: Kit, kinds: Kinds) -> None:
        self.kinds = kinds
        self.kit = kit
        bodies = {one.name: one.body for all_ in kinds.versions.values() for one in all_}
        self.markdown = letter_environment(kit.folders("letters"), FILTERS, bodies)
        self.sheets = page_environment(kit.folders("letters/_papier"), FILTERS)

    def write(
        self, case: Case, law: Law, statement: Statement, number: int, position: Position
    ) -> tuple[Letter | None, list[Diagnostic]]:
        """Write the case's letter of a number (from 1) on the décompte of its day.

        The letter bears on the invoices it names, else on those that are still owed. Returns
        None when the kind is unknown or the template fails.
        """
        request = case.letters[number - 1]
        claimed = request.invoices or [one.number for one in statement.invoices if one.is_open]
        part = statement.only(frozenset(claimed))
        return self.write_request(Subject(case, law, part, request, number), position)

    def write_request(
        self, subject: Subject, position: Position
    ) -> tuple[Letter | None, list[Diagnostic]]:
        """Write a letter, or an annex asked for by the pipeline, on a décompte as it is."""
        version = self.kinds.choose(subject.request)
        if version is None:
            return None, [_no_version(self.kinds, subject.request, position)]
        unfit = _unfit(version, subject, position)
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
        return (
            self.kit.name_of(Path(template))
            if Path(template).is_absolute()
            else f"letters/{template}"
        )

    def _written(
        self, subject: Subject, version: Version, position: Position
    ) -> tuple[Letter, list[Diagnostic]]:
        cited: list[str] = []
        context = letter_context(subject, self.kinds.titles, cited, version.requires)
        veiled = render(self.markdown, version.name, context)
        body = unveil_html(to_html(veiled))
        annexes, annex_veils = self._annexes(version, subject, context)
        titles = [annex["titre"] for annex in annexes]
        head, head_veil = self._head(version, {**context, "annexes": titles})
        document = self._document(subject, version, head, body, annexes)
        missing = missing_values(veiled + head_veil + annex_veils)
        letter = Letter(
            number=subject.number,
            version=version,
            request=subject.request,
            subject=head.get("objet", [version.title])[0],
            statement=subject.statement,
            body=body,
            document=document,
            text=to_text(document),
            missing=missing,
            cited=tuple(dict.fromkeys(cited)),
        )
        return letter, list(_missing_diagnostics(letter, context, position))

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
        for key, template in version.heads.items():
            veiled += f"\n{key}: {self.markdown.from_string(template).render(context)}"
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
        return render(
            self.sheets,
            f"{version.paper}.html",
            sheet_variables(subject, version, head) | {"corps": safe(body), "annexes": annexes},
        )


def sheet_variables(
    subject: Subject, version: Version, head: dict[str, list[str]]
) -> dict[str, Any]:
    """Return the variables of the sheets of `letters/_papier/`."""
    creditor = subject.case.creditor
    one = {key: values[0] for key, values in head.items()}
    signs = creditor.signs
    bank = creditor.bank
    return {
        "langue": "fr",
        "titre": version.title,
        "cree_le": subject.on.isoformat(),
        "auteur": creditor.name,
        "projet": version.paper != "annexe" and not subject.request.is_sent,
        "expediteur": {
            "nom": creditor.name,
            "lignes": head.get("expediteur", []),
            "contact": head.get("contact", []),
            "logo": creditor.logo and f"logo/{creditor.logo}",
        },
        "destinataire": {"lignes": head.get("destinataire", [])},
        "lieu_date": one.get("lieu_date", ""),
        "envoi": head.get("envoi", []),
        "references": [_reference(line) for line in head.get("reference", [])],
        "objet": one.get("objet", version.title),
        "juridiction": one.get("juridiction", ""),
        "sous_titre": one.get("sous_titre", ""),
        "signataire": {
            "nom": signs.name if signs else "",
            "qualite": signs.role if signs else "",
            "image": creditor.signature and f"signature/{creditor.signature}",
        },
        "pieces_jointes": head.get("piece_jointe", []),
        "reglement": bank
        and {
            "titulaire": bank.holder,
            "iban": FILTERS["iban"](bank.iban),
            "bic": bank.bic,
            "reference": subject.case.reference,
            "qr": None,
        },
        "mentions_legales": head.get("mention", []),
    }


def _reference(line: str) -> dict[str, str]:
    name, _, value = line.partition("|")
    return {"nom": name.strip(), "valeur": value.strip()}


def _missing_diagnostics(
    letter: Letter, context: dict[str, Any], position: Position
) -> Iterable[Diagnostic]:
    wanted = dict.fromkeys((*letter.missing, *_undeclared(letter.version.requires, context)))
    for path in wanted:
        message = f"la lettre « {letter.version.title} » a besoin de « {path} »"
        hint = f"complétez « {path} » dans le dossier (demandé par {letter.version.file})"
        yield error("lettre/donnee-manquante", message, position, hint)


def _undeclared(paths: Iterable[str], context: dict[str, Any]) -> Iterable[str]:
    """Yield the paths that a front matter requires and the case does not hold."""
    for path in paths:
        value: Any = context
        for step in path.split("."):
            value = value.get(step) if isinstance(value, dict) else None
        if value is None or isinstance(value, Missing):
            yield path


def _unfit(version: Version, subject: Subject, position: Position) -> list[Diagnostic]:
    """Report a letter that its template does not allow for this debtor or this channel."""
    found: list[Diagnostic] = []
    regime = subject.case.regime.value
    if regime not in version.regimes:
        message = f"la lettre « {version.title} » n’existe pas pour un débiteur {regime}"
        hint = f"elle vaut pour : {', '.join(version.regimes)} ({version.file})"
        found.append(error("lettre/regime", message, position, hint))
    sending = subject.request.sending
    if sending and version.channels and sending.channel.value not in version.channels:
        message = f"la lettre « {version.title} » ne part pas par « {sending.channel.value} »"
        hint = f"canaux prévus : {', '.join(version.channels)} ({version.file})"
        found.append(warning("lettre/canal", message, position, hint))
    return found


def _no_version(kinds: Kinds, request: LetterRequest, position: Position) -> Diagnostic:
    if request.kind not in kinds.versions:
        known = ", ".join(sorted(kinds.versions))
        message = f"le modèle de lettre « {request.kind} » n’existe pas"
        return error("lettre/modele-inconnu", message, position, f"modèles connus : {known}")
    numbers = ", ".join(str(one.number) for one in kinds.versions[request.kind])
    message = f"aucune version de « {request.kind} » ne vaut pour cette lettre"
    return error("lettre/version", message, position, f"versions connues : {numbers}")
