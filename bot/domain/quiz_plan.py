"""What a group quiz asks, in which order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.domain.scheduling import Dice

OPEN_EVERY = 5
"""Of so many rounds the last is an open one."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An item that a quiz may ask, as a poll or (`is_open`) to be answered by a reply.

    `level` is its difficulty; `rested` counts the days since the group last met it, None where
    it has not; `variants` is 0 for items without.
    """

    item_id: str
    area_id: str
    topic_id: str
    level: int
    is_open: bool = False
    variants: int = 0
    rested: float | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """What one round asks."""

    item_id: str
    area_id: str
    variant: int | None = None
    is_open: bool = False


def plan_rounds(offers: Iterable[Offer], rounds: int, dice: Dice) -> tuple[Slot, ...]:
    """The rounds of a quiz: areas take turns, then levels, then topics.

    Every fifth round is open, where there is an item for it. What the group has not met comes
    first, then what it met longest ago. Fewer rounds where there are not enough items for polls.
    """
    stock: dict[bool, list[Offer]] = {True: [], False: []}
    for offer in offers:
        stock[offer.is_open].append(offer)
    dealer = _Dealer(dice)
    polls, replies = dealer.shelves(stock[False]), dealer.shelves(stock[True])
    slots: list[Slot] = []
    while len(slots) < rounds:
        is_open = (len(slots) + 1) % OPEN_EVERY == 0 and bool(replies)
        shelves = replies if is_open else polls
        if not shelves:
            break
        slots.append(dealer.deal(shelves))
    return tuple(slots)


_Shelves = dict[str, list[Offer]]
"""By area; the empty ones are gone."""


@dataclass(slots=True)
class _Dealer:
    """Deals items and remembers of what there were how many."""

    dice: Dice
    areas: Counter[str] = field(default_factory=Counter)
    levels: Counter[int] = field(default_factory=Counter)
    topics: Counter[str] = field(default_factory=Counter)
    last: str = ""

    def shelves(self, offers: Sequence[Offer]) -> _Shelves:
        """The items by area, in an order that chance makes."""
        shelves: _Shelves = defaultdict(list)
        for offer in sorted(offers, key=lambda _: self.dice.random()):
            shelves[offer.area_id].append(offer)
        return dict(shelves)

    def deal(self, shelves: _Shelves) -> Slot:
        """Takes the item that fits best from the area that had the fewest."""
        area = min(shelves, key=lambda one: (self.areas[one], one == self.last))
        offer = min(shelves[area], key=self._use)
        shelves[area].remove(offer)
        if not shelves[area]:
            del shelves[area]
        self.last = area
        self.areas[area] += 1
        self.levels[offer.level] += 1
        self.topics[offer.topic_id] += 1
        variant = self.dice.randrange(offer.variants) if offer.variants else None
        return Slot(offer.item_id, area, variant, offer.is_open)

    def _use(self, offer: Offer) -> tuple[float, int, int]:
        """The smaller, the better; chance has the last word by the order on the shelf."""
        met = float("-inf") if offer.rested is None else -offer.rested
        return met, self.levels[offer.level], self.topics[offer.topic_id]
