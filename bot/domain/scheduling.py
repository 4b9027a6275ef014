"""Which questions a set asks: what was missed, what is new, what was longest ago."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from bot.domain.questions import Item, ParamItem

T = TypeVar("T")

MISSED_SHARE = 0.4
"""At most this share of a set repeats what was missed, so that every set brings something new."""


class Dice(Protocol):
    """The part of `random.Random` that dealing needs."""

    def random(self) -> float:
        """A number in [0, 1)."""

    def randrange(self, stop: int, /) -> int:
        """A whole number in [0, stop)."""


@dataclass(frozen=True, slots=True)
class Met:
    """The newest encounter with an item; `score` is `None` where it was skipped."""

    at: datetime
    score: float | None
    variant: int | None


def plan_set(
    items: Iterable[Item], met: Mapping[str, Met], size: int, dice: Dice
) -> list[tuple[str, int | None]]:
    """The items of a set, in order, as (item id, variant); fewer where there are no more.

    Missed items come back first (the oldest first), then new ones, then those answered longest
    ago. Neighbours differ in area, and in topic within one area, as far as possible.
    """
    shuffled = _shuffled(items, dice)
    new = [item for item in shuffled if item.id not in met]
    known = sorted((item for item in shuffled if item.id in met), key=lambda i: met[i.id].at)
    missed = [item for item in known if (met[item.id].score or 0) < 1]
    right = [item for item in known if (met[item.id].score or 0) >= 1]
    again = missed[: max(1, round(size * MISSED_SHARE))]
    chosen = [*again, *_spread(new), *right, *missed[len(again) :]][:size]
    return [(item.id, _variant(item, met.get(item.id), dice)) for item in _spread(chosen)]


def _shuffled(items: Iterable[T], dice: Dice) -> list[T]:
    """A fair shuffle that draws from `dice` alone."""
    return [item for _, item in sorted(((dice.random(), item) for item in items), key=_first)]


def _first(pair: tuple[float, object]) -> float:
    return pair[0]


def _spread(items: Sequence[Item]) -> list[Item]:
    """Takes turns between areas, and between the topics of each."""
    areas: dict[str, dict[str, list[Item]]] = defaultdict(lambda: defaultdict(list))
    for item in items:
        areas[item.area_id][item.topic_id].append(item)
    return _round_robin([_round_robin(list(topics.values())) for topics in areas.values()])


def _round_robin(queues: Sequence[Sequence[T]]) -> list[T]:
    """One of each queue in turn, until all are empty."""
    longest = max((len(queue) for queue in queues), default=0)
    return [queue[turn] for turn in range(longest) for queue in queues if turn < len(queue)]


def _variant(item: Item, last: Met | None, dice: Dice) -> int | None:
    """Another variant than last time for parametrised items; `None` for the others."""
    if not isinstance(item, ParamItem):
        return None
    if last is None or last.variant is None:
        return dice.randrange(len(item.variants))
    return (last.variant + 1) % len(item.variants)
