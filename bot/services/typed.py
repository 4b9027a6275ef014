"""Answers by message: numbers and free text, in one message or several."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.errors import NothingWritten, Refusal, Stale, TapALetter
from bot.domain.questions import BehaviouralItem
from bot.services.grading import FreeText, Typed
from bot.services.interviews import MockKeeper
from bot.services.results import (
    AlreadyShown,
    Collected,
    Feedback,
    Happening,
    Moment,
    Moved,
    Settled,
    Shown,
    Who,
)
from bot.services.sets import open_attempt, own_attempt
from bot.services.settling import ANSWER_CAP, PATIENCE
from bot.storage.records import Attempt
from bot.storage.store import Store, Unit

LEASE = timedelta(seconds=30)
"""After this, another sweep tells the feedback that a crashed one did not."""
SWEEP_AMOUNT = 50

Typing = Feedback | Collected | Moved | AlreadyShown
"""What a message may lead to."""


class TypedService:
    """Grades what a person writes, exactly once."""

    def __init__(self, store: Store, mocks: MockKeeper) -> None:
        self.store = store
        self.mocks = mocks
        self.settler = mocks.settler
        self.sets = mocks.sets

    async def type_in(
        self, who: Who, what: Happening, text: str, message_id: int | None = None
    ) -> Typing:
        """A message, taken as (a part of) the answer to the open question that was shown last.

        In an interview an answer leads straight on to the next question.

        Raises:
            NothingOpen: no question is open.
            TapALetter: the open one wants a press on a button.
            Unreadable: this is no number; the question stays open.
            NotScored: this text cannot be scored; the question stays open.
        """
        return await self.store.transact(
            lambda unit: self._type_in(unit, who, what, text, message_id)
        )

    async def begin_draft(self, who: Who, what: Happening, attempt_id: str) -> Shown:
        """The answer will come in several messages, each within a minute of the last.

        Raises:
            Stale: the question is over, or takes no free text.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(
            lambda unit: self._begin_draft(unit, who, what, attempt_id)
        )

    async def finish_draft(
        self, who: Who, what: Happening, attempt_id: str
    ) -> Feedback | Moved | AlreadyShown:
        """The messages so far are the answer.

        Raises:
            NothingWritten: there are none.
            NotScored: they cannot be scored; the question stays open.
            Stale: the question is over.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(
            lambda unit: self._finish_draft(unit, who, what, attempt_id)
        )

    async def sweep_drafts(self, now: datetime) -> list[Settled]:
        """Grades the drafts whose minute is over; each is given until its feedback was shown."""
        return await self.store.transact(lambda unit: self._due(unit, now))

    async def feedback_shown(self, attempt_id: str, message_id: int) -> None:
        """Remembers which message holds the feedback on a typed answer."""
        await self.store.transact(lambda u: u.practice.feedback_shown(attempt_id, message_id))

    async def draft_told(self, attempt_id: str) -> None:
        """The feedback of a swept draft was shown, or nobody is there to read it."""
        await self.store.transact(lambda unit: unit.practice.end_draft(attempt_id))

    async def rate(self, who: Who, attempt_id: str, rating: int) -> Feedback:
        """The person's own view (0 to 3) of their behavioural answer, beside the score.

        Raises:
            Stale: there is no such answer.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._rated(unit, who, attempt_id, rating))

    async def told(self, who: Who, attempt_id: str) -> Feedback:
        """The feedback of an answered free-text question once more.

        Raises:
            Stale: there is no such answer.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._told(unit, who, attempt_id))

    def _type_in(
        self, unit: Unit, who: Who, what: Happening, text: str, message_id: int | None
    ) -> Typing:
        if not unit.updates.mark(what.update_id, what.now):
            return self._typed_again(unit, who, what)
        for attempt in unit.practice.open_of(who.person_id):
            if attempt.daily and not self.sets.catalogue.is_current(attempt):
                unit.practice.end(attempt.id, "dropped", None, what.now)
                continue
            shown = self.sets.with_total(unit, attempt)
            if isinstance(shown.item, Typed):
                if late := self.mocks.too_late(unit, who, what, shown):
                    return late
                if attempt.is_collecting:
                    return self._collect(unit, what, shown, text, message_id)
                return self._settle(unit, who, what, shown, text)
        open_attempt(unit, who, None)  # raises NothingOpen where nothing is
        raise TapALetter

    def _settle(
        self, unit: Unit, who: Who, what: Moment, shown: Shown, text: str
    ) -> Feedback | Moved:
        feedback = self.settler.settle_text(unit, who, what, shown, text)
        if shown.interview is None:
            return feedback
        return self.mocks.answered(unit, who, what, feedback)

    def _settled(self, unit: Unit, what: Moment, shown: Shown) -> Feedback | Moved | AlreadyShown:
        """The outcome of an answer that is stored already."""
        if shown.interview:
            return self.mocks.again(unit, shown)
        return self.settler.feedback_of(unit, shown)

    def _typed_again(self, unit: Unit, who: Who, what: Happening) -> Typing:
        """The outcome of a repeated message."""
        done = unit.practice.answered_by(what.update_id)
        if done is not None:
            return self._settled(unit, what, self.sets.with_total(unit, done))
        return Collected(self.sets.with_total(unit, open_attempt(unit, who, None)))

    def _collect(
        self, unit: Unit, what: Happening, shown: Shown, text: str, message_id: int | None
    ) -> Collected:
        """Adds a message to the draft, which then waits another minute."""
        draft = "\n".join(filter(None, (shown.attempt.draft, text)))[:ANSWER_CAP]
        saved = unit.practice.save_draft(shown.attempt.id, draft, message_id, what.now + PATIENCE)
        return Collected(replace(shown, attempt=saved or shown.attempt))

    def _begin_draft(self, unit: Unit, who: Who, what: Happening, attempt_id: str) -> Shown:
        shown = self.sets.with_total(unit, open_attempt(unit, who, attempt_id))
        if not isinstance(shown.item, FreeText):
            raise Stale
        attempt = shown.attempt
        if unit.updates.mark(what.update_id, what.now):
            until = what.now + PATIENCE
            saved = unit.practice.save_draft(
                attempt.id, attempt.draft or "", attempt.draft_message_id, until
            )
            attempt = saved or attempt
        return replace(shown, attempt=attempt)

    def _finish_draft(
        self, unit: Unit, who: Who, what: Happening, attempt_id: str
    ) -> Feedback | Moved | AlreadyShown:
        shown = self.sets.with_total(unit, own_attempt(unit, who, attempt_id))
        if not unit.updates.mark(what.update_id, what.now):
            if shown.attempt.answered_by != what.update_id:
                raise Stale
            return self._settled(unit, what, shown)
        if shown.attempt.state != "open":
            raise Stale
        if late := self.mocks.too_late(unit, who, what, shown):
            return late
        if not shown.attempt.draft:
            raise NothingWritten
        outcome = self._settle(unit, who, what, shown, shown.attempt.draft)
        unit.practice.end_draft(shown.attempt.id)
        return outcome

    def _due(self, unit: Unit, now: datetime) -> list[Settled]:
        settled = []
        for attempt in unit.practice.due_drafts(now, SWEEP_AMOUNT):
            claimed = unit.practice.claim_draft(attempt, now + LEASE)
            if claimed and (done := self._settle_due(unit, claimed, now)):
                settled.append(done)
        return settled

    def _settle_due(self, unit: Unit, attempt: Attempt, now: datetime) -> Settled | None:
        """Grades a draft whose minute is over; `None` where there is nothing to tell."""
        person = unit.people.find(attempt.person_id)
        told = attempt.state == "answered" and (
            attempt.feedback_message_id is not None or attempt.mock_id is not None
        )
        if person is None or told or not attempt.draft or attempt.state in {"skipped", "dropped"}:
            unit.practice.end_draft(attempt.id)
            return None
        who = Who(person.id, person.language, attempt.chat_id)
        try:
            shown = self.sets.with_total(unit, attempt)
            if attempt.state == "answered":
                return Settled(self.settler.feedback_of(unit, shown), person.language)
            outcome = self._settle(unit, who, Moment(None, now, now), shown, attempt.draft)
            if isinstance(outcome, Moved):  # the interview's own sweep tells it after a crash
                unit.practice.end_draft(attempt.id)
            return Settled(outcome, person.language)
        except Refusal:  # no longer in the bank, or nothing that can be scored: it stays open
            unit.practice.end_draft(attempt.id)
            return None

    def _rated(self, unit: Unit, who: Who, attempt_id: str, rating: int) -> Feedback:
        feedback = self._told(unit, who, attempt_id)
        if not isinstance(feedback.shown.item, BehaviouralItem) or rating not in range(4):
            raise Stale
        unit.practice.rate_self(attempt_id, rating)
        attempt = replace(feedback.shown.attempt, self_rating=rating)
        return replace(feedback, shown=replace(feedback.shown, attempt=attempt))

    def _told(self, unit: Unit, who: Who, attempt_id: str) -> Feedback:
        """The feedback of an answered free-text question."""
        shown = self.sets.with_total(unit, own_attempt(unit, who, attempt_id))
        if shown.attempt.state != "answered" or not isinstance(shown.item, FreeText):
            raise Stale
        return self.settler.feedback_of(unit, shown)
