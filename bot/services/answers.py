"""Answers by button: load, grade, settle, save; one transaction each."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.errors import NothingPicked, Stale
from bot.domain.questions import ChoiceItem
from bot.services.interviews import MockKeeper
from bot.services.results import AlreadyShown, Feedback, Happening, Moved, Shown, Who
from bot.services.sets import own_attempt
from bot.storage.store import Store, Unit


class AnswerService:
    """Grades what a person picked, exactly once."""

    def __init__(self, store: Store, mocks: MockKeeper) -> None:
        self.store = store
        self.mocks = mocks
        self.settler = mocks.settler
        self.sets = mocks.sets

    async def choose(
        self, who: Who, what: Happening, attempt_id: str, place: int
    ) -> Feedback | Shown | Moved | AlreadyShown:
        """A press on an option: answers a single item, ticks or unticks one of a multi item.

        In an interview an answer leads straight on to the next question.

        Raises:
            Stale: the question is over, or has no such option.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(
            lambda unit: self._choose(unit, who, what, attempt_id, place)
        )

    async def submit(
        self, who: Who, what: Happening, attempt_id: str
    ) -> Feedback | Moved | AlreadyShown:
        """Answers a multi item with what is ticked; in an interview as `choose`.

        Raises:
            NothingPicked: nothing is.
            Stale: the question is over.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._submit(unit, who, what, attempt_id))

    def _choose(
        self, unit: Unit, who: Who, what: Happening, attempt_id: str, place: int
    ) -> Feedback | Shown | Moved | AlreadyShown:
        attempt = own_attempt(unit, who, attempt_id)
        shown = self.sets.with_total(unit, attempt)
        if not unit.updates.mark(what.update_id, what.now):
            return self._again(unit, what, shown)
        if attempt.state != "open" or place not in range(len(shown.order)):
            raise Stale
        if late := self.mocks.too_late(unit, who, what, shown):
            return late
        if isinstance(shown.item, ChoiceItem) and shown.item.multi:
            picked = attempt.picked ^ {place}
            unit.practice.pick(attempt.id, picked)
            return replace(shown, attempt=replace(attempt, picked=picked))
        return self._settle(unit, who, what, shown, frozenset({place}))

    def _submit(
        self, unit: Unit, who: Who, what: Happening, attempt_id: str
    ) -> Feedback | Moved | AlreadyShown:
        attempt = own_attempt(unit, who, attempt_id)
        shown = self.sets.with_total(unit, attempt)
        if not unit.updates.mark(what.update_id, what.now):
            again = self._again(unit, what, shown)
            if isinstance(again, Shown):
                raise Stale
            return again
        if attempt.state != "open":
            raise Stale
        if late := self.mocks.too_late(unit, who, what, shown):
            return late
        if not attempt.picked:
            raise NothingPicked
        return self._settle(unit, who, what, shown, attempt.picked)

    def _settle(
        self, unit: Unit, who: Who, what: Happening, shown: Shown, picked: frozenset[int]
    ) -> Feedback | Moved:
        feedback = self.settler.settle_picked(unit, who, what, shown, picked)
        if shown.interview is None:
            return feedback
        return self.mocks.answered(unit, who, what, feedback)

    def _again(
        self, unit: Unit, what: Happening, shown: Shown
    ) -> Feedback | Shown | Moved | AlreadyShown:
        """The outcome of a repeated press: its feedback, or the ticks as they are."""
        if shown.attempt.answered_by == what.update_id:
            if shown.interview:
                return self.mocks.again(unit, shown)
            return self.settler.feedback_of(unit, shown)
        if shown.attempt.state == "open":
            return shown
        raise Stale
