"""What a judge may ask: an exhibit taken away leaves its own gap alone; the glossary’s words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dument.kit import open_kit
from dument.pages.frame import Desk
from dument.pages.judge import judge
from dument.rules.evidence import RULE, evidence
from dument.workshop import Workshop, open_workshop
from tests.site_reader import Page
from tests.test_pages import CASE, TODAY, lay, work


@pytest.fixture(scope="module")
def workshop(root) -> Workshop:
    return open_workshop(open_kit(root))[0]


@pytest.fixture(scope="module")
def dossier(workshop, tmp_path_factory):
    """A dossier whose first invoice has an exhibit for every point, each its own."""
    text = CASE.replace(
        "piece: facture-1}", "piece: facture-1,\n     piece_prestation: livraison}"
    )
    text = text.replace("clause_penale: 10 %}", "clause_penale: 10 %, piece: cgv}")
    text = text.replace("type: reconnaissance,", "type: reconnaissance, piece: aveu,")
    text = text.replace(
        "juridiction:",
        "  - {id: livraison, titre: Livraison, fichier: pieces/devis.pdf}\n"
        "  - {id: cgv, titre: Conditions, fichier: pieces/devis.pdf}\n"
        "  - {id: aveu, titre: Aveu, fichier: pieces/devis.pdf}\njuridiction:",
    )
    return work(workshop, lay(tmp_path_factory.mktemp("preuve") / "essai", text))


def answers(case, number: str = "F-1", day: date = TODAY) -> dict[str, str]:
    return {one.name: str(one.answer) for one in evidence(case, case.invoice(number), day)}


def test_an_invoice_with_all_its_exhibits_lacks_nothing(dossier):
    assert set(answers(dossier.case).values()) == {"prouve"}


@pytest.mark.parametrize(("exhibit", "gap", "answer"), [
    ("devis", "commande", "dit"),
    ("livraison", "livraison", "dit"),
    ("cgv", "conditions", "dit"),
    ("facture-1", "facture", "manque"),
    ("avis", "mise-en-demeure", "dit"),
    ("aveu", "reconnaissance", "dit"),
])  # fmt: skip
def test_an_exhibit_taken_away_leaves_its_gap_and_no_other(dossier, exhibit, gap, answer):
    left = tuple(one for one in dossier.case.exhibits if one.id != exhibit)
    case = dossier.case.model_copy(update={"exhibits": left})
    told = answers(case)
    assert {name: found for name, found in told.items() if found != "prouve"} == {gap: answer}


def test_a_notice_that_bears_on_another_invoice_proves_nothing_for_this_one(dossier):
    notice = dossier.case.letters[1]
    other = notice.model_copy(update={"invoices": ("F-2",)})
    letters = (dossier.case.letters[0], other, *dossier.case.letters[2:])
    case = dossier.case.model_copy(update={"letters": letters})
    assert answers(case)["mise-en-demeure"] == "manque"
    assert answers(case, "F-2")["mise-en-demeure"] == "prouve"


def test_a_notice_sent_before_an_invoice_was_due_proves_nothing_for_it(dossier):
    # F-1 is due on 1 April, F-2 on 10 May and 10 December; the notice is of 8 June.
    letters = list(dossier.case.letters)
    letters[1] = letters[1].model_copy(update={"on": date(2026, 5, 10)})
    case = dossier.case.model_copy(update={"letters": tuple(letters)})
    assert answers(case)["mise-en-demeure"] == "prouve"
    assert answers(case, "F-2")["mise-en-demeure"] == "manque"


def test_nothing_is_known_before_it_happened(dossier):
    told = answers(dossier.case, day=date(2026, 4, 20))
    assert told["mise-en-demeure"] == "manque"
    assert "reconnaissance" not in told


def test_the_page_asks_each_question_and_says_what_to_look_for(workshop, dossier):
    left = tuple(one for one in dossier.case.exhibits if one.id != "livraison")
    bare = replace(dossier, case=dossier.case.model_copy(update={"exhibits": left}))
    law = bare.law
    text = Page(workshop.site.pages(bare, {})["juge.html"]).text.replace("\u202f", " ")
    assert "La prestation a-t-elle été faite" in text
    assert "bon de livraison ou le procès-verbal" in law.sentence(RULE, "livraison-dit")
    assert "bon de livraison ou le procès-verbal" in text
    assert judge(Desk(bare, {}))["points"] == len(answers(bare.case)) + len(
        answers(bare.case, "F-2")
    )


def test_every_word_of_the_glossary_stands_once_with_its_articles(workshop, dossier):
    page = Page(workshop.site.pages(dossier, {})["glossaire.html"])
    terms = dossier.law.glossary
    assert len({one.word for one in terms}) == len(terms) > 20
    linked = {one.partition("#")[2] for _, one in page.values("href")}
    for term in terms:
        assert set(term.articles) <= set(dossier.law.articles)
        assert set(term.articles) <= linked
        assert term.meaning.endswith(".")
