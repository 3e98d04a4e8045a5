"""`dument law`: what it lists, shows, refuses and compares, in a project laid over the kit."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import Result

from tests.projects import dument_says, lay_project

DAY = "2026-11-21"
HALF_YEARLY = ("taux-bce-semestriel", "taux-interet-legal-autres",
               "taux-interet-legal-particuliers")  # fmt: skip
PARAMETER = """\
titre: Somme d’essai
nature: permanent
unite: euro
articles: []
valeurs:
  - {du: 2020-01-01, au: 2020-12-31, valeur: 10, reference: Essai 1, source: "https://exemple.fr",
     lu_le: 2026-11-21, statut: verifie}
  - {du: 2021-01-01, valeur: 20, reference: Essai 2, source: "https://exemple.fr",
     lu_le: 2026-11-21, statut: verifie}
"""
ARTICLE = """\
---
article: "1"
code: Code d’essai
intitule: Essai
nature: resume
en_vigueur_du: 2020-01-01
en_vigueur_au:
source: https://exemple.fr
lu_le: 2026-11-21
statut: verifie
---
Rien.
"""


@pytest.fixture
def project(tmp_path) -> Path:
    (tmp_path / "dument.yaml").touch()
    return tmp_path


def law_says(project: Path, *words: str) -> Result:
    return dument_says(project, "law", *words)


def lay(project: Path, name: str, text: str) -> None:
    path = project / "legal" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def lay_changed(project: Path, root: Path, name: str, before: str, after: str) -> None:
    """Lay a file of the kit over the kit, with one change."""
    text = (root / "legal" / name).read_text(encoding="utf-8")
    assert before in text
    lay(project, name, text.replace(before, after, 1))


def found(project: Path, *, day: str = DAY) -> list[dict[str, str]]:
    return json.loads(law_says(project, "check", "--date", day, "--format", "json").stdout)


def ids_about(project: Path, file: str, *, day: str = DAY) -> set[str]:
    return {one["id"] for one in found(project, day=day) if one["fichier"] == f"legal/{file}"}


def test_the_shipped_law_has_no_error_on_the_day_it_was_read(project):
    assert [one for one in found(project) if one["niveau"] == "erreur"] == []
    assert law_says(project, "check", "--date", DAY).exit_code == 0


def test_a_doubtful_law_fails_when_warnings_do(project):
    assert law_says(project, "check", "--date", DAY, "--strict").exit_code == 1


@pytest.mark.parametrize(
    ("before", "after", "id"),
    [
        ("au: 2020-12-31", "au: 2020-11-30", "droit/trou"),
        ("au: 2020-12-31", "au: 2021-06-30", "droit/chevauchement"),
        ("au: 2020-12-31, ", "", "droit/chevauchement"),
        ("au: 2020-12-31", "au: 2019-12-31", "droit/intervalle"),
        ("nature: permanent", "nature: periodique", "droit/intervalle"),
        ('source: "https://exemple.fr",', "", "droit/sans-source"),
        ("reference: Essai 2, ", "", "droit/cle-manquante"),
        ("reference: Essai 2, ", "reference: , ", "droit/cle-manquante"),
        ("lu_le: 2026-11-21, ", "", "droit/cle-manquante"),
        ("articles: []", "articles: [c-inconnu-1]", "droit/article-inconnu"),
        ("du: 2021-01-01,", "du: 2021-01-01, au: 2022-12-31,", "droit/serie-arretee"),
        ("lu_le: 2026-11-21, statut: verifie}\n", "lu_le: 2026-11-21, statut: secondaire}\n",
         "droit/secondaire"),
        ("statut: verifie", "statut: a-verifier", "droit/a-verifier"),
    ],
)  # fmt: skip
def test_each_fault_of_a_parameter_is_said(project, before, after, id):
    assert before in PARAMETER
    lay(project, "parametres/essai.yaml", PARAMETER.replace(before, after, 1))
    assert id in ids_about(project, "parametres/essai.yaml")


def test_a_sound_parameter_is_left_in_peace(project):
    lay(project, "parametres/essai.yaml", PARAMETER)
    assert ids_about(project, "parametres/essai.yaml") == set()


def test_an_error_fails_the_check_and_a_warning_does_not(project):
    lay(
        project,
        "parametres/essai.yaml",
        PARAMETER.replace("statut: verifie", "statut: secondaire"),
    )
    assert law_says(project, "check", "--date", DAY).exit_code == 0
    lay(project, "parametres/essai.yaml", PARAMETER.replace("au: 2020-12-31", "au: 2020-11-30"))
    assert law_says(project, "check", "--date", DAY).exit_code == 1


@pytest.mark.parametrize(
    ("before", "after", "id"),
    [
        ("source: https://exemple.fr", "source:", "droit/sans-source"),
        ("lu_le: 2026-11-21", "lu_le:", "droit/sans-lecture"),
        ("en_vigueur_au:", "en_vigueur_au: 2025-12-31", "droit/article-perime"),
        ("lu_le: 2026-11-21", "lu_le: 2025-11-20", "droit/a-relire"),
        ("statut: verifie", "statut: a-verifier", "droit/a-verifier"),
        ("statut: verifie", "statut: secondaire", "droit/secondaire"),
    ],
)
def test_each_fault_of_an_article_is_said(project, before, after, id):
    lay(project, "articles/c-essai-1.md", ARTICLE.replace(before, after, 1))
    assert ids_about(project, "articles/c-essai-1.md") == {id}


def test_a_legifrance_number_is_a_source_too(project):
    text = ARTICLE.replace("source: https://exemple.fr", "legifrance: LEGIARTI000000000001")
    lay(project, "articles/c-essai-1.md", text)
    assert ids_about(project, "articles/c-essai-1.md") == set()


def test_an_old_version_that_another_file_follows_is_no_fault(project):
    ended = ARTICLE.replace("en_vigueur_au:", "en_vigueur_au: 2025-12-31")
    lay(project, "articles/c-essai-1-2020.md", ended)
    lay(project, "articles/c-essai-1.md", ARTICLE.replace("du: 2020-01-01", "du: 2026-01-01"))
    assert ids_about(project, "articles/c-essai-1-2020.md") == set()


def test_a_renumbered_article_that_another_replaces_is_no_fault(project):
    lay(project, "articles/c-essai-1.md", ARTICLE.replace("_au:", "_au: 2025-12-31"))
    new = ARTICLE.replace('"1"', '"2"').replace("code:", "remplace: [c-essai-1]\ncode:")
    lay(project, "articles/c-essai-2.md", new)
    assert ids_about(project, "articles/c-essai-1.md") == set()


@pytest.mark.parametrize(
    ("name", "before", "after", "id"),
    [
        ("mentions/fac-012.yaml", "parametre: delai-paiement-maximal", "parametre: delai-perdu",
         "droit/parametre-inconnu"),
        ("regles/penalites-bce-majore.yaml", "{taux-bce-semestriel}", "{taux-perdu}",
         "droit/parametre-inconnu"),
        ("renumerotations.yaml", "nouveau: c-com-l441-9,", "nouveau: c-com-l441-99,",
         "droit/article-inconnu"),
        ("mentions/fac-012.yaml", "articles: [", "articles: [c-perdu-1, ",
         "droit/article-inconnu"),
    ],
)  # fmt: skip
def test_a_name_that_leads_nowhere_is_said(project, root, name, before, after, id):
    lay_changed(project, root, name, before, after)
    assert id in ids_about(project, name)


def test_in_2027_each_half_yearly_rate_names_what_to_read_and_where(project):
    ended = {one["fichier"]: one["aide"] for one in found(project, day="2027-01-02")
             if one["id"] == "droit/intervalle-echu"}  # fmt: skip
    assert set(ended) == {f"legal/parametres/{slug}.yaml" for slug in HALF_YEARLY}
    assert all("2027-S1" in hint and file in hint for file, hint in ended.items())
    assert law_says(project, "check", "--date", "2027-01-02").exit_code == 1


def test_on_the_last_day_of_2026_no_rate_has_ended(project):
    assert not [one for one in found(project, day="2026-12-31")
                if one["id"] == "droit/intervalle-echu"]  # fmt: skip


def test_in_2027_the_article_on_penalties_is_to_be_read_again(project):
    said = law_says(project, "check", "--date", "2027-01-02", "--quiet").stderr
    (line,) = re.findall(r"l’article L\.\s441-10 du code de commerce n’est connu.*", said)
    assert "31\u00a0décembre\u00a02026" in line
    assert "relisez-le dans sa version du 2\u00a0janvier\u00a02027" in said


def test_a_standing_value_is_to_be_read_again_after_twelve_months(project):
    file = "parametres/indemnite-forfaitaire.yaml"
    assert "droit/a-relire" not in ids_about(project, file, day="2027-11-21")
    assert "droit/a-relire" in ids_about(project, file, day="2027-11-22")


def test_the_age_of_a_reading_is_data(project, root):
    lay_changed(project, root, "parametres/relecture.yaml", "valeur: 12", "valeur: 1")
    assert "droit/a-relire" in ids_about(project, "articles/c-civ-1103.md", day="2026-12-22")


def test_a_past_interval_is_never_to_be_read_again(project):
    assert not [one for one in found(project, day="2028-01-01")
                if one["id"] == "droit/a-relire" and "taux-interet" in one["fichier"]]  # fmt: skip


def add_first_half_of_2027(project: Path, root: Path) -> None:
    """Do what the guide of the maintainer says: the same two lines at the top of three files."""
    for slug in HALF_YEARLY:
        entry = (
            '  - {du: 2027-01-01, au: 2027-06-30, valeur: 9,99, reference: "Texte d’essai",\n'
            '     source: "https://exemple.fr", lu_le: 2027-01-04, statut: verifie}\n'
        )
        name = f"parametres/{slug}.yaml"
        lay_changed(project, root, name, "valeurs:\n", f"valeurs:\n{entry}")


def explained(project: Path) -> Result:
    return dument_says(project, "explain", "bon", "--date", "2027-02-15")


def test_two_lines_a_rate_are_all_that_a_new_half_year_takes(project, root):
    shutil.rmtree(lay_project(project) / "lettres", ignore_errors=True)
    assert explained(project).exit_code == 1
    add_first_half_of_2027(project, root)
    done = explained(project)
    assert done.exit_code == 0, done.output
    assert "19,99" in done.stdout.replace("\u00a0", " ")  # 9.99 + 10 points
    assert not [one for one in found(project, day="2027-02-15")
                if one["id"] == "droit/intervalle-echu"]  # fmt: skip


def test_the_guide_shows_the_two_lines_that_the_test_adds(root):
    guide = (root / "docs/mainteneur.md").read_text(encoding="utf-8")
    section = guide.split("## Un semestre a changé")[1].split("\n## ")[0]
    assert len(section.split("```yaml\n")[1].split("```")[0].splitlines()) == 2
    assert all(f"`{slug}.yaml`" in section for slug in HALF_YEARLY)


def changes(project: Path, earlier: str, later: str) -> dict[str, tuple[str, str | None]]:
    said = law_says(project, "diff", earlier, later, "--format", "json").stdout
    return {one["nom"]: (one["nature"], one["apres"]) for one in json.loads(said)}


def test_an_order_of_september_2026_is_served_within_three_months(project):
    said = law_says(project, "diff", "2026-08-31", "2026-09-01").stdout
    assert "signification-ordonnance : 6\u00a0mois → 3\u00a0mois" in said


def test_the_first_day_of_a_diff_is_left_out_and_the_last_one_is_in(project):
    assert changes(project, "2026-09-01", "2026-09-02") == {}
    assert "signification-ordonnance" in changes(project, "2026-08-31", "2026-09-30")


def test_at_new_year_2027_the_article_on_penalties_ends_and_the_rates_are_unknown(project):
    found = changes(project, "2026-12-31", "2027-01-01")
    assert found["c-com-l441-10"] == ("finit", None)
    assert {slug: found[slug] for slug in HALF_YEARLY} == dict.fromkeys(
        HALF_YEARLY, ("inconnue", None)
    )


def test_a_diff_says_renumbered_articles_and_same_values_under_a_new_text(project):
    found = changes(project, "2019-04-25", "2019-04-26")
    assert "C. com. L441-6" in found
    assert found["majoration-penalites-professionnels"][0] == "nouvelle référence"


def test_a_diff_says_checks_that_end(project):
    assert changes(project, "2028-12-31", "2029-01-01")["IP-024"] == ("finit", None)


def test_a_diff_of_two_days_with_the_same_law_says_so(project):
    assert "rien ne change" in law_says(project, "diff", "2026-11-20", "2026-11-20").stdout


def test_a_diff_written_backwards_is_a_wrong_usage(project):
    assert law_says(project, "diff", "2027-01-01", "2026-12-31").exit_code == 2


def test_the_list_says_what_holds_on_the_day(project):
    def held(day: str) -> dict[str, str]:
        said = law_says(project, "list", "--date", day, "--format", "json").stdout
        return {one["nom"]: one["valeur"].replace("\u00a0", " ") for one in json.loads(said)}

    assert held("2026-08-31")["signification-ordonnance"] == "6 mois"
    assert held("2026-09-01")["signification-ordonnance"] == "3 mois"
    assert held("2027-01-02")["taux-bce-semestriel"] == "inconnue"
    assert held("2027-01-02")["c-com-l441-10"] == "pas en vigueur"
    assert held("2026-11-21")["MED-001"] == "en vigueur"


def test_the_list_is_plain_text_too(project):
    said = law_says(project, "list", "--date", DAY).stdout.replace("\u00a0", " ")
    assert re.search(r"taux-bce-semestriel +2,40 % +verifie", said)


def test_a_parameter_is_shown_with_all_its_values(project):
    said = law_says(project, "show", "signification-ordonnance").stdout.replace("\u00a0", " ")
    assert "du 2026-09-01 sans fin : 3 mois (verifie)" in said
    assert "du 2022-03-01 au 2026-08-31 : 6 mois (verifie)" in said


@pytest.mark.parametrize("name", ["c-com-l441-10", "L441-10", "L. 441-10"])
def test_an_article_is_shown_by_its_name_or_its_number(project, name):
    said = law_says(project, "show", name).stdout
    assert "en vigueur au : 2026-12-31" in said
    assert "sans rappel, dès le lendemain" in said


@pytest.mark.parametrize("name", ["MED-001", "interets-legaux", "taux-bce-semestriel"])
def test_an_entry_is_shown_as_data_too(project, name):
    said = law_says(project, "show", name, "--format", "json").stdout
    assert json.loads(said)["nom"] == name


def test_a_name_that_is_not_in_the_law_proposes_near_ones(project):
    done = law_says(project, "show", "taux-bce-semestrielle")
    assert done.exit_code == 1
    assert "taux-bce-semestriel" in done.stderr


def test_data_goes_to_stdout_and_findings_to_stderr(project):
    assert law_says(project, "check", "--date", "2027-01-02").stdout == ""
    done = law_says(project, "list", "--date", DAY)
    assert (done.stderr, done.exit_code) == ("", 0)


# The words of the templates.


def lay_template(project: Path, root: Path, words: str) -> None:
    """Lay over the kit a reminder that says some words more, on its last line."""
    text = (root / "letters/relance-amiable/v1.md").read_text(encoding="utf-8")
    lay_letter(project, "relance-amiable/v1.md", f"{text.rstrip()}\n\n{words}\n")


def lay_letter(project: Path, name: str, text: str) -> None:
    path = project / "letters" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def dead_words(project: Path, *, day: str = DAY) -> list[dict[str, str]]:
    return [one for one in found(project, day=day) if one["id"] == "droit/modele-perime"]


def test_the_shipped_templates_write_nothing_dead(project):
    assert dead_words(project) == []


def test_a_dead_word_of_a_project_s_template_is_told_at_its_line(project, root):
    lay_template(project, root, "Un huissier viendra.")
    (said,) = dead_words(project)
    file = project / "letters/relance-amiable/v1.md"
    assert said["ligne"] == len(file.read_text(encoding="utf-8").splitlines())
    assert said["fichier"] == "letters/relance-amiable/v1.md"
    assert "commissaire de justice" in said["message"]


def test_a_dead_word_of_a_fragment_is_told_too(project):
    lay_letter(project, "_commun/maison.md", "Selon l’article 1134 du code civil.\n")
    (said,) = dead_words(project)
    assert (said["fichier"], said["ligne"]) == ("letters/_commun/maison.md", 1)


def test_what_a_template_computes_is_not_its_words(project, root):
    lay_template(project, root, '{{ article("c-com-l441-6") }} {# un huissier #}')
    assert dead_words(project) == []


def test_a_word_is_not_dead_before_its_day(project, root):
    lay_template(project, root, "Un certificat de non-opposition sera demandé.")
    assert dead_words(project, day="2026-08-31") == []
    assert len(dead_words(project)) == 1
