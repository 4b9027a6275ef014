"""The daily question: asked once a person, brought back while it is open, told when it is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from bot.domain.daily import DailyQuestion, daily_item
from bot.domain.errors import NothingToAsk, Stale
from bot.domain.questions import ChoiceItem, NumericItem, ParamItem
from bot.services.crowd import crowd_of
from bot.services.ids import new_id
from bot.services.interviews import MockKeeper
from bot.services.results import (
    AlreadyShown,
    Crowd,
    DailyOutcome,
    Happening,
    Question,
    Shown,
    Who,
)
from bot.storage.daily import StoredDaily
from bot.storage.records import Attempt
from bot.storage.store import Store, Unit

DAILY_WHY = "daily"
"""Why a daily question is asked, beside the reasons that sets have."""
_DAY = timedelta(days=1)

Daily = Question | DailyOutcome | AlreadyShown
"""What asking for a daily question may lead to."""


class DailyService:
    """One question a UTC date, the same for everybody; grading is in `answers` and `typed`."""

    def __init__(self, store: Store, mocks: MockKeeper) -> None:
        self.store = store
        self.mocks = mocks
        self.sets = mocks.sets
        self.catalogue = mocks.sets.catalogue
        self._items = {item.id: item for item in self.catalogue.playable}

    async def today(self, who: Who, what: Happening) -> Daily:
        """Asks today's question; how it went, where the person has had it.

        Raises:
            NothingToAsk: the bank has none that fits.
        """
        return await self.store.transact(lambda unit: self._today(unit, who, what))

    async def earlier(self, who: Who, what: Happening, day: date) -> Daily:
        """The question of an earlier date: once more while it is open, else with its answer.

        Raises:
            Stale: there was none, or it has left the bank.
        """
        return await self.store.transact(lambda unit: self._earlier(unit, who, what, day))

    def _today(self, unit: Unit, who: Who, what: Happening) -> Daily:
        day = what.now.date()
        unit.people.touch(who.person_id, who.language, what.now)
        attempt = unit.daily.attempt_of(who.person_id, day)
        if not unit.updates.mark(what.update_id, what.now):
            return self._again(unit, what, attempt, day)
        if attempt and attempt.state in {"open", "held"}:
            if question := self._bring(unit, who, what, attempt):
                return question
            attempt = None
        if attempt:
            return self._outcome(unit, attempt, day, today=True)
        held = self.mocks.hold(unit, who, what)
        question = self._ask(unit, who, what, day, self._chosen(unit, day))
        return replace(question, held=held)

    def _earlier(self, unit: Unit, who: Who, what: Happening, day: date) -> Daily:
        if day >= what.now.date():
            return self._today(unit, who, what)
        unit.people.touch(who.person_id, who.language, what.now)
        attempt = unit.daily.attempt_of(who.person_id, day)
        if not unit.updates.mark(what.update_id, what.now):
            return self._again(unit, what, attempt, day)
        if attempt and attempt.state in {"open", "held"}:
            if question := self._bring(unit, who, what, attempt):
                return question
            attempt = None
        stored = unit.daily.find(day)
        if attempt:
            return self._outcome(unit, attempt, day, today=False)
        if stored is None or not self._is_here(stored.question):
            raise Stale
        return self._missed(stored, who, what)

    def _again(self, unit: Unit, what: Happening, attempt: Attempt | None, day: date) -> Daily:
        """What a repeated update led to, as far as the person may not have seen it."""
        if attempt is None or attempt.state == "held":
            return AlreadyShown()
        if attempt.state != "open":
            return self._outcome(unit, attempt, day, today=day == what.now.date())
        if attempt.asked_by != what.update_id or attempt.message_id is not None:
            return AlreadyShown()
        return Question(self.sets.with_total(unit, attempt))

    def _chosen(self, unit: Unit, day: date) -> DailyQuestion:
        """The question of `day`: once chosen it stays, whatever becomes of the rest of the bank.

        Raises:
            NothingToAsk: the bank has none that fits.
        """
        stored = unit.daily.find(day)
        if stored and self._is_here(stored.question):
            return stored.question
        choice = daily_item(self.catalogue.playable, day)
        if choice is None:
            raise NothingToAsk(title="")
        if stored:
            unit.daily.replace(day, choice)
        else:
            unit.daily.keep(day, choice)
        stored = unit.daily.find(day)
        return stored.question if stored and self._is_here(stored.question) else choice

    def _is_here(self, question: DailyQuestion) -> bool:
        item = self._items.get(question.item_id)
        if isinstance(item, ParamItem):
            return question.variant is not None and question.variant < len(item.variants)
        return isinstance(item, ChoiceItem | NumericItem)

    def _ask(
        self, unit: Unit, who: Who, what: Happening, day: date, chosen: DailyQuestion
    ) -> Question:
        attempt = self._opened(who, what, day, chosen)
        unit.practice.add_attempt(attempt)
        return Question(self.catalogue.shown(attempt, None))

    def _opened(self, who: Who, what: Happening, day: date, chosen: DailyQuestion) -> Attempt:
        return Attempt.opened(
            new_id(self.sets.dice),
            person_id=who.person_id,
            chat_id=who.chat_id,
            daily=day,
            position=1,
            item_id=chosen.item_id,
            rev=self.catalogue.rev_of(chosen.item_id),
            variant=chosen.variant,
            seed=self.sets.dice.randrange(1 << 31),
            asked_at=what.now,
            asked_by=what.update_id,
            why=DAILY_WHY,
        )

    def _bring(self, unit: Unit, who: Who, what: Happening, attempt: Attempt) -> Question | None:
        """The question in a new message; None, and it is withdrawn, where the bank has changed."""
        unit.daily.open_again(attempt.id)
        if not self.catalogue.is_current(attempt):
            unit.practice.end(attempt.id, "dropped", None, what.now)
            return None
        held = self.mocks.hold(unit, who, what)
        again = unit.practice.ask_again(attempt.id, what.update_id, what.now)
        return Question(self.sets.with_total(unit, again or attempt), attempt.message_id, held)

    def _shown(self, attempt: Attempt) -> Shown | None:
        try:
            return self.catalogue.shown(attempt, None)
        except Stale:
            return None

    def _outcome(self, unit: Unit, attempt: Attempt, day: date, *, today: bool) -> DailyOutcome:
        crowd = crowd_of(unit, attempt)
        return DailyOutcome(
            day=day,
            today=today,
            attempt=attempt,
            shown=self._shown(attempt),
            crowd=replace(crowd, today=today) if crowd else None,
            earlier=self._day_before(unit, day) if today else None,
        )

    def _missed(self, stored: StoredDaily, who: Who, what: Happening) -> DailyOutcome:
        """A question that the person has not had."""
        attempt = replace(self._opened(who, what, stored.day, stored.question), seed=0)
        crowd = Crowd(stored.answers, stored.correct, stored.answers, today=False)
        return DailyOutcome(stored.day, False, None, self._shown(attempt), crowd)

    def _day_before(self, unit: Unit, day: date) -> date | None:
        """Yesterday, if it had a question that can still be shown."""
        stored = unit.daily.find(day - _DAY)
        return stored.day if stored and self._is_here(stored.question) else None
