"""Persons in the database: typed reads and writes inside one transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.streaks import Streak
from bot.storage.records import Person, to_millis
from bot.storage.reminders import Reminders


@dataclass(frozen=True, slots=True)
class People:
    """Persons, their zones and streaks."""

    queries: Any

    def touch(self, person_id: int, language: str, now: datetime) -> Person:
        """The person, made known if new; the row stays locked until the commit."""
        row = self.queries.touch_person(id=person_id, language=language, now=to_millis(now))
        person = Person.from_row(row)
        if person.reminders_wait:
            Reminders(self.queries).wake(person_id, person.timezone, now)
        return person

    def lock(self, person_id: int) -> Person | None:
        """The person, if known; the row stays locked until the commit."""
        row = self.queries.lock_person(id=person_id)
        return Person.from_row(row) if row else None

    def find(self, person_id: int) -> Person | None:
        """The person, if known."""
        row = self.queries.find_person(id=person_id)
        return Person.from_row(row) if row else None

    def save_streak(self, person_id: int, streak: Streak, *, graded: int, steps: int) -> None:
        """Stores the streak after a graded answer, and how many answers and steps there are."""
        self.queries.save_streak(
            id=person_id,
            graded=graded,
            steps=steps,
            current=streak.current,
            longest=streak.longest,
            freezes=streak.freezes,
            last_day=streak.last_day.isoformat() if streak.last_day else None,
            last_zone=streak.last_zone,
        )

    def set_timezone(self, person_id: int, zone: str, update_id: int, now: datetime) -> None:
        """Sets the zone, remembers the change, and plans the reminders anew."""
        self.queries.set_timezone(id=person_id, timezone=zone)
        self.queries.add_zone_change(
            update_id=update_id, person_id=person_id, timezone=zone, now=to_millis(now)
        )
        Reminders(self.queries).move(person_id, zone, now)

    def zone_changes(self, person_id: int, since: datetime) -> int:
        """How often the zone was changed since then."""
        rows = self.queries.zone_changes_since(person_id=person_id, since=to_millis(since))
        return len(list(rows))

    def save_settings(self, person: Person) -> None:
        """Stores what the person set: the set's size, level, areas, theme and language."""
        self.queries.save_settings(
            id=person.id,
            set_size=person.set_size,
            level=person.level,
            areas=json.dumps(person.areas) if person.areas else None,
            theme=person.theme,
            language=person.language,
        )

    def set_theme(self, person_id: int, theme: str) -> None:
        """Stores whether pictures are light or dark."""
        self.queries.set_theme(id=person_id, theme=theme)

    def set_unreachable(self, person_id: int) -> None:
        """Nothing is sent to this person until a sign of life."""
        self.queries.set_unreachable(id=person_id)
        Reminders(self.queries).rest(person_id)

    def erase(self, person_id: int) -> bool:
        """Removes the person and everything that belongs to them; `False` if unknown."""
        return int(self.queries.erase_person(id=person_id)) > 0
