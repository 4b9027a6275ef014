"""The book of updates and of what is still owed, inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.storage.records import to_millis


@dataclass(frozen=True, slots=True)
class Updates:
    """Which updates have taken effect, which are parked, which were set aside."""

    queries: Any

    def mark(self, update_id: int, now: datetime) -> bool:
        """Marks the update as having taken effect; `False` if it had before."""
        return self.queries.mark_update(id=update_id, now=to_millis(now)) is not None

    def prune(self, before: datetime) -> int:
        """Forgets marks older than `before`; gives how many."""
        return int(self.queries.prune_updates(before=to_millis(before)))

    def park(self, update_id: int, body: str, now: datetime) -> None:
        """Keeps an unfinished update so that Telegram may forget it."""
        self.queries.park_update(id=update_id, body=body, now=to_millis(now))

    def parked(self) -> list[str]:
        """The bodies of the parked updates, oldest first."""
        return [row["body"] for row in self.queries.parked_updates()]

    def unpark(self, update_id: int) -> None:
        """The parked update is finished."""
        self.queries.unpark_update(id=update_id)

    def set_aside(
        self, update_id: int, *, kind: str, error_id: str, reason: str, now: datetime
    ) -> None:
        """Remembers an update that could not be handled, without its content."""
        self.queries.set_update_aside(
            id=update_id, kind=kind, error_id=error_id, reason=reason, now=to_millis(now)
        )


@dataclass(frozen=True, slots=True)
class Chores:
    """Work that is owed, whatever happens to the process before it is done."""

    queries: Any

    def owe(self, name: str, now: datetime) -> None:
        """Notes that the chore has to be done."""
        self.queries.add_chore(name=name, now=to_millis(now))

    def is_due(self, name: str) -> bool:
        """Whether the chore is still to be done."""
        return self.queries.chore_due(name=name) is not None

    def done(self, name: str) -> None:
        """The chore is done."""
        self.queries.chore_done(name=name)
