"""Step 5: which version is taken, what a template may do, and the French of each branch."""

from __future__ import annotations

import html
import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from dument.case import Channel, LetterRequest, Sending
from dument.diagnostics import Diagnostic, Position
from dument.french import squeeze
from dument.kit import PROJECT_FILE, Kit, open_kit
from dument.ledger import draw_up
from dument.letters import Kinds, Letter, Subject, Writer, read_kinds
from dument.letters.citations import cite, cite_from
from dument.letters.markdown import to_html
from tests.examples import ROOT, patched_example, shipped_examples, workshop, written_example

LAW = workshop(ROOT).law
HERE = Position("dossier.yaml")
RELANCE, NOTICE, DEBIT_NOTE, REQUEST = 0, 1, 2, 3
FRONT = """\
---
modele: essai
version: {version}
titre: Essai
en_vigueur_du: {since}
en_vigueur_au: {until}
regimes: [professionnel]
---
"""


# --- Which version -------------------------------------------------------------------------


def project(folder: Path, **versions: str) -> Kit:
    """Lay a letter kind « essai » over the kit: `v1="…"` is its first version's whole file."""
    (folder / PROJECT_FILE).write_text("", encoding="utf-8")
    (folder / "letters/essai").mkdir(parents=True)
    for name, text in versions.items():
        (folder / f"letters/essai/{name}.md").write_text(text, encoding="utf-8")
    return Kit(open_kit(ROOT).base, folder)


def version(number: int, since: str, until: str = "", body: str = "Bonjour.") -> str:
    return FRONT.format(version=number, since=since, until=until) + body + "\n"


@pytest.fixture
def kinds(tmp_path) -> Kinds:
    kit = project(
        tmp_path,
        v1=version(1, "2020-01-01"),
        v2=version(2, "2024-01-01", "2025-12-31"),
        v3=version(3, "2025-06-01", "2025-12-31"),
    )
    found, faults = read_kinds(kit)
    assert faults == []
    return found


@pytest.mark.parametrize(
    ("day", "number"),
    [
        (date(2020, 1, 1), 1),
        (date(2023, 12, 31), 1),
        (date(2024, 1, 1), 2),
        (date(2025, 5, 31), 2),
        (date(2025, 6, 1), 3),
        (date(2025, 12, 31), 3),
        (date(2026, 1, 1), 1),
    ],
)
def test_the_version_is_the_highest_in_force_on_the_letters_day(kinds, day, number):
    chosen = kinds.choose(LetterRequest(kind="essai", on=day))
    assert chosen is not None
    assert chosen.number == number


def test_a_pinned_version_is_taken_whatever_the_day(kinds):
    chosen = kinds.choose(LetterRequest(kind="essai", on=date(2026, 1, 1), version=2))
    assert chosen is not None
    assert chosen.number == 2


@pytest.mark.parametrize("pinned", [{"on": date(2019, 12, 31)}, {"version": 9}])
def test_a_letter_without_a_version_takes_none(kinds, pinned):
    assert (
        kinds.choose(LetterRequest(**{"kind": "essai", "on": date(2026, 1, 1)} | pinned)) is None
    )


def write(kit: Kit, kind: str, **request: Any) -> tuple[Letter | None, list[Diagnostic]]:
    """Write a letter of the first example with the kinds of a project."""
    case = written_example("garage-tilleul").case
    kinds, faults = read_kinds(kit)
    assert faults == []
    day = request.pop("on", date(2026, 6, 8))
    statement, faults = draw_up(case, LAW, day, HERE)
    assert statement is not None, faults
    asked = LetterRequest(kind=kind, on=day, **request)
    return Writer(kit, kinds).write_request(Subject(case, LAW, statement, asked, 1), HERE)


def test_an_unknown_kind_is_a_fault_that_names_the_known_ones(tmp_path):
    letter, (fault,) = write(project(tmp_path), "mise-en-demure")
    assert letter is None
    assert fault.id == "lettre/modele-inconnu"
    assert "mise-en-demeure" in (fault.hint or "")


def test_a_letter_that_is_not_made_for_the_debtor_is_an_error(tmp_path):
    text = version(1, "2020-01-01").replace("[professionnel]", "[public]")
    _, found = write(project(tmp_path, v1=text), "essai")
    assert [(one.id, one.fails()) for one in found] == [("lettre/regime", True)]


def test_a_channel_that_the_letter_is_not_made_for_is_a_warning(tmp_path):
    text = version(1, "2020-01-01").replace("\n---\n", "\ncanal: [lrar]\n---\n")
    sending = Sending(channel=Channel.EMAIL)
    letter, found = write(project(tmp_path, v1=text), "essai", sending=sending)
    assert letter is not None
    assert [one.id for one in found] == ["lettre/canal"]


def test_a_kind_without_a_version_for_the_day_is_a_fault_that_names_its_versions(tmp_path):
    kit = project(tmp_path, v1=version(1, "2026-07-01"))
    letter, (fault,) = write(kit, "essai")
    assert letter is None
    assert fault.id == "lettre/version"
    assert fault.hint == "versions connues : 1"


@pytest.mark.parametrize(
    ("old", "new", "id"),
    [
        ("titre: Essai", "titre: Essai\nobjets: Essai", "lettre/cle-inconnue"),
        ("titre: Essai\n", "", "lettre/en-tete"),
        ("modele: essai", "modele: autre", "lettre/en-tete"),
        ("version: 1", "version: 2", "lettre/en-tete"),
        ("titre: Essai", "titre: Essai\npapier: carton", "lettre/en-tete"),
        ("en_vigueur_du: 2020-01-01", "en_vigueur_du: hier", "lettre/en-tete"),
    ],
)
def test_a_faulty_front_matter_is_said_with_its_file(tmp_path, old, new, id):
    kit = project(tmp_path, v1=version(1, "2020-01-01").replace(old, new))
    found, (fault,) = read_kinds(kit)
    assert "essai" not in found.versions
    assert fault.id == id
    assert fault.position.file == "letters/essai/v1.md"


# --- What a template may do ----------------------------------------------------------------


def test_a_missing_value_stands_out_is_listed_and_is_an_error(tmp_path):
    body = "Votre {{ creance.truc.machin }} et {{ debiteur.telephone }}."
    kit = project(tmp_path, v1=version(1, "2020-01-01", body=body))
    letter, faults = write(kit, "essai")
    assert letter is not None
    assert "Votre ⟦creance.truc.machin⟧ et ⟦debiteur.telephone⟧." in letter.text
    assert '<mark class="manque">⟦debiteur.telephone⟧</mark>' in letter.document
    assert letter.missing == ("creance.truc.machin", "debiteur.telephone")
    assert [one.id for one in faults] == ["lettre/donnee-manquante"] * 2


def test_a_missing_value_is_false_in_a_test(tmp_path):
    body = "{% if debiteur.telephone %}Appelez.{% else %}Écrivez.{% endif %}"
    kit = project(tmp_path, v1=version(1, "2020-01-01", body=body))
    letter, faults = write(kit, "essai")
    assert letter is not None
    assert faults == []
    assert "Écrivez." in letter.text


def test_a_value_that_the_front_matter_requires_is_an_error_when_absent(tmp_path):
    text = version(1, "2020-01-01").replace("titre:", "requiert: [debiteur.telephone]\ntitre:")
    letter, (fault,) = write(project(tmp_path, v1=text), "essai")
    assert letter is not None
    assert fault.id == "lettre/donnee-manquante"
    assert "debiteur.telephone" in fault.message


def test_the_request_of_a_natural_person_shows_the_civil_status_it_lacks():
    changes = dict.fromkeys(("profession", "nationalite", "naissance"))
    patch = {f"creancier.{key}": None for key in changes}
    request = patched_example("chantier-lambert", patch).letters[-1]
    assert request.missing == (
        "creancier.profession",
        "creancier.nationalite",
        "creancier.naissance.le",
        "creancier.naissance.lieu",
    )


@pytest.mark.parametrize(
    "body",
    [
        "{{ ''.__class__ }}",
        "{{ reference.__class__.__mro__ }}",
        "{{ article.__globals__ }}",
        "{{ factures.append(1) }}",
        "{{ creancier.update(nom='x') }}",
        "{{ ''|attr('__class__') }}",
    ],
)
def test_the_sandbox_lets_no_template_reach_python(tmp_path, body):
    kit = project(tmp_path, v1=version(1, "2020-01-01", body=body))
    letter, (fault,) = write(kit, "essai")
    assert letter is None
    assert fault.id == "lettre/modele"


@pytest.mark.parametrize(
    "body", ["Un\n{{ 1 / 0 }}", "Un\n{{ truc() }}", "Un\n{% if %}", "Un\n{{ article('rien') }}"]
)
def test_a_template_that_fails_is_said_at_its_line(tmp_path, body):
    letter, (fault,) = write(project(tmp_path, v1=version(1, "2020-01-01", body=body)), "essai")
    assert letter is None
    assert fault.id == "lettre/modele"
    assert (fault.position.file, fault.position.line) == ("letters/essai/v1.md", 10)


def test_raw_html_of_a_template_is_text(tmp_path):
    body = "<script>alert(1)</script>"
    letter, _ = write(project(tmp_path, v1=version(1, "2020-01-01", body=body)), "essai")
    assert letter is not None
    assert "<script>" not in letter.document
    assert body in letter.text


# --- Hostile values ------------------------------------------------------------------------

HOSTILE = "*Étoile* & <b>Fils</b> {{ 7*7 }} | [x](y) `z` 1. fin"
TEXT_FIELDS = [
    ("reference", RELANCE),
    ("creancier.denomination", RELANCE),
    ("creancier.forme", RELANCE),
    ("creancier.capital", RELANCE),
    ("creancier.rcs", RELANCE),
    ("creancier.adresse.complement", RELANCE),
    ("creancier.courriel", RELANCE),
    ("creancier.telephone", RELANCE),
    ("creancier.representant.nom", RELANCE),
    ("creancier.representant.qualite", RELANCE),
    ("creancier.banque.titulaire", RELANCE),
    ("debiteur.denomination", RELANCE),
    ("debiteur.civilite", RELANCE),
    ("debiteur.adresse.complement", RELANCE),
    ("debiteur.representant.nom", RELANCE),
    ("debiteur.courriel", RELANCE),
    ("debiteur.forme", REQUEST),
    ("debiteur.capital", REQUEST),
    ("debiteur.rcs", REQUEST),
    ("debiteur.representant.qualite", REQUEST),
    ("debiteur.adresse.voie", REQUEST),
    ("debiteur.adresse.commune", REQUEST),
    ("creance.fondement", REQUEST),
    ("factures.0.objet", RELANCE),
    ("factures.0.commande", RELANCE),
    ("lettres.0.paragraphe", RELANCE),
    ("lettres.1.envoi.numero", NOTICE),
    ("paiements.0.moyen", NOTICE),
    ("pieces.0.titre", REQUEST),
    ("juridiction.ville", REQUEST),
]


@pytest.mark.parametrize(("field", "number"), TEXT_FIELDS)
def test_hostile_text_comes_out_letter_for_letter_and_never_as_markup(field, number):
    letter = patched_example("garage-tilleul", {field: HOSTILE}).letters[number]
    assert HOSTILE in " ".join(letter.text.split())  # an address folds long lines
    assert html.escape(HOSTILE) in re.sub(r"</p>\s*<p>", " ", letter.document)
    assert "<b>Fils" not in letter.document
    assert "<em>Étoile" not in letter.document
    assert 'href="y"' not in letter.document


def test_the_number_of_an_invoice_may_be_hostile_too():
    changes = {"factures.0.numero": HOSTILE, "paiements.0.sur": HOSTILE}
    letters = patched_example("garage-tilleul", changes).letters
    assert all(HOSTILE in letter.text for letter in letters)
    assert all("<b>Fils" not in letter.document for letter in letters)


def test_a_value_on_several_lines_keeps_its_lines():
    letter = patched_example("garage-tilleul", {"lettres.0.paragraphe": "# Un\n- Deux"}).letters[0]
    assert "# Un<br>- Deux" in letter.document


# --- Law in the words ----------------------------------------------------------------------


def plain_citation(*wanted: str) -> str:
    return squeeze(cite(LAW.articles, wanted))


def test_articles_of_one_code_are_cited_in_one_formula():
    assert plain_citation("c-com-l441-10 II", "c-com-d441-5") == (
        "articles L. 441-10, II, et D. 441-5 du code de commerce"
    )


def test_one_article_is_cited_in_the_singular():
    assert plain_citation("c-com-l441-10 II") == "article L. 441-10, II, du code de commerce"


def test_articles_of_two_codes_are_parted():
    assert plain_citation("cpc-695", "c-civ-1344", "cpc-696") == (
        "articles 695 et 696 du code de procédure civile ; article 1344 du code civil"
    )


def test_an_article_may_be_cited_with_those_that_follow():
    assert cite_from(LAW.articles["cpc-1405"]) == (
        "articles 1405 et suivants du code de procédure civile"
    )


def templates() -> dict[str, str]:
    """Return the words of each template, without its front matter and its comments."""
    found = {}
    for path in sorted((ROOT / "letters").glob("[a-z_]*/*.md")):
        text = path.read_text(encoding="utf-8")
        body = re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)
        found[f"{path.parent.name}/{path.name}"] = re.sub(r"\{#.*?#\}", "", body, flags=re.DOTALL)
    return found


@pytest.mark.parametrize("name", sorted(templates()))
def test_no_article_number_and_no_legal_figure_stands_in_a_template(name):
    words = re.sub(r"\{[{%].*?[%}]\}", "", templates()[name], flags=re.DOTALL)
    assert (
        re.findall(r"\b[LRDA]\. ?\d[\d-]*|\barticles? \d+|\d+(?:,\d+)? ?(?:€|%|points)", words)
        == []
    )


def test_the_articles_of_every_front_matter_are_known():
    shipped = workshop(ROOT).writer.kinds.versions.values()
    assert {slug for versions in shipped for one in versions for slug in one.articles} <= set(
        LAW.articles
    )


@pytest.mark.parametrize("slug", shipped_examples())
def test_a_letter_declares_every_article_it_cites(slug):
    for letter in written_example(slug).letters:
        assert set(letter.cited) <= set(letter.version.articles)


# --- The French of each branch -------------------------------------------------------------


def words(slug: str, number: int, changes: dict[str, Any] | None = None) -> str:
    """Return a letter's words on one line, with plain spaces."""
    return squeeze(patched_example(slug, changes or {}).letters[number].text)


ALL_LETTERS = [
    pytest.param(slug, letter.number - 1, id=f"{slug}-{letter.number}")
    for slug in shipped_examples()
    for letter in written_example(slug).letters
]


@pytest.mark.parametrize(("slug", "number"), ALL_LETTERS)
def test_no_letter_uses_a_dead_or_empty_phrase(slug, number):
    text = words(slug, number).lower()
    for phrase in ("huissier", "huitaine", "à compter de la présente", "par la présente", "(e)"):
        assert phrase not in text


@pytest.mark.parametrize(("slug", "number"), ALL_LETTERS)
def test_no_formula_is_repeated_in_one_parenthesis(slug, number):
    for inside in re.findall(r"\(([^()]*)\)", words(slug, number)):
        assert inside.count("du code de commerce") < 2
        assert inside.count("du code civil") < 2


@pytest.mark.parametrize(("slug", "number"), ALL_LETTERS)
def test_the_headings_of_a_letter_skip_no_level(slug, number):
    document = written_example(slug).letters[number].document
    levels = [int(level) for level in re.findall(r"<h(\d)", document)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize(("slug", "number"), ALL_LETTERS)
def test_every_total_printed_in_a_letter_is_the_one_it_claims(slug, number):
    letter = written_example(slug).letters[number]
    wanted = f"{letter.claimed:,.2f}".replace(",", " ").replace(".", ",")
    totals = re.findall(r"Total(?: dû)? \|[ |]*([\d ]+,\d\d) €", words(slug, number))
    assert set(totals) <= {wanted}
    assert f"{wanted} €" in words(slug, number)


@pytest.mark.parametrize("number", [0, 1])
def test_a_consumer_never_reads_of_what_is_owed_between_businesses(number):
    text = words("chantier-lambert", number)
    for phrase in ("40,00 €", "441-10", "indemnité", "pénalité", "dépens", "frais"):
        assert phrase not in text


@pytest.mark.parametrize("number", [0, 1])
def test_a_public_buyer_never_reads_of_the_civil_judge_or_of_enforcement(number):
    text = words("commune-valbrune", number).lower()
    for phrase in ("injonction", "judiciaire", "commissaire", "saisie", "dépens", "tribunal"):
        assert phrase not in text


@pytest.mark.parametrize("slug", shipped_examples())
def test_only_the_request_speaks_as_to_a_court(slug):
    for letter in written_example(slug).letters:
        if letter.kind != "requete-injonction-de-payer":
            assert not re.search(r"requérant|Vu les articles|par ces motifs", letter.text)


def test_a_deadline_is_a_day_of_the_calendar():
    assert "au plus tard le 23 avril 2026" in words("garage-tilleul", RELANCE)
    assert "au plus tard le 19 juin 2026" in words("garage-tilleul", NOTICE)


def test_one_invoice_is_claimed_in_the_singular():
    text = words("garage-tilleul", RELANCE)
    assert "au titre de la facture suivante, arrivée à échéance :" in text
    assert "depuis le lendemain de l’échéance" in text
    assert "Objet : Relance, facture F2026-0117 " in text


def test_several_invoices_are_claimed_in_the_plural():
    text = words("editions-passage", 1)
    assert "au titre des factures suivantes, arrivées à échéance :" in text
    assert "depuis le lendemain de chaque échéance" in text
    assert "factures IA-26-0211, IA-26-0238 et IA-26-0264" in text
    assert "Principal restant dû | | | | 6 159,78 €" in text


def test_several_due_dates_of_one_invoice_are_said_as_such():
    text = words("editions-passage", 1, {"lettres.1.factures": ["IA-26-0238"]})
    assert "au titre des échéances passées de la facture suivante :" in text


def test_more_than_three_invoices_are_counted_in_the_object():
    late = {"emise_le": "2026-06-01", "echeance": "2026-07-01", "ttc": "10,00"}
    more = {f"factures.{rank}": {"numero": f"N{rank}", **late} for rank in (3, 4)}
    assert "Objet : Relance n° 2, 5 factures échues" in words("editions-passage", 1, more)


def test_a_second_reminder_recalls_the_first_and_says_what_comes_next():
    text = words("editions-passage", 1)
    assert (
        "Nous vous avons déjà écrit le 12 juin 2026, sous la référence IA-2026-07, sans recevoir "
        "de paiement complet. Il reste à régler" in text
    )
    assert "nous vous adresserons une demande formelle par lettre recommandée" in text
    assert "demande formelle" not in words("editions-passage", 0)


def test_several_earlier_letters_are_recalled_together():
    assert (
        "Nous vous avons déjà écrit le 12 juin et le 10 août 2026, sans recevoir de paiement "
        "complet." in words("editions-passage", 2)
    )


def test_a_letter_that_has_not_left_is_not_recalled():
    text = words("editions-passage", 2, {"lettres.0.envoi.envoyee_le": None})
    assert "Nous vous avons déjà écrit le 10 août 2026, sans" in text


def test_a_person_is_greeted_by_his_title():
    assert "Veuillez agréer, Madame la maire, l’expression" in words("commune-valbrune", NOTICE)
    assert "Veuillez agréer, Madame, l’expression" in words("chantier-lambert", RELANCE)
    assert "Veuillez agréer, Madame, Monsieur, l’expression" in words("garage-tilleul", RELANCE)


@pytest.mark.parametrize(
    ("payments", "sentence"),
    [
        (
            [("2026-05-12", "500,00")],
            "Les 500,00 € reçus le 12 mai 2026 ont été imputés à hauteur de 19,65 € sur les "
            "pénalités et de 480,35 € sur le principal (article 1343-1 du code civil).",
        ),
        (
            [("2026-05-12", "500,00"), ("2026-05-20", "100,00")],
            "Les 600,00 € reçus les 12 et 20 mai 2026 ont été imputés à hauteur de "
            "22,21 € sur les pénalités et de 577,79 € sur le principal (article 1343-1 du code "
            "civil).",
        ),
        (
            [("2026-05-12", "10,00")],
            "Les 10,00 € reçus le 12 mai 2026 ont été imputés sur les pénalités (article 1343-1 "
            "du code civil).",
        ),
        (
            [("2026-03-30", "40,00")],
            "Les 40,00 € reçus le 30 mars 2026 ont été imputés sur le principal.",
        ),
    ],
)
def test_payments_are_said_as_they_were_allocated(payments, sentence):
    paid = [{"le": day, "montant": amount, "sur": "F2026-0117"} for day, amount in payments]
    assert sentence in words("garage-tilleul", NOTICE, {"paiements": paid})


def test_a_payment_that_reaches_the_fixed_sum_is_said_in_three_parts():
    changes = {"conditions.conventions": {"indemnite": "avec-interets"}}
    text = words("garage-tilleul", NOTICE, changes)
    assert (
        "à hauteur de 19,65 € sur les pénalités, de 440,35 € sur le principal et de 40,00 € sur "
        "l’indemnité forfaitaire (article 1343-1 du code civil)." in text
    )


def test_credit_notes_are_deducted_from_the_price():
    assert "L’avoir AV-26-0012 du 22 juin 2026 (288,00 €) est déduit du prix." in words(
        "editions-passage", 1
    )
    second = {"numero": "AV2", "le": "2026-07-01", "montant": "10,00", "sur": "IA-26-0264"}
    assert "AV-26-0012 du 22 juin 2026 (288,00 €) et AV2 du 1er juillet 2026 (10,00 €) sont" in (
        words("editions-passage", 1, {"avoirs.1": second})
    )


def test_one_rate_is_said_with_its_origin():
    assert "au taux de 12,15 % l’an (taux BCE 2,15 % + 10 points)." in (
        words("garage-tilleul", NOTICE)
    )


def test_rates_that_follow_each_other_are_said_with_their_days():
    assert (
        "au taux de 12,15 % l’an (taux BCE 2,15 % + 10 points) jusqu’au 30 juin 2026 et de "
        "12,40 % l’an (taux BCE 2,40 % + 10 points) depuis le 1er juillet 2026."
        in words("garage-tilleul", DEBIT_NOTE)
    )


def test_rates_that_stand_still_are_said_by_the_half_year_of_the_delay():
    late = {
        "numero": "F9", "emise_le": "2026-06-10", "echeance": "2026-07-10", "ttc": "100,00"
    }  # fmt: skip
    assert (
        "pour un retard né depuis le premier semestre 2026 et de 10,40 % l’an (taux BCE 2,40 % + "
        "8 points, figé au semestre où le retard commence) pour ceux nés depuis le second "
        "semestre 2026." in words("commune-valbrune", NOTICE, {"factures.1": late})
    )


def test_a_rate_that_the_convention_keeps_is_said_once():
    text = words("garage-tilleul", REQUEST, {"conditions.conventions": {"taux": "fige"}})
    assert "au taux de 12,15 % l’an (taux BCE 2,15 % + 10 points)." in text
    assert "12,40 %" not in text
    assert "révisé au premier jour de chaque semestre" not in text


def test_the_penalty_clause_is_announced_by_the_notice_and_claimed_after_it():
    notice, request = words("editions-passage", 2), words("editions-passage", 3)
    assert (
        "la clause pénale convenue entre nous (10,00 % du principal, 150,00 € au moins)" in notice
    )
    assert "Clause pénale |" not in notice
    assert "855,98 € de clause pénale ;" in request


@pytest.mark.parametrize(
    ("convention", "sentence"),
    [
        ({"annee": "reelle"}, "÷ le nombre de jours de l’année (365, ou 366 les années"),
        ({"indemnite": "avec-interets"}, "sur les pénalités et l’indemnité forfaitaire, puis sur"),
        ({}, "÷ 365 (même les années bissextiles), arrondi au centime le plus proche."),
        ({}, "Le taux suit chaque semestre civil : il change le 1er janvier et le 1er juillet"),
        ({}, "puis sur le principal (article 1343-1 du code civil), enfin sur l’indemnité"),
    ],
)
def test_the_rules_of_calculation_are_french_sentences(convention, sentence):
    changes = {"conditions.conventions": convention} if convention else {}
    assert sentence in words("garage-tilleul", REQUEST, changes)


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        ("a-sa-date", "Un avoir diminue le prix à la date où il est établi."),
        ("a-l-echeance", "Un avoir diminue le prix dès l’échéance de la facture."),
    ],
)
def test_the_effect_of_a_credit_note_is_said(choice, sentence):
    changes = {"conditions.conventions": {"avoir": choice}}
    assert sentence in words("editions-passage", 3, changes)


@pytest.mark.parametrize(
    ("kind", "head", "sent_back_to"),
    [
        ("tribunal-de-commerce", "Monsieur le président du tribunal de commerce de Lyon",
         "devant le tribunal de commerce de Lyon"),
        ("tribunal-des-activites-economiques",
         "Monsieur le président du tribunal des activités économiques de Lyon",
         "devant le tribunal des activités économiques de Lyon"),
        ("chambre-commerciale",
         "Monsieur le président de la chambre commerciale du tribunal judiciaire de Lyon",
         "devant la chambre commerciale du tribunal judiciaire de Lyon"),
        ("tribunal-judiciaire", "Monsieur le président du tribunal judiciaire de Lyon",
         "devant le tribunal judiciaire de Lyon"),
        ("juge-des-contentieux-de-la-protection",
         "Monsieur le juge des contentieux de la protection du tribunal judiciaire de Lyon",
         "devant le juge des contentieux de la protection du tribunal judiciaire de Lyon"),
    ],
)  # fmt: skip
def test_each_court_is_named_in_full(kind, head, sent_back_to):
    text = words("garage-tilleul", REQUEST, {"juridiction.type": kind})
    assert head in text
    assert sent_back_to in text


@pytest.mark.parametrize(("city", "of_city"), [("le Havre", "du Havre"), ("Évry", "d’Évry")])
def test_the_city_of_a_court_takes_its_article(city, of_city):
    assert f"économiques {of_city}" in words(
        "garage-tilleul", REQUEST, {"juridiction.ville": city}
    )


@pytest.mark.parametrize(
    ("debtor", "named"),
    [
        ({"debiteur.denomination": "Dupont"}, "enjoint à la société Dupont de"),
        ({"debiteur.denomination": "Société Dupont"}, "enjoint à la Société Dupont de"),
        ({"debiteur.type": "association", "debiteur.regime": "professionnel"},
         "enjoint à l’association Garage du Tilleul de"),
    ],
)  # fmt: skip
def test_the_order_is_asked_against_a_name_with_its_article(debtor, named):
    assert named in words("garage-tilleul", REQUEST, debtor)


def test_the_order_is_asked_against_a_person_by_title_and_name():
    assert "enjoint à Madame Odile Lambert de" in words("chantier-lambert", 3)
    assert "enjoint à Monsieur Hugo Marchal EI de" in words("hotel-belvedere", 2)


@pytest.mark.parametrize(
    "field",
    [
        "La société Garage du Tilleul, SARL au capital de 8 000 €, dont le siège est 12 rue des "
        "Tanneurs, 69005 Lyon, SIREN 000 142 505, RCS Lyon, ayant pour représentant légal Jean "
        "Martin, gérant.",
        "agissant par son représentant légal, Claire Morel, gérante.",
        "demande que toute notification lui soit faite à l’adresse ci-dessus.",
        "1 061,92 €, somme arrêtée au 20 novembre 2026, outre les pénalités de retard à échoir "
        "et les dépens.",
        "devis n° D2026-031 accepté le 16 février 2026 (pièce n° 1)",
        "recommandé n° 1A 234 567 8901 2, présenté le 10 juin 2026 (pièce n° 4)",
        "Principal | article 1103 du code civil (pièces n° 1, 2 et 3) | 959,65 €",
        "au taux de 12,40 % l’an (taux BCE 2,40 % + 10 points), révisé au premier jour de chaque "
        "semestre ;",
        "les dépens (articles 695 et 696 du code de procédure civile).",
        "(article 1408 du code de procédure civile)",
        "Fait à Bourg-en-Bresse, le 20 novembre 2026 Claire Morel gérante",
        "Annexe 2 – Bordereau des pièces",
    ],
)
def test_the_request_fills_each_field_of_the_official_form(field):
    assert field in words("garage-tilleul", REQUEST)


def test_the_request_of_a_person_gives_his_civil_status_without_guessing_a_gender():
    assert (
        "Madame Élise Faure, entrepreneur individuel (EI), peintre en bâtiment, demeurant 7 rue "
        "du Four, 21200 Beaune, SIREN 000 100 404. Nationalité : française. Date et lieu de "
        "naissance : 14 mars 1984, Dijon." in words("chantier-lambert", 3)
    )


def test_a_referral_that_is_not_wanted_is_not_asked():
    changes = {"creance.renvoi_sur_opposition": "non"}
    assert "opposition" not in words("garage-tilleul", REQUEST, changes)


def test_the_written_acknowledgement_of_a_debt_is_put_before_the_judge():
    assert "Le débiteur a reconnu sa dette par écrit le 3 août 2026 (pièce n° 3)." in (
        words("hotel-belvedere", 2)
    )


def test_an_invoice_paid_late_leaves_only_its_accessories_to_claim():
    changes = {"paiements.0": {"le": "2026-05-12", "montant": "1 459,65", "sur": "F2026-0117"}}
    text = words("garage-tilleul", DEBIT_NOTE, changes)
    assert "Total dû | 40,00 €" in text
    assert "restent dus" not in text


@pytest.mark.parametrize(
    ("channel", "line"),
    [
        ({"canal": "lrar", "numero": "1A"}, "Lettre recommandée avec avis de réception n° 1A"),
        ({"canal": "lre", "numero": "E1"}, "Lettre recommandée électronique n° E1"),
        ({"canal": "remise"}, "Remise en main propre contre décharge"),
        ({"canal": "courriel"}, "Par courriel : atelier@garage-tilleul.example"),
    ],
)
def test_the_letter_says_how_it_travels(channel, line):
    assert line in words("garage-tilleul", RELANCE, {"lettres.0.envoi": channel})


# --- Markdown ------------------------------------------------------------------------------


def test_headings_go_down_when_an_annex_follows_a_letter():
    assert to_html("## Principal") == "<h2>Principal</h2>\n"
    assert to_html("## Principal", deeper=1) == "<h3>Principal</h3>\n"


def test_an_annex_keeps_its_own_heading_order():
    (annex, _) = written_example("garage-tilleul").annexes
    assert re.findall(r"<h(\d)", annex.document)[:2] == ["1", "2"]
