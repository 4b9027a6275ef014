"""Items, tolerances and the bank."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.questions import (
    Area,
    Bank,
    ChoiceItem,
    ItemType,
    NumericItem,
    Option,
    Tolerance,
    Topic,
)

PYTHON = Topic("python", "Python", "programming")
AREA = Area("programming", "prog", "Programming languages", technical=True, topics=(PYTHON,))
KEY = Option("2", correct=True)


def test_a_choice_item_is_single_or_multi_and_knows_its_key() -> None:
    single = _choice(KEY, Option("1", why="No."))
    multi = _choice(KEY, Option("1", why="No."), KEY, multi=True)
    assert (single.type, single.key) == (ItemType.SINGLE, frozenset({0}))
    assert (multi.type, multi.key) == (ItemType.MULTI, frozenset({0, 2}))


def test_a_bank_knows_its_areas_and_topics() -> None:
    bank = Bank((AREA,), {})
    assert bank.topics() == {"python": PYTHON}
    assert bank.area("programming") is AREA
    assert bank.area("cooking") is None


def test_a_relative_tolerance_is_a_share_of_the_key() -> None:
    tolerance = Tolerance(rel=0.01)
    assert tolerance.allows(101, 100)
    assert not tolerance.allows(101.1, 100)
    assert tolerance.allows(-99, -100)


def test_an_absolute_tolerance_is_in_the_unit_of_the_item() -> None:
    tolerance = Tolerance(abs=0.1)
    assert tolerance.allows(0.4, 0.3)
    assert not tolerance.allows(0.41, 0.3)


def test_the_wider_of_two_tolerances_counts() -> None:
    assert Tolerance(rel=0.01, abs=0.5).allows(0.5, 0.0)
    assert Tolerance(rel=0.01, abs=0.5).allows(990, 1000)


@given(
    st.integers(-1_000, 1_000),
    st.integers(1, 100),
    st.sampled_from([1e-6, 0.001, 0.1, 1.0, 1e6]),
)
def test_the_edge_of_a_tolerance_is_inside_whatever_the_rounding(
    key: int, steps: int, step: float
) -> None:
    tolerance = Tolerance(abs=steps * step)
    assert tolerance.allows(key * step + steps * step, key * step)
    assert not tolerance.allows(key * step + (steps + 0.01) * step, key * step)


def test_a_numeric_item_is_numeric() -> None:
    item = NumericItem(
        id="prog.python.0001",
        rev=1,
        area_id="programming",
        topic_id="python",
        difficulty=1,
        question="How many?",
        explanation="Two.",
        answer=2,
    )
    assert item.type is ItemType.NUMERIC


def _choice(*options: Option, multi: bool = False) -> ChoiceItem:
    return ChoiceItem(
        id="prog.python.0001",
        rev=1,
        area_id="programming",
        topic_id="python",
        difficulty=1,
        question="Which?",
        explanation="That.",
        options=options,
        multi=multi,
    )
