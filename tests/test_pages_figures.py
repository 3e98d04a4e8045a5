"""What the pages say beside the sums: kept texts, public accessories, unknown rates, seals."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dument.digests import sha256
from dument.kit import open_kit
from dument.letters import Sealed
from dument.workshop import Workshop, open_workshop
from tests.site_reader import Page
from tests.test_pages import CASE, lay, printed, work

# Fifteen days at 10.15 % on 7 500 € are 31.28 €: the payment leaves the fixed sum of 40 € alone,
# due within 45 days of 30 June (CCP, art. R. 2192-36; the working is in tests/cas/).
PUBLIC = """\
  type: personne_publique
  denomination: Commune de Valbrune
  siren: 000 142 505
"""
PAID_LATE = """\
factures: [{numero: F1, emise_le: 2026-05-16, echeance: 2026-06-15, ttc: '7 500,00'}]
paiements: [{le: 2026-06-30, montant: '7 531,28'}]
"""


@pytest.fixture(scope="module")
def workshop(root) -> Workshop:
    return open_workshop(open_kit(root))[0]


def words(workshop: Workshop, folder, text: str, day: date, page: str = "decompte.html") -> str:
    dossier = work(workshop, lay(folder / "essai", text), day)
    return said(workshop.site.pages(dossier, printed(dossier))[page])


def said(page: bytes) -> str:
    return " ".join(Page(page).text.split())


def test_a_contract_older_than_the_code_keeps_its_article_on_the_page(workshop, tmp_path):
    old = CASE.replace("conditions: {", "conditions: {contrat_du: 2019-04-25, ")
    day = date(2026, 11, 21)
    told = words(workshop, tmp_path / "ancien", old, day)
    assert "25 avril 2019" in told
    assert "25 avril 2019" not in words(workshop, tmp_path / "neuf", CASE, day)


def test_what_a_public_buyer_still_owes_has_its_last_day_on_the_page(workshop, tmp_path):
    head = CASE.partition("debiteur:\n")[0]
    place = "  adresse: {voie: 12 rue des Tanneurs, code_postal: 69005, commune: Lyon}\n"
    text = f"{head}debiteur:\n{PUBLIC}{place}{PAID_LATE}"
    told = words(workshop, tmp_path, text, date(2026, 8, 14))
    assert "14 août 2026" in told
    assert "R. 2192-36" in told


def test_the_first_day_without_a_known_rate_is_told(workshop, tmp_path):
    told = words(workshop, tmp_path, CASE, date(2026, 11, 21))
    assert "À compter du 1er janvier 2027, le taux n’est pas encore connu" in told


def test_a_rate_that_stays_that_of_the_first_half_year_is_never_unknown(workshop, tmp_path):
    frozen = CASE.replace("conditions: {", "conditions: {conventions: {taux: fige}, ")
    assert "pas encore connu" not in words(workshop, tmp_path, frozen, date(2026, 11, 21))


def test_the_owner_is_told_what_to_write_for_each_reading(workshop, tmp_path):
    assert "annee: 365" in words(workshop, tmp_path, CASE, date(2026, 11, 21))


def test_a_sealed_letter_bears_its_fingerprint_and_another_says_it_has_none(workshop, tmp_path):
    dossier = work(workshop, lay(tmp_path / "essai"))
    reminder, notice, *rest = dossier.letters
    pdf = b"%PDF- scellee"
    sealed = replace(notice, sealed=Sealed(pdf, 1, Decimal("1000.00")))
    dossier = replace(dossier, letters=(reminder, sealed, *rest))
    pages = workshop.site.pages(dossier, printed(dossier))
    assert sha256(pdf) in said(pages[f"lettres/{notice.stem}.html"])
    assert sha256(pdf)[:12] in said(pages["lettres.html"])
    assert "seul l’exemplaire envoyé fait foi" in said(pages[f"lettres/{reminder.stem}.html"])
    draft = rest[0]
    assert "fait foi" not in said(pages[f"lettres/{draft.stem}.html"])


def test_the_court_of_the_file_stands_beside_the_reasons_for_another(workshop, tmp_path):
    firms = CASE.replace("  type: societe\n", "  type: societe\n  forme: SARL\n")
    told = words(workshop, tmp_path, firms, date(2026, 11, 21), "juge.html")
    assert "Tribunal de commerce de Lyon, que le dossier nomme" in told
    assert "mène à une autre juridiction : tribunal des activités économiques de Lyon" in told
