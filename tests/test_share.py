"""A hand-over holds what its reader may see and nothing else, and is remembered."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import pyzipper
from click.testing import Result

from dument.archive import write_zip
from dument.audience import dossier_for
from dument.case import (
    Case,
    Cost,
    Exhibit,
    Invoice,
    JournalEntry,
    LetterRequest,
    PaymentOrder,
    Reader,
    Sending,
    Waiver,
)
from dument.delivery import read_profiles
from dument.diagnostics import Position
from dument.digests import sha256
from dument.dossier import Dossier
from dument.french import squeeze
from dument.handover import HandOver, with_hand_over
from dument.identifiers import parse_iban, parse_siren
from dument.kit import open_kit
from dument.lock import Lock
from dument.pdf import Press, page_texts
from dument.pipeline import assemble, work_out
from dument.schema import Places
from dument.sharing import Made, Wish, make
from dument.sharing.masking import mask_case, masked, read_words
from dument.workshop import Workshop, open_workshop
from tests.canaries import CANARY, Aviary, canaries_in, free_texts
from tests.projects import CASE_FILE, blank_pdf, dument_says, lay_project, snapshot
from tests.site_reader import Page, broken_links

pytestmark = pytest.mark.usefixtures("one_press")  # whoever reads a letter, it is the same PDF
ROOT = Path(__file__).parent.parent
AS_OF = date(2026, 11, 21)
VISIBILITIES = ("prive", "conseil", "commissaire", "communique")


def zipped(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    write_zip(target, files)
    return target.getvalue()


READERS = [one for one in Reader if one is not Reader.OWNER]
SENT = {  # letters by tag: kind, day, whether it left
    "relance": ("relance-amiable", "2026-05-04", True),
    "avocat": ("transmission-avocat", "2026-06-01", True),
    "commissaire": ("transmission-commissaire", "2026-06-02", True),
    "requete": ("requete-injonction-de-payer", "2026-06-03", True),
    "projet": ("mise-en-demeure", "2026-11-20", False),
}


def pdf_that_says(word: str) -> bytes:
    """Return a page whose text and title say a word."""
    target = io.BytesIO()
    with pikepdf.Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font))
        drawn = b"BT /F 12 Tf 40 700 Td (%s) Tj ET" % word.encode()
        page.obj.Contents = pdf.make_stream(drawn)
        pdf.docinfo["/Title"] = word
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def letter(aviary: Aviary, tag: str, number: str) -> dict[str, Any]:
    kind, day, has_left = SENT[tag]
    channel = "greffe" if tag == "requete" else "lettre"
    no = dict.fromkeys(("presented_on", "outcome", "outcome_on"))
    sent = aviary.record(Sending, tag, channel=channel, sent_on=day if has_left else None, **no)
    no = dict.fromkeys(("version", "deadline", "days", "instalments"))
    return aviary.record(
        LetterRequest, tag, kind=kind, on=day, invoices=(number,), sending=sent, **no
    )


def caged(aviary: Aviary) -> dict[str, Any]:
    """Return a whole case with a canary in every free text, in each state that counts."""
    number = aviary.canary("invoices:Invoice.number")
    exhibit = partial(aviary.record, Exhibit, turn=None, withdrawn_on=None, is_scrubbed=None)
    exhibits = tuple(
        exhibit(
            visible,
            id=aviary.canary(f"{visible}:Exhibit.id"),
            file=f"pieces/{aviary.canary(f'{visible}:Exhibit.file')}.pdf",
            visible=visible,
        )
        for visible in VISIBILITIES
    )
    entries = tuple(
        aviary.record(JournalEntry, visible, kind=kind, visible=visible, on="2026-05-02",
                      ended_on=None, promise={"on": "2026-05-20", "amount": "50,00"})
        for visible in VISIBILITIES
        for kind in ("appel", "reconnaissance")
    )  # fmt: skip
    invoice = aviary.record(
        Invoice, "invoices", number=number, issued_on="2026-03-02", due_on="2026-04-01",
        instalments=None, retention=None, gross="1 200,00", net="1 000,00",
        exhibit=exhibits[-1]["id"], delivery_exhibit=exhibits[0]["id"],
    )  # fmt: skip
    status = {
        "dispute": {"since": "2026-10-01", "reason": aviary.canary("status:Dispute.reason"),
                    "amount": "10,00", "invoice": number},
        "insolvency": None,
    }  # fmt: skip
    values = aviary.record(
        Case, "", invoices=(invoice,), exhibits=exhibits, journal=entries, status=status,
        letters=tuple(letter(aviary, tag, number) for tag in SENT),
        order=None, judgment=None, exhibit_prefix=None,
        waivers=(aviary.record(Waiver, "waivers", rule="FAC-016", letter=None),),
        costs=(aviary.record(Cost, "costs", on="2026-06-03", is_recoverable="non"),),
    )  # fmt: skip
    for field in ("credit_notes", "deposits", "set_offs"):
        values[field] = ({**values[field][0], "invoice": number, "on": "2026-05-05"},)
    values["payments"] = (
        {**values["payments"][0], "on": "2026-05-12", "designated": number, "rejected_on": None},
    )
    values["debtor"] |= {"kind": "societe"}
    return values


@pytest.fixture(scope="module")
def workshop(one_press) -> Workshop:
    opened, found = open_workshop(open_kit(ROOT))
    assert found == []
    return opened


@pytest.fixture(scope="module")
def aviary() -> Aviary:
    return Aviary()


@pytest.fixture(scope="module")
def owners(workshop, aviary, tmp_path_factory) -> Dossier:
    """Return the owner's dossier, in a folder whose very name is a canary."""
    case = Case.model_validate(caged(aviary))
    images = {"logo": None, "signature": None}
    case = case.model_copy(update={"creditor": case.creditor.model_copy(update=images)})
    folder = tmp_path_factory.mktemp("dossier") / aviary.canary("folder")
    (folder / "pieces").mkdir(parents=True)
    for one in case.exhibits:
        content = aviary.canary(f"{one.visible}:content")
        (folder / one.file).write_bytes(pdf_that_says(content))
    places = Places(Position(f"{aviary.canary('path')}/dossier.yaml"))
    dossier, _ = work_out(workshop, folder, case, places, AS_OF)
    assert dossier is not None
    return dossier


@pytest.fixture(scope="module")
def made(workshop, owners) -> dict[Reader, Made]:
    found = {one: make(workshop, owners, Wish(one), None)[0] for one in READERS}
    return {reader: one for reader, one in found.items() if one is not None}


PARTY = {"capital", "company_name", "email", "legal_form", "phone", "register_city"}
ADDRESS = {"Address.city", "Address.extra", "Address.locality", "Address.street"}
PERSON = ADDRESS | {"Professional.civility", "Professional.firm", "Professional.name"}
LETTER = {"LetterRequest.paragraph", "Sending.number", "Sending.qualified_provider"}
ENTRY = {"JournalEntry.letter", "JournalEntry.summary", "JournalEntry.with_whom"}
ITEM = ENTRY | {"Exhibit.id", "Exhibit.title", "content"}


def under(tag: str, fields: set[str]) -> set[str]:
    return {f"{tag}:{field}" for field in fields}


TO_ALL = (
    under("creditor", ADDRESS | {f"Creditor.{one}" for one in PARTY})
    | under("creditor", {"Bank.holder", "Representative.name", "Representative.role"})
    | under("debtor", ADDRESS | {f"Debtor.{one}" for one in PARTY - {"email", "phone"}})
    | under("debtor", {"Debtor.civility", "Debtor.service"})
    | under("debtor", {"Representative.name", "Representative.role"})
    | under("invoices", {"Invoice.number", "Invoice.order", "Invoice.subject"})
    | under("payments", {"Payment.means", "Payment.reference"})
    | under("relance", LETTER)
    | under("communique", ITEM)
    | {"claim:Claim.basis", "costs:Cost.subject", "court:Court.city", "deposits:Deposit.means"}
    | {"credit_notes:CreditNote.number", "reference:Case.reference", "title:Case.title"}
    | {"status:Dispute.reason"}
)
TO_JUDGE = TO_ALL | under("requete", LETTER) | under("lawyer", PERSON - ADDRESS)
TO_BAILIFF = (
    TO_JUDGE
    | under("bailiff", PERSON)
    | under("commissaire", LETTER | ITEM)
    | {"debtor:Debtor.email", "debtor:Debtor.phone"}
)
TO_COUNSEL = (
    TO_BAILIFF
    | under("lawyer", PERSON)
    | under("avocat", LETTER)
    | under("conseil", ITEM)
    | under("projet", LETTER | {"LetterRequest.termination_clause"})
    | {"waivers:Waiver.reason", "waivers:Waiver.by"}
)
MAY_SEE = {  # what is not here may not be seen: a field added tomorrow neither
    Reader.COUNSEL: TO_COUNSEL,
    Reader.BAILIFF: TO_BAILIFF,
    Reader.OPPONENT: TO_ALL,
    Reader.JUDGE: TO_JUDGE,
}


def test_every_free_text_of_the_schema_has_a_canary(owners, aviary):
    caught = {label.rpartition(":")[2] for label in aviary.labels.values()}
    names_of_others = {"Dispute.invoice", "LetterRequest.invoices", "Waiver.letter", "Waiver.rule"}
    assert free_texts() - caught == names_of_others


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_finds_what_is_his_and_nothing_else_in_any_byte(made, aviary, reader):
    seen = {aviary.labels[word] for word in canaries_in(zipped(made[reader].everything))}
    assert seen == MAY_SEE[reader]


def test_the_owner_finds_his_own_private_exhibits_but_not_in_the_bundle(owners, aviary, workshop):
    _, files, _ = assemble(workshop, owners)
    private = f"{VISIBILITIES[0]}:content"
    assert private in {aviary.labels[one] for one in canaries_in(zipped(files))}
    assert private not in {aviary.labels[one] for one in canaries_in(files["liasse.pdf"])}


def test_the_search_finds_a_canary_wherever_it_hides():
    word = "canari7777z"
    hidden = zipped({"a.xlsx": zipped({"b.json": word.encode()})})
    assert canaries_in(hidden) == {word}
    assert canaries_in(zipped({f"{word}.txt": b""})) == {word}
    assert canaries_in(pdf_that_says(word)) == {word}


def test_nobody_is_told_of_in_an_incognito_dossier(owners, workshop):
    with masked(workshop, owners) as (dossier, _):
        assert dossier is not None
        made, _ = make(workshop, dossier, Wish(Reader.COUNSEL), None)
    assert made is not None
    assert canaries_in(zipped(made.everything)) == set()
    assert CANARY.findall(dossier.case.model_dump_json()) == []
    amounts = {one.amount for one in (*owners.case.payments, *owners.case.deposits)}
    assert not amounts & {one.amount for one in dossier.case.payments}
    for party in (dossier.case.creditor, dossier.case.debtor):
        assert party.siren != owners.case.debtor.siren
        assert parse_siren(str(party.siren)) == party.siren
    assert dossier.case.creditor.bank is not None
    assert parse_iban(dossier.case.creditor.bank.iban) == dossier.case.creditor.bank.iban
    words, _ = read_words(workshop.kit)
    assert mask_case(owners.case, words) == mask_case(owners.case, words)


def test_an_entry_that_is_but_a_note_is_not_even_hinted_at(owners):
    case = owners.case
    note = JournalEntry(on=AS_OF, kind="appel", note="Rien à dire.", visible="communique")
    noted = replace(owners, case=case.model_copy(update={"journal": (note,)}))
    assert [dossier_for(one, noted).case.journal for one in READERS] == [()] * len(READERS)


def test_the_sums_of_all_readers_are_those_of_the_owner(made, owners):
    for one in made.values():
        told = json.loads(one.files["dossier.json"])["decompte"]
        assert told["total"] == f"{owners.statement.total:f}"


def test_what_is_kept_back_is_not_even_named(made):
    pages = {"controles.html", "juge.html"}
    assert pages <= set(made[Reader.COUNSEL].files)
    for reader in (Reader.BAILIFF, Reader.OPPONENT, Reader.JUDGE):
        assert not pages & set(made[reader].files)
        assert "diagnostics" not in json.loads(made[reader].files["dossier.json"])
    for reader in (Reader.OPPONENT, Reader.JUDGE):
        assert "echeances.html" not in made[reader].files
        assert "prescription" not in json.loads(made[reader].files["dossier.json"])


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_is_told_readings_in_words_and_no_key_to_write(made, reader):
    page = Page(made[reader].files["decompte.html"]).text
    assert "même les années bissextiles" in page
    assert "annee: 365" not in page
    assert "docs/" not in Page(made[reader].files["droit.html"]).text


def test_counsel_is_named_to_the_judge_with_the_act_and_to_nobody_before_it(made, owners):
    counsel = made[Reader.JUDGE].dossier.case.lawyer
    assert counsel is not None
    assert (counsel.name, counsel.email) == (owners.case.lawyer.name, None)
    written = made[Reader.JUDGE].dossier.annexes["bordereau"].text
    assert f"ayant pour avocat {counsel.civility} {counsel.name}" in squeeze(written)
    assert made[Reader.OPPONENT].dossier.case.lawyer is None
    before = replace(owners, letters=owners.letters[:1])
    assert dossier_for(Reader.JUDGE, before).case.lawyer is None


@pytest.mark.parametrize("reader", READERS)
def test_every_link_of_a_hand_over_leads_somewhere(made, reader):
    files = made[reader].files
    assert broken_links(files, {"manifest.json": b""}) == []


@pytest.mark.parametrize("reader", [Reader.COUNSEL, Reader.OPPONENT])
def test_the_single_file_asks_for_nothing_else(made, reader):
    page = made[reader].files["dossier.html"]
    read = Page(page)
    outside = [value for _, value in read.values("src", "srcset", "data")]
    links = [value for _, value in read.values("href")]
    assert outside == []
    assert all(one.startswith(("#", "https://", "mailto:")) for one in links)
    assert {one[1:] for one in links if one.startswith("#")} <= set(read.ids)
    assert len(read.ids) == len(set(read.ids))
    assert b'url("data:' in page
    assert b'url("polices' not in page


def test_numbers_do_not_move_from_one_reader_to_another(made, owners):
    known = owners.case.exhibit_numbers
    for one in made.values():
        assert all(known[shown.exhibit.id] == shown.number for shown in one.dossier.exhibits)
    opponent = [one.number for one in made[Reader.OPPONENT].dossier.exhibits]
    assert opponent == [1]  # what is closed to some is numbered after what is open to all


def test_a_request_is_unknown_to_the_debtor_until_it_is_served(owners):
    def kinds(dossier: Dossier) -> list[str]:
        return [one.kind for one in dossier_for(Reader.OPPONENT, dossier).letters]

    request = "requete-injonction-de-payer"
    assert request not in kinds(owners)
    order = PaymentOrder(issued_on=date(2026, 7, 1), served_on=date(2026, 7, 15))
    served = replace(owners, case=owners.case.model_copy(update={"order": order}))
    assert request in kinds(served)


@pytest.fixture
def project(tmp_path) -> Path:
    lay_project(tmp_path)
    return tmp_path


def share(project: Path, *words: str, name: str = "bon", day: str = "2026-11-21") -> Result:
    return dument_says(project, "share", name, "--date", day, *words)


def add_to_case(project: Path, lines: str) -> None:
    path = project / CASE_FILE
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")


def test_a_hand_over_is_remembered_and_tells_next_time_what_is_new(project):
    path, case = project / "remise.zip", project / CASE_FILE
    words = ("--pour", "conseil", "-o", str(path))
    assert share(project, *words, day="2026-06-01").exit_code == 0
    before = case.read_bytes()
    lock = json.loads((case.parent / "dossier.lock").read_text(encoding="utf-8"))
    (told,) = lock["remises"].values()
    assert told["archive"] == sha256(path.read_bytes())
    assert told["pieces"] == [1]
    assert "remise.html" not in zipfile.ZipFile(path).namelist()
    assert case.read_bytes() == before
    (case.parent / "pieces/bon.pdf").write_bytes(blank_pdf().replace(b"842", b"841"))
    text = before.decode().replace(
        "pieces:\n", "pieces:\n  - {id: bon, titre: Bon neuf, fichier: pieces/bon.pdf}\n"
    )
    paid = "paiements:\n  - {le: 2026-06-10, montant: 10,00}\n"
    case.write_text(text.replace("paiements:\n", paid), "utf-8")
    once, lock = path.read_bytes(), (case.parent / "dossier.lock").read_bytes()
    refused = share(project, *words)
    assert "remise/existe-deja" in refused.output
    assert (path.read_bytes(), (case.parent / "dossier.lock").read_bytes()) == (once, lock)
    path = project / "remise-2.zip"
    words = ("--pour", "conseil", "-o", str(path))
    done = share(project, *words)
    assert done.exit_code == 0, done.output
    with zipfile.ZipFile(path) as archive:
        page = Page(archive.read("remise.html"))
        assert "bordereau-complementaire.pdf" in archive.namelist()
    rows = [one for _, one in page.values("class") if one == "nouvelle"]
    assert len(rows) == 2
    assert "Bon neuf" in page.text
    assert "10,00" in page.text
    numbers = json.loads((case.parent / "dossier.lock").read_text(encoding="utf-8"))["pieces"]
    assert numbers["bon"]["numero"] == 2
    assert len(numbers) == 2
    lock, once = (case.parent / "dossier.lock").read_bytes(), path.read_bytes()
    assert share(project, *words).exit_code == 0  # the same again: the same bytes, told once
    assert (path.read_bytes(), (case.parent / "dossier.lock").read_bytes()) == (once, lock)


def test_an_exhibit_withdrawn_since_a_hand_over_is_named_once_in_the_next(project):
    case = project / CASE_FILE
    own = "  - {id: bon, titre: Bon retiré, fichier: pieces/bon.pdf"
    (case.parent / "pieces/bon.pdf").write_bytes(blank_pdf().replace(b"842", b"841"))
    text = case.read_text(encoding="utf-8").replace("pieces:\n", f"pieces:\n{own}}}\n")
    case.write_text(text, encoding="utf-8")
    words = ("--pour", "conseil", "-o", str(project / "1"))
    assert share(project, *words, day="2026-06-01").exit_code == 0
    case.write_text(text.replace(own, f"{own}, retiree_le: 2026-06-02"), encoding="utf-8")
    words = ("--pour", "conseil", "-o", str(project / "2"))
    done = share(project, *words, day="2026-06-03")
    assert done.exit_code == 0, done.output
    said = " ".join(page_texts((project / "2/bordereau-complementaire.pdf").read_bytes()))
    assert "Bordereau complémentaire" in squeeze(said)
    assert "Bon retiré (pièce retirée le 2 juin 2026)" in squeeze(said)
    assert "Bon retiré" in Page((project / "2/remise.html").read_bytes()).text
    words = ("--pour", "conseil", "-o", str(project / "3"))
    assert share(project, *words, day="2026-06-04").exit_code == 0
    assert not (project / "3/bordereau-complementaire.pdf").exists()
    assert "Bon retiré" not in Page((project / "3/remise.html").read_bytes()).text


def add_exhibit(project: Path, name: str, words: str = "") -> None:
    """Put one exhibit more at the end of the list."""
    folder = (project / CASE_FILE).parent
    content = blank_pdf().replace(b"842", str(800 + len(name)).encode())
    (folder / f"pieces/{name}.pdf").write_bytes(content)
    add_to_case(project, f"  - {{id: {name}, titre: {name}, fichier: pieces/{name}.pdf{words}}}\n")


def test_the_last_of_two_hand_overs_of_one_day_is_what_the_reader_knows(project):
    for rank, (name, day) in enumerate((("a", "2026-06-01"), ("bb", "2026-06-01"),
                                        ("ccc", "2026-06-02"))):  # fmt: skip
        add_exhibit(project, name)
        words = ("--pour", "juge", "-o", str(project / str(rank)))
        assert share(project, *words, day=day).exit_code == 0
    said = " ".join(page_texts((project / "2/bordereau-complementaire.pdf").read_bytes()))
    assert "ccc" in said
    assert "bb" not in said


def test_what_a_reader_was_given_and_is_hidden_lost_or_replaced_is_said(project):
    case = project / CASE_FILE
    for name in ("a", "bb", "ccc"):
        add_exhibit(project, name)
    words = ("--pour", "juge", "-o")
    assert share(project, *words, str(project / "1"), day="2026-06-01").exit_code == 0
    text = case.read_text(encoding="utf-8")
    text = text.replace("pieces/a.pdf}", "pieces/a.pdf, visible: conseil}")
    case.write_text(re.sub(r"  - \{id: bb,.*\n", "", text), encoding="utf-8")
    (case.parent / "pieces/ccc.pdf").write_bytes(blank_pdf().replace(b"842", b"777"))
    done = share(project, *words, str(project / "2"), day="2026-06-02")
    assert done.exit_code == 0, done.output
    for name in ("remise/piece-cachee", "piece/communiquee-absente", "piece/communiquee-changee"):
        assert done.output.count(f"[{name}]") == 1, done.output
    line = text[: text.index("id: ccc")].count("\n")  # one line less since
    assert f"{CASE_FILE}:{line}:" in done.output


@pytest.mark.parametrize("name", ["²-2026-06-01-juge", "9" * 5000 + "-2026-06-01-juge", "x"])
def test_a_hand_over_under_a_strange_name_comes_before_the_others(name):
    made = HandOver("juge", date(2026, 6, 2), "", (), {}, (), {})
    _, told = with_hand_over(Lock({"remises": {name: {"pour": "juge"}}}), made)
    assert told == "001-2026-06-02-juge"


def test_a_folder_that_holds_another_hand_over_is_left(project):
    words = ("--pour", "juge", "-o", str(project / "remise"))
    assert share(project, *words, day="2026-06-01").exit_code == 0
    before, lock = snapshot(project / "remise"), (project / CASE_FILE).with_name("dossier.lock")
    once = lock.read_bytes()
    refused = share(project, *words, day="2026-06-02")
    assert "remise/existe-deja" in refused.output
    assert (snapshot(project / "remise"), lock.read_bytes()) == (before, once)


def test_a_faulty_profile_stops_what_asks_for_it_alone(project):
    (project / "legal/remises").mkdir(parents=True)
    (project / "legal/remises/autre.yaml").write_text("poids: x\n", encoding="utf-8")
    words = ("--pour", "juge", "-o", str(project / "remise"), "--profil")
    refused = share(project, *words, "autre")
    assert "remise/profil" in refused.output
    assert refused.exit_code == 1
    assert not (project / "remise").exists()
    assert share(project, *words, "telerecours").exit_code == 0


def test_an_example_of_the_kit_is_handed_over_and_sent_without_a_word_in_it(project, root):
    example = root / "data/exemples/villa-castel"
    before = snapshot(example)
    words = ("--pour", "conseil", "-o", str(project / "essai"))
    done = share(project, *words, name=example.name)
    assert done.exit_code == 0, done.output
    assert "exemple du kit : la remise n’est pas notée" in done.output
    sent = dument_says(
        project, "send", example.name, "1", "--le", "2026-11-20", "--date", "2026-11-21"
    )
    assert sent.exit_code == 2
    assert "exemple du kit" in sent.output
    assert snapshot(example) == before


def test_a_hand_over_without_a_trace_changes_nothing_and_is_always_the_same(project, monkeypatch):
    monkeypatch.setattr("dument.workshop.Press", Press)  # each hand-over is printed anew
    before = snapshot(project / "data")
    words = ("--pour", "juge", "--sans-trace", "-o")
    assert share(project, *words, str(project / "a.zip")).exit_code == 0
    first = (project / "a.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert archive.namelist() == sorted(archive.namelist())
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        listed = json.loads(archive.read("manifest.json"))["fichiers"]
        held = set(archive.namelist()) - {"manifest.json"}
        assert listed == {name: sha256(archive.read(name)) for name in held}
    monkeypatch.setenv("DUMENT_PHRASE", "quatre mots pour ouvrir")
    done = share(project, *words, str(project / "clos.zip"), "--chiffrer")
    assert "autre voie" in done.output
    assert sha256(first) in done.output
    with pyzipper.AESZipFile(project / "clos.zip") as archive:
        assert archive.namelist() == ["clos.zip"]  # the names of the files are hidden too
        assert archive.infolist()[0].wz_aes_strength == 3  # AES-256
        with pytest.raises(RuntimeError):
            archive.read("clos.zip", pwd=b"une autre phrase")
        assert archive.read("clos.zip", pwd=b"quatre mots pour ouvrir") == first
    assert snapshot(project / "data") == before


def test_a_phrase_too_short_closes_nothing(project, monkeypatch):
    monkeypatch.setenv("DUMENT_PHRASE", "court")
    words = ("--pour", "conseil", "--chiffrer", "-o", str(project / "clos.zip"))
    assert share(project, *words).exit_code == 2
    assert not (project / "clos.zip").exists()


def test_a_channel_gets_parcels_with_their_account(project):
    path = project / "envoi.zip"
    words = ("--pour", "juge", "--sans-trace", "--profil", "e-barreau-juridiction")
    assert share(project, *words, "-o", str(path)).exit_code == 0
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        account = json.loads(archive.read("rapport.json"))
    told = {f"envoi-{rank}/{one['nom']}" for rank, parcel in enumerate(account["envois"], 1)
            for one in parcel["fichiers"]}  # fmt: skip
    assert names == told | {"rapport.json", "manifest.json"}
    done = share(project, "--pour", "juge", "--profil", "pigeon", "-o", str(path))
    assert done.exit_code == 2
    assert "telerecours" in done.output


def test_a_channel_s_files_go_to_a_folder_and_spare_what_is_not_ours(project):
    target = project / "depot"
    words = ("--pour", "juge", "--profil", "telerecours", "-o", str(target))
    (target / "rapport.json").mkdir(parents=True)
    (target / "rapport.json/photo.jpg").write_bytes(b"x")
    assert share(project, *words).exit_code == 1
    assert not (project / CASE_FILE).with_name("dossier.lock").exists()
    (target / "rapport.json/photo.jpg").rename(target / "photo.jpg")
    (target / "rapport.json").rmdir()
    assert share(project, *words).exit_code == 0
    assert {one.name for one in target.iterdir()} == {
        "envoi-1", "manifest.json", "photo.jpg", "rapport.json"
    }  # fmt: skip


def test_a_page_too_heavy_for_its_channel_is_named_and_nothing_is_written(project, monkeypatch):
    monkeypatch.setattr("dument.sharing.making.Profile.most_bytes", lambda *_: 100)
    path = project / "envoi.zip"
    done = share(project, "--pour", "juge", "--profil", "telerecours", "-o", str(path))
    assert done.exit_code == 1
    assert "remise/trop-lourd" in done.output
    assert not path.exists()
    assert not (project / CASE_FILE).with_name("dossier.lock").exists()


def test_a_faulty_dossier_is_not_handed_over(project):
    add_to_case(project, "\ninconnue: oui\n")
    done = share(project, "--pour", "conseil", "-o", str(project / "a.zip"))
    assert done.exit_code == 1
    assert not (project / "a.zip").exists()


def test_a_hand_over_is_not_written_into_the_dossier(project):
    inside = (project / CASE_FILE).parent / "a.zip"
    assert share(project, "--pour", "conseil", "-o", str(inside)).exit_code == 2


def test_every_channel_and_every_reader_stands_in_the_manual():
    text = (ROOT / "docs/partager.md").read_text(encoding="utf-8")
    profiles, _ = read_profiles(open_kit(ROOT))
    assert not [one for one in profiles if f"`{one}`" not in text]
    assert not [one for one in READERS if f"`{one}`" not in text]
