"""Texts with the numbers of a parametrised item in them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.expressions import ExpressionError
from bot.domain.templates import Template

VALUES = {"n": 1200, "sens": 0.95, "prev": 0.001, "answer": 12.34567, "third": 1 / 3}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("no numbers", "no numbers"),
        ("{n} items", "1200 items"),
        ("{n:,} items", "1,200 items"),
        ("{n:.1f}", "1200.0"),
        ("{sens}", "0.95"),
        ("{sens:%}", "95 %"),
        ("{prev:%}", "0.1 %"),
        ("{third:.1%}", "33.3 %"),
        ("{third}", "0.333333333333"),
        ("{answer:.3f}", "12.346"),
        ("{answer:.3g}", "12.3"),
        ("{answer:d}", "12"),
        ("{1 - sens:%} miss", "5 % miss"),
        ("{{n}} = {n}", "{n} = 1200"),
        ("$x^{{{n}}}$", "$x^{1200}$"),
    ],
)
def test_numbers_are_filled_in(text: str, filled: str) -> None:
    assert Template.parse(text).fill(VALUES) == filled


def test_a_template_knows_its_variables() -> None:
    assert Template.parse("{n} {sens:%} {n + answer}").names == {"n", "sens", "answer"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{n", "braces do not match"),
        ("n}", "braces do not match"),
        ("{}", "not a formula"),
        ("{n!r}", "no such format"),
        ("{n:>9999999}", "no such format"),
        ("{n:.999f}", "no such format"),
        ("{n:.3d}", "no such format"),
        ("{n:{n}}", "no such format"),
        ("{n.real}", "not arithmetic"),
    ],
)
def test_faulty_templates_are_refused(text: str, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        Template.parse(text)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(ExpressionError, match="`m` is unknown"):
        Template.parse("{m}").fill(VALUES)


@given(st.integers(0, 10_000))
def test_percentages_have_no_trailing_zeros_and_no_noise(hundredths: int) -> None:
    filled = Template.parse("{share:%}").fill({"share": hundredths / 10_000})
    number = filled.removesuffix(" %")
    assert float(number) == hundredths / 100
    assert not ("." in number and number.endswith("0"))


@given(st.text(max_size=40))
def test_any_text_is_a_template_or_an_error(text: str) -> None:
    with suppress(ExpressionError):
        assert isinstance(Template.parse(text).fill(VALUES), str)
