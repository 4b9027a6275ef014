"""Leaderboards: of a group, and among the people of one's groups."""

from __future__ import annotations

from datetime import timedelta

from bot.services.quiz_results import BoardLine, CompanionBoard, GroupBoard
from bot.services.results import Happening, Who
from bot.storage.leaderboards import EVER
from bot.storage.store import Store, Unit

WEEK = timedelta(days=7)
MOST_LINES = 10


class LeaderboardService:
    """Who has how many points; across groups only those are shown who want to be."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def of_group(self, chat_id: int, what: Happening) -> GroupBoard:
        """The points of a group's quizzes."""

        def work(unit: Unit) -> GroupBoard:
            week = unit.leaderboards.of_group(chat_id, what.now - WEEK, MOST_LINES)
            ever = unit.leaderboards.of_group(chat_id, EVER, MOST_LINES)
            return GroupBoard(
                tuple(BoardLine(*line) for line in week), tuple(BoardLine(*line) for line in ever)
            )

        return await self.store.transact(work)

    async def of_companions(self, who: Who, what: Happening) -> CompanionBoard:
        """The right answers of those who share a group with the person."""
        return await self.store.transact(lambda unit: self._companions(unit, who, what))

    async def list_as(self, who: Who, what: Happening, name: str | None) -> CompanionBoard:
        """Shows the person by that name on such lists; None: no longer."""

        def work(unit: Unit) -> CompanionBoard:
            unit.people.touch(who.person_id, who.language, what.now)
            unit.leaderboards.list_as(who.person_id, name)
            return self._companions(unit, who, what)

        return await self.store.transact(work)

    def _companions(self, unit: Unit, who: Who, what: Happening) -> CompanionBoard:
        found = unit.leaderboards.of_companions(who.person_id, what.now - WEEK)
        lines = tuple(BoardLine(name, round(points)) for name, points in found[:MOST_LINES])
        return CompanionBoard(lines, unit.leaderboards.listed_as(who.person_id) is not None)
