"""A case file is edited by splices: the change is read back, and every other byte is kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dument.source import Add, Drop, Put, Uneditable, edit_yaml, parse_yaml, plain

SENT = Put(("lettres", 1, "envoi"), {"canal": "lrar", "envoyee_le": "2026-06-08"})
TOLD = Add("journal", {"le": "2026-06-08", "type": "envoi", "lettre": "02-mise-en-demeure"})
ENTRY = "{le: 2026-06-08, type: envoi, lettre: 02-mise-en-demeure}"


def edited(text: str, *changes) -> str:
    return edit_yaml(text.encode(), changes).decode()


def tree(text: str):
    mapping, faults = parse_yaml(text.removeprefix("\ufeff").replace("\r\n", "\n"), "x.yaml")
    assert mapping is not None
    assert faults == []
    return plain(mapping)


BLOCK = """\
# Le dossier
lettres:
  - modele: relance-amiable   # la première
    le: '2026-04-15'
  - modele: mise-en-demeure
    le: 2026-06-08  # lundi
    # fin de la lettre

journal:
  - le: 2026-04-08
    type: appel  # une fois
pieces: []
"""


def test_a_block_is_given_the_keys_and_the_list_its_element():
    assert edited(BLOCK, SENT, TOLD) == BLOCK.replace(
        "    le: 2026-06-08  # lundi\n",
        "    le: 2026-06-08  # lundi\n    envoi:\n      canal: lrar\n"
        "      envoyee_le: 2026-06-08\n",
    ).replace("type: appel  # une fois\n", f"type: appel  # une fois\n  - {ENTRY}\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- {modele: x, le: y}", "- {modele: x, le: y, envoi: {canal: lrar, "
         "envoyee_le: 2026-06-08}}"),
        ("- {modele: x, le: y, }", "- {modele: x, le: y, envoi: {canal: lrar, "
         "envoyee_le: 2026-06-08}, }"),
        ("- {modele: x, envoi: {canal: greffe}} # !", "- {modele: x, envoi: {canal: lrar, "
         "envoyee_le: 2026-06-08}} # !"),
        ("- {modele: x, envoi: {canal: lrar, envoyee_le: }}", "- {modele: x, envoi: {canal: lrar, "
         "envoyee_le: 2026-06-08 }}"),
        ("- {modele: x, envoi: {canal: lrar, envoyee_le}}", "- {modele: x, envoi: {canal: lrar, "
         "envoyee_le: 2026-06-08}}"),
        ("- {modele: x, envoi: {}}", "- {modele: x, envoi: {canal: lrar, "
         "envoyee_le: 2026-06-08}}"),
        ("- {modele: x, envoi: ~}", "- {modele: x, envoi: {canal: lrar, "
         "envoyee_le: 2026-06-08}}"),
        ("- {modele: x, montant: 500,00}", "- {modele: x, montant: 500,00, envoi: {canal: lrar, "
         "envoyee_le: 2026-06-08}}"),
        ("- modele: x\n  envoi:\n    canal: \"lettre\" # non\n", "- modele: x\n  envoi:\n"
         "    canal: lrar # non\n    envoyee_le: 2026-06-08\n"),
        ("- modele: x\n  envoi:   # à venir\n", "- modele: x\n  envoi: {canal: lrar, "
         "envoyee_le: 2026-06-08}   # à venir\n"),
        ("- modele: x\n  paragraphe: |\n    un\n\n    deux", "- modele: x\n  paragraphe: |\n"
         "    un\n\n    deux\n  envoi:\n    canal: lrar\n    envoyee_le: 2026-06-08"),
    ],
)  # fmt: skip
def test_each_style_of_a_letter_is_met(before, after):
    head, tail = "lettres:\n- modele: a\n", "\npieces: [] # fin\n"
    assert edited(head + before + tail, SENT) == head + after + tail


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: b", f"a: b\njournal:\n  - {ENTRY}"),
        ("a: b\n", f"a: b\njournal:\n  - {ENTRY}\n"),
        ("a: b\n# fin\n", f"a: b\njournal:\n  - {ENTRY}\n# fin\n"),
        ("a: b\n---\n".replace("---", "..."), f"a: b\njournal:\n  - {ENTRY}\n...\n"),
        ("journal:\na: b\n", f"journal:\n  - {ENTRY}\na: b\n"),
        ("journal: # vide\na: b\n", f"journal: # vide\n  - {ENTRY}\na: b\n"),
        ("journal: null\na: b\n", f"journal: [{ENTRY}]\na: b\n"),
        ("journal: []\na: b\n", f"journal: [{ENTRY}]\na: b\n"),
        ("journal:\n- {le: x}\na: b\n", f"journal:\n- {{le: x}}\n- {ENTRY}\na: b\n"),
        ("journal: [{le: x}]\n", f"journal: [{{le: x}}, {ENTRY}]\n"),
        ("{a: b}\n", f"{{a: b, journal: [{ENTRY}]}}\n"),
        ('{"a": "b", "journal": [\n]}', f'{{"a": "b", "journal": [\n{ENTRY}]}}'),
        (f"journal:\n  - {ENTRY}\n", f"journal:\n  - {ENTRY}\n  - {ENTRY}\n"),
    ],
)
def test_each_style_of_a_list_is_met(before, after):
    assert edited(before, TOLD) == after


def test_the_breaks_and_the_mark_of_windows_are_kept():
    text = "\ufeff" + BLOCK.replace("\n", "\r\n")
    done = edited(text, SENT, TOLD)
    assert done.startswith("\ufeff# Le dossier\r\n")
    assert "\n" not in done.replace("\r\n", "")
    assert done.replace("\r\n", "\n").removeprefix("\ufeff") == edited(BLOCK, SENT, TOLD)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n  b: 1\n  c: 2 # non\n  d: 3\n", "a:\n  b: 1\n  d: 3\n"),
        ("a:\n  b: 1\n  c: 2", "a:\n  b: 1\n"),
        ("a: {b: 1, c: 2}\n", "a: {b: 1}\n"),
        ("a: {c: 2, b: 1}\n", "a: {b: 1}\n"),
        ("a: {c: 2}\n", "a: {}\n"),
        ("a: {b: 1}\n", "a: {b: 1}\n"),
    ],
)
def test_a_key_is_taken_away_with_its_line_or_its_place(before, after):
    assert edited(before, Drop(("a", "c"))) == after


def test_a_key_beside_a_dash_leaves_the_dash():
    text = "l:\n  - c: 2 # non\n    b: 1\n"
    assert edited(text, Drop(("l", 0, "c"))) == "l:\n  - c:  # non\n    b: 1\n"


@pytest.mark.parametrize(
    "value", ["1A 234 567 8901 2", "n° 12 : « a, b » # c", "null", "- x", "'", '"', "a\\b", "oui"]
)
@pytest.mark.parametrize("text", ["a: {b: 1}\n", "a:\n  b: 1\n", "a:\n"])
def test_any_value_is_read_back_as_it_was_given(text, value):
    assert tree(edited(text, Put(("a",), {"x": value})))["a"]["x"] == value


@pytest.mark.parametrize(
    "text",
    [
        "a: &x {b: 1}\nc: *x\n",  # the change would show in two places
        "a: 1\n",  # no mapping there
        "c: *x\n",  # what does not read is not edited
        "a:\n  b: 1\nc: |\n  fin",  # a block text whose last break is not there
    ],
)
def test_what_cannot_be_changed_with_certainty_is_refused(text):
    with pytest.raises(Uneditable):
        edited(text, Put(("a",), {"b": "2"}), Add("d", {"e": "3"}))


def test_the_fragment_is_what_a_user_would_write():
    assert SENT.fragment == "envoi: {canal: lrar, envoyee_le: 2026-06-08}"
    assert TOLD.fragment == f"journal: - {ENTRY}"
    assert Drop(("a", "c")).fragment == "c: …"


WORDS = st.sampled_from(["relance", "1 440,50", "2026-03-02", "l’été # 3", "a: b", "é", "00"])
COMMENTS = st.sampled_from(["", "  # noté", " #"])
NAMES = ("modele", "le", "factures", "note")


@st.composite
def scalars(draw) -> str:
    word = draw(WORDS)
    quote = draw(st.sampled_from(["'", '"']))
    is_bare = word in ("relance", "2026-03-02", "é", "00") and draw(st.booleans())
    return word if is_bare else f"{quote}{word}{quote}"


@st.composite
def records(draw, depth: int = 0) -> list[str]:
    """Draw the lines of a mapping, the first one without its indent."""
    names = draw(st.permutations(NAMES))[: draw(st.integers(1, 3))]
    if draw(st.booleans()):
        pairs = ", ".join(f"{name}: {draw(scalars())}" for name in names)
        return ["{" + pairs + draw(st.sampled_from(["", " ", ", "])) + "}" + draw(COMMENTS)]
    lines = []
    for name in names:
        lines.append(f"{name}: {draw(scalars())}{draw(COMMENTS)}")
        lines += draw(st.sampled_from([[], [""], ["# seul"]]))
    if depth == 0 and draw(st.booleans()):
        inner = [f"  canal: {draw(scalars())}{draw(COMMENTS)}"]
        lines += draw(st.sampled_from([[f"envoi: {{canal: {draw(scalars())}}}"],
                                       ["envoi:", *inner], ["envoi:"], ["envoi: ~"]]))  # fmt: skip
    return lines


@st.composite
def files(draw) -> str:
    """Draw a file with two letters, maybe a journal, in any style and any order."""
    parts = []
    for key in draw(st.permutations(["reference", "lettres", "journal"])):
        indent = " " * draw(st.integers(0, 4))
        if key == "reference":
            parts.append([f"reference: {draw(scalars())}{draw(COMMENTS)}"])
        elif key == "lettres" or draw(st.booleans()):
            lines = [f"{key}:{draw(COMMENTS)}"]
            for _ in range(2):
                first, *rest = draw(records())
                lines += [f"{indent}- {first}", *(f"{indent}  {line}" for line in rest)]
            parts.append(lines)
        else:
            parts.append(draw(st.sampled_from([[], ["journal: []"], ["journal:"]])))
    lines = [line for part in parts for line in part]
    text = draw(st.sampled_from(["\n", "\r\n"])).join([*lines, ""])
    mark = draw(st.sampled_from(["", "\ufeff"]))
    return mark + (text.rstrip("\r\n") if draw(st.booleans()) else text)


def is_within(short: str, long: str) -> bool:
    """Whether a text is the other with something taken out."""
    rest = iter(long)
    return all(char in rest for char in short)


@settings(max_examples=80)
@given(files())
def test_any_file_keeps_its_bytes_and_gains_the_change_alone(text):
    change = Put(("lettres", 1, "envoi"), {"envoyee_le": "2026-06-08"})
    before = tree(text)
    done = edited(text, change, TOLD)
    after = tree(done)
    assert is_within(text.replace("~", ""), done)
    assert after["journal"][-1] == TOLD.element
    assert after["lettres"][1]["envoi"]["envoyee_le"] == "2026-06-08"
    undone = tree(edited(done, Drop(("lettres", 1, "envoi", "envoyee_le"))))
    assert undone["lettres"][0] == before["lettres"][0]
    assert (undone["lettres"][1].pop("envoi", None) or None) == (
        before["lettres"][1].pop("envoi", None) or None
    )
    assert undone["lettres"][1] == before["lettres"][1]
