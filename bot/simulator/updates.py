"""The queue of updates: numbered by one counter, kept until confirmed, 24 hours at most."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.simulator import spec
from bot.simulator.errors import violation
from bot.simulator.waiting import Signal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DAY = 86_400.0
CALLBACK_LIFETIME = 150.0
MOST_AT_ONCE = 100
KINDS = tuple(field for field in spec.load().fields("Update") if field != "update_id")
ALL_KINDS = frozenset(KINDS)
ONLY_IF_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Update:
    """One queued update.

    Attributes:
        body: The one field besides ``update_id``.
        expires_at: Unix time after which nobody gets it any more.
    """

    id: int
    kind: str
    body: dict[str, Any]
    expires_at: float

    def render(self) -> dict[str, Any]:
        """The Bot API's Update."""
        return {"update_id": self.id, self.kind: self.body}


class UpdateQueue:
    """What waits for the bot.

    Attributes:
        allowed: The kinds that are queued; others are dropped when they happen.
        allowed_by_bot: What the bot last asked for by name.
        changed: Notified when updates come or are confirmed.
    """

    def __init__(self, first_id: int) -> None:
        self.next_id = first_id
        self.allowed = ALL_KINDS - ONLY_IF_ASKED
        self.allowed_by_bot: list[str] | None = None
        self.changed = Signal()
        self._waiting: dict[int, Update] = {}
        self._seen: dict[int, Update] = {}
        self._again: list[Update] = []

    def push(self, kind: str, body: dict[str, Any], *, now: float) -> int | None:
        """Queue an update.

        Returns:
            Its id, or None if the bot did not ask for this kind.
        """
        if kind not in self.allowed:
            return None
        lifetime = CALLBACK_LIFETIME if kind == "callback_query" else DAY
        update = Update(self.next_id, kind, body, now + lifetime)
        self.next_id += 1
        self._waiting[update.id] = self._seen[update.id] = update
        self.changed.notify()
        return update.id

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Remember which kinds the bot wants; an empty list stands for the default.

        Raises:
            ApiError: There is no such kind (the official server would pass over it).
        """
        if kinds is None:
            return
        if unknown := set(kinds) - ALL_KINDS:
            raise violation(f"there are no updates of the kind {min(unknown)}")
        self.allowed_by_bot = list(kinds) or None
        self.allowed = frozenset(kinds) or ALL_KINDS - ONLY_IF_ASKED

    def pending(self, now: float) -> list[Update]:
        """What is not confirmed yet, oldest first, the redelivered before everything."""
        for update in [u for u in self._waiting.values() if u.expires_at <= now]:
            del self._waiting[update.id]
        return [*self._again, *self._waiting.values()]

    def fetch(self, offset: int, limit: int, now: float) -> list[Update]:
        """What getUpdates returns; an offset confirms what stands before it.

        A negative offset keeps only that many of the newest. One beyond the next id belongs to
        an earlier numbering and confirms nothing.
        """
        waiting = [update.id for update in self.pending(now) if update.id in self._waiting]
        if offset < 0:
            self.confirm(waiting[:offset])
        elif offset <= self.next_id:
            self.confirm([number for number in waiting if number < offset])
        batch = self.pending(now)[:limit]
        self._again = self._again[len(batch) :]
        return batch

    def confirm(self, ids: Iterable[int]) -> None:
        """Forget updates that have arrived."""
        for number in ids:
            self._waiting.pop(number, None)
        self.changed.notify()

    def taken(self, update: Update) -> None:
        """The webhook took an update: it is neither waiting nor to be sent again."""
        self.confirm([update.id])
        if update in self._again:
            self._again.remove(update)

    def clear(self) -> None:
        """Drop everything that is pending."""
        self._waiting.clear()
        self._again.clear()

    def redeliver(self, ids: Iterable[int]) -> None:
        """Send updates once more, whatever the offset says; they keep their ids."""
        self._again += [replace(self._seen[number]) for number in ids]
        self.changed.notify()

    def restart_ids(self, first_id: int) -> None:
        """Number the updates to come from `first_id`, as Telegram may after an idle week."""
        self.next_id = first_id
