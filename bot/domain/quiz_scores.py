"""What answers in a group quiz are worth, and who stands where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

FULL = 1000
"""What a right answer is worth at once; half of it remains at the last moment."""


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody who joined; `here` until they leave the group. Teams count from 0."""

    person_id: int
    team: int | None = None
    here: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """A vote or a reply, received `at`; its score runs from 0 to 1."""

    person_id: int
    at: datetime
    score: float


@dataclass(frozen=True, slots=True)
class Mark:
    """What an answer brought; `took` is how long it took."""

    person_id: int
    area_id: str
    points: int
    right: bool
    took: timedelta


@dataclass(frozen=True, slots=True)
class Line:
    """One player's result; `right` counts full answers, `took` adds up all their answers."""

    person_id: int
    points: int = 0
    right: int = 0
    took: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One team's result: the mean of its members' points."""

    team: int
    points: int
    members: int


@dataclass(frozen=True, slots=True)
class Best:
    """Who got the most points in an area."""

    area_id: str
    person_id: int
    points: int


def points(score: float, after: timedelta, limit: timedelta) -> int:
    """The points for an answer with this score, given so long after the question was put.

    An answer that overtook the question took no time; one that came in later than the question
    was open (it was on its way, or nobody was there to receive it) took all of it.
    """
    share = _within(after, limit) / limit
    return round(FULL * score * (1 - share / 2))


def marks_of(
    answers: Iterable[Answer],
    *,
    posted_at: datetime,
    limit: timedelta,
    area_id: str,
    is_open: bool = False,
) -> tuple[Mark, ...]:
    """What the answers of one round bring, the earliest first; everybody's first one counts.

    In an open round the first full answer takes the bonus: the time that it took costs nothing.
    """
    counted: dict[int, Answer] = {}
    for answer in sorted(answers, key=lambda one: one.at):
        counted.setdefault(answer.person_id, answer)
    full = (one for one in counted.values() if one.score >= 1)
    first = next(full, None) if is_open else None
    return tuple(
        Mark(
            person_id=one.person_id,
            area_id=area_id,
            points=FULL if one is first else points(one.score, one.at - posted_at, limit),
            right=one.score >= 1,
            took=_within(one.at - posted_at, limit),
        )
        for one in counted.values()
    )


def standing(players: Sequence[Player], marks: Iterable[Mark]) -> tuple[Line, ...]:
    """Everybody who joined, best first: by points, then right answers, then time, then joining."""
    gained: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        gained[mark.person_id].append(mark)
    lines = (_line(player.person_id, gained[player.person_id]) for player in players)
    return tuple(sorted(lines, key=lambda line: (-line.points, -line.right, line.took)))


def team_standing(players: Iterable[Player], lines: Iterable[Line]) -> tuple[TeamLine, ...]:
    """The teams that have members, best first, from everybody's results."""
    scored = {line.person_id: line.points for line in lines}
    members: dict[int, list[int]] = defaultdict(list)
    for player in players:
        if player.team is not None:
            members[player.team].append(scored.get(player.person_id, 0))
    ordered = sorted(members, key=lambda team: (-sum(members[team]) / len(members[team]), team))
    return tuple(
        TeamLine(team, round(sum(members[team]) / len(members[team])), len(members[team]))
        for team in ordered
    )


def best_by_area(lines: Sequence[Line], marks: Iterable[Mark]) -> tuple[Best, ...]:
    """For every area in which anybody got points, in the order asked, who got the most.

    Among equals it is whoever stands higher in `lines`.
    """
    totals: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for mark in marks:
        totals[mark.area_id][mark.person_id] += mark.points
    best = []
    for area_id, gained in totals.items():
        top = max(lines, key=lambda line: gained.get(line.person_id, 0), default=None)
        if top is not None and gained.get(top.person_id, 0) > 0:
            best.append(Best(area_id, top.person_id, gained[top.person_id]))
    return tuple(best)


def _within(after: timedelta, limit: timedelta) -> timedelta:
    return min(max(after, timedelta()), limit)


def _line(person_id: int, marks: Sequence[Mark]) -> Line:
    return Line(
        person_id,
        points=sum(mark.points for mark in marks),
        right=sum(mark.right for mark in marks),
        took=sum((mark.took for mark in marks), timedelta()),
    )
