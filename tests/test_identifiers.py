"""Numbers with a key: what is right passes, what is wrong says why."""

from __future__ import annotations

import pytest

from dument.faults import Misread
from dument.identifiers import (
    format_iban,
    format_siren,
    format_siret,
    parse_bic,
    parse_iban,
    parse_siren,
    parse_siret,
    parse_vat,
)


@pytest.mark.parametrize(
    ("parse", "written", "number"),
    [
        (parse_siren, "732 829 320", "732829320"),
        (parse_siren, "732829320", "732829320"),
        (parse_siren, "732.829.320", "732829320"),
        (parse_siren, "732\u202f829\u202f320", "732829320"),
        (parse_siret, "732 829 320 00074", "73282932000074"),
        (parse_siret, "356 000 000 00048", "35600000000048"),
        (parse_vat, "FR 44 732829320", "FR44732829320"),
        (parse_vat, "fr44732829320", "FR44732829320"),
        (parse_vat, "BE 0403.019.261", "BE0403019261"),
        (parse_iban, "FR76 9999 9000 0100 0000 1234 537", "FR7699999000010000001234537"),
        (parse_iban, "fr14 2004 1010 0505 0001 3M02 606", "FR1420041010050500013M02606"),
        (parse_iban, "DE89 3704 0044 0532 0130 00", "DE89370400440532013000"),
        (parse_bic, "AGRIFRPP", "AGRIFRPP"),
        (parse_bic, "agri fr pp xxx", "AGRIFRPPXXX"),
    ],
)
def test_a_right_number_is_kept_without_its_spaces(parse, written, number):
    assert parse(written) == number


def test_the_offices_of_la_poste_have_their_own_key():
    # Its establishments do not follow Luhn: the fourteen digits add up to a multiple of five.
    assert parse_siret("356 000 000 49837") == "35600000049837"


@pytest.mark.parametrize(
    ("parse", "written", "slug"),
    [
        (parse_siren, "732 829 321", "siren-cle"),
        (parse_siren, "723 829 320", "siren-cle"),
        (parse_siren, "000 000 000", "siren-cle"),
        (parse_siren, "73282932", "siren-longueur"),
        (parse_siren, "73282932000074", "siren-longueur"),
        (parse_siren, "73282932O", "siren-longueur"),
        (parse_siren, "73282932²", "siren-cle"),
        (parse_siren, "", "siren-longueur"),
        (parse_siret, "732 829 320 00075", "siret-cle"),
        (parse_siret, "356 000 000 49838", "siret-cle"),
        (parse_siret, "000 000 000 00000", "siret-cle"),
        (parse_siret, "000 000 000 00018", "siret-cle"),
        (parse_siret, "732 829 320", "siret-longueur"),
        (parse_vat, "FR45732829320", "tva-cle"),
        (parse_vat, "FR44732829321", "tva-cle"),
        (parse_vat, "FR12000000000", "tva-cle"),
        (parse_vat, "FR44", "tva-cle"),
        (parse_vat, "44732829320", "tva-illisible"),
        (parse_vat, "non assujetti", "tva-illisible"),
        (parse_iban, "FR76 9999 9000 0100 0000 1234 538", "iban-cle"),
        (parse_iban, "FR76", "iban-cle"),
        (parse_iban, "9999 9000 0100", "iban-cle"),
        (parse_bic, "AGRI", "bic-illisible"),
        (parse_bic, "AGRIFRPPXX", "bic-illisible"),
    ],
)
def test_a_wrong_number_is_refused_with_its_reason(parse, written, slug):
    with pytest.raises(Misread) as refused:
        parse(written)
    assert refused.value.slug == slug


def test_a_french_iban_whose_rib_key_is_wrong_is_refused():
    # The account of the standard's example with 07 for its RIB key 06; 84 is then its IBAN key.
    with pytest.raises(Misread) as refused:
        parse_iban("FR84 2004 1010 0505 0001 3M02 607")
    assert refused.value.slug == "iban-rib"


def test_a_siren_is_written_by_threes():
    assert format_siren("732829320") == "732\u202f829\u202f320"


def test_a_siret_is_written_as_a_siren_and_an_establishment():
    assert format_siret("73282932000074") == "732\u202f829\u202f320\u202f00074"


def test_an_iban_is_written_by_fours():
    written = format_iban("FR7699999000010000001234537")
    assert written.replace("\u00a0", " ") == "FR76 9999 9000 0100 0000 1234 537"
