"""A hand-over passes: every parcel under its limit, every name accepted, every page conserved."""

from __future__ import annotations

import random
import re
from datetime import date
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from dument.delivery import Document, pack, read_profiles
from dument.files import Held
from dument.kit import open_kit
from dument.law import read_law
from dument.pdf import BUDGETS, reduce_pictures

DAY = date(2026, 11, 21)
ACCEPTED = re.compile(r"[0-9]{2,}-[A-Za-z0-9_-]+\.pdf")


def scan(pages: int, side: int, seed: int) -> bytes:
    """Return a PDF of scanned pages that no lossless packing makes lighter; page n says n."""
    chance = random.Random(seed)
    target = BytesIO()
    with Pdf.new() as pdf:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        for number in range(1, pages + 1):
            page = pdf.add_blank_page(page_size=(595, 842))
            noise = Image.frombytes("RGB", (side, side), chance.randbytes(side * side * 3))
            packed = BytesIO()
            noise.save(packed, "JPEG", quality=95)
            image = pikepdf.Stream(pdf, packed.getvalue(), Type=Name.XObject, Subtype=Name.Image,
                                   Width=side, Height=side, ColorSpace=Name.DeviceRGB,
                                   BitsPerComponent=8, Filter=Name.DCTDecode)  # fmt: skip
            page.obj.Resources = Dictionary(Font=Dictionary(F=font), XObject=Dictionary(I=image))
            page.obj.Contents = pdf.make_stream(
                b"q 500 0 0 500 40 100 cm /I Do Q "
                b"BT /F 12 Tf 40 800 Td (P%d.%d) Tj ET" % (seed, number))  # fmt: skip
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def marks_of(pdf: bytes) -> list[str]:
    opened = pypdfium2.PdfDocument(pdf)
    return [page.get_textpage().get_text_range().strip() for page in opened]


@pytest.fixture(scope="module")
def scans() -> list[Document]:
    sizes = [(1, 120), (3, 300), (5, 240), (1, 320), (2, 100)]
    made = [scan(pages, side, seed) for seed, (pages, side) in enumerate(sizes)]
    titles = ["Devis n° 12 : accepté", "Bon/livraison & co.", "Éléments %", "Photo", "Reçu ⚠ 🙂"]
    return [
        Document(title, Held(pdf), pages)
        for title, pdf, (pages, _) in zip(titles, made, sizes, strict=True)
    ]


@pytest.mark.parametrize("limit", [90_000, 150_000, 400_000, None])
def test_every_parcel_is_under_its_limit_and_every_page_is_there(scans, limit):
    delivery = pack(scans, limit, 80)
    assert delivery.too_heavy == ()
    assert all(limit is None or parcel.weight <= limit for parcel in delivery.parcels)
    packed = [one.pdf.read() for parcel in delivery.parcels for _, one in parcel.files]
    given_marks = [mark for one in scans for mark in marks_of(one.pdf.read())]
    assert [mark for pdf in packed for mark in marks_of(pdf)] == given_marks


def test_what_fits_is_handed_over_as_it_is(scans):
    delivery = pack(scans, None, 80)
    assert [one for _, one in delivery.parcels[0].files] == scans


def test_a_page_that_no_means_makes_light_enough_is_named(scans):
    delivery = pack(scans[3:4], 2_000, 80)
    assert delivery.too_heavy == ("01-Photo.pdf",)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=12), st.integers(20, 80))
def test_names_are_accepted_everywhere_and_unique_whatever_the_titles(titles, longest):
    pdf = scan(1, 8, 1)
    delivery = pack([Document(title, Held(pdf), 1) for title in titles], None, longest)
    names = [name for parcel in delivery.parcels for name, _ in parcel.files]
    assert len(set(names)) == len(titles)
    assert all(ACCEPTED.fullmatch(name) and len(name) <= longest for name in names)


@pytest.mark.parametrize("budget", BUDGETS)
def test_lighter_pictures_leave_the_text_alone(budget):
    whole = scan(1, 2400, 3)
    lighter = reduce_pictures(whole, budget)
    assert len(lighter) < len(whole) / 2
    assert marks_of(lighter) == marks_of(whole)


def test_a_picture_with_a_mask_is_left_alone():
    with Pdf.open(BytesIO(scan(1, 600, 3))) as pdf:
        next(iter(pdf.pages[0].get_images().values())).Mask = Array([0, 0, 0, 0, 0, 0])
        target = BytesIO()
        pdf.save(target, deterministic_id=True)
    before, after = (images(one) for one in (target.getvalue(), reduced(target.getvalue())))
    assert before == after


def reduced(pdf: bytes) -> bytes:
    return reduce_pictures(pdf, BUDGETS[-1])


def images(pdf: bytes) -> list[bytes]:
    with Pdf.open(BytesIO(pdf)) as opened:
        found = [image for page in opened.pages for image in page.get_images().values()]
        return [image.read_raw_bytes() for image in found]


def test_every_profile_names_known_limits(root):
    kit = open_kit(root)
    law, _ = read_law(kit)
    profiles, faults = read_profiles(kit)
    assert faults == []
    assert {"e-barreau-juridiction", "e-barreau-confrere", "telerecours"} <= set(profiles)
    for profile in profiles.values():
        assert all(used.reference for _, used in profile.limits(law, DAY))
    # 4 Mo: https://www.legalis.net/?p=29018; 80 signs: e-signum's help, both noted in the pack
    assert profiles["e-barreau-juridiction"].most_bytes(law, DAY) == 4_000_000
    assert profiles["telerecours"].longest_name(law, DAY) == 80
