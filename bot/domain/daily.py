"""Today's question: the same for everybody on a date, by the date and the bank alone.

Every item belongs to one of 31 slots by a hash of its id, and each date has one slot, so nothing
comes again within 31 days. Within the slot the areas take turns, and the highest hash of date
and item wins (rendezvous hashing: Thaler and Ravishankar 1998): an item that comes or goes
changes only the dates that it wins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

from bot.domain.questions import ChoiceItem, Item, NumericItem, ParamItem

SLOTS = 31
"""Days before an item may come again; prime, so that slots and areas meet in all pairs."""
_MEDIUM = range(2, 5)


class DailyQuestion(NamedTuple):
    """An item of the bank; `variant` is the index of the one dealt, None without variants."""

    item_id: str
    variant: int | None


def daily_item(items: Iterable[Item], day: date) -> DailyQuestion | None:
    """The question of `day` (a UTC date), whatever the items' order; None where none fits.

    Nothing is asked twice within 31 days, or as many days as there are items that fit.
    """
    pool = _pool(items)
    if not pool:
        return None
    slots: dict[int, list[Item]] = {slot: [] for slot in range(SLOTS)}
    for item in pool:
        slots[_roll("slot", item.id) % SLOTS].append(item)
    if all(slots.values()):
        chosen = _of_slot(slots[day.toordinal() % SLOTS], pool, day)
    else:
        chosen = _in_turn(pool, day)
    return DailyQuestion(chosen.id, _variant(chosen, day))


def _pool(items: Iterable[Item]) -> Sequence[Item]:
    """What can be answered in a moment and graded exactly; neither trivial nor expert's fare.

    Where too few are of medium difficulty, the others are asked, too.
    """
    fit = [
        item
        for item in items
        if isinstance(item, ChoiceItem | NumericItem)
        or (isinstance(item, ParamItem) and item.variants)
    ]
    medium = [item for item in fit if item.difficulty in _MEDIUM]
    return medium if len(medium) >= SLOTS else fit


def _of_slot(slot: Sequence[Item], pool: Iterable[Item], day: date) -> Item:
    """The day's item of its slot, from the area whose turn it is if there is one.

    Else from the area whose turns are farthest away, so that neighbouring days differ.
    """
    areas = sorted({item.area_id for item in pool}, key=lambda area: _roll("area", area))
    places = {area: place for place, area in enumerate(areas)}

    def fitness(item: Item) -> tuple[bool, int, int]:
        ahead = (places[item.area_id] - day.toordinal()) % len(areas)
        return ahead == 0, min(ahead, len(areas) - ahead), _roll(day.isoformat(), item.id)

    return max(slot, key=fitness)


def _in_turn(pool: Iterable[Item], day: date) -> Item:
    """For a pool too small for slots: all items in a fixed order, each area's evenly spread."""
    ordered = sorted(pool, key=lambda item: _roll("turn", item.id))
    sizes = Counter(item.area_id for item in ordered)
    seen: Counter[str] = Counter()
    places: dict[str, float] = {}
    for item in ordered:
        places[item.id] = (seen[item.area_id] + 0.5) / sizes[item.area_id]
        seen[item.area_id] += 1
    ordered.sort(key=lambda item: places[item.id])
    return ordered[day.toordinal() % len(ordered)]


def _variant(item: Item, day: date) -> int | None:
    """The same variant for everybody."""
    if not isinstance(item, ParamItem):
        return None
    return _roll("variant", day.isoformat(), item.id) % len(item.variants)


def _roll(*parts: str) -> int:
    """A number that follows from `parts` alone, on every machine and in every version."""
    return int.from_bytes(blake2b("\0".join(parts).encode(), digest_size=8).digest())
