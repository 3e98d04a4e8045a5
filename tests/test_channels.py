"""What travels besides the paper: the e-mail that carries a letter, its SMS, its files."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dument.diagnostics import Diagnostic, Position
from dument.kit import PROJECT_FILE, Kit, open_kit
from dument.ledger import draw_up
from dument.letters import Letter, Writer, read_kinds
from tests.examples import ROOT, patched_example, workshop, written_example

LAW = workshop(ROOT).law
RELANCE, NOTICE = 0, 1
FRONT = """\
---
modele: relance-amiable
version: 1
titre: Essai
en_vigueur_du: 2020-01-01
regimes: [professionnel]
{more}---
Bonjour.
"""


def written(folder: Path, more: str, **case) -> tuple[Letter | None, list[Diagnostic]]:
    """Write the first letter of garage-tilleul with a template of more keys."""
    (folder / PROJECT_FILE).touch()
    (folder / "letters/relance-amiable").mkdir(parents=True)
    text = FRONT.format(more=more)
    (folder / "letters/relance-amiable/v1.md").write_text(text, encoding="utf-8")
    kinds, faults = read_kinds(Kit(open_kit(ROOT).base, folder))
    assert faults == []
    told = patched_example("garage-tilleul", case).case
    statement, _ = draw_up(told, LAW, told.letters[0].on, Position("dossier.yaml"))
    writer = Writer(Kit(open_kit(ROOT).base, folder), kinds)
    return writer.write(told, LAW, statement, 1, Position("dossier.yaml"))


# --- The messages of a version -------------------------------------------------------------


def test_a_value_comes_out_of_the_messages_letter_for_letter(tmp_path):
    name = "*Étoile* & <b>Fils</b> d’Ana"
    letter, _ = written(
        tmp_path,
        'courriel: "À {{ debiteur.denomination }}."\nsms: "Pour {{ debiteur.denomination }}"\n',
        **{"debiteur.denomination": name},
    )
    assert (letter.email, letter.sms) == (f"À {name}.", f"Pour {name}")


def test_a_version_without_messages_has_none(tmp_path):
    letter, _ = written(tmp_path, "")
    assert (letter.email, letter.sms, letter.announces) == (None, None, None)


def test_blocks_of_an_email_are_one_blank_line_apart(tmp_path):
    more = "courriel: |\n  Bonjour,\n  {% if false %}\n  rien\n  {% endif %}\n\n\n  À bientôt !\n"
    assert written(tmp_path, more)[0].email == "Bonjour,\n\nÀ bientôt\u202f!"


def test_a_fault_in_a_message_is_told_at_its_line_of_the_file(tmp_path):
    letter, found = written(tmp_path, "courriel: |\n  Bonjour,\n  {{ 1 / 0 }}\n")
    assert letter is None
    assert [str(one.position) for one in found] == ["letters/relance-amiable/v1.md:9:1"]


def test_a_value_that_a_message_lacks_is_listed_with_those_of_the_letter(tmp_path):
    letter, found = written(tmp_path, "courriel: 'Voir {{ creancier.inconnu }}'\n")
    assert letter.missing == ("creancier.inconnu",)
    assert [one.id for one in found] == ["lettre/donnee-manquante"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("{modeles: [mise-en-demeure]}", (date(2026, 4, 23), None)),
        ("{modeles: [mise-en-demeure], sous_jours: 10}", (date(2026, 4, 23), date(2026, 5, 3))),
        ("{modeles: [mise-en-demeure], quand: '{{ lettre.projet or \"\" }}'}", "nothing"),
    ],
)
def test_an_announced_step_follows_the_deadline_of_the_letter(tmp_path, head, expected):
    letter, _ = written(tmp_path, f"annonce: {head}\n")
    said = letter.announces
    assert ((said.deadline, said.by) if said else "nothing") == expected


def test_the_sms_of_a_reminder_fits_one_message_and_names_who_writes():
    sms = written_example("garage-tilleul").letters[RELANCE].sms
    assert sms == "Atelier Lumen : merci de nous rappeler au 04 65 71 00 12, réf. 2026-014."
