"""How a person stands: readiness by area, twelve weeks of practice, the streak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.interview import LOOP, USUAL
from bot.domain.streaks import StreakView, day_start, practice_day, view_at
from bot.services.memory import MemoryKeeper, Outlook, changes
from bot.services.results import Happening, Who
from bot.services.sets import SetKeeper
from bot.storage.practice import Scored
from bot.storage.records import Person
from bot.storage.store import Store, Unit

WEEKS = 12
DAY = timedelta(days=1)
SIX_DAYS = timedelta(days=6)
MOST_AREAS = 5
"""So many areas a week's summary tells of."""
A_WHILE = timedelta(days=28)
"""Readiness is compared with that so long ago."""


@dataclass(frozen=True, slots=True)
class AreaStanding:
    """Readiness in an area (0 to 1), that of four weeks ago if known, and answers so far."""

    id: str
    title: str
    readiness: float
    before: float | None
    met: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands; `days` counts answers by practice day, freezes saved `frozen`."""

    areas: tuple[AreaStanding, ...]
    overall: float
    today: date
    days: Mapping[date, int]
    frozen: frozenset[date]
    streak: StreakView
    theme: str
    answered: int

    @property
    def first_day(self) -> date:
        """The Monday with which the twelve weeks begin."""
        monday = self.today - timedelta(days=self.today.weekday())
        return monday - timedelta(weeks=WEEKS - 1)


@dataclass(frozen=True, slots=True)
class Moved:
    """Readiness in an area before and after a week, in percent."""

    title: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Week:
    """The seven practice days up to `today`; `right` answers had full marks, `due` is what waits.

    `before` counts the answers of the week before, None for who was not there yet.
    """

    today: date
    days: Mapping[date, int]
    frozen: frozenset[date]
    answers: int
    right: int
    before: int | None
    areas: tuple[Moved, ...]
    streak: StreakView
    due: int
    theme: str

    @property
    def dates(self) -> tuple[date, ...]:
        """The seven days, oldest first."""
        return tuple(self.today - timedelta(days=ago) for ago in reversed(range(7)))

    @property
    def share(self) -> float:
        """Of the answers that were right, 0 to 1."""
        return self.right / self.answers if self.answers else 0.0


class ProgressService:
    """Reads only."""

    def __init__(self, store: Store, sets: SetKeeper) -> None:
        self.store = store
        self.sets = sets

    @property
    def memory(self) -> MemoryKeeper:
        """What people remember."""
        return self.sets.memory

    async def standing(self, who: Who, what: Happening) -> Standing:
        """How the person stands now."""
        return await self.store.transact(lambda unit: self._standing(unit, who, what))

    async def week(self, who: Who, now: datetime) -> Week | None:
        """How the last seven days went; None for who has answered nothing in them.

        No sign of life: it is time that asks.
        """
        return await self.store.transact(lambda unit: self._week(unit, who, now))

    async def set_theme(self, who: Who, what: Happening, theme: str) -> None:
        """Light or dark pictures from now on."""

        def work(unit: Unit) -> None:
            unit.people.touch(who.person_id, who.language, what.now)
            unit.people.set_theme(who.person_id, theme)

        await self.store.transact(work)

    def _standing(self, unit: Unit, who: Who, what: Happening) -> Standing:
        person = unit.people.touch(who.person_id, who.language, what.now)
        rules = self.sets.rules
        zone = person.timezone or rules.timezone
        outlook = self.memory.outlook(unit, person, zone, what.now)
        met: dict[str, int] = {}
        for candidate in outlook.candidates.values():
            if candidate.overdue is not None and person.graded:  # skipping shows nothing
                met[candidate.area_id] = met.get(candidate.area_id, 0) + 1
        before = unit.practice.readiness_before(person.id, what.now - A_WHILE)
        today = practice_day(what.now, zone, rules.streaks)
        since = today - timedelta(weeks=WEEKS)
        areas = tuple(
            AreaStanding(
                area.id,
                area.title,
                outlook.readiness[area.id],
                before.get(area.id),
                met.get(area.id, 0),
            )
            for area in self.sets.catalogue.bank.areas
            if area.id in outlook.readiness
        )
        streak = view_at(person.streak, what.now, zone, rules.streaks)
        return Standing(
            areas=areas,
            overall=_overall(areas),
            today=today,
            days=unit.practice.days_since(person.id, since),
            frozen=unit.practice.frozen_since(person.id, since) | frozenset(streak.frozen),
            streak=streak,
            theme=person.theme or "light",
            answered=person.graded,
        )

    def _week(self, unit: Unit, who: Who, now: datetime) -> Week | None:
        person = unit.people.find(who.person_id)
        if person is None:
            return None
        rules = self.sets.rules
        zone = person.timezone or rules.timezone
        today = practice_day(now, zone, rules.streaks)
        first = today - SIX_DAYS
        scores = unit.practice.scores_since(person.id, first)
        if not scores:
            return None
        outlook = self.memory.outlook(unit, person, zone, now)
        streak = view_at(person.streak, now, zone, rules.streaks)
        start = day_start(first, zone, rules.streaks)
        days = unit.practice.days_since(person.id, first - SIX_DAYS - DAY)
        earlier = sum(count for day, count in days.items() if day < first)
        return Week(
            today=today,
            days={day: count for day, count in days.items() if day >= first},
            frozen=unit.practice.frozen_since(person.id, first) | frozenset(streak.frozen),
            answers=len(scores),
            right=sum(scored.score >= 1 for scored in scores),
            before=earlier if person.created_at < start else None,
            areas=self._moved(unit, person, start, scores, outlook),
            streak=streak,
            due=sum(
                found.overdue is not None and found.overdue >= 0
                for found in outlook.candidates.values()
            ),
            theme=person.theme or "light",
        )

    def _moved(
        self, unit: Unit, person: Person, start: datetime, scores: list[Scored], outlook: Outlook
    ) -> tuple[Moved, ...]:
        """The areas that were practised and have moved, those that moved most first."""
        known = unit.practice
        before = known.readiness_from(person.id, start) or known.readiness_before(person.id, start)
        bank = self.sets.catalogue.bank.items
        met = {bank[scored.item_id].area_id for scored in scores if scored.item_id in bank}
        moved = changes(before, outlook.readiness, met)
        areas = [
            Moved(self.sets.catalogue.title_of(area), was, is_)
            for area, (was, is_) in moved.items()
            if was != is_
        ]
        return tuple(sorted(areas, key=lambda a: (-abs(a.after - a.before), a.title))[:MOST_AREAS])


def _overall(areas: tuple[AreaStanding, ...]) -> float:
    """Readiness for a whole interview loop: each area as much as it takes of one."""
    weights = [LOOP.get(area.id, USUAL) for area in areas]
    total = sum(w * area.readiness for w, area in zip(weights, areas, strict=True))
    return total / sum(weights) if weights else 0.0
