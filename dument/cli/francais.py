"""Click's own sentences said in French.

Click marks its sentences for gettext and ships no catalogue. Ours is laid over the two functions
its modules call; a sentence that is not in it (another version of click) stays as click wrote it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import click

SENTENCES = {
    "Usage:": "Usage :",
    "Options": "Options",
    "Commands": "Commandes",
    "Show the version and exit.": "Affiche la version.",
    "Show this message and exit.": "Affiche cette aide.",
    "default: {default}": "défaut : {default}",
    "env var: {var}": "variable : {var}",
    "required": "obligatoire",
    "file": "fichier",
    "directory": "dossier",
    "path": "chemin",
    "Aborted!": "Interrompu.",
    "Error: {message}": "Erreur : {message}",
    "unknown error": "erreur inconnue",
    "Try '{command} {option}' for help.": "« {command} {option} » affiche l’aide.",
    "Did you mean {possibility}?": "Vouliez-vous dire {possibility} ?",
    "(Did you mean one of: {possibilities}?)": "Vouliez-vous dire {possibilities} ?",
    "No such option {name!r}.": "l’option « {name} » n’existe pas.",
    "No such option: {name}": "l’option « {name} » n’existe pas.",
    "No such command {name!r}.": "la commande « {name} » n’existe pas.",
    "Missing command.": "il manque la commande.",
    "Missing argument": "il manque",
    "Missing option": "il manque l’option",
    "Missing parameter": "il manque",
    "Missing parameter: {param_name}": "il manque {param_name}",
    "Option {name!r} requires an argument.": "l’option « {name} » attend une valeur.",
    "Option {name!r} requires {nargs} arguments.": "l’option « {name} » attend {nargs} valeurs.",
    "Option {name!r} does not take a value.": "l’option « {name} » n’attend pas de valeur.",
    "Got unexpected extra argument ({args})": "un argument de trop : {args}",
    "Got unexpected extra arguments ({args})": "des arguments de trop : {args}",
    "Invalid value: {message}": "valeur refusée : {message}",
    "Invalid value for {param_hint}: {message}": "valeur refusée pour {param_hint} : {message}",
    "{value!r} is not {choice}.": "« {value} » n’est pas admis ; écrivez {choice}.",
    "{value!r} is not one of {choices}.": "« {value} » n’est pas admis ; au choix : {choices}.",
    "{value!r} is not a valid {number_type}.": "« {value} » n’est pas un nombre.",
    "{value} is not in the range {range}.": "{value} est hors de l’intervalle {range}.",
    "{value!r} is not a valid boolean. Recognized values: {states}":
        "« {value} » n’est ni oui ni non ; valeurs admises : {states}",
    "Could not open file {filename!r}: {message}":
        "le fichier « {filename} » ne s’ouvre pas : {message}",
    "{name} {filename!r} does not exist.": "{name} « {filename} » introuvable.",
    "{name} {filename!r} is a file.": "« {filename} » est un fichier.",
    "{name} {filename!r} is a directory.": "« {filename} » est un dossier.",
    "{name} {filename!r} is not readable.": "{name} « {filename} » illisible.",
    "{name} {filename!r} is not writable.": "{name} « {filename} » protégé en écriture.",
}  # fmt: skip


def speak_french() -> None:
    """Make click speak French, whatever the machine's language.

    Call it before any option is declared: click names the types of values when they are made.
    """
    for name, module in list(sys.modules.items()):
        if name.startswith(f"{click.__name__}."):
            for function, translated in (("_", _one), ("ngettext", _one_or_many)):
                if hasattr(module, function):
                    setattr(module, function, translated(getattr(module, function)))


def _one(original: Callable[[str], str]) -> Callable[[str], str]:
    """Return the translation of one sentence, else what click's own function says."""

    def translate(sentence: str) -> str:
        return SENTENCES.get(sentence) or original(sentence)

    return translate


def _one_or_many(original: Callable[[str, str, int], str]) -> Callable[[str, str, int], str]:
    """Return the translation of a sentence by number; in French zero is singular."""

    def translate(one: str, many: str, count: int) -> str:
        return SENTENCES.get(one if count < 2 else many) or original(one, many, count)

    return translate
