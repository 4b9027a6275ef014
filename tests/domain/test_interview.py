"""The mock interview: what it asks about, and its clock."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain.interview import (
    CLOCK_EVERY,
    FORMATS,
    GONE,
    GRACE,
    PATIENCE,
    Answered,
    Asked,
    Begin,
    Effect,
    Ending,
    Event,
    Form,
    Interview,
    Kind,
    Outcome,
    Pause,
    Phase,
    Prospect,
    Resume,
    Slot,
    Stop,
    Tick,
    choose,
    passed,
    plan_slots,
    step,
)

START = datetime(2026, 1, 10, 12, tzinfo=UTC)
LIMIT = timedelta(seconds=120)
AREAS = (
    "programming",
    "statistics",
    "applied_math",
    "signal",
    "neural",
    "language_av",
    "communication",
    "industry",
    "prototyping",
    "staying_current",
)
PLENTY: Mapping[str, Mapping[Form, int]] = {
    area: {Form.PRESSED: 80, Form.SAID: 14, Form.STORY: 40 if area == "communication" else 5}
    for area in AREAS
}


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def begun(questions: int = 3, left: timedelta = timedelta(minutes=5)) -> Interview:
    """An interview whose first question was asked at the start."""
    state, effects = step(Interview(questions, left), Begin(START))
    assert effects == (Effect.ASK,)
    return step(state, Asked(START, LIMIT))[0]


def play(state: Interview, *events: Event) -> Outcome:
    """One event after the other; a question that is to be asked is asked at once."""
    effects: tuple[Effect, ...] = ()
    for event in events:
        state, effects = step(state, event)
        if Effect.ASK in effects:
            state, _ = step(state, Asked(event.at, LIMIT))
    return state, effects


def watched(state: Interview, until: float) -> Interview:
    """Somebody looks at the clock every few seconds."""
    moment = CLOCK_EVERY
    while START + moment <= at(until):
        state, _ = step(state, Tick(START + moment))
        moment += CLOCK_EVERY
    return state


def test_an_interview_from_the_first_question_to_the_report() -> None:
    state, effects = play(begun(2), Answered(at(30)))
    assert (state.position, effects) == (2, (Effect.ASK,))
    assert state.left == timedelta(minutes=5) - timedelta(seconds=30)
    state, effects = play(state, Answered(at(50)))
    assert (state.phase, state.ending, effects) == (
        Phase.OVER,
        Ending.FINISHED,
        (Effect.REPORT,),
    )
    assert state.left == timedelta(minutes=5) - timedelta(seconds=50)


def test_a_question_runs_out_of_time_and_the_next_one_comes() -> None:
    state = watched(begun(), 120)
    state, effects = play(state, Tick(at(120) + GRACE + timedelta(seconds=1)))
    assert effects == (Effect.EXPIRE, Effect.ASK)
    assert (state.position, state.silent) == (2, 1)


def test_an_answer_on_its_way_counts_and_a_late_one_does_not() -> None:
    state = watched(begun(), 120)
    assert state.in_time(at(120) + GRACE)
    assert not state.in_time(at(120) + GRACE + timedelta(milliseconds=1))


def test_the_whole_time_ends_it_though_the_question_has_some_left() -> None:
    state = watched(begun(left=timedelta(seconds=60)), 60)
    assert state.remaining(at(60)) == (timedelta(), timedelta())
    state, effects = step(state, Tick(at(64)))
    assert effects == (Effect.EXPIRE, Effect.REPORT)
    assert state.ending is Ending.TIME


def test_the_clock_stands_while_paused() -> None:
    state, effects = step(begun(), Pause(at(20)))
    assert effects == (Effect.HOLD,)
    assert state.due() is None
    assert not state.in_time(at(21))
    state, effects = step(state, Resume(at(5000)))
    assert effects == (Effect.UNCOVER,)
    assert state.remaining(at(5010)) == (timedelta(seconds=270), timedelta(seconds=90))


def test_what_nobody_saw_does_not_count() -> None:
    """The process was away: an answer is taken as if it came when somebody looked last."""
    state = watched(begun(), 30)
    later = at(30) + GONE + timedelta(hours=3)
    assert state.in_time(later)
    after, effects = play(state, Answered(later))
    assert effects == (Effect.ASK,)
    assert after.left == timedelta(seconds=270)
    waiting, effects = step(state, Tick(later))
    assert (waiting.phase, effects) == (Phase.PAUSED, (Effect.HOLD,))
    assert waiting.left == timedelta(seconds=270)


def test_a_short_gap_counts() -> None:
    state = watched(begun(), 30)
    assert state.elapsed(at(30) + GONE) == timedelta(seconds=30) + GONE


def test_it_waits_for_who_has_gone_away() -> None:
    state = begun(questions=5, left=timedelta(hours=1))
    now = START
    for _ in range(PATIENCE):
        while True:
            now += CLOCK_EVERY
            state, effects = step(state, Tick(now))
            if Effect.ASK in effects:
                state, _ = step(state, Asked(now, LIMIT))
            if Effect.EXPIRE in effects:
                break
    assert effects == (Effect.EXPIRE, Effect.HOLD)
    assert (state.phase, state.asking, state.position) == (Phase.PAUSED, False, PATIENCE)
    state, effects = step(state, Resume(now + timedelta(hours=2)))
    assert effects == (Effect.ASK,)
    assert (state.position, state.silent) == (PATIENCE + 1, 0)


@pytest.mark.parametrize("paused", [True, False])
def test_stopping_withdraws_the_open_question(paused: bool) -> None:
    state = begun()
    if paused:
        state, _ = step(state, Pause(at(5)))
    state, effects = step(state, Stop(at(9)))
    assert effects == (Effect.DROP, Effect.REPORT)
    assert (state.phase, state.ending) == (Phase.OVER, Ending.STOPPED)


def test_events_at_the_wrong_time_change_nothing() -> None:
    over, _ = step(begun(), Stop(at(9)))
    for event in (Begin(at(10)), Answered(at(10)), Tick(at(10)), Pause(at(10)), Resume(at(10))):
        assert step(over, event) == (over, ())
    assert step(begun(), Begin(at(1))) == (begun(), ())
    paused, _ = step(begun(), Pause(at(5)))
    assert step(paused, Pause(at(6))) == (paused, ())
    assert step(paused, Tick(at(6000))) == (paused, ())


class Clockwork(RuleBasedStateMachine):
    """Whatever happens in whatever order, at whatever intervals."""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.state = Interview(6, timedelta(minutes=12))
        self.asked = 0
        self.reports = 0
        self.uncovered = True
        self.do(Begin(self.now))

    def do(self, event: Event) -> None:
        before = self.state
        self.state, effects = step(self.state, event)
        assert self.state.left <= before.left
        assert self.state.position - before.position == effects.count(Effect.ASK)
        assert len(effects) == len(set(effects))
        if effects:
            assert before.phase is not Phase.OVER
        for effect in effects:
            self.obey(effect, event, before)

    def obey(self, effect: Effect, event: Event, before: Interview) -> None:
        if effect is Effect.ASK:
            assert not self.state.asking
            self.asked += 1
            self.state, _ = step(self.state, Asked(event.at, LIMIT))
        elif effect is Effect.REPORT:
            self.reports += 1
        elif effect in {Effect.EXPIRE, Effect.DROP}:
            assert before.asking
        elif effect is Effect.CLOCK:
            assert self.state.phase is Phase.RUNNING

    @rule(seconds=st.floats(0, 200))
    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    @rule()
    def look(self) -> None:
        self.do(Tick(self.now))

    @precondition(lambda self: self.state.in_time(self.now))
    @rule()
    def answer(self) -> None:
        self.do(Answered(self.now))

    @rule()
    def pause(self) -> None:
        self.do(Pause(self.now))

    @rule()
    def resume(self) -> None:
        self.do(Resume(self.now))

    @rule(surely=st.integers(0, 9))
    def stop(self, surely: int) -> None:
        if surely == 0:
            self.do(Stop(self.now))

    @invariant()
    def every_question_is_asked_once_and_there_is_one_report(self) -> None:
        assert self.asked == self.state.position <= self.state.questions
        assert self.reports == (self.state.phase is Phase.OVER)
        assert (self.state.ending is not None) == (self.state.phase is Phase.OVER)

    @invariant()
    def the_clock_runs_only_while_a_question_is_open(self) -> None:
        running = self.state.since is not None
        assert running == (self.state.phase is Phase.RUNNING and self.state.asking)
        assert (self.state.due() is None) == (not running)
        left, item_left = self.state.remaining(self.now)
        assert timedelta() <= item_left <= LIMIT
        assert timedelta() <= left <= timedelta(minutes=12)

    @invariant()
    def looking_when_it_is_due_leads_on(self) -> None:
        """Nobody can get stuck: after a look at the due moment, the next one is later."""
        due = self.state.due()
        if due is not None and due >= self.now:
            after, effects = step(self.state, Tick(due))
            later = after.due()
            assert later is None or later > due or Effect.EXPIRE in effects


TestClockwork = Clockwork.TestCase
TestClockwork.settings = settings(max_examples=200, stateful_step_count=40, deadline=None)


@pytest.mark.parametrize("kind", Kind)
@given(seed=st.integers(0, 10_000))
def test_slots_come_in_the_proportion_of_an_interview_loop(kind: Kind, seed: int) -> None:
    slots = plan_slots(kind, PLENTY, random.Random(seed))
    found = FORMATS[kind]
    assert len(slots) == found.questions
    forms = Counter(slot.form for slot in slots)
    assert forms[Form.STORY] == found.stories
    assert forms[Form.SAID] == found.said
    areas = Counter(slot.area_id for slot in slots)
    if kind is Kind.FULL:
        assert areas == Counter(dict.fromkeys(AREAS, 2) | {"programming": 4}) + Counter(
            ("statistics", "neural")
        )
    elif kind is Kind.QUICK:
        assert len(areas) == len(slots)
        assert {"programming", "statistics", "neural"} <= set(areas)
    else:
        assert areas["communication"] >= 2


@given(
    stock=st.dictionaries(
        st.sampled_from(AREAS),
        st.dictionaries(st.sampled_from(list(Form)), st.integers(0, 9)),
        max_size=10,
    ),
    kind=st.sampled_from(list(Kind)),
    seed=st.integers(0, 100),
)
def test_a_small_bank_gives_what_it_has(
    stock: Mapping[str, Mapping[Form, int]], kind: Kind, seed: int
) -> None:
    slots = plan_slots(kind, stock, random.Random(seed))
    asked = Counter(slot.area_id for slot in slots)
    stories = kind is Kind.BEHAVIOURAL
    room = {a: f.get(Form.STORY, 0) if stories else sum(f.values()) for a, f in stock.items()}
    assert all(count <= room[area] for area, count in asked.items())
    wanted = FORMATS[kind].questions
    assert len(slots) == min(wanted, sum(room.values()))


def test_neighbours_differ_in_area() -> None:
    slots = plan_slots(Kind.FULL, PLENTY, random.Random(1))
    assert all(one.area_id != other.area_id for one, other in pairwise(slots))


def prospect(name: str, **given: object) -> Prospect:
    usual: dict[str, object] = {"topic_id": name, "level": 3, "chance": 0.65, "rested": None}
    return Prospect(name, **(usual | given))  # type: ignore[arg-type]  # as in the test


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (prospect("a"), prospect("b", rested=9.0)),
        (prospect("a"), prospect("b", topic_id="used")),
        (prospect("a"), prospect("b", level=1)),
        (prospect("a"), prospect("b", level=5)),
        (prospect("a"), prospect("b", chance=0.9)),
        (prospect("a", rested=9.0), prospect("b", rested=2.0)),
        (prospect("a", level=5), prospect("b", topic_id="used")),
    ],
)
def test_the_better_question_is_chosen(better: Prospect, worse: Prospect) -> None:
    for seed in range(20):
        found = choose([worse, better], frozenset({"used"}), random.Random(seed))
        assert found == better


def test_without_prospects_there_is_nothing_to_choose() -> None:
    assert choose([], frozenset(), random.Random(1)) is None


def test_passing_takes_enough_overall_and_in_every_area() -> None:
    assert passed(0.7, [0.5, 0.9])
    assert not passed(0.69, [0.5, 0.9])
    assert not passed(0.9, [0.49, 1.0])


def test_slots_name_area_and_form() -> None:
    assert plan_slots(Kind.QUICK, {"signal": {Form.PRESSED: 1}}, random.Random(1)) == [
        Slot("signal", Form.PRESSED)
    ]
