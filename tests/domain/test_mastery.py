"""Abilities and difficulties: beliefs move towards the truth, and readiness is calibrated."""

from __future__ import annotations

import random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.mastery import (
    ABILITY_VARIANCE,
    Abilities,
    Belief,
    Evidence,
    chance,
    evidence,
    observe,
    readiness,
)
from tests.domain.learners import School

answers = st.lists(
    st.tuples(st.integers(0, 2), st.floats(-2, 2), st.floats(0, 0.5), st.floats(0, 1)),
    max_size=60,
)


def answered(given: list[tuple[int, float, float, float]]) -> Abilities:
    abilities = Abilities.unknown(3)
    for area, mean, guess, score in given:
        abilities = observe(abilities, area, Belief(mean, 0.16), guess, score)
    return abilities


def test_a_right_answer_raises_and_a_wrong_one_lowers() -> None:
    start = Abilities.unknown(2)
    item = Belief(0.0, 0.16)
    right, wrong = (observe(start, 0, item, 0.25, score) for score in (1.0, 0.0))
    assert wrong.means[0] < 0 < right.means[0]
    easier, harder = (evidence(start.of(0), item, 0.25, score) for score in (1.0, 0.0))
    assert easier.difficulty(item).mean < 0 < harder.difficulty(item).mean


@given(st.permutations([(-1.0, 0.0), (0.0, 1.0), (0.5, 0.3), (2.0, 1.0)]))
def test_evidence_may_come_in_any_order(order: list[tuple[float, float]]) -> None:
    prior = Belief(0.4, 0.16)
    pieces = [evidence(Belief(mean, 0.5), prior, 0.25, score) for mean, score in order]
    total = sum(pieces, Evidence())
    assert total.gradient == pytest.approx(sum(sorted(piece.gradient for piece in pieces)))
    assert total.difficulty(prior).variance < prior.variance


def test_one_area_tells_about_the_others_but_less() -> None:
    after = observe(Abilities.unknown(3), 0, Belief(0.0, 0.16), 0.0, 1.0)
    assert 0 < after.means[1] == after.means[2] < after.means[0]
    assert after.of(0).variance < after.of(1).variance < ABILITY_VARIANCE


def test_a_surprise_teaches_more() -> None:
    start = Abilities.unknown(1)
    hard = observe(start, 0, Belief(1.5, 0.16), 0.0, 1.0).means[0]
    easy = observe(start, 0, Belief(-1.5, 0.16), 0.0, 1.0).means[0]
    assert hard > easy > 0


def test_what_guessing_earns_says_little() -> None:
    start = Abilities.unknown(1)
    guessed = observe(start, 0, Belief(0.0, 0.16), 0.5, 1.0).means[0]
    known = observe(start, 0, Belief(0.0, 0.16), 0.0, 1.0).means[0]
    assert 0 < guessed < known


@given(answers)
def test_beliefs_stay_sound(given: list[tuple[int, float, float, float]]) -> None:
    abilities = answered(given)
    rows = [abilities.row(area) for area in range(3)]
    for i, row in enumerate(rows):
        assert 0 < row[i] == abilities.of(i).variance <= ABILITY_VARIANCE + 1e-9
        for j, value in enumerate(row):
            assert value == rows[j][i]
            assert value**2 <= row[i] * rows[j][j] * (1 + 1e-9)


def test_a_triangle_of_another_size_is_refused() -> None:
    with pytest.raises(ValueError, match="2 covariances for 2 abilities"):
        Abilities((0.0, 0.0), (1.0, 0.6))


def test_time_makes_less_certain_up_to_a_limit() -> None:
    tested = answered([(0, 0.0, 0.0, 1.0)] * 30)
    later, much_later = tested.after(30), tested.after(10_000)
    assert tested.of(0).variance < later.of(0).variance < ABILITY_VARIANCE
    assert much_later.of(0).variance == ABILITY_VARIANCE
    assert later.means == tested.means


def test_chance_lies_between_guessing_and_certainty() -> None:
    item = Belief(0.0, 0.0)
    assert chance(Belief(-9.0, 0.0), item, 0.25) == pytest.approx(0.25, abs=0.001)
    assert chance(Belief(0.0, 0.0), item, 0.25) == pytest.approx(0.625)
    assert chance(Belief(9.0, 0.0), item, 0.25) == pytest.approx(1.0, abs=0.001)
    assert chance(Belief(2.0, 4.0), item, 0.0) < chance(Belief(2.0, 0.0), item, 0.0)


def test_what_is_remembered_counts_as_right() -> None:
    assert readiness([(0.5, 0.0)]) == 0.5
    assert readiness([(0.5, 0.9)]) == pytest.approx(0.95)
    assert readiness([(0.5, 0.0), (0.5, 1.0)]) == pytest.approx(0.75)
    assert readiness([]) == 0.0


def test_readiness_is_calibrated_and_items_are_neither_too_hard_nor_too_easy() -> None:
    """The table for 1,000 learners is printed by `python -m tests.domain.learners`."""
    school = School(random.Random(7))
    results = [school.teach(60) for _ in range(150)]
    bias = fmean(r.estimate - r.truth for result in results for r in result.areas)
    overall = fmean(abs(result.estimate - result.truth) for result in results)
    right = fmean(result.right for result in results)
    assert abs(bias) < 0.02
    assert overall < 0.05
    assert 0.6 <= right <= 0.8


def test_sixty_answers_in_one_area_fix_its_readiness() -> None:
    school = School(random.Random(8))
    results = [school.teach(60, areas=(3,)) for _ in range(150)]
    assert fmean(abs(r.areas[3].estimate - r.areas[3].truth) for r in results) < 0.05


def test_a_difficulty_is_learned_from_many() -> None:
    school = School(random.Random(9), learn_items=True)
    school.items = [area[:12] for area in school.items]
    before = school.item_error()
    for _ in range(150):
        school.teach(60)
    assert school.item_error() < 0.7 * before
