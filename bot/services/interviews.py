"""Mock interviews inside one transaction: carries out what the machine decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.errors import NothingToAsk, Refusal, Stale
from bot.domain.interview import (
    FORMATS,
    Asked,
    Begin,
    Effect,
    Ending,
    Event,
    Form,
    Interview,
    Kind,
    Pause,
    Phase,
    Slot,
    Stop,
    choose,
    form_of,
    limit_of,
    plan_slots,
    step,
)
from bot.domain.interview import Answered as WasAnswered
from bot.domain.interview import Tick as Looked
from bot.domain.questions import Item, ParamItem
from bot.services.grading import Typed
from bot.services.ids import new_id
from bot.services.reports import Reporter
from bot.services.results import (
    Closed,
    Feedback,
    Held,
    MockOver,
    Moment,
    Moved,
    Question,
    Shown,
    Who,
)
from bot.services.settling import PATIENCE, Settler
from bot.storage.mocks import Mock
from bot.storage.records import Attempt, Person
from bot.storage.store import Unit

NOBODY = 0
"""Asked by no update: time did it."""
TELL_AGAIN = timedelta(seconds=20)
"""After this, a sweep shows a report that a crash has kept from being shown."""


class MockKeeper:
    """Knows how an interview goes on; every method works inside the caller's transaction."""

    def __init__(self, settler: Settler) -> None:
        self.settler = settler
        self.sets = settler.sets
        self.memory = self.sets.memory
        self.reporter = Reporter(self.sets)
        self._items: dict[str, list[Item]] = {}
        for item in self.sets.catalogue.playable:
            self._items.setdefault(item.area_id, []).append(item)

    def begin(self, unit: Unit, who: Who, what: Moment, kind: Kind) -> Moved:
        """Opens an interview and asks its first question.

        Raises:
            NothingToAsk: the bank has no questions for it.
        """
        slots = plan_slots(kind, self._stock(), self.sets.dice)
        if not slots:
            raise NothingToAsk(title="")
        state = Interview(len(slots), FORMATS[kind].time)
        mock_id = new_id(self.sets.dice)
        mock = unit.mocks.add(mock_id, who.person_id, kind, slots, state, who.chat_id, what.now)
        return self.move(unit, who, what, mock, Begin(what.now))

    def move(self, unit: Unit, who: Who, what: Moment, mock: Mock, event: Event) -> Moved:
        """Takes a step, carries out its effects and stores the state."""
        return _Move(self, unit, who, what, mock).take(event)

    def hold(self, unit: Unit, who: Who, what: Moment) -> Held | None:
        """An interview that is running waits while the person does something else."""
        mock = unit.mocks.open_of(who.person_id)
        if mock is None:
            return None
        held = self.move(unit, who, what, mock, Pause(what.now)).then
        return held if isinstance(held, Held) else None

    def answered(self, unit: Unit, who: Who, what: Moment, feedback: Feedback) -> Moved:
        """Goes on after an answer, whose verdict nobody hears before the end."""
        mock = _mock_of(unit, feedback.shown.attempt)
        moved = self.move(unit, who, what, mock, WasAnswered(what.at))
        return replace(moved, closed=Closed(feedback.shown, "answered"))

    def skipped(self, unit: Unit, who: Who, what: Moment, shown: Shown) -> Moved:
        """Passes over the open question.

        Raises:
            Stale: it is not open.
        """
        mock = _mock_of(unit, shown.attempt)
        person = unit.people.touch(who.person_id, who.language, what.now)
        logged = self.memory.skipped(unit, person, shown.attempt, what.now)
        ended = unit.practice.end(shown.attempt.id, "skipped", what.update_id, what.now, logged)
        if ended is None:
            raise Stale
        moved = self.move(unit, who, what, mock, WasAnswered(what.now))
        return replace(moved, closed=Closed(replace(shown, attempt=ended), "skipped"))

    def too_late(self, unit: Unit, who: Who, what: Moment, shown: Shown) -> Moved | None:
        """What follows where the time of this question was up before `what`; None in time."""
        state = shown.interview
        if state is None or state.in_time(what.at):
            return None
        return self.move(unit, who, what, _mock_of(unit, shown.attempt), Looked(what.now))

    def again(self, unit: Unit, shown: Shown) -> Moved:
        """What a repeated update led to, as far as the person may not have seen it."""
        mock = _mock_of(unit, shown.attempt)
        answered = shown.attempt.state == "answered"
        return Moved(self.untold(unit, mock), Closed(shown, "answered" if answered else "skipped"))

    def stopped(self, unit: Unit, who: Who, what: Moment) -> Moved | None:
        """Ends the interview if that is what the person sees; None leaves it to practice."""
        mock = unit.mocks.open_of(who.person_id)
        if mock is None:
            return None
        if mock.state.phase is Phase.PAUSED and unit.practice.open_set(who.person_id):
            return None
        return self.move(unit, who, what, mock, Stop(what.now))

    def untold(self, unit: Unit, mock: Mock) -> Question | MockOver | None:
        """The question or report of which it is not known that it was shown."""
        if mock.state.phase is Phase.OVER:
            waiting = mock.report is not None and mock.report_message_id is None
            return MockOver(self.reporter.report(unit, mock)) if waiting else None
        attempt = open_question(unit, mock)
        if attempt is None or attempt.state != "open" or attempt.message_id is not None:
            return None
        try:
            return Question(self.shown(attempt, mock))
        except Stale:  # the bank has changed; `too_late` or the clock ends it
            return None

    def shown(self, attempt: Attempt, mock: Mock) -> Shown:
        """A question of an interview.

        Raises:
            Stale: the bank has changed under it.
        """
        shown = self.sets.catalogue.shown(attempt, len(mock.slots))
        return replace(shown, interview=mock.state)

    def pick(
        self, unit: Unit, person: Person, slot: Slot, mock: Mock, now: datetime
    ) -> Item | None:
        """The item for a slot; of another form, then of another area, where it is the only one."""
        asked = unit.mocks.attempts(mock.id)
        used = frozenset(attempt.item_id for attempt in asked)
        bank = self.sets.catalogue.bank.items
        topics = frozenset(bank[item_id].topic_id for item_id in used if item_id in bank)
        fresh = [i for i in self._items.get(slot.area_id, ()) if i.id not in used]
        able = [i for i in fresh if form_of(i) is slot.form] or fresh
        able = able or [i for i in self.sets.catalogue.playable if i.id not in used]
        prospects = self.memory.prospects(unit, person, able, now)
        best = choose(prospects, topics, self.sets.dice)
        return bank[best.item_id] if best else None

    def ask(
        self, unit: Unit, who: Who, what: Moment, mock: Mock, position: int, item: Item
    ) -> Attempt:
        """Stores the question that is about to be asked."""
        dice = self.sets.dice
        attempt = Attempt.opened(
            new_id(dice),
            person_id=who.person_id,
            chat_id=mock.chat_id,
            mock_id=mock.id,
            position=position,
            item_id=item.id,
            rev=item.rev,
            variant=dice.randrange(len(item.variants)) if isinstance(item, ParamItem) else None,
            seed=dice.randrange(1 << 31),
            asked_at=what.now,
            asked_by=what.update_id or NOBODY,
        )
        unit.practice.add_attempt(attempt)
        return attempt

    def _stock(self) -> Mapping[str, Mapping[Form, int]]:
        return {
            area: Counter(form_of(item) for item in items) for area, items in self._items.items()
        }


@dataclass(slots=True)
class _Move:
    """One step of one interview, and what comes of it."""

    keeper: MockKeeper
    unit: Unit
    who: Who
    what: Moment
    mock: Mock
    then: Question | MockOver | Held | Shown | None = None
    closed: Closed | None = None

    def take(self, event: Event) -> Moved:
        """Runs the machine and does as it says."""
        before = open_question(self.unit, self.mock)
        state, effects = step(self.mock.state, event)
        for effect in effects:
            state = self._carry_out(effect, state, before)
        self.mock = replace(self.mock, state=state)
        self._store(state)
        return Moved(self._with_state(state), self.closed)

    def _carry_out(self, effect: Effect, state: Interview, before: Attempt | None) -> Interview:
        match effect:
            case Effect.ASK:
                return self._ask(state)
            case Effect.EXPIRE if before:
                self.closed = self._expire(before)
            case Effect.DROP if before:
                self.closed = self._drop(before)
            case Effect.HOLD:
                self.then = self._hold(state, before)
            case Effect.UNCOVER if before:
                self.then = self._uncover(state, before)
            case Effect.CLOCK if before:
                self.then = self._shown(before)
            case Effect.REPORT:
                self.then = self._report(state)
            case _:
                pass
        return state

    def _ask(self, state: Interview) -> Interview:
        slot = self.mock.slots[state.position - 1]
        person = self.unit.people.find(self.who.person_id)
        assert person is not None  # noqa: S101 — the interview is theirs
        item = self.keeper.pick(self.unit, person, slot, self.mock, self.what.now)
        if item is None:  # the bank has shrunk meanwhile
            state = replace(state, phase=Phase.OVER, ending=Ending.FINISHED)
            self.then = self._report(state)
            return state
        asked, _ = step(state, Asked(self.what.now, limit_of(item)))
        mock = replace(self.mock, state=asked)
        attempt = self.keeper.ask(self.unit, self.who, self.what, mock, state.position, item)
        self.then = Question(self.keeper.shown(attempt, mock))
        return asked

    def _expire(self, attempt: Attempt) -> Closed | None:
        """What was ticked or written counts; with nothing of that the question was missed."""
        shown = self._shown(attempt)
        if shown is None:
            return self._drop(attempt)
        settler = self.keeper.settler
        moment = Moment(None, self.what.now, self.what.now)
        try:
            if attempt.picked:
                feedback = settler.settle_picked(
                    self.unit, self.who, moment, shown, attempt.picked
                )
                return Closed(feedback.shown, "time")
            if attempt.draft and isinstance(shown.item, Typed):
                feedback = settler.settle_text(self.unit, self.who, moment, shown, attempt.draft)
                self.unit.practice.end_draft(attempt.id)
                return Closed(feedback.shown, "time")
        except Refusal:
            pass  # nothing that can be scored
        self.unit.practice.end_draft(attempt.id)
        person = self.unit.people.find(self.who.person_id)
        assert person is not None  # noqa: S101 — the attempt is theirs
        logged = self.keeper.memory.skipped(self.unit, person, attempt, self.what.now)
        ended = self.unit.practice.end(attempt.id, "skipped", None, self.what.now, logged)
        return Closed(replace(shown, attempt=ended or attempt), "time")

    def _drop(self, attempt: Attempt) -> Closed | None:
        self.unit.practice.end_draft(attempt.id)
        if attempt.state == "held":
            self.unit.mocks.uncover(attempt.id, attempt.asked_at, self.what.now)
        ended = self.unit.practice.end(attempt.id, "dropped", None, self.what.now)
        shown = self._shown(attempt)
        return Closed(replace(shown, attempt=ended or attempt), "dropped") if shown else None

    def _hold(self, state: Interview, before: Attempt | None) -> Held:
        shown = None
        if state.asking and before:
            self.unit.mocks.hold(before.id)
            shown = self._shown(before)
        return Held(
            self.mock.id, state, shown, away=state.silent > 0 or self.what.update_id is None
        )

    def _uncover(self, state: Interview, attempt: Attempt) -> Question | None:
        if attempt.state == "held":
            shown = self._shown(attempt)
            spent = limit_of(shown.item) - state.item_left if shown else timedelta()
            asked_at = self.what.now - max(spent, timedelta())
            self.unit.mocks.uncover(attempt.id, asked_at, self.what.now + PATIENCE)
        update_id = self.what.update_id or NOBODY
        again = self.unit.practice.ask_again(attempt.id, update_id, self.what.now)
        shown = self._shown(again or attempt)
        return Question(shown, attempt.message_id) if shown else None

    def _report(self, state: Interview) -> MockOver:
        mock = replace(self.mock, state=state)
        report = self.keeper.reporter.close(self.unit, mock, self.what)
        return MockOver(report)

    def _shown(self, attempt: Attempt) -> Shown | None:
        try:
            return self.keeper.shown(attempt, self.mock)
        except Stale:
            return None

    def _store(self, state: Interview) -> None:
        due = state.due()
        if state.phase is Phase.OVER and self.mock.report is None:
            due = self.what.now + TELL_AGAIN
        self.unit.mocks.save(self.mock.id, state, due)

    def _with_state(self, state: Interview) -> Question | MockOver | Held | Shown | None:
        """What is to be shown, with the clock as it is now."""
        if isinstance(self.then, Question):
            shown = replace(self.then.shown, interview=state)
            return replace(self.then, shown=shown)
        return replace(self.then, interview=state) if isinstance(self.then, Shown) else self.then


def open_question(unit: Unit, mock: Mock) -> Attempt | None:
    """The question at which the interview stands, open or covered."""
    if not mock.state.asking:
        return None
    attempts = unit.mocks.attempts(mock.id)
    return next((one for one in reversed(attempts) if one.state in {"open", "held"}), None)


def _mock_of(unit: Unit, attempt: Attempt) -> Mock:
    mock = unit.mocks.find(attempt.mock_id) if attempt.mock_id else None
    if mock is None:
        raise Stale
    return mock
