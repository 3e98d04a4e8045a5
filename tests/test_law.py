"""The law pack: closed intervals, sources, and files that cannot be read."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest

from dument.faults import Misread
from dument.kit import Kit, open_kit
from dument.law import Law, OutsideKnownLaw, Status, read_law
from dument.law.patterns import refuse_unsafe

PARAMETER = """\
titre: Taux d’essai
nature: periodique
unite: pourcent
articles: []
a_completer: Lire le Journal officiel.
valeurs:
  - {du: 2026-01-01, au: 2026-06-30, valeur: "2,15",
     reference: Arrêté 1, lu_le: 2026-07-01, statut: verifie}
  - {du: 2026-07-01, au: 2026-12-31, valeur: "2,40",
     reference: Arrêté 2, lu_le: 2026-07-01, statut: a-verifier}
"""


@pytest.fixture(scope="module")
def shipped(root) -> Law:
    law, diagnostics = read_law(open_kit(root))
    assert diagnostics == []
    return law


@pytest.fixture
def read(tmp_path):
    """Read a pack of one parameter, and what is said about it."""

    def read_parameter(text: str, name: str = "essai"):
        path = tmp_path / f"legal/parametres/{name}.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return read_law(Kit(tmp_path, tmp_path))

    return read_parameter


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2026-01-01", "2.15"),
        ("2026-06-30", "2.15"),
        ("2026-07-01", "2.40"),
        ("2026-12-31", "2.40"),
    ],
)
def test_both_ends_of_an_interval_belong_to_it(read, day, value):
    law, _ = read(PARAMETER)
    assert law.value("essai", date.fromisoformat(day)).value == Decimal(value)


@pytest.mark.parametrize("day", ["2025-12-31", "2027-01-01"])
def test_the_last_value_is_never_prolonged(read, day):
    law, _ = read(PARAMETER)
    with pytest.raises(OutsideKnownLaw):
        law.value("essai", date.fromisoformat(day))


def test_an_interval_without_end_holds(read):
    law, _ = read(PARAMETER.replace("au: 2026-12-31", "au: "))
    assert law.value("essai", date(2099, 1, 1)).value == Decimal("2.40")


def test_a_value_keeps_how_sure_it_is(read):
    law, _ = read(PARAMETER)
    assert law.value("essai", date(2026, 7, 1)).status is Status.UNVERIFIED


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("titre: Taux d’essai\n", "", "droit/cle-manquante"),
        ("nature: periodique", "nature: souvent", "droit/illisible"),
        ('"2,15"', "beaucoup", "droit/illisible"),
        ("statut: verifie", "statut: sur", "droit/illisible"),
        ("2026-01-01", "2026-02-30", "droit/illisible"),
        ("articles: []", "articles: [c-com-inconnu]", "droit/article-inconnu"),
        ("reference: Arrêté 1, ", "", "droit/cle-manquante"),
        ("articles: []", "articles: [[]]", "droit/illisible"),
        ("articles: []", "articles: [{a: b}]", "droit/illisible"),
        ("articles: []", "articles: c-com-inconnu", "droit/illisible"),
        ("titre: Taux d’essai", "titre: [x, x]", "droit/illisible"),
        ("reference: Arrêté 1, ", "reference: {a: b}, ", "droit/illisible"),
        *(('"2,15"', wrong, "droit/illisible")
          for wrong in ("NaN", "sNaN", "Infinity", "1e3", "1e999999", "2_0", "1000000000")),
    ],
)  # fmt: skip
def test_a_faulty_file_of_law_is_said_with_its_name(read, before, after, fault):
    _, [found] = read(PARAMETER.replace(before, after))
    assert (found.id, found.position.file) == (fault, "legal/parametres/essai.yaml")


@pytest.mark.parametrize(
    ("unit", "value"),
    [("euro", "-5"), ("Mo", "-1"), ("jour", "36501"), ("mois", "-1"), ("annee", "1,5")],
)
def test_a_value_without_sense_for_its_unit_is_refused_where_it_stands(read, unit, value):
    text = PARAMETER.replace("pourcent", unit).replace('"2,15"', "1")
    _, [found] = read(text.replace('"2,40"', f'"{value}"'))
    assert (found.id, found.position.line) == ("droit/illisible", 9)


def test_a_rate_may_be_negative(read):
    law, found = read(PARAMETER.replace('"2,40"', '"-0,40"'))
    assert found == []
    assert law.value("essai", date(2026, 7, 1)).value == Decimal("-0.40")


@pytest.mark.parametrize(
    "pattern",
    [
        r"(\w+\s*)+%",
        "(a+)+",
        "(?:a|b+)*",
        "((a+)b?)*",
        "(x|(a*))+?",
        "(a{1,20})+",
        "[a",
        "(" * 900,
    ],
)
def test_a_pattern_that_may_search_for_ever_or_says_nothing_is_refused(pattern):
    with pytest.raises(Misread):
        refuse_unsafe(pattern)


@pytest.mark.parametrize("pattern", [r"(?:\d+,)+", r"(?:\s?\d{3})*", "(?:(?!b).)*", "(?:ab?)*"])
def test_a_pattern_that_ends_is_admitted(pattern):
    refuse_unsafe(pattern)


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        ("pourcent", "2,40", "2,40\u00a0%"),
        ("euro", "40", "40,00\u00a0€"),
        ("points", "10", "10\u00a0points"),
        ("jour", "30", "30\u00a0jours"),
        ("annee", "5", "5\u00a0ans"),
        ("coefficient", "3", "3"),
    ],
)
def test_a_value_is_worded_with_its_unit(read, unit, value, words):
    text = PARAMETER.replace("pourcent", unit).replace('"2,15"', "1")
    law, _ = read(text.replace('"2,40"', f'"{value}"'))
    assert law.worded("essai", law.value("essai", date(2026, 7, 1))) == words


def test_the_projects_file_replaces_the_kits(tmp_path, read):
    read(PARAMETER)
    project = tmp_path / "projet"
    mine = project / "legal/parametres/essai.yaml"
    mine.parent.mkdir(parents=True)
    mine.write_text(PARAMETER.replace('"2,40"', '"9,99"'), encoding="utf-8")
    (project / "dument.yaml").write_text("", encoding="utf-8")
    law, _ = read_law(Kit(tmp_path, project))
    assert law.value("essai", date(2026, 7, 1)).value == Decimal("9.99")


def test_intervals_of_the_pack_never_overlap(shipped):
    for parameter in shipped.parameters.values():
        oldest_first = parameter.values[::-1]
        for earlier, later in pairwise(oldest_first):
            assert earlier.last_day is not None, parameter.slug
            assert earlier.last_day < later.first_day, parameter.slug


def test_periodic_values_of_the_pack_are_closed(shipped):
    periodic = [one for one in shipped.parameters.values() if one.is_periodic]
    assert [one.slug for one in periodic if one.values[0].last_day is None] == []


def test_periodic_values_say_what_to_read_next(shipped):
    periodic = [one for one in shipped.parameters.values() if one.is_periodic]
    assert [one.slug for one in periodic if not one.to_complete] == []


@pytest.mark.parametrize(
    "slug",
    ["taux-bce-semestriel", "taux-interet-legal-autres", "taux-interet-legal-particuliers"],
)
def test_rates_are_known_every_day_from_2013_to_2026(shipped, slug):
    day = date(2013, 1, 1)
    while day <= date(2026, 12, 31):
        day = shipped.value(slug, day).last_day + timedelta(days=1)
    assert day == date(2027, 1, 1)


@pytest.mark.parametrize(
    "slug",
    ["taux-bce-semestriel", "taux-interet-legal-autres", "taux-interet-legal-particuliers"],
)
def test_the_first_half_of_2027_is_unknown_and_says_so(shipped, slug):
    with pytest.raises(OutsideKnownLaw) as unknown:
        shipped.value(slug, date(2027, 1, 1))
    assert "2027-S1" in unknown.value.parameter.to_complete


def test_the_half_yearly_ecb_rate_is_that_of_its_first_day(shipped):
    for value in shipped.parameters["taux-bce-semestriel"].values:
        assert shipped.value("taux-bce-refinancement", value.first_day).value == value.value


def test_before_2015_one_legal_rate_held_for_all(shipped):
    for year in range(2005, 2015):
        day = date(year, 7, 1)
        assert (
            shipped.value("taux-interet-legal-autres", day).value
            == shipped.value("taux-interet-legal-particuliers", day).value
        )


@pytest.mark.parametrize(
    ("slug", "day", "value"),
    [
        ("taux-bce-semestriel", "2026-11-21", "2.40"),  # not the 2.65 of 16 September
        ("taux-bce-semestriel", "2025-05-01", "3.15"),  # not the 2.40 of April
        ("taux-bce-semestriel", "2024-12-01", "4.25"),
        ("taux-interet-legal-autres", "2026-03-01", "2.62"),
        ("taux-interet-legal-autres", "2026-09-01", "2.75"),
        ("taux-interet-legal-particuliers", "2026-03-01", "6.67"),
        ("taux-interet-legal-particuliers", "2026-09-01", "6.84"),
        ("indemnite-forfaitaire", "2026-03-01", "40"),
        ("indemnite-forfaitaire-publique", "2026-03-01", "40"),
        ("majoration-penalites-professionnels", "2026-03-01", "10"),
        ("majoration-acheteurs-publics", "2026-03-01", "8"),
        ("coefficient-plancher", "2026-03-01", "3"),
    ],
)
def test_the_values_in_force_are_those_that_were_read(shipped, slug, day, value):
    assert shipped.value(slug, date.fromisoformat(day)).value == Decimal(value)


def test_every_value_of_the_pack_has_a_reference_and_a_day_of_reading(shipped):
    for parameter in shipped.parameters.values():
        for value in parameter.values:
            assert value.reference, parameter.slug
            assert value.read_on, parameter.slug


def test_every_rule_that_computes_has_its_words(shipped):
    assert {
        "clause-penale",
        "indemnite-forfaitaire",
        "interets-legaux",
        "interets-moratoires-publics",
        "penalites-bce-majore",
        "penalites-contractuelles",
        "penalites-triple-taux-legal",
    } <= set(shipped.rules)


def test_an_origin_names_the_values_that_were_used(shipped):
    day = date(2026, 7, 1)
    slugs = ("taux-bce-semestriel", "majoration-penalites-professionnels")
    used = [(slug, shipped.value(slug, day)) for slug in slugs]
    words = shipped.origin("penalites-bce-majore", used).replace("\u00a0", " ")
    assert words == "taux BCE 2,40 % + 10 points"


def test_an_article_is_cited_with_its_part(shipped):
    cited = shipped.articles["c-com-l441-10"].cited("II").replace("\u00a0", " ")
    assert cited == "article L. 441-10, II, du code de commerce"
