"""A person's own affairs: getting known, the zone, the streak, their data, being forgotten."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.domain import debrief
from bot.domain.errors import TooManyZoneChanges, UnknownZone
from bot.domain.streaks import StreakView, view_at
from bot.domain.zones import Zone, read_zone
from bot.services.reminder_document import reminder_document
from bot.services.results import Happening, Who
from bot.services.sets import PracticeRules
from bot.storage.errors import StorageError
from bot.storage.memory import StoredCard
from bot.storage.mocks import Certificate, Mock
from bot.storage.records import Attempt, Person, from_millis
from bot.storage.store import Store, Unit

ZONE_CHANGES_A_DAY = 3
QUOTED = 40
"""So many characters of what is no zone are said again."""
LATELY = timedelta(days=5)
"""So long a freeze that was spent is told of: a weekday's name says which day it was."""
SCRUB = "scrub"
"""The chore of rewriting the database's files after an erasure."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ZoneSet:
    """A person's zone after `/timezone`."""

    zone: str
    changed: bool


@dataclass(frozen=True, slots=True)
class _Kept:
    """Everything that is kept about a person."""

    person: Person | None
    attempts: list[Attempt]
    cards: list[StoredCard]
    mocks: list[tuple[Mock, Certificate | None]]
    reminder: dict[str, object]
    quizzes: list[dict[str, Any]]
    listed_as: str | None


class PeopleService:
    """Everything about one person that is not practice."""

    def __init__(self, store: Store, rules: PracticeRules) -> None:
        self.store = store
        self.rules = rules

    async def greet(self, who: Who, what: Happening) -> bool:
        """Makes the person known; `True` if they are new or have never answered."""

        def work(unit: Unit) -> bool:
            return unit.people.touch(who.person_id, who.language, what.now).graded == 0

        return await self.store.transact(work)

    async def streak(self, who: Who, what: Happening) -> StreakView:
        """The person's streak now, with the days of late that freezes have saved."""

        def work(unit: Unit) -> StreakView:
            person = unit.people.touch(who.person_id, who.language, what.now)
            view = view_at(person.streak, what.now, self._zone(person), self.rules.streaks)
            return replace(view, frozen=(*self._spent(unit, person, view), *view.frozen))

        return await self.store.transact(work)

    async def is_asked(self, who: Who) -> bool:
        """Whether a question waits for the person's answer."""
        opened = await self.store.transact(lambda unit: unit.practice.open_of(who.person_id))
        return bool(opened)

    async def zone_of(self, who: Who) -> str:
        """The zone that holds for the person: their own, else the configured one."""
        person = await self.store.transact(lambda unit: unit.people.find(who.person_id))
        return self._zone(person) if person else self.rules.timezone

    async def set_zone(self, who: Who, what: Happening, query: str) -> ZoneSet:
        """Sets the zone that `query` means: a place, a country, an offset, a zone's name.

        Raises:
            UnknownZone: it may mean several, or none; carries suggestions.
            TooManyZoneChanges: three changes within the last 24 hours.
        """
        meant = read_zone(query, what.now)
        if not isinstance(meant, Zone):
            said = query if len(query) <= QUOTED else f"{query[:QUOTED]}…"
            raise UnknownZone(query=said, suggestions=list(meant.zones))
        return await self.store.transact(lambda u: self._set_zone(u, who, what, meant.name))

    async def export(self, who: Who, now: datetime) -> bytes:
        """All of the person's data as the JSON document that the README describes."""

        def work(unit: Unit) -> _Kept:
            mocks = unit.mocks.of(who.person_id)
            return _Kept(
                unit.people.find(who.person_id),
                unit.practice.graded(who.person_id),
                unit.memory.cards(who.person_id),
                [(mock, unit.mocks.certificate_of(mock.id)) for mock in mocks],
                reminder_document(unit, who.person_id),
                unit.leaderboards.quizzes_of(who.person_id),
                unit.leaderboards.listed_as(who.person_id),
            )

        document = self._document(who, await self.store.transact(work), now)
        return json.dumps(document, ensure_ascii=False, indent=1).encode()

    async def forget(self, who: Who, now: datetime) -> None:
        """Erases the person.

        When this returns, the text is gone from the database's files, too, unless a backup is
        being made or the disk is full: then `sweep_remains` does it later.
        """

        def work(unit: Unit) -> None:
            if unit.people.erase(who.person_id):
                unit.chores.owe(SCRUB, now)

        await self.store.transact(work)
        try:
            await self.sweep_remains()
        except StorageError as error:
            _LOG.warning("erased data is still in the database's files: %s", error)

    async def sweep_remains(self) -> None:
        """Removes what was erased from the database's files, if anything was.

        Raises:
            StorageError: no space for it; call again later.
        """
        if not await self.store.transact(lambda unit: unit.chores.is_due(SCRUB)):
            return
        if await self.store.database.scrub():
            await self.store.transact(lambda unit: unit.chores.done(SCRUB))

    async def set_unreachable(self, person_id: int) -> None:
        """The person blocked the bot or is gone: nothing is sent until a sign of life."""
        await self.store.transact(lambda unit: unit.people.set_unreachable(person_id))

    def _spent(self, unit: Unit, person: Person, view: StreakView) -> tuple[date, ...]:
        """The days of late that freezes saved for the streak which still goes on."""
        last = person.streak.last_day
        if last is None or not view.current:
            return ()
        since = last - LATELY
        days = unit.practice.days_since(person.id, since)
        frozen = sorted(unit.practice.frozen_since(person.id, since))
        return tuple(
            day
            for day in frozen
            if day > since and sum(later > day for later in days) < view.current
        )

    def _zone(self, person: Person) -> str:
        return person.timezone or self.rules.timezone

    def _set_zone(self, unit: Unit, who: Who, what: Happening, zone: str) -> ZoneSet:
        person = unit.people.touch(who.person_id, who.language, what.now)
        if person.timezone == zone or not unit.updates.mark(what.update_id, what.now):
            return ZoneSet(zone, changed=False)
        since = what.now - timedelta(days=1)
        if unit.people.zone_changes(person.id, since) >= ZONE_CHANGES_A_DAY:
            raise TooManyZoneChanges(zone=self._zone(person))
        unit.people.set_timezone(person.id, zone, what.update_id, what.now)
        return ZoneSet(zone, changed=True)

    def _document(
        self,
        who: Who,
        kept: _Kept,
        now: datetime,
    ) -> dict[str, object]:
        person = kept.person
        settings = _settings_document(person) if person else {}
        if kept.listed_as:
            settings["listed_as"] = kept.listed_as
        zone = self._zone(person) if person else self.rules.timezone
        streak = _streak_document(person, now, zone, self.rules)
        return {
            "format": "ml-interview-bot/export/1",
            "exported_at": _iso(now),
            "person": {
                "id": who.person_id,
                "language": person.language if person else who.language,
                "timezone": zone,
                "settings": settings,
            },
            "streak": streak,
            "attempts": [_attempt_document(attempt) for attempt in kept.attempts],
            "cards": [_card_document(stored) for stored in kept.cards],
            "mocks": [_mock_document(*pair) for pair in kept.mocks],
            "reminder": kept.reminder,
            "quizzes": [_quiz_document(row) for row in kept.quizzes],
        }


def _settings_document(person: Person) -> dict[str, object]:
    """What the person set; what they left alone is as configured."""
    set_ = {
        "set_size": person.set_size,
        "level": person.level,
        "areas": person.areas,
        "theme": person.theme,
    }
    return {name: value for name, value in set_.items() if value}


def _streak_document(
    person: Person | None, now: datetime, zone: str, rules: PracticeRules
) -> dict[str, object]:
    if person is None:
        return {"current": 0, "longest": 0, "freezes": 0, "last_day": None}
    view = view_at(person.streak, now, zone, rules.streaks)
    last = person.streak.last_day
    return {
        "current": view.current,
        "longest": view.longest,
        "freezes": view.freezes_left,
        "last_day": last.isoformat() if last else None,
    }


def _attempt_document(attempt: Attempt) -> dict[str, object]:
    return {
        "item": attempt.item_id,
        "variant": attempt.variant,
        "rev": attempt.rev,
        "asked_at": _iso(attempt.asked_at),
        "answered_at": _iso(attempt.answered_at) if attempt.answered_at else None,
        "answer": attempt.answer,
        "score": attempt.score,
        "where": attempt.origin,
    }


def _mock_document(mock: Mock, certificate: Certificate | None) -> dict[str, object]:
    report = mock.report or {}
    replies = debrief.from_document(report.get("replies", ()))
    areas = debrief.by(replies, lambda reply: reply.area_id)
    return {
        "number": mock.number,
        "kind": mock.kind,
        "opened_at": _iso(mock.opened_at),
        "closed_at": _iso(mock.closed_at) if mock.closed_at else None,
        "ending": mock.state.ending,
        "seconds": report.get("seconds"),
        "points": debrief.tally(replies).points,
        "questions": len(replies),
        "areas": {area: [found.points, found.questions] for area, found in areas.items()},
        "certificate_name": certificate.name if certificate else None,
    }


def _quiz_document(row: Mapping[str, Any]) -> dict[str, object]:
    return {
        "opened_at": _iso(from_millis(row["opened_at"])),
        "about": row["scope"],
        "rounds": row["played"],
        "name": row["name"],
        "team": row["team"],
        "points": int(row["points"]),
    }


def _card_document(stored: StoredCard) -> dict[str, object]:
    card = stored.card
    return {
        "item": stored.item_id,
        "due_at": _iso(card.due),
        "reviewed_at": _iso(card.last_review),
        "stability_days": card.stability,
        "difficulty": card.difficulty,
        "reviews": card.reviews,
        "lapses": card.lapses,
    }


def _iso(at: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
