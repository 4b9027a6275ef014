"""Who has how many points, in a group or across groups, inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.storage.records import to_millis

EVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Leaderboards:
    """Sums over quizzes and answers."""

    queries: Any

    def of_group(self, chat_id: int, since: datetime, amount: int) -> list[tuple[str, int]]:
        """Names and points of those with the most points in a chat since then."""
        rows = self.queries.quiz_points_in(chat_id=chat_id, since=to_millis(since), amount=amount)
        return [(self._name(row["person_id"], chat_id), int(row["points"])) for row in rows]

    def of_companions(self, person_id: int, since: datetime) -> list[tuple[str, float]]:
        """Names and right answers of the listed people who share a group with the person."""
        rows = self.queries.listed_companions(person_id=person_id, since=to_millis(since))
        found = [(str(row["name"]), float(row["points"])) for row in rows]
        return sorted(found, key=lambda one: (-one[1], one[0]))

    def list_as(self, person_id: int, name: str | None) -> None:
        """Shows them on leaderboards by that name; None: no longer."""
        self.queries.list_person(id=person_id, name=name)

    def listed_as(self, person_id: int) -> str | None:
        """The name by which they are shown."""
        row = self.queries.listing_of(id=person_id)
        name: str | None = row["listed_as"] if row else None
        return name

    def quizzes_of(self, person_id: int) -> list[dict[str, Any]]:
        """Every quiz that they played, and what it brought them."""
        return [dict(row) for row in self.queries.quizzes_of(person_id=person_id)]

    def _name(self, person_id: int, chat_id: int) -> str:
        row = self.queries.quiz_name_of(person_id=person_id, chat_id=chat_id)
        return str(row["name"]) if row else ""
