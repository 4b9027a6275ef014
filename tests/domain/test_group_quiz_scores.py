"""Points, standings, teams and the best by area."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.quiz_scores import (
    Answer,
    Best,
    Line,
    Mark,
    Player,
    TeamLine,
    best_by_area,
    marks_of,
    points,
    standing,
    team_standing,
)

NOON = datetime(2026, 1, 10, 12, tzinfo=UTC)


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def answer(person: int, after: float, score: float = 1) -> Answer:
    return Answer(person, NOON + seconds(after), score)


def marks(*answers: Answer, area: str = "a", is_open: bool = False) -> tuple[Mark, ...]:
    return marks_of(answers, posted_at=NOON, limit=seconds(30), area_id=area, is_open=is_open)


@pytest.mark.parametrize(
    ("score", "after", "limit", "worth"),
    [
        (1, 0, 30, 1000),
        (1, 3, 30, 950),
        (1, 15, 30, 750),
        (1, 30, 30, 500),
        (1, 7, 30, 883),
        (1, 1, 600, 999),
        (1, -2, 30, 1000),  # the vote overtook the answer to sendPoll
        (1, 90, 30, 500),  # received after an outage
        (0.5, 0, 30, 500),
        (0.5, 15, 30, 375),
        (1 / 3, 30, 30, 167),
        (0, 0, 30, 0),
    ],
)
def test_speed_points(score: float, after: float, limit: float, worth: int) -> None:
    assert points(score, seconds(after), seconds(limit)) == worth


@given(st.floats(0, 1), st.floats(-99, 999), st.floats(-99, 999), st.integers(5, 600))
def test_points_are_within_bounds_and_the_faster_has_no_fewer(
    score: float, a: float, b: float, limit: int
) -> None:
    fast, slow = (points(score, seconds(one), seconds(limit)) for one in sorted((a, b)))
    assert 0 <= slow <= fast <= 1000


def test_the_first_answer_of_everybody_counts() -> None:
    [mark] = marks(answer(1, 9), answer(1, 3, 0.5), answer(1, 6, 0))
    assert mark == Mark(1, "a", 475, right=False, took=seconds(3))


def test_the_first_full_answer_of_an_open_round_takes_the_bonus() -> None:
    given_ = [answer(1, 3, 0.5), answer(2, 15), answer(3, 12), answer(4, 15)]
    worth = {mark.person_id: mark.points for mark in marks(*given_, is_open=True)}
    assert worth == {1: 475, 2: 750, 3: 1000, 4: 750}
    assert next(m for m in marks(*given_) if m.person_id == 3).points == 800


def test_the_best_come_first_and_everybody_who_joined_is_there() -> None:
    players = [Player(n) for n in range(1, 8)]
    lines = standing(
        players,
        (
            Mark(7, "a", 600, right=True, took=seconds(24)),
            Mark(2, "a", 500, right=False, took=seconds(1)),
            Mark(3, "a", 500, right=True, took=seconds(9)),
            Mark(4, "a", 250, right=False, took=seconds(2)),
            Mark(5, "a", 0, right=False, took=seconds(2)),
            Mark(4, "b", 250, right=True, took=seconds(3)),
            Mark(99, "b", 900, right=True, took=seconds(3)),  # came when it was full
        ),
    )
    assert [line.person_id for line in lines] == [7, 4, 3, 2, 1, 6, 5]
    assert lines[1] == Line(4, 500, 1, seconds(5))
    assert lines[4] == Line(1)


def test_a_team_has_the_mean_of_its_members() -> None:
    players = [Player(1, 0), Player(2, 0), Player(3, 2, here=False), Player(4, 1), Player(5, 1)]
    lines = [Line(1, 1000), Line(2, 501), Line(3, 900), Line(4, 751)]
    assert team_standing(players, lines) == (
        TeamLine(2, 900, 1),
        TeamLine(0, 750, 2),
        TeamLine(1, 376, 2),
    )
    assert team_standing([Player(1)], lines) == ()


def test_the_best_by_area() -> None:
    given_ = (
        *marks(answer(1, 3), answer(2, 15), area="b"),
        *marks(answer(1, 15), answer(2, 15), area="a"),
        *marks(answer(3, 1, 0), area="c"),
        *marks(answer(2, 3), area="b"),
    )
    lines = standing([Player(3), Player(2), Player(1)], given_)
    assert best_by_area(lines, given_) == (Best("b", 2, 1700), Best("a", 2, 750))
    assert best_by_area((), given_) == ()


@given(
    st.lists(st.tuples(st.integers(1, 6), st.floats(0, 40), st.floats(0, 1)), max_size=40),
    st.booleans(),
)
def test_ranks_depend_on_nothing_but_the_answers(
    given_: list[tuple[int, float, float]], is_open: bool
) -> None:
    answers = [answer(person, after, score) for person, after, score in given_]
    players = [Player(n) for n in range(1, 7)]
    one = marks(*answers, is_open=is_open)
    assert len(one) == len({mark.person_id for mark in one})
    assert all(0 <= mark.points <= 1000 for mark in one)
    lines = standing(players, one)
    assert lines == standing(players, one[::-1])
    assert {line.person_id for line in lines} == {player.person_id for player in players}
    assert [line.points for line in lines] == sorted((x.points for x in lines), reverse=True)
