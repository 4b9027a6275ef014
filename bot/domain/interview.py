"""The mock interview: what it asks about, and its clock as a machine.

`step(state, event) → (state, effects)` decides what happens; whoever calls it stores the state
and carries out the effects. The clock stands still while the interview is paused, and while no
process was there to watch it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.questions import BehaviouralItem, Item, KeywordItem
from bot.domain.scheduling import Dice, spread


class Kind(StrEnum):
    """The interviews on offer."""

    QUICK = "quick"
    FULL = "full"
    BEHAVIOURAL = "behavioural"


class Form(StrEnum):
    """How a question is answered."""

    PRESSED = "pressed"
    """With a letter, or with a number."""
    SAID = "said"
    """In a few sentences."""
    STORY = "story"
    """With a story from one's own work."""


@dataclass(frozen=True, slots=True)
class Format:
    """How many questions there are, how long they take together, and of which form."""

    questions: int
    time: timedelta
    said: int = 0
    stories: int = 0


FORMATS: Mapping[Kind, Format] = {
    Kind.QUICK: Format(8, timedelta(minutes=12), said=2),
    Kind.FULL: Format(24, timedelta(minutes=45), said=4, stories=1),
    Kind.BEHAVIOURAL: Format(5, timedelta(minutes=25), stories=5),
}
LOOP: Mapping[str, int] = {"programming": 4, "statistics": 3, "neural": 3}
"""How much of an interview loop each area takes; every other one takes `USUAL`."""
USUAL = 2
LEVELS = range(2, 5)
"""The difficulties that an interview asks for; harder and easier ones only for want of others."""
TARGET = 0.65
"""The chance of a right answer that a question should have, within these levels."""
JITTER = 0.1
"""How far chance may move a question within that order, so that interviews differ."""
PASS, PASS_AREA = 0.7, 0.5
"""The share of points, overall and in every area, that a certificate asks for."""

CLOCK_EVERY = timedelta(seconds=15)
"""How often the shown clock moves on."""
GONE = timedelta(seconds=60)
"""Where nobody has looked at a running clock for so long, it stood still."""
GRACE = timedelta(seconds=3)
"""What an answer may take on its way to us."""
PATIENCE = 2
"""After so many questions in a row without a sign of life, the interview waits."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One question of an interview, before it is known which."""

    area_id: str
    form: Form


@dataclass(frozen=True, slots=True)
class Prospect:
    """An item that may fill a slot; `rested` counts the days since the person last met it."""

    item_id: str
    topic_id: str
    level: int
    chance: float
    rested: float | None = None


class Phase(StrEnum):
    """Where an interview stands."""

    RUNNING = "running"
    PAUSED = "paused"
    OVER = "over"


class Ending(StrEnum):
    """Why an interview is over."""

    FINISHED = "finished"
    STOPPED = "stopped"
    TIME = "time"


class Effect(StrEnum):
    """What the caller has to do, in this order; all of it is about the question at `position`."""

    EXPIRE = "expire"
    """Its time is up: what has been written or ticked counts."""
    DROP = "drop"
    """It is withdrawn."""
    HOLD = "hold"
    """It is covered while the clock stands."""
    UNCOVER = "uncover"
    """It is shown again."""
    ASK = "ask"
    """It is chosen and asked; `Asked` follows."""
    CLOCK = "clock"
    """Its clock is shown anew."""
    REPORT = "report"
    """The interview is over."""


@dataclass(frozen=True, slots=True)
class Interview:
    """The state of an interview.

    `left` and `item_left` are what was left of the whole time and of the question's when the
    clock was started `since`; `seen` is when somebody last looked at it running. `asking` says
    whether the question at `position` is open. `silent` counts the questions in a row that ran
    out of time.
    """

    questions: int
    left: timedelta
    position: int = 0
    phase: Phase = Phase.RUNNING
    asking: bool = False
    item_left: timedelta = timedelta()
    since: datetime | None = None
    seen: datetime | None = None
    silent: int = 0
    ending: Ending | None = None

    def elapsed(self, at: datetime) -> timedelta:
        """How long the clock has been running by `at`; what nobody saw does not count."""
        if self.since is None or self.seen is None:
            return timedelta()
        until = self.seen if at - self.seen > GONE else at
        return max(until - self.since, timedelta())

    def remaining(self, at: datetime) -> tuple[timedelta, timedelta]:
        """What is left of the whole time, and of the question's."""
        gone = self.elapsed(at)
        return max(self.left - gone, timedelta()), max(self.item_left - gone, timedelta())

    def in_time(self, at: datetime) -> bool:
        """Whether an answer given at `at` counts."""
        allowed = min(self.left, self.item_left) + GRACE
        return self.phase is Phase.RUNNING and self.asking and self.elapsed(at) <= allowed

    def due(self) -> datetime | None:
        """When somebody has to look at it again; None while nothing can happen by itself."""
        if self.phase is not Phase.RUNNING or self.since is None or self.seen is None:
            return None
        out_of_time = self.since + min(self.left, self.item_left) + GRACE
        return min(self.seen + CLOCK_EVERY, max(out_of_time, self.seen))


@dataclass(frozen=True, slots=True)
class Begin:
    """The person starts."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """The question at `position` was put; it may take up to `limit`."""

    at: datetime
    limit: timedelta


@dataclass(frozen=True, slots=True)
class Answered:
    """The open question was answered or passed over, in time."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Tick:
    """Somebody looks at the clock."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Pause:
    """The person wants a break."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Resume:
    """The person goes on, or wants to see the question again."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Stop:
    """The person ends it."""

    at: datetime


Event = Begin | Asked | Answered | Tick | Pause | Resume | Stop
Outcome = tuple[Interview, tuple[Effect, ...]]


def step(state: Interview, event: Event) -> Outcome:
    """What `event` makes of the interview; what comes too late or too early changes nothing."""
    if state.phase is Phase.OVER:
        return state, ()
    match event:
        case Begin():
            outcome = _next(state) if state.position == 0 else (state, ())
        case Asked(at, limit):
            outcome = _asked(state, at, limit), ()
        case Answered(at):
            outcome = _next(_halted(state, at, silent=0)) if state.asking else (state, ())
        case Tick(at):
            outcome = _tick(state, at)
        case Pause(at):
            outcome = _pause(state, at)
        case Resume():
            outcome = _resume(state, event.at)
        case Stop(at):
            outcome = _stop(state, at)
    return outcome


def limit_of(item: Item) -> timedelta:
    """How long a question may take: half as much again as is fair, and half a minute to read."""
    return timedelta(seconds=round(1.5 * item.seconds + 30))


def form_of(item: Item) -> Form:
    """How the item is answered."""
    if isinstance(item, BehaviouralItem):
        return Form.STORY
    return Form.SAID if isinstance(item, KeywordItem) else Form.PRESSED


def plan_slots(kind: Kind, stock: Mapping[str, Mapping[Form, int]], dice: Dice) -> list[Slot]:
    """What an interview asks about, in order.

    Areas come in the proportion of an interview loop; stories from where there are most of them.
    `stock` counts the items by area and form. Fewer slots where the bank has not enough.
    """
    format_ = FORMATS[kind]
    if kind is Kind.BEHAVIOURAL:
        wanted = {area: forms.get(Form.STORY, 0) for area, forms in stock.items()}
        shares = _apportion(wanted, wanted, format_.stories, dice)
        return _mixed([Slot(a, Form.STORY) for a, count in shares.items() for _ in range(count)])
    room = {area: sum(forms.values()) for area, forms in stock.items()}
    weights = {area: LOOP.get(area, USUAL) for area in stock}
    shares = _apportion(weights, room, format_.questions, dice)
    pressed = [area for area, count in shares.items() for _ in range(count)]
    by_stories = sorted(stock, key=lambda area: -stock[area].get(Form.STORY, 0))
    slots = _taken(pressed, Form.STORY, format_.stories, by_stories, stock)
    by_chance = sorted(stock, key=lambda _: dice.random())
    slots += _taken(pressed, Form.SAID, format_.said, by_chance, stock)
    slots += [Slot(area, Form.PRESSED) for area in pressed]
    return _mixed(sorted(slots, key=lambda _: dice.random()))


def choose(
    prospects: Iterable[Prospect], used_topics: frozenset[str], dice: Dice
) -> Prospect | None:
    """The prospect that tells most: new to the person, of a new topic, and hard enough.

    Without new ones, that which the person has not met for longest.
    """

    def order(one: Prospect) -> tuple[bool, bool, bool, float]:
        fit = abs(one.chance - TARGET) + JITTER * dice.random()
        rank = fit if one.rested is None else -one.rested
        usual = one.level in LEVELS
        return one.rested is not None, one.topic_id in used_topics, not usual, rank

    return min(prospects, key=order, default=None)


def passed(overall: float, areas: Iterable[float]) -> bool:
    """Whether these shares of the points earn a certificate; of full interviews only."""
    return overall >= PASS and all(area >= PASS_AREA for area in areas)


def _next(state: Interview) -> Outcome:
    """The next question, or the end."""
    if state.left <= timedelta() and state.position > 0:
        return _over(state, Ending.TIME)
    if state.position >= state.questions:
        return _over(state, Ending.FINISHED)
    if state.silent >= PATIENCE:
        return replace(state, phase=Phase.PAUSED), (Effect.HOLD,)
    return replace(state, position=state.position + 1), (Effect.ASK,)


def _asked(state: Interview, at: datetime, limit: timedelta) -> Interview:
    return replace(
        state,
        phase=Phase.RUNNING,
        asking=True,
        item_left=min(limit, state.left),
        since=at,
        seen=at,
    )


def _halted(state: Interview, at: datetime, silent: int) -> Interview:
    """The question is over, and its time used."""
    left, _ = state.remaining(at)
    return replace(
        state,
        left=left,
        item_left=timedelta(),
        asking=False,
        since=None,
        seen=None,
        silent=silent,
        phase=Phase.RUNNING,
    )


def _tick(state: Interview, at: datetime) -> Outcome:
    if state.phase is not Phase.RUNNING or not state.asking or state.seen is None:
        return state, ()
    if at - state.seen > GONE:
        return _pause(state, at)
    if not state.in_time(at):
        after, effects = _next(_halted(state, at, silent=state.silent + 1))
        return after, (Effect.EXPIRE, *effects)
    return replace(state, seen=max(at, state.seen)), (Effect.CLOCK,)


def _pause(state: Interview, at: datetime) -> Outcome:
    if state.phase is not Phase.RUNNING or not state.asking:
        return state, ()
    left, item_left = state.remaining(at)
    held = replace(
        state, phase=Phase.PAUSED, left=left, item_left=item_left, since=None, seen=None
    )
    return held, (Effect.HOLD,)


def _resume(state: Interview, at: datetime) -> Outcome:
    if state.phase is Phase.RUNNING:
        return state, (Effect.UNCOVER,) if state.asking else ()
    if not state.asking:
        return _next(replace(state, phase=Phase.RUNNING, silent=0))
    going = replace(state, phase=Phase.RUNNING, since=at, seen=at, silent=0)
    return going, (Effect.UNCOVER,)


def _stop(state: Interview, at: datetime) -> Outcome:
    dropped = (Effect.DROP,) if state.asking else ()
    over, effects = _over(_halted(state, at, silent=0), Ending.STOPPED)
    return over, (*dropped, *effects)


def _over(state: Interview, ending: Ending) -> Outcome:
    return replace(state, phase=Phase.OVER, ending=ending), (Effect.REPORT,)


def _apportion(
    weights: Mapping[str, int], room: Mapping[str, int], seats: int, dice: Dice
) -> dict[str, int]:
    """Seats by weight (Sainte-Laguë, 1910), no more than there is room; chance breaks ties."""
    shares = {area: 0 for area in weights if weights[area] and room[area]}
    for _ in range(min(seats, sum(room[area] for area in shares))):
        open_ = [area for area in shares if shares[area] < room[area]]
        best = max(open_, key=lambda a: (weights[a] / (2 * shares[a] + 1), dice.random()))
        shares[best] += 1
    return shares


def _taken(
    pressed: list[str],
    form: Form,
    count: int,
    order: Sequence[str],
    stock: Mapping[str, Mapping[Form, int]],
) -> list[Slot]:
    """Turns up to `count` of the areas' questions into that form, one an area, in this order."""
    able = [area for area in order if stock[area].get(form, 0) and area in pressed][:count]
    for area in able:
        pressed.remove(area)
    return [Slot(area, form) for area in able]


def _mixed(slots: Sequence[Slot]) -> list[Slot]:
    """Neighbours differ in area as far as possible."""
    return spread(slots, lambda slot: slot.area_id, lambda slot: slot.form)
