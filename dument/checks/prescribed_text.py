"""`texte-prescrit`: the letter reproduces paragraphs of an article word for word."""

from __future__ import annotations

from collections.abc import Iterator

from dument.checks.inspection import Finding, Inspection
from dument.checks.wording import listed, say
from dument.french import squeeze, typeset
from dument.law import Mention
from dument.letters import Letter

TYPE = "texte-prescrit"
BEARS_ON_LETTERS = True


def find(mention: Mention, inspection: Inspection, letter: Letter | None) -> Iterator[Finding]:
    """Yield each paragraph of `options.article`, by its rank, that is not there as it stands."""
    article = inspection.law.articles[str(mention.options["article"])]
    said = squeeze(typeset(letter.text)) if letter else ""
    for rank in listed(mention, "alineas"):
        if squeeze(typeset(article.paragraph(int(rank)))) not in said:
            yield from say(mention, "absent", rang=rank)
