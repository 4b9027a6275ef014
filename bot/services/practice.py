"""Practice sets: begin, go on, skip, hint, stop; one transaction each."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.errors import NoHint, NoHintInInterview, NothingOpen, Stale
from bot.domain.interview import Phase, Stop
from bot.services.crowd import crowd_of
from bot.services.interviews import MockKeeper
from bot.services.results import (
    AlreadyShown,
    Happening,
    Moved,
    Question,
    SetAside,
    Shown,
    Skipped,
    Summary,
    Who,
)
from bot.services.sets import open_attempt, own_attempt
from bot.storage.records import Attempt, Person, PracticeSet
from bot.storage.store import Store, Unit

Stopped = Summary | Moved | SetAside | AlreadyShown
"""What `/stop` may lead to."""


class PracticeService:
    """Everything about a set but grading (see `answers`)."""

    def __init__(self, store: Store, mocks: MockKeeper) -> None:
        self.store = store
        self.mocks = mocks
        self.sets = mocks.sets

    async def practise(
        self, who: Who, what: Happening, topic: str | None = None
    ) -> Question | Summary | AlreadyShown:
        """Goes on with the open set, or begins one; naming a topic begins a new one.

        Raises:
            UnknownTopic: `topic` names nothing; carries suggestions.
            NothingToAsk: the bank has no question there.
        """
        scope = self.sets.catalogue.scope_of(topic).id if topic else None
        return await self.store.transact(lambda unit: self._practise(unit, who, what, scope))

    async def go_on(
        self, who: Who, what: Happening, attempt_id: str
    ) -> Question | Summary | AlreadyShown:
        """The question after `attempt_id`, or the summary.

        Raises:
            Stale: that set is over, or has moved on already.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._go_on(unit, who, what, attempt_id))

    async def skip(
        self, who: Who, what: Happening, attempt_id: str | None = None
    ) -> Skipped | Moved | AlreadyShown:
        """Passes over a question (the open one, if none is named).

        Raises:
            NothingOpen: no question is open.
            Stale: this one is not.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._skip(unit, who, what, attempt_id))

    async def hint(self, who: Who, what: Happening, attempt_id: str | None = None) -> Shown:
        """Uncovers the next hint of a question.

        Raises:
            NoHint: there is none (left).
            NoHintInInterview: it belongs to one.
            NothingOpen: no question is open.
            Stale: this one is not.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._hint(unit, who, what, attempt_id))

    async def stop(self, who: Who, what: Happening, attempt_id: str | None = None) -> Stopped:
        """Ends the open set, or the interview, where it stands; sets a daily question aside.

        Raises:
            NothingOpen: there is none.
            Stale: the button belongs to another one.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._stop(unit, who, what, attempt_id))

    async def question_shown(self, attempt_id: str, message_id: int) -> None:
        """Remembers which message holds the question."""
        await self.store.transact(lambda u: u.practice.question_shown(attempt_id, message_id))

    async def summary_shown(self, set_id: str, message_id: int) -> None:
        """Remembers which message holds the summary."""
        await self.store.transact(lambda u: u.practice.summary_shown(set_id, message_id))

    async def report(self, who: Who, what: Happening, attempt_id: str) -> bool:
        """Takes a complaint about a question; `False` if it was made before.

        Raises:
            Stale: no such attempt.
            NotYours: it is somebody else's.
        """

        def work(unit: Unit) -> bool:
            return unit.practice.report(own_attempt(unit, who, attempt_id), what.now)

        return await self.store.transact(work)

    def _practise(
        self, unit: Unit, who: Who, what: Happening, scope: str | None
    ) -> Question | Summary | AlreadyShown:
        if not unit.updates.mark(what.update_id, what.now):
            return self._again(unit, who, what)
        person = unit.people.touch(who.person_id, who.language, what.now)
        held = self.mocks.hold(unit, who, what)
        outcome = self._brought(unit, who, person, what, scope)
        return replace(outcome, held=held) if isinstance(outcome, Question) else outcome

    def _brought(
        self, unit: Unit, who: Who, person: Person, what: Happening, scope: str | None
    ) -> Question | Summary:
        current = unit.practice.open_set(person.id)
        if current is None:
            return self.sets.begin(unit, who, person, what, scope or "")
        if scope is None:
            return self._resume(unit, who, person, what, current)
        last = unit.practice.last_of_set(current.id)
        unit.practice.close_set(current.id, "replaced", what.update_id, what.now)
        question = self.sets.begin(unit, who, person, what, scope)
        return replace(question, old_message_id=last.newest_message_id if last else None)

    def _resume(
        self, unit: Unit, who: Who, person: Person, what: Happening, current: PracticeSet
    ) -> Question | Summary:
        last = unit.practice.last_of_set(current.id)
        position = last.position if last else 0
        if last and last.state == "open":
            if again := self.sets.ask_again(unit, what, current, last):
                return again
            unit.practice.end(last.id, "dropped", what.update_id, what.now)
        question = self.sets.ask(unit, who, what, current, after=position)
        return question or self.sets.finish(unit, person, what, current)

    def _go_on(
        self, unit: Unit, who: Who, what: Happening, attempt_id: str
    ) -> Question | Summary | AlreadyShown:
        if not unit.updates.mark(what.update_id, what.now):
            return self._again(unit, who, what)
        attempt = own_attempt(unit, who, attempt_id)
        person = unit.people.touch(who.person_id, who.language, what.now)
        current = unit.practice.find_set(attempt.set_id) if attempt.set_id else None
        if current is None or current.state != "open" or attempt.state == "open":
            raise Stale
        last = unit.practice.last_of_set(current.id)
        if last is None or last.id != attempt.id:
            raise Stale
        question = self.sets.ask(unit, who, what, current, after=attempt.position)
        return question or self.sets.finish(unit, person, what, current)

    def _skip(
        self, unit: Unit, who: Who, what: Happening, attempt_id: str | None
    ) -> Skipped | Moved | AlreadyShown:
        if not unit.updates.mark(what.update_id, what.now):
            done = unit.practice.answered_by(what.update_id)
            if done is None:
                raise Stale
            shown = self.sets.with_total(unit, done)
            if done.mock_id:
                return self.mocks.again(unit, shown)
            return Skipped(shown, crowd_of(unit, done))
        attempt = open_attempt(unit, who, attempt_id)
        if attempt.mock_id:
            shown = self.sets.with_total(unit, attempt)
            late = self.mocks.too_late(unit, who, what, shown)
            return late or self.mocks.skipped(unit, who, what, shown)
        person = unit.people.touch(who.person_id, who.language, what.now)
        logged = self.sets.memory.skipped(unit, person, attempt, what.now)
        ended = unit.practice.end(attempt.id, "skipped", what.update_id, what.now, logged)
        if ended is None:
            raise Stale
        return Skipped(self.sets.with_total(unit, ended), crowd_of(unit, ended))

    def _hint(self, unit: Unit, who: Who, what: Happening, attempt_id: str | None) -> Shown:
        attempt = open_attempt(unit, who, attempt_id)
        shown = self.sets.with_total(unit, attempt)
        if attempt.mock_id:
            raise NoHintInInterview
        if not unit.updates.mark(what.update_id, what.now):
            return shown
        if attempt.hints >= len(shown.item.hints):
            raise NoHint
        unit.practice.take_hint(attempt.id, attempt.hints + 1)
        return replace(shown, attempt=replace(attempt, hints=attempt.hints + 1))

    def _stop(self, unit: Unit, who: Who, what: Happening, attempt_id: str | None) -> Stopped:
        person = unit.people.touch(who.person_id, who.language, what.now)
        if not unit.updates.mark(what.update_id, what.now):
            return self._stopped_before(unit, person, what)
        attempt = own_attempt(unit, who, attempt_id) if attempt_id is not None else None
        if daily := self._daily_to_stop(unit, person, attempt):
            return self._set_aside(unit, what, daily)
        if attempt is None and (moved := self.mocks.stopped(unit, who, what)):
            return moved
        if attempt and attempt.mock_id:
            return self._stop_interview(unit, who, what, attempt.mock_id)
        current = unit.practice.open_set(person.id)
        if attempt and (current is None or attempt.set_id != current.id):
            raise Stale
        if current is None:
            raise NothingOpen
        last = unit.practice.last_of_set(current.id)
        unit.practice.close_set(current.id, "stopped", what.update_id, what.now)
        summary = self.sets.summary(unit, person, what, replace(current, state="stopped"))
        return replace(summary, last_message_id=last.newest_message_id if last else None)

    def _daily_to_stop(
        self, unit: Unit, person: Person, attempt: Attempt | None
    ) -> Attempt | None:
        """The daily question, if `/stop` means it: its own button, or it was shown last."""
        if attempt is not None:
            return attempt if attempt.daily else None
        newest = next(iter(unit.practice.open_of(person.id)), None)
        if newest is None or not newest.daily:
            return None
        current = unit.practice.open_set(person.id)
        last = unit.practice.last_of_set(current.id) if current else None
        return newest if last is None or last.shown_at <= newest.shown_at else None

    def _set_aside(self, unit: Unit, what: Happening, daily: Attempt) -> SetAside:
        aside = unit.daily.set_aside(daily.id, what.update_id)
        if aside is None:
            raise Stale
        return SetAside(self.sets.with_total(unit, aside))

    def _stop_interview(self, unit: Unit, who: Who, what: Happening, mock_id: str) -> Moved:
        mock = unit.mocks.find(mock_id)
        if mock is None or mock.state.phase is Phase.OVER:
            raise Stale
        return self.mocks.move(unit, who, what, mock, Stop(what.now))

    def _stopped_before(self, unit: Unit, person: Person, what: Happening) -> Stopped:
        """The outcome of a repeated `/stop`."""
        aside = unit.practice.answered_by(what.update_id)
        if aside is not None:
            return SetAside(self.sets.with_total(unit, aside))
        mock = unit.mocks.closed_by(what.update_id)
        if mock is not None:
            then = self.mocks.untold(unit, mock)
            return Moved(then) if then else AlreadyShown()
        closed = unit.practice.set_closed_by(what.update_id)
        if closed is None:
            raise NothingOpen
        return self.sets.summary(unit, person, what, closed)

    def _again(self, unit: Unit, who: Who, what: Happening) -> Question | Summary | AlreadyShown:
        """What a repeated update led to, if the person may not have seen it."""
        asked = unit.practice.asked_by(what.update_id)
        if asked and asked.state == "open" and asked.message_id is None:
            return Question(self.sets.with_total(unit, asked))
        closed = unit.practice.set_closed_by(what.update_id)
        if closed and closed.state == "finished" and closed.summary_message_id is None:
            person = unit.people.touch(who.person_id, who.language, what.now)
            return self.sets.summary(unit, person, what, closed)
        return AlreadyShown()
