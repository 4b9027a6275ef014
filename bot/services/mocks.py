"""Mock interviews: begin, pause, go on, stop, report; one transaction each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.errors import InterviewOpen, NotYours, Stale
from bot.domain.interview import (
    CLOCK_EVERY,
    Asked,
    Ending,
    Event,
    Kind,
    Pause,
    Phase,
    Resume,
    Stop,
    Tick,
    limit_of,
    step,
)
from bot.services.interviews import TELL_AGAIN, MockKeeper, open_question
from bot.services.results import (
    AlreadyShown,
    Closed,
    Feedback,
    Happening,
    Moment,
    Moved,
    Offer,
    Question,
    Report,
    Shown,
    Skipped,
    Who,
)
from bot.services.sets import own_attempt
from bot.storage.mocks import Mock
from bot.storage.store import Store, Unit

SWEEP_AMOUNT = 200

Verdict = Feedback | Skipped


@dataclass(frozen=True, slots=True)
class Due:
    """An interview that has to be looked at."""

    mock_id: str
    person_id: int


@dataclass(frozen=True, slots=True)
class Told:
    """What time did to an interview, and whom to tell."""

    moved: Moved
    who: Who


@dataclass(frozen=True, slots=True)
class PastReport:
    """A line of the list of reports."""

    mock_id: str
    number: int
    kind: Kind
    at: datetime
    share: float
    ending: Ending


class MockService:
    """Everything about an interview but grading (see `answers` and `typed`)."""

    def __init__(self, store: Store, keeper: MockKeeper) -> None:
        self.store = store
        self.keeper = keeper

    async def enter(
        self, who: Who, what: Happening, kind: Kind | None = None
    ) -> Moved | Offer | AlreadyShown:
        """Begins an interview; without a kind, goes on with the open one, or offers them all.

        Raises:
            InterviewOpen: another one is not over.
            NothingToAsk: the bank has no questions for it.
        """
        return await self.store.transact(lambda unit: self._enter(unit, who, what, kind))

    async def pause(self, who: Who, what: Happening, attempt_id: str) -> Moved | AlreadyShown:
        """Stops the clock and covers the question.

        Raises:
            Stale: the question is over.
            NotYours: it is somebody else's.
        """

        def work(unit: Unit) -> Moved | AlreadyShown:
            attempt = own_attempt(unit, who, attempt_id)
            if attempt.mock_id is None:
                raise Stale
            return self._step(unit, who, what, attempt.mock_id, Pause(what.now))

        return await self.store.transact(work)

    async def resume(self, who: Who, what: Happening, mock_id: str) -> Moved | AlreadyShown:
        """The clock goes on, and the question is shown again.

        Raises:
            Stale: the interview is over.
            NotYours: it is somebody else's.
        """
        event = Resume(what.now)
        return await self.store.transact(lambda u: self._step(u, who, what, mock_id, event))

    async def stop(self, who: Who, what: Happening, mock_id: str) -> Moved | AlreadyShown:
        """Ends the interview where it stands.

        Raises:
            Stale: it is over.
            NotYours: it is somebody else's.
        """
        event = Stop(what.now)
        return await self.store.transact(lambda u: self._step(u, who, what, mock_id, event))

    async def due(self, now: datetime) -> list[Due]:
        """The interviews that have to be looked at."""
        found = await self.store.transact(lambda unit: unit.mocks.due(now, SWEEP_AMOUNT))
        return [Due(mock_id, person_id) for mock_id, person_id in found]

    async def look(self, due: Due, now: datetime) -> Told | None:
        """Moves the clock of an interview on; what has not been shown is shown again."""
        return await self.store.transact(lambda unit: self._look(unit, due, now))

    async def hold(self, who: Who, now: datetime) -> None:
        """Nobody can be reached there: the clock waits, or the report is given up."""

        def work(unit: Unit) -> None:
            mock = unit.mocks.open_of(who.person_id)
            if mock is not None:
                self.keeper.move(unit, who, Moment(None, now, now), mock, Pause(now))
            for over in unit.mocks.of(who.person_id):
                if over.report and over.report_message_id is None:
                    unit.mocks.wait(over.id, None)

        await self.store.transact(work)

    async def closed(self, shown: Shown) -> Closed | None:
        """The question, if it is over by now."""
        attempt = await self.store.transact(lambda unit: unit.practice.find(shown.attempt.id))
        if attempt is None or attempt.state in {"open", "held"}:
            return None
        over = replace(shown, attempt=attempt)
        return Closed(over, "answered" if attempt.state == "answered" else "skipped")

    async def waiting(self, who: Who) -> tuple[Kind, str] | None:
        """The kind and id of the interview that is not over, if there is one."""
        mock = await self.store.transact(lambda unit: unit.mocks.open_of(who.person_id))
        return (mock.kind, mock.id) if mock else None

    async def report_shown(self, mock_id: str, message_id: int) -> None:
        """Remembers which message holds the report."""
        await self.store.transact(lambda unit: unit.mocks.report_shown(mock_id, message_id))

    async def reports(self, who: Who) -> list[PastReport]:
        """The interviews that are over and asked anything, the newest first."""

        def work(unit: Unit) -> list[PastReport]:
            over = [
                mock
                for mock in unit.mocks.of(who.person_id)
                if mock.report and mock.report["replies"]
            ]
            return [self._line(unit, mock) for mock in reversed(over)]

        return await self.store.transact(work)

    async def report(self, who: Who, mock_id: str, against: int | None = None) -> Report:
        """A report once more, beside the interview with the number `against`, if given.

        Raises:
            Stale: there is none.
            NotYours: it is somebody else's.
        """

        def work(unit: Unit) -> Report:
            mock = _own(unit, who, mock_id)
            others = unit.mocks.of(who.person_id) if against is not None else []
            other = next((one for one in others if one.number == against and one.report), None)
            return self.keeper.reporter.report(unit, mock, other)

        return await self.store.transact(work)

    async def reply(self, who: Who, mock_id: str, position: int) -> tuple[Report, Verdict]:
        """One question of an interview that is over, with its verdict.

        Raises:
            Stale: it is not over, or the bank has changed.
            NotYours: it is somebody else's.
        """
        return await self.store.transact(lambda unit: self._reply(unit, who, mock_id, position))

    def _enter(
        self, unit: Unit, who: Who, what: Happening, kind: Kind | None
    ) -> Moved | Offer | AlreadyShown:
        unit.people.touch(who.person_id, who.language, what.now)
        mock = unit.mocks.open_of(who.person_id)
        if not unit.updates.mark(what.update_id, what.now):
            then = self.keeper.untold(unit, mock) if mock else None
            return Moved(then) if then else AlreadyShown()
        if mock and kind:
            raise InterviewOpen(kind=mock.kind, mock_id=mock.id)
        if mock:
            return self.keeper.move(unit, who, what, mock, Resume(what.now))
        if kind:
            return self.keeper.begin(unit, who, what, kind)
        past = sum(bool(one.report) for one in unit.mocks.of(who.person_id))
        return Offer(past=past)

    def _step(
        self, unit: Unit, who: Who, what: Happening, mock_id: str, event: Event
    ) -> Moved | AlreadyShown:
        unit.people.touch(who.person_id, who.language, what.now)
        mock = _own(unit, who, mock_id)
        if not unit.updates.mark(what.update_id, what.now):
            then = self.keeper.untold(unit, mock)
            return Moved(then) if then else AlreadyShown()
        if mock.state.phase is Phase.OVER:
            raise Stale
        moved = self.keeper.move(unit, who, what, mock, event)
        if moved.then is None:  # it stood that way already
            raise Stale
        return moved

    def _look(self, unit: Unit, due: Due, now: datetime) -> Told | None:
        person = unit.people.lock(due.person_id)
        mock = unit.mocks.find(due.mock_id)
        if person is None or mock is None:
            return None
        who = Who(person.id, person.language, mock.chat_id)
        moment = Moment(None, now, now)
        if mock.state.phase is Phase.OVER:
            then = self.keeper.untold(unit, mock)
            unit.mocks.wait(mock.id, now + TELL_AGAIN if then else None)
            return Told(Moved(then), who) if then else None
        waiting = mock.state.due()
        if waiting is None or waiting > now:
            return None
        if again := self._not_shown(unit, mock, now):
            return Told(again, who)
        return Told(self.keeper.move(unit, who, moment, mock, Tick(now)), who)

    def _not_shown(self, unit: Unit, mock: Mock, now: datetime) -> Moved | None:
        """The question that did not get through, once more, with its clock set back."""
        then = self.keeper.untold(unit, mock)
        attempt = open_question(unit, mock)
        if not isinstance(then, Question) or attempt is None:
            return None
        state, _ = step(mock.state, Asked(now, limit_of(then.shown.item)))
        unit.mocks.save(mock.id, state, now + CLOCK_EVERY)
        return Moved(then)

    def _reply(self, unit: Unit, who: Who, mock_id: str, position: int) -> tuple[Report, Verdict]:
        mock = _own(unit, who, mock_id)
        report = self.keeper.reporter.report(unit, mock)
        reply = next((one for one in report.replies if one.position == position), None)
        if reply is None or reply.attempt_id is None:
            raise Stale
        shown = self.keeper.shown(own_attempt(unit, who, reply.attempt_id), mock)
        if shown.attempt.state == "answered":
            return report, self.keeper.settler.feedback_of(unit, shown)
        return report, Skipped(shown)

    def _line(self, unit: Unit, mock: Mock) -> PastReport:
        report = self.keeper.reporter.report(unit, mock)
        return PastReport(mock.id, mock.number, mock.kind, report.at, report.share, report.ending)


def _own(unit: Unit, who: Who, mock_id: str) -> Mock:
    mock = unit.mocks.find(mock_id)
    if mock is None:
        raise Stale
    if mock.person_id != who.person_id:
        raise NotYours
    return mock
