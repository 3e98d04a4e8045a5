"""Layers: what an exhibit does not show is not shown where its pages are copied."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, String

from dument.pdf import Part, Press, arrange, bind, piling

FACES = Path(__file__).parent.parent / "letters" / "_papier" / "polices"
SHOWN, HIDDEN = (100, 700), (100, 300)  # where each layer draws its square


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(FACES)


def layered(**settings: object) -> bytes:
    """Make a page of two layers; `settings` name them `shown` and `hidden`."""
    target = BytesIO()
    with Pdf.new() as pdf:
        layers = {
            name: pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String(name)))
            for name in ("shown", "hidden")
        }
        sheet = pdf.add_blank_page(page_size=(595, 842))
        sheet.obj.Resources = Dictionary(Properties=Dictionary(**layers))
        squares = ((b"shown", SHOWN), (b"hidden", HIDDEN))
        drawn = [b"/OC /%b BDC %d %d 80 80 re f EMC" % (name, *at) for name, at in squares]
        sheet.obj.Contents = pdf.make_stream(b"\n".join(drawn))
        told = {
            key: Array([layers[one] for one in value]) if isinstance(value, list) else value
            for key, value in settings.items()
        }
        pdf.Root.OCProperties = Dictionary(OCGs=Array(list(layers.values())), D=Dictionary(**told))
        pdf.save(target)
    return target.getvalue()


def squares(pdf: bytes, number: int = 0) -> tuple[bool, bool]:
    """Tell whether the square of each layer is seen."""
    page = pypdfium2.PdfDocument(pdf)[number].render(scale=1).to_pil().convert("L")
    left, right = ((x + 40, page.height - y - 40) for x, y in (SHOWN, HIDDEN))
    return page.getpixel(left) < 128, page.getpixel(right) < 128


@pytest.fixture(params=["off", "base", "usage"])
def exhibit(request) -> bytes:
    if request.param == "usage":
        usage = Dictionary(Event=Name.View, Category=Array([Name.View]), OCGs=Array())
        return layered(OFF=["hidden"], AS=Array([usage]))
    given = {"OFF": ["hidden"]} if request.param == "off" else {"BaseState": Name.OFF}
    return layered(ON=["shown"], **given)


def test_a_hidden_layer_stays_hidden_in_the_bundle(press, tmp_path, monkeypatch, exhibit):
    plain = layered()
    assert (squares(exhibit), squares(plain)) == ((True, False), (True, True))
    for most in (piling.MOST_IN_MEMORY, 0):  # 0: set down after each part
        monkeypatch.setattr(piling, "MOST_IN_MEMORY", most)
        parts = [Part(f"p{rank}", "P", one) for rank, one in enumerate((exhibit, plain, exhibit))]
        bind(parts, press, tmp_path / "liasse.pdf", title="Liasse")
        made = (tmp_path / "liasse.pdf").read_bytes()
        seen = [squares(made, number) for number in range(3)]
        assert seen == [(True, False), (True, True), (True, False)]


def test_a_hidden_layer_stays_hidden_in_an_excerpt(exhibit):
    turned = arrange(arrange(exhibit, None, 180), [1], 180)
    assert squares(turned) == (True, False)
