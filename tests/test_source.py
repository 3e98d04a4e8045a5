"""Step 1, lire: YAML read without typing, hostile or clumsy files refused at their place."""

from __future__ import annotations

import pytest

from dument.source import parse_yaml, plain, read_front_matter, read_yaml


def read(text: str):
    """Return what a sound text holds."""
    mapping, diagnostics = parse_yaml(text, "d.yaml")
    assert diagnostics == []
    return plain(mapping)


def faults(text: str) -> list[tuple[str, str]]:
    """Return the faults of a text: id, and place as `line:column`."""
    _, diagnostics = parse_yaml(text, "d.yaml")
    return [(one.id, f"{one.position.line}:{one.position.column}") for one in diagnostics]


@pytest.mark.parametrize(
    "written",
    [
        "01234567000012",
        "0012",
        "0x1F",
        "0o17",
        "1_000",
        "1e3",
        "NO",
        "oui",
        "yes",
        "true",
        "12:30",
        "2026-02-30",
        "2026-03-02",
        "1.440",
        ".5",
        ".inf",
        "+33 1 00 00 00 00",
        "=",
        "1 440,00 €",
    ],
)
def test_a_scalar_stays_as_it_was_written(written):
    assert read(f"cle: {written}") == {"cle": written}


@pytest.mark.parametrize("written", ["", "~", "null", "Null", "NULL", '""', "''", '" "'])
def test_an_empty_value_is_absent(written):
    assert read(f"cle: {written}") == {"cle": None}


def test_null_between_quotes_is_a_name():
    assert read('nom: "null"') == {"nom": "null"}


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("{montant: 500,00}", {"montant": "500,00"}),
        ("{montant: -500,00}", {"montant": "-500,00"}),
        ("{montant: 1 440,00 €, sur: X}", {"montant": "1 440,00 €", "sur": "X"}),
        ("{taux: 12,5 %}", {"taux": "12,5 %"}),
        ("{taux: 12,5 %, minimum: 40,00}", {"taux": "12,5 %", "minimum": "40,00"}),
        ("{montant: 1.440,00}", {"montant": "1.440,00"}),
        ("{montant: 500,00€ , sur: é}", {"montant": "500,00€", "sur": "é"}),
        ("{le: 2026-05-12, montant: 500,00}", {"le": "2026-05-12", "montant": "500,00"}),
        (
            "{montant: 1\u00a0440,00\u00a0€, sur: X}",
            {"montant": "1\u00a0440,00\u00a0€", "sur": "X"},
        ),
    ],
)
def test_a_french_decimal_survives_between_braces(written, values):
    assert read(f"paiement: {written}") == {"paiement": values}


@pytest.mark.parametrize(
    ("written", "values"),
    [
        ("{a: 1, 2}", {"a": "1", "2": None}),
        ('{a: "1",00: }', {"a": "1", "00": None}),
        ("{a: x,00}", {"a": "x", "00": None}),
        ("{a: 1,00: 2}", {"a": "1", "00": "2"}),
    ],
)
def test_what_is_no_decimal_is_not_joined(written, values):
    assert read(f"cle: {written}") == {"cle": values}


def test_a_decimal_in_braces_keeps_the_place_of_its_value():
    mapping, _ = parse_yaml("p: {le: x, montant: 500,00}", "d.yaml")
    assert str(mapping.entries["p"].entries["montant"].position) == "d.yaml:1:21"


def test_lines_and_columns_count_characters_not_bytes():
    mapping, _ = parse_yaml("é:\n  - {à: «œ», b: c}\n", "d.yaml")
    assert str(mapping.entries["é"].items[0].entries["b"].position) == "d.yaml:2:17"


def test_the_second_writing_of_a_key_is_the_faulty_one():
    assert faults("a: 1\nb:\n  c: 1\n  c: 2\n") == [("yaml/cle-en-double", "4:3")]


def test_a_key_between_quotes_is_the_same_key():
    assert faults('a: 1\n"a": 2\n') == [("yaml/cle-en-double", "2:1")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a:\n\tb: 1", ("yaml/syntaxe", "2:1")),
        ("a: b: c", ("yaml/syntaxe", "1:5")),
        ('a: "x', ("yaml/syntaxe", "1:4")),
        ("a: [1\nb: 2", ("yaml/syntaxe", "1:4")),
        ("a: 1\n b: 2", ("yaml/syntaxe", "2:3")),
        ("a: @x", ("yaml/syntaxe", "1:4")),
        ("a: %x", ("yaml/syntaxe", "1:4")),
        ("a: *inconnue", ("yaml/syntaxe", "1:4")),
        ('a: "\\q"', ("yaml/syntaxe", "1:5")),
        ("a: 1\n---\nb: 2", ("yaml/syntaxe", "2:1")),
        ("{a: 1,,b: 2}", ("yaml/syntaxe", "1:7")),
        ("a: x\x00y", ("yaml/caractere", "1:5")),
        ("a: 1\nb: \x07", ("yaml/caractere", "2:4")),
        ("a: é\x80", ("yaml/caractere", "1:5")),
        ("a: b\nb: x\u202ey", ("yaml/caractere", "2:5")),
        ("a: \uf0b7 b", ("yaml/caractere", "1:4")),
        ('a: "x\\0y"', ("yaml/caractere", "1:4")),
        ('a: "x\\ry"', ("yaml/caractere", "1:4")),
        ('"a\\e": b', ("yaml/caractere", "1:1")),
        ("a:b\nc: d", ("yaml/syntaxe", "1:3")),
        ("a: !!python/object/apply:os.system [x]", ("yaml/etiquette", "1:4")),
        ("a: !secret x", ("yaml/etiquette", "1:4")),
        ("? [a]\n: 1", ("yaml/cle", "1:3")),
        ("- a\n- b", ("yaml/sommet", "1:1")),
        ("bonjour", ("yaml/sommet", "1:1")),
        ("a:1", ("yaml/sommet", "1:1")),
        ("", ("yaml/vide", "1:1")),
        ("# rien\n", ("yaml/vide", "1:1")),
    ],
)
def test_a_text_that_is_no_case_file_is_refused_at_its_place(text, found):
    assert faults(text) == [found]


def test_anchors_that_explode_are_refused():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert [fault for fault, _ in faults("\n".join(lines))] == ["yaml/bombe"]


def test_an_anchor_that_holds_itself_is_refused():
    assert faults("a: &a [*a]") == [("yaml/bombe", "1:4")]


@pytest.mark.parametrize("opener", ["[", "{a: ", "- ", "? ", "[{a: "])
def test_a_nesting_that_would_exhaust_the_stack_is_refused(opener):
    assert [fault for fault, _ in faults("a:\n  " + opener * 100_000)] == ["yaml/trop-profond"]


def test_a_long_flat_file_is_not_taken_for_a_deep_one():
    text = "\n".join(f"k{rank}: [a, {{b: c-d}}]" for rank in range(2_000))
    assert len(read(text)) == 2_000


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert plain(read_yaml(path, "d.yaml")[0]) == {"a": "1"}


def test_windows_line_ends_leave_no_trace(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_bytes(b"a: |\r\n  x\r\n  y\r\nb: 1\r\n")
    assert plain(read_yaml(path, "d.yaml")[0]) == {"a": "x\ny\n", "b": "1"}


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        ("a: 1\nb: été\n".encode("latin-1"), "d.yaml:2:4"),
        ("a: 1\n".encode("utf-16"), "d.yaml:1:1"),
        (b"a: 5 \x80\n", "d.yaml:1:6"),  # the euro sign of Windows-1252
    ],
)
def test_another_encoding_is_refused_where_it_shows(tmp_path, raw, place):
    path = tmp_path / "d.yaml"
    path.write_bytes(raw)
    _, [found] = read_yaml(path, "d.yaml")
    assert (found.id, str(found.position)) == ("yaml/encodage", place)


def test_a_file_over_a_sane_size_is_refused(tmp_path):
    path = tmp_path / "d.yaml"
    path.write_text("a: " + "x" * 1_000_001, encoding="utf-8")
    _, [found] = read_yaml(path, "d.yaml")
    assert found.id == "yaml/trop-gros"


def test_front_matter_is_cut_from_its_body(tmp_path):
    path = tmp_path / "v1.md"
    path.write_text("---\ntitre: X\n---\nCorps\n---\nsuite\n", encoding="utf-8")
    matter, _ = read_front_matter(path, "v1.md")
    assert (plain(matter.head), matter.body, matter.body_line) == (
        {"titre": "X"},
        "Corps\n---\nsuite\n",
        4,
    )


def test_the_places_of_a_front_matter_count_from_the_top_of_the_file(tmp_path):
    path = tmp_path / "v1.md"
    path.write_text("---\na: 1\na: 2\n---\n", encoding="utf-8")
    _, [found] = read_front_matter(path, "v1.md")
    assert str(found.position) == "v1.md:3:1"


def test_a_markdown_file_without_front_matter_is_refused(tmp_path):
    path = tmp_path / "v1.md"
    path.write_text("Corps\n", encoding="utf-8")
    _, [found] = read_front_matter(path, "v1.md")
    assert found.id == "yaml/en-tete"
