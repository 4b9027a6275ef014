"""How a person stands: readiness by area, twelve weeks of practice, the streak."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.interview import LOOP, USUAL
from bot.domain.streaks import StreakView, practice_day, view_at
from bot.services.memory import MemoryKeeper
from bot.services.results import Happening, Who
from bot.services.sets import SetKeeper
from bot.storage.store import Store, Unit

WEEKS = 12
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
    """How a person stands; `days` counts graded answers by practice day."""

    areas: tuple[AreaStanding, ...]
    overall: float
    today: date
    days: Mapping[date, int]
    streak: StreakView
    theme: str
    answered: int

    @property
    def first_day(self) -> date:
        """The Monday with which the twelve weeks begin."""
        monday = self.today - timedelta(days=self.today.weekday())
        return monday - timedelta(weeks=WEEKS - 1)


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
        return Standing(
            areas=areas,
            overall=_overall(areas),
            today=today,
            days=unit.practice.days_since(person.id, since),
            streak=view_at(person.streak, what.now, zone, rules.streaks),
            theme=person.theme or "light",
            answered=person.graded,
        )


def _overall(areas: tuple[AreaStanding, ...]) -> float:
    """Readiness for a whole interview loop: each area as much as it takes of one."""
    weights = [LOOP.get(area.id, USUAL) for area in areas]
    total = sum(w * area.readiness for w, area in zip(weights, areas, strict=True))
    return total / sum(weights) if weights else 0.0
