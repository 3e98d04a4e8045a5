"""Click's own sentences, said in French: each one that a user can meet."""

from __future__ import annotations

import ast
import importlib
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from dument.cli import main
from dument.cli.francais import SENTENCES

# What our commands never make click say: prompts, editors, other types, faults of a developer.
NEVER_MET = {
    "core": {
        "deprecated",
        "(dynamic)",
        "DeprecationWarning: The command {name!r} is deprecated.{extra_message}",
        "DeprecationWarning: The {param_type} {name!r} is deprecated.{extra_message}",
        "Positional arguments",
        "Value must be an iterable.",
        "Takes {nargs} values but 1 was given.",
        "Takes {nargs} values but {len} were given.",
        "Name '{name}' defined twice",
        "Boolean option {decl!r} cannot use the same flag for true/false.",
        "Could not determine name for option with declarations {decls!r}",
        "No options defined but a name was passed ({name}). Did you mean to declare an argument "
        "instead? Did you mean to pass '--{name}'?",
        "Arguments take exactly one parameter declaration, got {length}: {decls}.",
    },
    "decorators": {
        "Do you want to continue?",
        "Confirm the action without prompting.",
        "%(prog)s, version %(version)s",
    },
    "exceptions": {"Missing {param_type}"},
    "parser": {
        "Invalid start character for option ({option})",
        "Argument {name!r} takes {nargs} values.",
    },
    "types": {
        "Choose from:\n\t{choices}",
        "Choice({choices})",
        "{value!r} does not match the format {format}.",
        "{value!r} does not match the formats {formats}.",
        "{value!r} is not a valid UUID.",
        "{len_type} values are required, but {len_value} was given.",
        "{len_type} values are required, but {len_value} were given.",
        "{name} {filename!r} is not executable.",
    },
}


def sentences_of(module: str) -> set[str]:
    """Return what a module of click marks for translation."""
    source = Path(importlib.import_module(f"click.{module}").__file__ or "")
    return {
        argument.value
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("_", "ngettext")
        for argument in node.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    }


@pytest.mark.parametrize("module", NEVER_MET)
def test_every_sentence_click_can_say_to_our_user_is_translated(module):
    assert sentences_of(module) - NEVER_MET[module] - set(SENTENCES) == set()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["biuld"], "la commande « biuld » n’existe pas. Vouliez-vous dire 'build' ?"),
        (["build", "--nope"], "l’option « --nope » n’existe pas."),
        (["build", "--al"], "Vouliez-vous dire '--all', "),
        (["build", "--date"], "l’option « --date » attend une valeur."),
        (["build", "--strict=3", "x"], "l’option « --strict » n’attend pas de valeur."),
        (["build", "--date", "3/3/2026", "x"], "valeur refusée pour '--date' : « 3/3/2026 » n’"),
        (["check", "--format", "xml", "x"], "« xml » n’est pas admis ; au choix : 'text', 'json'"),
        (["explain"], "il manque 'DOSSIER'."),
        (["explain", "a", "b", "c"], "un argument de trop : c"),
        (["explain", "a", "b", "c", "d"], "des arguments de trop : c d"),
        (["clean", "absent"], "Chemin « absent » introuvable."),
        (["-f", "absent.yaml", "schema"], "Fichier « absent.yaml » introuvable."),
        (["-f", ".", "schema"], "« . » est un dossier."),
    ],
)
def test_a_wrong_use_is_said_in_french(arguments, said):
    result = CliRunner().invoke(main, arguments)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr


def test_a_wrong_use_shows_the_usage_and_the_way_to_the_help():
    said = CliRunner().invoke(main, ["build", "--nope"], prog_name="dument").stderr
    assert said.startswith(
        "Usage : dument build [OPTIONS] DOSSIER…\n« dument build --help » affiche l’aide.\n"
    )


@pytest.mark.parametrize("command", ["", *sorted(main.commands)])
def test_the_help_holds_none_of_clicks_english(command):
    said = CliRunner().invoke(main, [*command.split(), "--help"]).stdout
    english = ("Usage:", "Show ", "Commands", "COMMAND [", "FILE\n", "DIRECTORY", "exit.")
    assert [word for word in english if word in said] == []


def test_the_list_of_commands_cuts_no_sentence():
    assert "..." not in CliRunner().invoke(main, ["--help"]).stdout


def test_a_sentence_unknown_to_the_catalogue_stays_as_click_wrote_it():
    assert click.core._("Never heard of.") == "Never heard of."
