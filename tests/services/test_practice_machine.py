"""Whatever order people press and type in, and whatever comes twice: one answer counts once."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.errors import Refusal
from bot.domain.streaks import Streak, StreakRules, answer_given
from bot.services.results import Feedback, Happening, Question, Shown, Skipped, Summary
from bot.storage.database import open_database
from bot.storage.store import Unit
from tests.services.playing import Table, memory_of, who

T = TypeVar("T")

ME = who()
TOPICS = st.sampled_from((None, "python", "inference", "numerics", "applied_math"))


class Practice(RuleBasedStateMachine):
    """A person at the services, who also presses old buttons and sends updates twice."""

    def __init__(self) -> None:
        super().__init__()
        self.runner = asyncio.Runner()
        self.folder = tempfile.TemporaryDirectory()
        url = f"sqlite:///{Path(self.folder.name) / 'bot.db'}"
        self.table = Table(self.run(open_database(url, synchronous="NORMAL")))
        self.seen: list[Shown] = []
        self.graded = 0
        self.last: tuple[str, tuple[Any, ...], Happening] | None = None

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run(self.table.database.close())
        self.runner.close()
        self.folder.cleanup()

    def do(self, name: str, *arguments: Any) -> Any:
        """Calls a service with a new update; a refusal is an outcome, too."""
        self.last = (name, arguments, self.table.happening())
        outcome = self.call(*self.last)
        if isinstance(outcome, Feedback):
            self.graded += 1
        if isinstance(outcome, Question):
            self.seen.append(outcome.shown)
        return outcome

    def call(self, name: str, arguments: tuple[Any, ...], what: Happening) -> Any:
        services = (self.table.practice, self.table.answers, self.table.typed)
        service = next(service for service in services if hasattr(service, name))
        try:
            return self.run(getattr(service, name)(ME, what, *arguments))
        except Refusal as refusal:
            return refusal

    @rule(topic=TOPICS)
    def practise(self, topic: str | None) -> None:
        outcome = self.do("practise", topic)
        assert isinstance(outcome, Question | Summary)

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), place=st.integers(0, 4))
    def choose(self, data: st.DataObject, place: int) -> None:
        shown = data.draw(st.sampled_from(self.seen[-3:]))
        self.do("choose", shown.attempt.id, place)

    @precondition(lambda self: self.seen)
    @rule(data=st.data())
    def submit(self, data: st.DataObject) -> None:
        self.do("submit", data.draw(st.sampled_from(self.seen[-3:])).attempt.id)

    @rule(text=st.sampled_from(("2", "1", "nothing", "33")))
    def type_in(self, text: str) -> None:
        self.do("type_in", text)

    @precondition(lambda self: self.seen)
    @rule(data=st.data(), name=st.sampled_from(("go_on", "skip", "hint", "stop")))
    def press(self, data: st.DataObject, name: str) -> None:
        self.do(name, data.draw(st.sampled_from(self.seen[-3:])).attempt.id)

    @rule()
    def skip(self) -> None:
        outcome = self.do("skip")
        assert isinstance(outcome, Skipped | Refusal)

    @precondition(lambda self: self.last)
    @rule()
    def deliver_again(self) -> None:
        """The last update comes once more: its outcome may be told, but nothing counts again."""
        assert self.last
        self.call(*self.last)

    @invariant()
    def at_most_one_question_is_open(self) -> None:
        opened = self.run(
            self.table.store.transact(lambda unit: unit.practice.open_of(ME.person_id))
        )
        assert len(opened) <= 1

    @invariant()
    def every_answer_counts_once(self) -> None:
        log = self.run(self.table.store.transact(lambda unit: unit.practice.graded(ME.person_id)))
        assert len(log) == self.graded
        assert len({attempt.id for attempt in log}) == len(log)

    @invariant()
    def the_log_gives_the_stored_streak(self) -> None:
        person = self.run(self.table.store.transact(lambda unit: unit.people.find(ME.person_id)))
        log = self.run(self.table.store.transact(lambda unit: unit.practice.graded(ME.person_id)))
        streak = Streak()
        for attempt in log:
            assert attempt.answered_at
            assert attempt.zone
            streak = answer_given(streak, attempt.answered_at, attempt.zone, StreakRules())
        assert (person.streak if person else Streak()) == streak

    @invariant()
    def the_log_gives_the_stored_cards_and_abilities(self) -> None:
        def both(unit: Unit) -> tuple[object, object]:
            stored = memory_of(unit, ME.person_id)
            if unit.people.find(ME.person_id):
                self.table.sets.memory.rebuild(unit, ME.person_id, self.table.now)
            return stored, memory_of(unit, ME.person_id)

        stored, rebuilt = self.run(self.table.store.transact(both))
        assert rebuilt == stored


TestPractice = Practice.TestCase
TestPractice.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
