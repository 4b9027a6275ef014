"""How well two lists of marks agree."""

from __future__ import annotations

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.agreement import pearson, quadratic_kappa, ranks, rmse, spearman, within

MARKS = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=2, max_size=20)


def test_pearson_is_known() -> None:
    assert pearson([1, 2, 3], [2, 4, 6]) == pytest.approx(1)
    assert pearson([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert pearson([1, 2, 3, 4], [1, 3, 2, 4]) == pytest.approx(0.8)
    assert pearson([1, 1, 1], [1, 2, 3]) == 0


def test_equal_marks_share_their_rank() -> None:
    assert ranks([0.5, 0.1, 0.5, 0.9]) == [2.5, 1, 2.5, 4]


def test_spearman_sees_the_order_only() -> None:
    assert spearman([0.1, 0.2, 0.9], [1, 10, 1_000]) == pytest.approx(1)


def test_rmse_is_known() -> None:
    assert rmse([0, 1], [1, 1]) == pytest.approx(sqrt(0.5))


def test_kappa_is_known() -> None:
    assert quadratic_kappa([0, 0.5, 1], [0, 0.5, 1]) == 1
    assert quadratic_kappa([0, 1], [1, 0]) == pytest.approx(-1)
    assert quadratic_kappa([1, 1], [1, 1]) == 1


def test_within_takes_the_means_of_groups_away() -> None:
    marks, human = [0.0, 0.2, 0.8, 1.0], [0.9, 1.0, 0.0, 0.1]
    assert pearson(marks, human) < 0
    assert within(marks, human, ["a", "a", "b", "b"]) == pytest.approx(1)


@given(MARKS)
def test_agreement_is_mutual_and_bounded(pairs: list[tuple[float, float]]) -> None:
    ours, theirs = zip(*pairs, strict=True)
    for measure in (pearson, spearman):
        assert -1.000_001 <= measure(ours, theirs) <= 1.000_001
        assert measure(ours, theirs) == pytest.approx(measure(theirs, ours))
    assert rmse(ours, theirs) == rmse(theirs, ours) >= 0
    assert quadratic_kappa(ours, theirs) <= 1
