"""The amicable letters: what each one says, in each regime, and what it never says."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dument.case import LetterRequest
from dument.french import squeeze
from dument.kit import open_kit
from dument.letters import Letter, Subject
from dument.pipeline import prepare, produce
from dument.workshop import open_workshop
from tests.examples import AS_OF, ROOT, findings, patched_example, workshop
from tests.projects import dument_says, lay_project

B2B, B2C, PUBLIC = "halles-montclar", "villa-castel", "syndicat-des-eaux"
AMICABLE = (
    "relance-preventive", "compte-rendu-appel", "relance-amiable", "dernier-avis",
    "suspension-prestations", "proposition-amiable", "echeancier", "reconnaissance-de-dette",
)  # fmt: skip
CALL = {"le": "2026-04-14", "type": "appel"}


def letters(slug: str, changes: dict[str, Any] | None = None) -> dict[str, Letter]:
    """Return the letters of an example by kind, the last one of each."""
    return {one.kind: one for one in patched_example(slug, changes or {}).letters}


def words(slug: str, kind: str, changes: dict[str, Any] | None = None) -> str:
    """Return a letter's words on one line, with plain spaces."""
    return squeeze(letters(slug, changes)[kind].text)


def added(kind: str, **request: Any) -> dict[str, Any]:
    """Ask the first example for one more letter."""
    return {"lettres.4": {"modele": kind, **request}}


# --- Every kind, every regime --------------------------------------------------------------


@pytest.mark.parametrize("kind", AMICABLE)
def test_an_example_sends_each_kind_in_each_regime_it_allows(kind):
    regimes = workshop(ROOT).writer.kinds.versions[kind][-1].regimes
    of = {"professionnel": B2B, "consommateur": B2C, "public": PUBLIC}
    assert all(kind in letters(of[regime]) for regime in regimes)


@pytest.mark.parametrize("kind", [kind for kind in AMICABLE if kind in letters(B2C)])
def test_a_consumer_reads_of_no_cost_at_any_step(kind):
    text = words(B2C, kind)
    for phrase in ("40,00 €", "441-10", "indemnité", "pénalité", "dépens", "saisie"):
        assert phrase not in text
    assert re.findall(r"\bfrais\b", text) == (["frais"] if kind == "echeancier" else [])


@pytest.mark.parametrize("kind", [kind for kind in AMICABLE if kind in letters(PUBLIC)])
def test_a_public_buyer_reads_of_no_judge_before_the_formal_notice(kind):
    text = words(PUBLIC, kind).lower()
    for phrase in ("injonction", "juridiction", "commissaire", "saisie", "dépens", "tribunal"):
        assert phrase not in text


@pytest.mark.parametrize("slug", [B2B, B2C, PUBLIC])
def test_nothing_looks_like_an_act_of_court(slug):
    for letter in letters(slug).values():
        assert not re.search(r"(?i)requérant|par ces motifs|\bsommation|commandement", letter.text)


# --- Before the due date -------------------------------------------------------------------


def test_a_reminder_before_the_due_date_names_what_is_to_come_alone():
    text = words(B2B, "relance-preventive")
    assert "F2026-0188 – maintenance du deuxième trimestre | 01/07/2026 | 31/07/2026" in text
    assert "F2026-0241" not in text  # not issued yet
    assert "régler 1 800,00 € au plus tard le 31 juillet 2026" in text


def test_a_reminder_before_the_due_date_leaves_out_what_is_late():
    late = added("relance-preventive", le="2026-04-15") | {
        "factures.1": {"numero": "F9", "emise_le": "2026-04-10", "echeance": "2026-05-10",
                       "ttc": "120,00"}
    }  # fmt: skip
    text = words("garage-tilleul", "relance-preventive", late)
    assert "Objet : Échéance prochaine, facture F9" in text
    assert "F2026-0117 –" not in text
    assert "régler 120,00 € au plus tard le 10 mai 2026" in text


def test_several_due_dates_to_come_are_summed():
    more = {"numero": "F9", "emise_le": "2026-07-02", "echeance": "2026-08-10", "ttc": "100,00"}
    text = words(B2B, "relance-preventive", {"factures.2": more})
    assert "Les factures suivantes arrivent bientôt" in text
    assert "Total à régler | | | | 1 900,00 €" in text
    assert "régler 1 900,00 € aux dates indiquées" in text


# --- The second reminder, the last warning --------------------------------------------------


def test_the_second_reminder_is_firmer_and_counts_the_days():
    first, second = (one for one in patched_example(B2B, {}).letters
                     if one.kind == "relance-amiable")  # fmt: skip
    assert "Sauf erreur de notre part, il reste" in squeeze(first.text)
    text = squeeze(second.text)
    assert "déjà écrit les 7 et 20 août 2026, sous la référence 2026-041" in text
    assert "Nous vous demandons de nous régler" in text
    assert "sous 8 jours, soit au plus tard le 8 septembre 2026" in text


def test_a_first_reminder_may_be_firm():
    text = words("garage-tilleul", "relance-amiable", {"lettres.0.ton": "ferme"})
    assert "Il reste à régler" in text
    assert "sous 8 jours, soit au plus tard le 23 avril 2026" in text


def test_a_day_that_the_case_chooses_is_printed_alone():
    text = words(B2B, "dernier-avis", {"lettres.4.date_limite": "2026-09-30"})
    assert re.search(r"régler [\d ,]+ € au plus tard le 30 septembre 2026", text)


def test_the_last_warning_says_what_comes_next_and_leaves_a_way_out():
    text = words(B2B, "dernier-avis")
    assert "dans les 8 jours de la réception de cette lettre, soit au plus tard le 21 s" in text
    assert "le dernier avis que nous vous adressons avant une mise en demeure" in text
    assert "Une solution amiable reste ouverte" in text
    assert "mettons en demeure" not in text


@pytest.mark.parametrize("kind", ["relance-amiable", "dernier-avis", "mise-en-demeure"])
def test_a_consumer_who_complained_is_told_of_the_mediator(kind):
    complaint = {"le": "2026-08-08", "type": "reclamation", "resume": "Une fissure."}
    told = "médiateur de la consommation"
    assert told in words(B2C, kind, {"journal.2": complaint})
    assert (told in words(B2C, kind)) is (kind == "mise-en-demeure")


BROKEN = "Le règlement de 1 800,00 € annoncé le 20 août 2026 pour le 28 août 2026 ne nous est pas"


@pytest.mark.parametrize(
    ("paid", "is_broken"),
    [
        (None, True),
        ({"le": "2026-08-28", "montant": "1 799,99"}, True),
        ({"le": "2026-08-29", "montant": "1 800,00"}, True),
        ({"le": "2026-08-28", "montant": "1 800,00"}, False),
        ({"le": "2026-08-28", "montant": "1 800,00", "rejete_le": "2026-08-30"}, True),
    ],
)
def test_a_promise_that_was_not_kept_is_recalled(paid, is_broken):
    more = {"numero": "F9", "emise_le": "2026-07-01", "echeance": "2026-07-31", "ttc": "900,00"}
    changes = {"factures.2": more} | ({"paiements": [paid]} if paid else {})
    assert (BROKEN in words(B2B, "dernier-avis", changes)) is is_broken
    assert (BROKEN in words(B2B, "relance-amiable", changes)) is is_broken


# --- After a call ---------------------------------------------------------------------------


def test_the_report_of_a_call_tells_who_what_and_when():
    text = words(B2B, "compte-rendu-appel")
    assert "échange téléphonique de ce jour avec Mme Colin, comptabilité, nous" in text
    assert "le règlement de 1 800,00 € pour le 28 août 2026" in text
    assert "décide seule" not in text  # the private note


def test_the_message_itself_confirms_the_call():
    message = squeeze(letters(B2B)["compte-rendu-appel"].email or "")
    assert "aucun désaccord ; règlement annoncé pour la fin du mois." in message
    assert "le règlement de 1 800,00 € pour le 28 août 2026" in message


def test_a_person_is_not_told_that_he_spoke_to_himself():
    assert "échange téléphonique de ce jour, nous" in words(B2C, "compte-rendu-appel")


@pytest.mark.parametrize(
    ("promise", "sentence"),
    [
        (None, "Merci de nous en proposer une par écrit au plus tard le 27 avril 2026."),
        ({"le": "2026-04-20"}, "Vous nous avez annoncé un règlement pour le 20 avril 2026 :"),
    ],
)
def test_the_report_takes_the_latest_call_with_its_promise_or_none(promise, sentence):
    changes = added("compte-rendu-appel", le="2026-04-16") | {
        "journal.2": CALL | ({"promesse": promise} if promise else {})
    }
    text = words("garage-tilleul", "compte-rendu-appel", changes)
    assert "échange téléphonique du 14 avril 2026" in text
    assert sentence in text


def test_a_report_without_a_call_lacks_it():
    letter = letters("garage-tilleul", added("compte-rendu-appel", le="2026-04-07"))
    assert "dernier_appel.le" in letter["compte-rendu-appel"].missing


# --- The call sheet, for the owner alone ----------------------------------------------------


def call_sheet(slug: str, changes: dict[str, Any] | None = None) -> Letter:
    seen = patched_example(slug, changes or {})
    request = LetterRequest(kind="fiche-appel", on=AS_OF)
    subject = Subject(seen.case, seen.law, seen.statement, request, 0)
    letter, faults = workshop(ROOT).writer.write_request(subject, seen.places.root)
    assert letter is not None
    assert faults == []
    return letter


def test_the_call_sheet_gives_the_figures_the_past_and_room_to_write():
    sheet = call_sheet(B2B)
    text = squeeze(sheet.text)
    assert "Total dû | 3 761,94 €" in text
    assert "20/08/2026 : appel avec Mme Colin, comptabilité." in text
    assert "Promis : 1 800,00 € pour le 28/08/2026." in text
    assert "Quel jour paierez-vous, et combien ?" in text
    assert len(re.findall(r"<td[^>]*></td>", sheet.document)) > 4
    assert not sheet.is_draft


def test_the_call_sheet_says_when_not_to_call():
    opened = {"statut.procedure_collective": {"type": "redressement", "jugement_le": "2026-11-02"}}
    assert "N’appelez pas pour réclamer" in squeeze(call_sheet(B2B, opened).text)


def test_an_internal_document_is_refused_among_the_letters(tmp_path):
    shop, _ = open_workshop(open_kit(ROOT))
    case = (ROOT / "data/exemples" / PUBLIC / "dossier.yaml").read_text(encoding="utf-8")
    folder = tmp_path / "dossier"
    folder.mkdir()
    asked = "lettres:\n  - {modele: fiche-appel, le: 2026-10-01}\n"
    case = case.replace("lettres:\n", asked).partition("pieces:\n")[0]
    case = re.sub(r"(?m)^ +piece: .*\n", "", case).replace(
        "creancier: imprimerie-ardent", "creancier: creancier"
    )
    party = ROOT / "data/exemples/parties/imprimerie-ardent.yaml"
    (tmp_path / "parties").mkdir()
    (tmp_path / "parties/creancier.yaml").write_bytes(party.read_bytes())
    (folder / "dossier.yaml").write_text(case, encoding="utf-8")
    _, found = prepare(shop, folder, AS_OF)
    assert [one.id for one in found if one.fails()] == ["lettre/interne"]


def test_nothing_internal_is_in_what_is_handed_over():
    shop, _ = open_workshop(open_kit(ROOT))
    dossier, _ = prepare(shop, ROOT / "data/exemples" / PUBLIC, AS_OF)
    assert dossier is not None
    files, _ = produce(shop, dossier)
    assert "lettres/02-2026-09-30-compte-rendu-appel.pdf" in files
    for name, data in files.items():
        assert "fiche-appel" not in name
        assert b"Pour vous seul" not in data


# --- Suspension, formal notice --------------------------------------------------------------


def test_a_suspension_counts_its_days_and_says_how_to_resume():
    text = words(B2B, "suspension-prestations")
    assert "ce paiement manque depuis 73 jours" in text  # 31 July to 12 October: 31 + 30 + 12
    assert "À compter du 2 novembre 2026, nous suspendons la maintenance de l’éclairage" in text
    assert "Nos prestations reprendront dès ce règlement reçu" in text
    assert "vos biens comme vos données, reste à votre disposition" in text


def test_a_formal_notice_quotes_the_clause_and_warns_of_the_end_of_the_contract():
    changes = {"lettres.1.clause_resolutoire": "article 8", "lettres.1.resolution": "oui"}
    text = words("garage-tilleul", "mise-en-demeure", changes)
    assert (
        "de la clause résolutoire de notre contrat (article 1225 du code civil) : « article 8"
        in text
    )
    assert "en droit de résoudre le contrat (article 1226 du code civil)" in text


# --- Proposal -------------------------------------------------------------------------------


def test_a_proposal_names_its_way_its_person_and_its_day():
    text = words(B2B, "proposition-amiable")
    assert "Objet : Proposition de médiation" in text
    assert "nous vous proposons une médiation. Nous proposons de la confier à Mme Iris" in text
    assert "réponse par écrit au plus tard le 23 novembre 2026" in text
    assert "750-1" not in text


def test_a_proposal_to_a_consumer_tells_of_the_step_before_the_judge_up_to_the_threshold():
    sentence = "la demande qui n’excède pas 5 000,00 €"
    assert sentence in words(B2C, "proposition-amiable")
    assert sentence not in words(B2C, "proposition-amiable", {"factures.0.ttc": "5 000,00"})


# --- Schedule and acknowledgement -----------------------------------------------------------


@pytest.mark.parametrize("slug", [B2B, B2C])
@pytest.mark.parametrize("kind", ["echeancier", "reconnaissance-de-dette"])
def test_the_debtors_own_words_are_left_blank_beside_their_model(slug, kind):
    letter = letters(slug)[kind]
    _, _, after = letter.document.partition("Écrit de la main du débiteur")
    blank, _, _ = after.partition("</table>")
    assert re.findall(r"<td[^>]*>(.*?)</td>", blank) == ["", ""]
    assert "Modèle à recopier : « Bon pour trois mille" in squeeze(letter.text)


def test_a_schedule_suspends_penalties_between_businesses():
    text = words(B2B, "echeancier")
    assert "la somme de 3 760,72 €, arrêtée au 20 novembre 2026" in text
    assert "sur les pénalités comprises dans la somme ci-dessus, puis sur le principal" in text
    assert "elles sont dues depuis le lendemain de ce jour" in text
    assert "reste sans effet 8 jours après sa première présentation" in text


def test_a_schedule_follows_the_rank_of_the_fixed_sum_in_the_case():
    changes = {"conditions.conventions": {"indemnite": "avec-interets"}}
    text = words(B2B, "echeancier", changes)
    assert "sur les pénalités et l’indemnité forfaitaire comprises" in text
    assert "enfin sur l’indemnité" not in text


def test_a_schedule_is_free_for_a_consumer():
    text = words(B2C, "echeancier")
    assert "Ce délai est gratuit : il n’ajoute ni frais ni intérêts." in text
    assert "courent au taux légal sur le principal restant dû, à compter de la mise en" in text


def test_a_schedule_is_signed_by_both_and_an_acknowledgement_by_the_debtor():
    assert "Le créancier | Le débiteur" in words(B2B, "echeancier")
    assert "Le créancier | Le débiteur" not in words(B2B, "reconnaissance-de-dette")
    assert "Halles Montclar, par Sonia Bret, présidente" in words(B2B, "reconnaissance-de-dette")


def test_a_schedule_that_does_not_make_up_the_total_is_told_at_its_line():
    changes = {"lettres.8.echeances.3.montant": "940,17"}
    (found,) = findings(patched_example(B2B, changes), "ECH-003")
    assert "elles font 3 760,71 €, le total dû est 3 760,72 €" in squeeze(found.message)
    assert found.position is not None


# --- Contacts -------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "count"), [("2026-08-16", 1), ("2026-08-17", 0)])
def test_the_third_contact_within_seven_days_is_one_too_many(day, count):
    changes = {  # a letter has left on 10 August; the 16th is its seventh day
        "journal.2": {"le": "2026-08-12", "type": "appel"},
        "journal.3": {"le": day, "type": "sms"},
    }
    assert len(findings(patched_example(B2C, changes), "REL-006")) == count


# --- `dument print` -------------------------------------------------------------------------


def test_print_writes_the_call_sheet_away_from_the_outputs(tmp_path):
    lay_project(tmp_path)
    said = dument_says(tmp_path, "print", "bon", "--date", "2026-11-21")
    assert said.exit_code == 0, said.stderr
    assert [path.name for path in (tmp_path / "fiches").iterdir()] == ["bon-fiche-appel.pdf"]
    assert not (tmp_path / "sortie").exists()


def test_print_refuses_a_folder_that_is_handed_over(tmp_path):
    lay_project(tmp_path)
    (tmp_path / "sortie/bon").mkdir(parents=True)
    (tmp_path / "sortie/bon/manifest.json").write_text("{}", encoding="utf-8")
    said = dument_says(tmp_path, "print", "bon", "-d", str(tmp_path / "sortie/bon/lettres"))
    assert said.exit_code == 2
    assert "une sortie, que l’on remet" in said.stderr
