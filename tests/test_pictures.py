"""Pictures of formulas: valid, of one width, and refused where TeX is wrong."""

from __future__ import annotations

import struct

import pytest

from bot.pictures import WIDTH, Unrenderable, render_formulas


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def test_a_formula_becomes_a_picture_that_telegram_takes() -> None:
    width, height = size(render_formulas([r"\frac{a}{b}"]))
    assert width == WIDTH
    assert width / height < 20
    assert width + height <= 10_000


def test_several_stand_below_each_other() -> None:
    _, one = size(render_formulas(["x^2"]))
    _, two = size(render_formulas(["x^2", "y^2"]))
    assert two > one


def test_the_same_formulas_give_the_same_picture() -> None:
    assert render_formulas(["x^2"]) == render_formulas(["x^2"])
    assert render_formulas(["x^2"]) != render_formulas(["x^3"])


def test_a_wide_formula_is_drawn_smaller() -> None:
    wide = " + ".join(f"x_{{{n}}}" for n in range(20))
    width, height = size(render_formulas([wide]))
    assert width == WIDTH
    assert height < size(render_formulas(["x_1"]))[1] + 5


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        (r"\frac{1}", "cannot be drawn"),
        (r"\begin{pmatrix} 1", "cannot be drawn"),
        (r"x + \nonsense", r"unknown command \\nonsense"),
        ("+".join(["x"] * 200), "too wide"),
    ],
)
def test_what_cannot_be_drawn_is_told(formula: str, why: str) -> None:
    with pytest.raises(Unrenderable, match=why):
        render_formulas([formula])
