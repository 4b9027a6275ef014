"""Whatever happens in a group, in whatever order: what holds for every quiz."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.group_quiz import (
    LOBBY_EVERY,
    PAUSE,
    WAITS,
    Phase,
    Quiz,
    open_lobby,
    step,
)
from bot.domain.quiz_events import (
    Anonymous,
    Answered,
    Close,
    Discard,
    Do,
    Drop,
    Effect,
    Ending,
    Event,
    Join,
    Left,
    Migrated,
    Post,
    Posted,
    PostFailed,
    PressStart,
    Reason,
    Refuse,
    Silenced,
    Standing,
    Stop,
    Tick,
    Trouble,
)
from bot.domain.quiz_plan import Slot
from bot.domain.quiz_scores import Answer, Mark, marks_of, standing, team_standing

EVE = datetime(2026, 1, 10, 20, tzinfo=UTC)
HOST = 1
people = st.integers(1, 6)
scores = st.sampled_from((0.0, 0.5, 1.0))
SPOKEN = {Ending.FINISHED, Ending.STOPPED, Ending.DESERTED}
"""How a quiz ends that has a podium."""


class GroupQuiz(RuleBasedStateMachine):
    """A group in which everything may happen at any time."""

    @initialize(
        rounds=st.integers(1, 6),
        limit=st.integers(5, 60),
        teams=st.sampled_from((0, 0, 2, 4)),
        host=st.sampled_from((HOST, None)),
        players=st.integers(0, 3),
    )
    def lobby(self, rounds: int, limit: int, teams: int, host: int | None, players: int) -> None:
        self.now = EVE
        slots = tuple(Slot(f"i{n}", f"a{n % 3}", None, n % 5 == 4) for n in range(rounds))
        self.state, effects = open_lobby(-1, host, slots, timedelta(seconds=limit), EVE, teams)
        self.seen: list[Effect] = list(effects)
        self.answers: dict[int, list[Answer]] = {}
        self.marks: list[Mark] = []
        self.closed: Counter[int] = Counter()
        self.edits: list[datetime] = []
        self.messages = 100
        for person in range(1, players + 1):
            self.take(Join(EVE, person))
        if players:
            self.take(PressStart(EVE, None, admin=True))

    @property
    def voters(self) -> frozenset[int]:
        return frozenset(one.person_id for one in self.answers.get(self.state.position, ()))

    def take(self, event: Event) -> tuple[Effect, ...]:
        before = self.state
        self.state, effects = step(before, event)
        self.seen += effects
        self._is_a_step(before, event, effects)
        for effect in effects:
            if isinstance(effect, Close | Drop):
                self.closed[effect.round.position] += 1
            if isinstance(effect, Close):
                self._score(effect)
            if effect is Do.EDIT_LOBBY and self.state.phase is Phase.LOBBY:
                self.edits.append(event.at)
        return effects

    def _is_a_step(self, before: Quiz, event: Event, effects: tuple[Effect, ...]) -> None:
        """What no single step may do, whatever went before."""
        after = self.state
        assert after.position - before.position in {0, 1}
        assert after.played - before.played == sum(isinstance(e, Close) for e in effects)
        assert [p.person_id for p in after.players][: len(before.players)] == [
            p.person_id for p in before.players
        ] or before.phase is Phase.LOBBY
        if before.phase is Phase.OVER:
            assert after == before
            assert all(isinstance(e, Refuse | Discard) for e in effects)
        if any(isinstance(e, Refuse | Discard) for e in effects):
            assert len(effects) == 1
            assert after == before
        for effect in effects:
            self._has_a_reason(effect, before, event)
        if isinstance(event, Tick):
            due = after.due()
            assert due is None or due > event.at

    def _has_a_reason(self, effect: Effect, before: Quiz, event: Event) -> None:
        after = self.state
        match effect:
            case Post(position):
                assert after.phase is Phase.ASKING
                assert after.position == position
                assert before.phase in {Phase.LOBBY, Phase.ASKING, Phase.STANDING}
            case Close(round_, early):
                assert round_ == before.round
                assert early is not isinstance(event, Tick)
            case Drop(round_):
                assert round_ == before.round
                assert isinstance(event, Migrated | Stop | Left)
            case Standing(position):
                assert position == before.position == after.position
                assert after.until <= event.at + PAUSE or after.phase is Phase.OVER
            case Do.PODIUM:
                assert after.ending in SPOKEN
                assert before.phase not in {Phase.LOBBY, Phase.OVER}
            case Do.CALL_OFF:
                assert (before.phase, after.ending) == (Phase.LOBBY, Ending.CALLED_OFF)
            case Do.SHOW_LOBBY | Do.EDIT_LOBBY:
                assert before.phase is Phase.LOBBY
            case Refuse(Reason.STARTED | Reason.NOBODY_JOINED):
                assert isinstance(event, PressStart)
            case _:
                pass

    def _score(self, close: Close) -> None:
        position = close.round.position
        self.marks += marks_of(
            self.answers.get(position, ()),
            posted_at=close.round.posted_at,
            limit=self.state.limit,
            area_id=self.state.slots[position - 1].area_id,
            is_open=self.state.slots[position - 1].is_open,
        )

    @rule(by=st.sampled_from((0.1, 1.0, 3.0, 10.0, 100.0)))
    def time_passes(self, by: float) -> None:
        self.now += timedelta(seconds=by)

    @rule(person=people, team=st.none() | st.integers(-1, 4))
    def join(self, person: int, team: int | None) -> None:
        self.take(Join(self.now, person, team))

    @rule(person=people, admin=st.booleans())
    def start(self, person: int, admin: bool) -> None:
        self.take(PressStart(self.now, person, admin))

    @rule(person=people, score=scores, back=st.sampled_from((0, 0, 0, 0, 1, 2)))
    def answer(self, person: int, score: float, back: int) -> None:
        """A vote as it is stored: only where it counts; then a step, where one is needed."""
        position = self.state.position - back
        if not self.state.takes(position, self.now):
            before = self.state
            self.take(Answered(self.now, person, position, self.voters))
            assert self.state == before
            return
        self.answers.setdefault(position, []).append(Answer(person, self.now, score))
        event = Answered(self.now, person, position, self.voters)
        if self.state.unmoved_by(person, len(self.voters)):
            assert step(self.state, event) == (self.state, ())
        else:
            self.take(event)
        assert self.state.phase is Phase.OVER or person in self.state.here

    @precondition(lambda self: len(self.state.players) > 2 and self.state.phase is not Phase.LOBBY)
    @rule(person=people)
    def leave(self, person: int) -> None:
        self.take(Left(self.now, person, self.voters))

    @precondition(lambda self: self.state.phase is Phase.LOBBY)
    @rule(person=people)
    def leave_the_lobby(self, person: int) -> None:
        self.take(Left(self.now, person))
        assert person not in self.state.here

    @rule()
    def vote_anonymously(self) -> None:
        self.take(Anonymous(self.now))

    @rule(person=people, admin=st.booleans())
    def stop(self, person: int, admin: bool) -> None:
        allowed = self.state.allows(person, admin=admin)
        if not allowed or self.now > EVE + timedelta(seconds=600):
            self.take(Stop(self.now, person, admin, self.voters))
            assert not allowed or self.state.phase is Phase.OVER

    @rule()
    def look(self) -> None:
        self.take(Tick(self.now))

    @precondition(lambda self: self.state.due() is not None)
    @rule(late=st.sampled_from((0.0, 0.0, 0.0, 1.0, 50.0)))
    def look_when_due(self, late: float) -> None:
        due = self.state.due()
        assert due is not None
        self.now = max(self.now, due + timedelta(seconds=late))
        self.take(Tick(self.now))

    @precondition(lambda self: self.state.phase is Phase.RUNNING)
    @rule(score=scores)
    def everybody_answers(self, score: float) -> None:
        position = self.state.position
        for person in sorted(self.state.here - self.voters):
            assert self.state.position == position
            assert self.state.phase is Phase.RUNNING
            self.answer(person, score, 0)
        assert self.state.round is None

    @precondition(lambda self: self.state.phase is Phase.ASKING)
    @rule()
    def posted_as_asked(self) -> None:
        self.messages += 1
        position, chat_id = self.state.position, self.state.chat_id
        self.take(Posted(self.now, position, chat_id, self.messages, f"p{self.messages}"))
        assert self.state.phase is Phase.RUNNING

    @precondition(lambda self: self.state.position > 0)
    @rule(old_chat=st.integers(0, 9), back=st.sampled_from((0, 0, 0, 1)))
    def posted(self, old_chat: int, back: int) -> None:
        self.messages += 1
        chat_id = -1 if old_chat == 0 else self.state.chat_id
        position = self.state.position - back
        self.take(Posted(self.now, position, chat_id, self.messages, f"p{self.messages}"))

    @precondition(lambda self: self.state.phase is Phase.ASKING)
    @rule(trouble=st.sampled_from(Trouble), wait=st.sampled_from((0, 60)))
    def sending_fails(self, trouble: Trouble, wait: int) -> None:
        wait_ = timedelta(seconds=wait)
        self.take(PostFailed(self.now, self.state.position, trouble, wait_))

    @rule(chat_id=st.sampled_from((-1001, -1002)))
    def migrate(self, chat_id: int) -> None:
        self.take(Migrated(self.now, chat_id))

    @precondition(lambda self: self.now > EVE + timedelta(seconds=900))
    @rule(ending=st.sampled_from((Ending.EXPELLED, Ending.TOPIC_GONE)))
    def silence(self, ending: Ending) -> None:
        self.take(Silenced(self.now, ending))
        assert self.state.phase is Phase.OVER

    @invariant()
    def a_round_is_there_while_it_can_be_answered(self) -> None:
        assert (self.state.round is not None) == (self.state.phase is Phase.RUNNING)
        assert self.state.tries <= len(WAITS) + 1
        assert 0 <= self.state.played <= self.state.position <= len(self.state.slots)

    @invariant()
    def every_round_ends_once(self) -> None:
        assert all(count == 1 for count in self.closed.values())

    @invariant()
    def every_answer_is_scored_once_at_most(self) -> None:
        scored = Counter((mark.person_id, mark.area_id) for mark in self.marks)
        given = Counter(
            (person, self.state.slots[position - 1].area_id)
            for position, answers in self.answers.items()
            for person in {one.person_id for one in answers}
        )
        assert scored <= given
        assert all(0 <= mark.points <= 1000 for mark in self.marks)
        assert all(not mark.took or mark.took <= self.state.limit for mark in self.marks)

    @invariant()
    def everybody_who_joined_is_in_the_standing_once(self) -> None:
        lines = standing(self.state.players, self.marks)
        assert Counter(line.person_id for line in lines) == Counter(
            player.person_id for player in self.state.players
        )
        assert {mark.person_id for mark in self.marks} <= {line.person_id for line in lines}
        assert all(line.right <= self.state.played for line in lines)
        if self.state.teams:
            members = team_standing(self.state.players, lines)
            assert sum(team.members for team in members) == len(lines)

    @invariant()
    def it_is_over_with_one_podium_or_without_a_word(self) -> None:
        over = self.state.phase is Phase.OVER
        assert over == (self.state.ending is not None) == (self.state.due() is None)
        podiums = [effect for effect in self.seen if effect is Do.PODIUM]
        assert len(podiums) == (self.state.ending in SPOKEN)

    @invariant()
    def the_lobby_is_edited_now_and_then_and_chats_are_told_once(self) -> None:
        gaps = [b - a for a, b in zip(self.edits, self.edits[1:], strict=False)]
        assert all(gap >= LOBBY_EVERY for gap in gaps)
        assert sum(effect is Do.EXPLAIN for effect in self.seen) <= 1

    def teardown(self) -> None:
        """Left alone it comes to an end: rounds that nobody hears of are given up."""
        state = getattr(self, "state", None)
        for _ in range(20):
            due = state.due() if state else None
            if state is None or due is None:
                return
            state, _effects = step(replace(state), Tick(due))
        raise AssertionError(f"still {state}")


TestGroupQuiz = GroupQuiz.TestCase
TestGroupQuiz.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
