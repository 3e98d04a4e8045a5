"""Every document of every example is archival (PDF/A-3u) and accessible (PDF/UA-1)."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import page as validator
import pytest

from dument.kit import open_kit
from dument.pipeline import prepare
from dument.printing import print_letters
from dument.workshop import open_workshop

DAY = date(2026, 11, 21)
EXAMPLES = sorted(
    path.parent.name
    for path in (Path(__file__).parent.parent / "data/exemples").glob("*/dossier.yaml")
)


@pytest.fixture(scope="module")
def workshop(root):
    opened, _ = open_workshop(open_kit(root))
    return opened


@pytest.fixture(scope="module", params=EXAMPLES)
def documents(request, root, workshop):
    dossier, _ = prepare(workshop, root / "data/exemples" / request.param, DAY)
    printed, _ = print_letters(workshop, dossier)
    return printed


@pytest.mark.parametrize("profile", ["pdf/a-3u", "pdf/ua-1"])
def test_every_document_of_an_example_conforms(documents, profile):
    refused = [
        name
        for name, one in documents.items()
        if not validator.is_pdf_compliant_bytes(one.pdf, profile=profile)
    ]
    assert refused == []


def test_the_engine_prints_every_example_without_a_word(documents):
    assert [found for one in documents.values() for found in one.diagnostics] == []
