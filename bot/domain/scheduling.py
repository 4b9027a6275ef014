"""Which questions a set asks: what is due, where the person is weak, and what is new.

What was missed is due at once, what is known when it is about to be forgotten (see `cards`); what
is new is as hard as keeps people going: they get about seven of ten right (see `mastery`), or as
easy or hard as they want it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple, Protocol, TypeVar

T = TypeVar("T")

DUE_SHARE = 0.5
"""At most this share of a set repeats what is due, while there is anything new."""
WEAK_SHARE = 0.3
"""This share of a set comes from the person's weakest areas."""
WEAK_AREAS = 2
TARGET = 0.7
"""The chance of a right answer that new questions should have …"""
TARGETS: Mapping[str | None, float] = {"easier": 0.8, None: TARGET, "harder": 0.55}
"""… and by what a person wants."""
JITTER = 0.1
"""How far chance may move a question within that order, so that sets differ."""


class Dice(Protocol):
    """The part of `random.Random` that dealing needs."""

    def random(self) -> float:
        """A number in [0, 1)."""

    def randrange(self, stop: int, /) -> int:
        """A whole number in [0, stop)."""


class Why(StrEnum):
    """Why a question is asked."""

    DUE = "due"
    WEAK = "weak"
    NEW = "new"
    AHEAD = "ahead"
    """Nothing else is left: a known one before its time."""


class Candidate(NamedTuple):
    """An item as dealing sees it; a tuple, as there are a thousand to make in a millisecond.

    `chance` is that of a right answer; `overdue` counts the days since its card fell due (below 0
    before that), None where the person has not met it; `today` is whether it was answered today
    and known.
    """

    item_id: str
    area_id: str
    topic_id: str
    chance: float
    overdue: float | None = None
    today: bool = False
    variants: int = 0
    last_variant: int | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """A question of a set."""

    item_id: str
    variant: int | None
    why: Why


def plan_set(
    candidates: Iterable[Candidate],
    size: int,
    readiness: Mapping[str, float],
    dice: Dice,
    target: float = TARGET,
) -> list[Choice]:
    """The questions of a set, in order; fewer where there are no more.

    Half of them at most are due ones, the longest overdue first; a third comes from the areas
    with the least `readiness`; the rest is new. Then what is left: more that is due, more that
    is new, and known ones before their time. What was answered and known today comes
    again only where there is nothing else.
    Neighbours differ in area, and in topic within one area, as far as possible.
    """
    shuffled = [(dice.random(), one) for one in candidates]
    able = [pair for pair in shuffled if not pair[1].today] or shuffled
    met = [(-one.overdue, one) for _, one in able if one.overdue is not None]
    due = [one for wait, one in sorted(met, key=_first) if wait <= 0]
    ahead = [one for wait, one in sorted(met, key=_first) if wait > 0]
    fresh = [one for _, one in sorted(_by_fit(able, target), key=_first)]
    weakest = _weakest(readiness, fresh)
    weak = [one for one in fresh if one.area_id in weakest]
    picked = _Picked(size)
    picked.take(due, Why.DUE, max(1, round(size * DUE_SHARE)) if fresh else size)
    picked.take(_spread(weak), Why.WEAK, round(size * WEAK_SHARE))
    picked.take(_spread(fresh), Why.NEW, size)
    picked.take(due, Why.DUE, size)
    picked.take(ahead, Why.AHEAD, size)
    ordered = _spread(picked.candidates)
    return [Choice(c.item_id, _variant(c, dice), picked.why[c.item_id]) for c in ordered]


class _Picked:
    """Candidates picked so far, and why."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.candidates: list[Candidate] = []
        self.why: dict[str, Why] = {}

    def take(self, from_: Sequence[Candidate], why: Why, most: int) -> None:
        """Picks up to `most` of them, as long as there is room."""
        left = [candidate for candidate in from_ if candidate.item_id not in self.why]
        for candidate in left[: max(0, min(most, self.size - len(self.candidates)))]:
            self.candidates.append(candidate)
            self.why[candidate.item_id] = why


def _by_fit(
    able: Sequence[tuple[float, Candidate]], target: float
) -> list[tuple[float, Candidate]]:
    """New ones by how far their chance is from the target, with some chance in it."""
    return [(abs(c.chance - target) + JITTER * roll, c) for roll, c in able if c.overdue is None]


def _weakest(readiness: Mapping[str, float], fresh: Sequence[Candidate]) -> frozenset[str]:
    """The areas with the least readiness, where there is a choice of areas."""
    present = {one.area_id for one in fresh}
    known = sorted((value, area) for area, value in readiness.items() if area in present)
    return (
        frozenset(area for _, area in known[:WEAK_AREAS])
        if len(known) > WEAK_AREAS
        else frozenset()
    )


def _first(pair: tuple[T, object]) -> T:
    return pair[0]


def spread(things: Sequence[T], *keys: Callable[[T], object]) -> list[T]:
    """Takes turns between the groups by the first key, within each by the next, and so on."""
    if not keys:
        return list(things)
    groups: dict[object, list[T]] = defaultdict(list)
    for thing in things:
        groups[keys[0](thing)].append(thing)
    return _round_robin([spread(group, *keys[1:]) for group in groups.values()])


def _spread(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Takes turns between areas, and between the topics of each."""
    return spread(candidates, lambda one: one.area_id, lambda one: one.topic_id)


def _round_robin(queues: Sequence[Sequence[T]]) -> list[T]:
    """One of each queue in turn, until all are empty."""
    longest = max((len(queue) for queue in queues), default=0)
    return [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]


def _variant(candidate: Candidate, dice: Dice) -> int | None:
    """Another variant than last time for parametrised items; None for the others."""
    if not candidate.variants:
        return None
    if candidate.last_variant is None:
        return dice.randrange(candidate.variants)
    return (candidate.last_variant + 1) % candidate.variants
