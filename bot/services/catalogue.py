"""The bank as the services see it: items as dealt, scopes, titles."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.banks.search import find_topic, suggest
from bot.domain.errors import Stale, UnknownTopic
from bot.domain.grading.choice import dealt_order
from bot.domain.questions import Area, Bank, ChoiceItem, Item, ParamItem, Topic
from bot.services.results import Playable, Shown
from bot.storage.records import Attempt


class Catalogue:
    """Looks up what may be asked; `open_areas` are those that have questions."""

    def __init__(self, bank: Bank) -> None:
        self.bank = bank
        self._topics = bank.topics()
        self._areas = {area.id: area for area in bank.areas}
        self._playable = tuple(bank.playable)
        present = {item.area_id for item in self._playable}
        self.open_areas = tuple(area for area in bank.areas if area.id in present)

    @property
    def playable(self) -> tuple[Item, ...]:
        """Every item that can be asked today."""
        return self._playable

    def scope_of(self, query: str) -> Area | Topic:
        """The area or topic that the person means.

        Raises:
            UnknownTopic: nothing goes by that name; carries suggestions.
        """
        found = find_topic(self.bank, query)
        if found is None:
            suggestions = [(hit.id, hit.title) for hit in suggest(self.bank, query)]
            raise UnknownTopic(query=query, suggestions=suggestions)
        return found

    def within(self, scope: str) -> Sequence[Item]:
        """The playable items of an area or topic; all of them for the empty scope."""
        if not scope:
            return self._playable
        return [i for i in self._playable if scope in {i.area_id, i.topic_id}]

    def mixed(self, areas: Collection[str] | None) -> Sequence[Item]:
        """The playable items of these areas; of all, where none of them has any."""
        if not areas:
            return self._playable
        chosen = [item for item in self._playable if item.area_id in areas]
        return chosen or self._playable

    def title_of(self, scope: str) -> str:
        """What the area or topic is called; empty for the empty scope."""
        if area := self._areas.get(scope):
            return area.title
        return self._topics[scope].title if scope in self._topics else ""

    def has(self, item_id: str) -> bool:
        """Whether the item is in the bank."""
        return item_id in self.bank.items

    def rev_of(self, item_id: str) -> int:
        """The item's current revision."""
        return self.bank.items[item_id].rev

    def is_current(self, attempt: Attempt) -> bool:
        """Whether the item is still as it was when it was asked."""
        item = self.bank.items.get(attempt.item_id)
        return item is not None and item.rev == attempt.rev

    def shown(self, attempt: Attempt, total: int | None) -> Shown:
        """The attempt with its item as it was dealt.

        Raises:
            Stale: the item has left the bank or changed since it was asked.
        """
        if not self.is_current(attempt):
            raise Stale
        item = self.bank.items[attempt.item_id]
        playable = self._dealt(item, attempt)
        order = dealt_order(item, attempt.seed) if isinstance(item, ChoiceItem) else ()
        return Shown(
            attempt=attempt,
            item=playable,
            order=order,
            area=self._areas[item.area_id].title,
            topic=self._topics[item.topic_id].title,
            total=total,
        )

    def _dealt(self, item: Item, attempt: Attempt) -> Playable:
        if isinstance(item, ParamItem):
            return item.dealt(attempt.variant or 0)
        if isinstance(item, Playable):
            return item
        raise Stale
