"""What an interview showed: points by area and type, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.interview import LOOP, USUAL, Kind

TIPS = 3
WEAK = 0.65
"""A share of the points below this is worth a word."""
SLOW = 1.2
"""So many times the fair time is slow."""
FEW = 2
"""So many questions of a type at least say something about it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One question of an interview and what became of it.

    `score` is None where there was no answer; `seconds` is the time taken, `fair` the fair one.
    `attempt_id` is None where the question was never asked.
    """

    position: int
    area_id: str
    topic_id: str | None
    type: str
    score: float | None
    seconds: float
    fair: float
    attempt_id: str | None

    @property
    def points(self) -> float:
        """What it is worth; no answer is worth nothing."""
        return self.score or 0.0


@dataclass(frozen=True, slots=True)
class Tally:
    """Points of some of the questions."""

    points: float
    questions: int

    @property
    def share(self) -> float:
        """Points a question, 0 to 1."""
        return self.points / self.questions if self.questions else 0.0


class TipKind(StrEnum):
    """What would help most."""

    AREA = "area"
    ANOTHER_AREA = "another_area"
    UNANSWERED = "unanswered"
    TYPE = "type"
    SLOW = "slow"
    MISSED = "missed"
    FULL = "full"
    HARDER = "harder"
    STEADY = "steady"


@dataclass(frozen=True, slots=True)
class Tip:
    """One thing to do next; `about` names an area or type, `amount` counts questions."""

    kind: TipKind
    about: str = ""
    amount: int = 0


def tally(replies: Iterable[Reply]) -> Tally:
    """The points of these questions."""
    listed = list(replies)
    return Tally(sum(reply.points for reply in listed), len(listed))


def by(replies: Sequence[Reply], key: Callable[[Reply], str]) -> dict[str, Tally]:
    """The points by area or type, in the order in which they came first."""
    names = dict.fromkeys(key(reply) for reply in replies)
    return {name: tally(one for one in replies if key(one) == name) for name in names}


def tips(replies: Sequence[Reply], kind: Kind) -> list[Tip]:
    """The three most useful things to do next, the best first.

    Each is worth the points that it stands for; an area as much more as interviews ask about it.
    """
    valued = [*_weak_areas(replies), *_habits(replies)]
    missed = sum(reply.points < 1 for reply in replies)
    if missed:
        valued.append((0.1, Tip(TipKind.MISSED, amount=missed)))
    if kind is not Kind.FULL:
        valued.append((0.05, Tip(TipKind.FULL)))
    valued += [(0.02, Tip(TipKind.HARDER)), (0.01, Tip(TipKind.STEADY))]
    valued.sort(key=lambda pair: -pair[0])
    return [tip for _, tip in valued[:TIPS]]


def _weak_areas(replies: Sequence[Reply]) -> list[tuple[float, Tip]]:
    """The two areas that cost most."""
    costs = []
    for area, found in by(replies, lambda reply: reply.area_id).items():
        if found.share < WEAK:
            lost = (1 - found.share) * LOOP.get(area, USUAL)
            costs.append((lost, Tip(TipKind.AREA, area, found.questions)))
    ordered = sorted(costs, key=lambda pair: -pair[0])[:2]
    return [
        (lost, replace(tip, kind=TipKind.ANOTHER_AREA) if place else tip)
        for place, (lost, tip) in enumerate(ordered)
    ]


def _habits(replies: Sequence[Reply]) -> list[tuple[float, Tip]]:
    """What costs points in whatever area."""
    found = []
    silent = sum(reply.score is None for reply in replies)
    if silent:
        found.append((0.8 * silent, Tip(TipKind.UNANSWERED, amount=silent)))
    for type_, result in by(replies, lambda reply: reply.type).items():
        given = tally(r for r in replies if r.type == type_ and r.score is not None)
        if given.questions >= FEW and given.share < WEAK:
            lost = 0.9 * (1 - given.share) * result.questions
            found.append((lost, Tip(TipKind.TYPE, type_, given.questions)))
    timed = [reply for reply in replies if reply.score is not None and reply.fair]
    slow = [reply for reply in timed if reply.seconds > SLOW * reply.fair]
    if timed and len(slow) > len(timed) / 3:
        found.append((0.5 * len(slow), Tip(TipKind.SLOW, amount=len(slow))))
    return found


def to_document(replies: Sequence[Reply]) -> list[Mapping[str, object]]:
    """The replies as they are kept."""
    return [{name: getattr(reply, name) for name in Reply.__slots__} for reply in replies]


def from_document(document: Iterable[Mapping[str, object]]) -> tuple[Reply, ...]:
    """The replies as they were kept."""
    return tuple(Reply(**entry) for entry in document)  # type: ignore[arg-type]  # as written
