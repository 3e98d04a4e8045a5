"""What travels besides the paper: the e-mail that carries a letter, its SMS, its files."""

from __future__ import annotations

import email
from datetime import date
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dument.case import Case
from dument.diagnostics import Diagnostic, Position
from dument.french import squeeze
from dument.kit import PROJECT_FILE, Kit, open_kit
from dument.ledger import draw_up
from dument.letters import Letter, Writer, letter_files, read_kinds, sms_length
from dument.letters.channels import channel_diagnostics
from dument.letters.markdown import to_text
from dument.mailing import email_draft, mailing_files, plain_text
from tests.examples import ROOT, patched_example, shipped_examples, workshop, written_example
from tests.test_examples import example as shipped

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


def project_kit(folder: Path, more: str) -> Kit:
    """Lay a reminder of more keys over the kit's."""
    (folder / PROJECT_FILE).touch()
    (folder / "letters/relance-amiable").mkdir(parents=True)
    text = FRONT.format(more=more)
    (folder / "letters/relance-amiable/v1.md").write_text(text, encoding="utf-8")
    return Kit(open_kit(ROOT).base, folder)


def written(folder: Path, more: str, **case) -> tuple[Letter | None, list[Diagnostic]]:
    """Write the first letter of garage-tilleul with a template of more keys."""
    kit = project_kit(folder, more)
    kinds, faults = read_kinds(kit)
    assert faults == []
    told = patched_example("garage-tilleul", case).case
    statement, _ = draw_up(told, LAW, told.letters[0].on, Position("dossier.yaml"))
    return Writer(kit, kinds).write(told, LAW, statement, 1, Position("dossier.yaml"))


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


@pytest.mark.parametrize(
    ("head", "id"),
    [
        ("{modeles: [mise-en-demure]}", "lettre/annonce"),
        ("{modeles: mise-en-demeure}", "lettre/en-tete"),
        ("{modeles: [mise-en-demeure], sous_jours: dix}", "lettre/en-tete"),
        ("{modeles: [mise-en-demeure], jours: 10}", "lettre/en-tete"),
        ("[mise-en-demeure]", "lettre/en-tete"),
    ],
)
def test_an_announcement_that_cannot_be_kept_is_refused(tmp_path, head, id):
    _, found = read_kinds(project_kit(tmp_path, f"annonce: {head}\n"))
    assert [(one.id, one.position.file) for one in found] == [
        (id, "letters/relance-amiable/v1.md")
    ]


def test_the_sms_of_a_reminder_fits_one_message_and_names_who_writes():
    sms = written_example("garage-tilleul").letters[RELANCE].sms
    assert sms == "Atelier Lumen : merci de nous rappeler au 04 65 71 00 12, réf. 2026-014."


# --- Plain text ----------------------------------------------------------------------------


def test_rows_and_addresses_are_lines_and_paragraphs_stand_apart():
    markup = (
        '<div class="expediteur"><p>Lumen</p><p>3 rue des Ormes</p></div><p>Bonjour,</p>'
        "<table><tr><th>Facture</th><th>Dû</th></tr>"
        "<tr><td>|A|</td><td></td><td>1 €</td></tr></table>"
    )
    expected = "Lumen\n3 rue des Ormes\n\nBonjour,\n\nFacture | Dû\n|A| | | 1 €"
    assert to_text(markup) == expected


def test_text_is_wrapped_at_spaces_and_no_word_is_cut():
    word = "x" * 100
    assert plain_text(f"un {word} deux\n\ntrois") == f"un\n{word}\ndeux\n\ntrois\n"
    assert max(map(len, plain_text("mot " * 50).splitlines())) <= 78


# --- The draft of an e-mail ----------------------------------------------------------------

PDF = b"%PDF-1.7 lettre"


def garage(**changes) -> tuple[Case, Letter]:
    """Return garage-tilleul, changed, and its reminder, which went by e-mail."""
    seen = patched_example("garage-tilleul", changes)
    return seen.case, seen.letters[RELANCE]


def read(draft: bytes) -> EmailMessage:
    message = email.message_from_bytes(draft, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def test_a_draft_is_addressed_dated_and_carries_the_letter():
    case, letter = garage()
    message = read(email_draft(letter, case, {"lettres/relance.pdf": PDF}))
    assert dict(message.items()) == {
        "X-Unsent": "1",
        "Date": "Wed, 15 Apr 2026 12:00:00 +0000",
        "From": "Atelier Lumen <compta@atelier-lumen.example>",
        "To": "Garage du Tilleul <atelier@garage-tilleul.example>",
        "Subject": "Relance, facture F2026-0117",
        "MIME-Version": "1.0",
        "Content-Type": message["Content-Type"],
    }
    assert [(one.get_filename(), one.get_content()) for one in message.iter_attachments()] == [
        ("relance.pdf", PDF)
    ]
    body = message.get_body().get_content()
    assert squeeze(body) == squeeze(letter.email)


def test_a_letter_not_sent_yet_says_so_in_its_subject():
    case, letter = garage(**{"lettres.0.envoi.envoyee_le": None})
    assert read(email_draft(letter, case, {}))["Subject"].startswith("PROJET – Relance")


def test_two_drafts_of_one_letter_are_the_same_bytes():
    case, letter = garage()
    files = {"lettres/relance.pdf": PDF}
    assert email_draft(letter, case, files) == email_draft(letter, case, files)


printable = st.text(st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1)
HEADERS = ["X-Unsent", "Date", "From", "To", "Subject", "MIME-Version", "Content-Type"]


@settings(max_examples=25)
@given(name=printable, reference=printable)
@example(name="Garage\nBcc: voleur@exemple.example", reference="2026\r\nX-Unsent: 0\r\n\r\nCorps")
@example(name='"Garage" <autre@exemple.example>, ', reference="=?utf-8?q?Bcc?=")
@example(name="é" * 200, reference="<b>*gras*</b> | {{ x }} ⟦vide⟧ .\n.")
def test_any_text_comes_out_letter_for_letter_and_never_as_a_header(name, reference):
    told, _ = garage()
    debtor = told.debtor.model_copy(update={"company_name": name})
    case = told.model_copy(update={"debtor": debtor, "reference": reference})
    here = Position("dossier.yaml")
    statement, _ = draw_up(case, LAW, case.letters[0].on, here)
    letter, _ = workshop(ROOT).writer.write(case, LAW, statement, 1, here)
    for part in (name, reference):
        assert squeeze(part) in squeeze(plain_text(letter.text))
    draft = email_draft(letter, case, {})
    message = read(draft)
    assert sorted(message.keys()) == sorted([*HEADERS, "Content-Transfer-Encoding"])
    assert [one.addr_spec for one in message["To"].addresses] == ["atelier@garage-tilleul.example"]
    raw = email.message_from_bytes(draft)["To"].removesuffix(" <atelier@garage-tilleul.example>")
    assert str(make_header(decode_header(raw))) == squeeze(name)
    assert message["Subject"] == squeeze(letter.subject)
    assert squeeze(reference) in squeeze(message.get_content())


def test_an_address_that_is_none_is_told_and_gives_no_draft():
    case, letter = garage(**{"debiteur.courriel": "a@b.example, c@d.example"})
    found = list(channel_diagnostics(letter, case, Position("dossier.yaml")))
    assert [one.id for one in found] == ["lettre/courriel"]
    assert "courriel" not in letter_files(letter, case)


# --- The files of an output ----------------------------------------------------------------


def test_each_letter_has_its_text_and_those_that_leave_by_email_a_draft():
    dossier, _ = shipped("garage-tilleul")
    files = {f"lettres/{one.stem}.pdf": PDF for one in dossier.letters}
    files |= {one.file: b"%PDF-1.7 facture" for one in dossier.exhibits}
    made, _ = mailing_files(dossier, files)
    assert sorted(made) == [
        "lettres/01-2026-04-15-relance-amiable.eml",
        "lettres/01-2026-04-15-relance-amiable.sms.txt",
        "lettres/01-2026-04-15-relance-amiable.txt",
        "lettres/02-2026-06-08-mise-en-demeure.txt",
        "lettres/03-2026-07-06-facture-penalites.txt",
        "lettres/04-2026-11-20-requete-injonction-de-payer.txt",
    ]
    draft = read(made["lettres/01-2026-04-15-relance-amiable.eml"])
    assert [one.get_filename() for one in draft.iter_attachments()] == [
        "01-2026-04-15-relance-amiable.pdf",
        "03-facture-n-f2026-0117.pdf",
    ]


def test_a_letter_with_the_list_of_exhibits_carries_them_all():
    dossier, _ = shipped("commune-valbrune")
    files = {f"lettres/{one.stem}.pdf": PDF for one in dossier.letters}
    files |= {one.file: b"%PDF-1.7" for one in dossier.exhibits}
    (handed,) = (one for one in dossier.letters if one.kind == "transmission-avocat")
    made, found = mailing_files(dossier, files)
    assert found == []
    draft = read(made[f"lettres/{handed.stem}.eml"])
    assert draft["To"].addresses[0].addr_spec == "cabinet@noel.example"
    names = [one.get_filename() for one in draft.iter_attachments()]
    assert names == [
        f"{handed.stem}.pdf",
        *(one.file.partition("/")[2] for one in dossier.exhibits),
    ]
    assert len(names) == 5


def test_exhibits_too_heavy_for_a_message_stay_behind_and_it_is_said():
    dossier, _ = shipped("commune-valbrune")
    files = {f"lettres/{one.stem}.pdf": PDF for one in dossier.letters}
    limit = int(LAW.value("brouillon-poids", dossier.as_of).value) * 1_000_000
    files |= {one.file: bytes(limit // len(dossier.exhibits) + 1) for one in dossier.exhibits}
    (handed,) = (one for one in dossier.letters if one.kind == "transmission-avocat")
    made, found = mailing_files(dossier, files)
    draft = read(made[f"lettres/{handed.stem}.eml"])
    assert [one.get_filename() for one in draft.iter_attachments()] == [f"{handed.stem}.pdf"]
    assert [one.id for one in found] == ["lettre/courriel-lourd"]
    assert found[0].position is not None


# --- Short messages ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "alphabet", "units", "segments"),
    [
        ("a" * 160, "gsm-7", 160, 1),
        ("a" * 161, "gsm-7", 161, 2),
        ("a" * 306, "gsm-7", 306, 2),
        ("a" * 307, "gsm-7", 307, 3),
        ("€" * 80, "gsm-7", 160, 1),
        ("€" * 81, "gsm-7", 162, 2),
        ("àéèùìòÇ", "gsm-7", 7, 1),
        ("ç" * 70, "ucs-2", 70, 1),
        ("ê" * 71, "ucs-2", 71, 2),
        ("😀" * 35, "ucs-2", 70, 1),
        ("😀" * 36, "ucs-2", 72, 2),
    ],
)
def test_an_sms_is_counted_in_segments(text, alphabet, units, segments):
    length = sms_length(text)
    assert (length.alphabet, length.units, length.segments) == (alphabet, units, segments)


@pytest.mark.parametrize("slug", shipped_examples())
def test_every_sms_of_an_example_is_one_segment_and_says_who_writes(slug):
    seen = written_example(slug)
    for letter in seen.letters:
        if letter.sms is not None:
            assert sms_length(letter.sms).segments == 1
            assert letter.sms.startswith(seen.case.creditor.name)
