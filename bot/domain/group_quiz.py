"""The group quiz: lobby, rounds and podium as a machine.

`step(state, event) → (state, effects)` decides what happens; whoever calls it stores the state
and carries out the effects, in their order. Answers are kept outside the state, one row each,
and scored when their round closes (see `quiz_scores`): the machine only needs to know whether
everybody has given theirs. Nothing is remembered but the state, so a restart changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

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
    PeoplesEvent,
    Post,
    Posted,
    PostFailed,
    PressStart,
    Reason,
    Refuse,
    Round,
    Silenced,
    Standing,
    Stop,
    Tick,
    Trouble,
)
from bot.domain.quiz_plan import Slot
from bot.domain.quiz_scores import Player

ROUNDS, SECONDS, TEAMS = range(1, 51), range(5, 601), range(2, 5)
"""How many rounds there may be, of how many seconds, and how many teams."""
USUAL_ROUNDS, USUAL_SECONDS = 10, 30
MOST_PLAYERS = 200

LOBBY = timedelta(seconds=60)
"""How long people may join before it starts by itself."""
LOBBY_EVERY = timedelta(seconds=3)
"""How often the lobby is shown anew; in groups, edits count as messages."""
PAUSE = timedelta(seconds=3)
"""Between a standing and the next round."""
GRACE = timedelta(seconds=1)
"""What a vote may take on its way to us."""
AWAY = timedelta(seconds=2)
"""Where something is overdue by more, nobody was there to receive votes and presses …"""
CATCH_UP = timedelta(seconds=3)
"""… and those that are waiting get so long to come in."""
PATIENCE = timedelta(seconds=90)
"""A round that was to be sent and was not heard of for so long is sent again."""
WAITS = (timedelta(seconds=5), timedelta(seconds=15), timedelta(seconds=45))
"""How long to wait after each try to send a round before the next one; then the quiz is over."""


class Phase(StrEnum):
    """Where a quiz stands."""

    LOBBY = "lobby"
    ASKING = "asking"
    """The round at `position` is being sent, or about to be sent again."""
    RUNNING = "running"
    """It can be answered."""
    STANDING = "standing"
    """It is over."""
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Quiz:
    """The state of a quiz.

    It goes on by itself at `until`. Rounds count from 1; `played` are those that counted, and
    `round` is there while one can be answered. `host_id` is None where an anonymous admin called
    for the quiz; `teams` is 0 where everybody plays alone. `lobby_at` is when the lobby was last
    edited, `lobby_stale` whether it has changed since.
    """

    chat_id: int
    host_id: int | None
    slots: tuple[Slot, ...]
    limit: timedelta
    until: datetime
    lobby_at: datetime
    lobby_stale: bool = False
    teams: int = 0
    phase: Phase = Phase.LOBBY
    players: tuple[Player, ...] = ()
    position: int = 0
    round: Round | None = None
    played: int = 0
    tries: int = 0
    caught_up: bool = False
    explained: bool = False
    ending: Ending | None = None

    @property
    def slot(self) -> Slot:
        """What the round at `position` asks."""
        return self.slots[self.position - 1]

    @property
    def here(self) -> frozenset[int]:
        """Those who joined and have not left the group."""
        return frozenset(one.person_id for one in self.players if one.here)

    def due(self) -> datetime | None:
        """When somebody has to look at it; None once it is over."""
        if self.phase is Phase.OVER:
            return None
        return min(self.until, self.lobby_at + LOBBY_EVERY) if self.lobby_stale else self.until

    def allows(self, person_id: int | None, *, admin: bool) -> bool:
        """Whether they may start and stop it."""
        return admin or (person_id is not None and person_id == self.host_id)

    def takes(self, position: int, at: datetime) -> bool:
        """Whether an answer to that round, given `at`, counts.

        Until a round is closed every vote does, since Telegram takes none when time is up; a
        reply has to be in time.
        """
        if self.round is None or self.round.position != position:
            return False
        return not self.slot.is_open or at <= self.round.posted_at + self.limit + GRACE

    def unmoved_by(self, person_id: int, answers: int) -> bool:
        """Whether their answer is one more row, and no step; `answers` of the round are stored."""
        return person_id in self.here and answers < len(self.here)


Outcome = tuple[Quiz, tuple[Effect, ...]]


def open_lobby(
    chat_id: int,
    host_id: int | None,
    slots: tuple[Slot, ...],
    limit: timedelta,
    at: datetime,
    teams: int = 0,
) -> Outcome:
    """A new quiz. `host_id` is None for an anonymous admin; `teams` is 0 or one of `TEAMS`.

    Raises:
        ValueError: There is nothing to ask, or not this many teams.
    """
    if not slots or (teams and teams not in TEAMS):
        raise ValueError(f"no quiz of {len(slots)} rounds and {teams} teams")
    never = at - LOBBY_EVERY
    quiz = Quiz(chat_id, host_id, slots, limit, until=at + LOBBY, lobby_at=never, teams=teams)
    return quiz, (Do.SHOW_LOBBY,)


def step(state: Quiz, event: Event) -> Outcome:
    """What `event` makes of the quiz; one that comes too late or too early changes nothing."""
    if state.phase is Phase.OVER:
        return state, _afterwards(event)
    if isinstance(event, PeoplesEvent):
        return _by_people(state, event)
    return _by_events(state, event)


def _afterwards(event: Event) -> tuple[Effect, ...]:
    """What is to be done about an event when everything is over."""
    match event:
        case Join() | PressStart() | Stop():
            return (Refuse(Reason.OVER),)
        case Posted():
            return (Discard(event.chat_id, event.message_id),)
        case _:
            return ()


def _by_people(state: Quiz, event: PeoplesEvent) -> Outcome:
    match event:
        case Join():
            return _join(state, event)
        case PressStart():
            return _start(state, event)
        case Answered():
            return _answered(state, event)
        case Anonymous():
            told = () if state.explained else (Do.EXPLAIN,)
            return replace(state, explained=True), told
        case Left():
            return _left(state, event)
        case Stop():
            return _stop(state, event)


def _by_events(state: Quiz, event: Tick | Posted | PostFailed | Migrated | Silenced) -> Outcome:
    match event:
        case Tick(at):
            return _tick(state, at)
        case Posted():
            return _posted(state, event)
        case PostFailed():
            return _failed(state, event)
        case Migrated(at, chat_id):
            return _migrated(state, at, chat_id)
        case Silenced(_, ending):
            return _over(state, ending), ()


def _join(state: Quiz, event: Join) -> Outcome:
    joined = _with(state, event.person_id, event.team)
    if joined is None:
        return state, (Refuse(Reason.FULL),)
    if joined == state or state.phase is not Phase.LOBBY:
        return joined, ()
    return _lobby_changed(joined, event.at)


def _start(state: Quiz, event: PressStart) -> Outcome:
    if state.phase is not Phase.LOBBY:
        return state, (Refuse(Reason.STARTED),)
    if not state.allows(event.person_id, admin=event.admin):
        return state, (Refuse(Reason.NOT_ALLOWED),)
    if not state.players:
        return state, (Refuse(Reason.NOBODY_JOINED),)
    return _begin(state, event.at)


def _answered(state: Quiz, event: Answered) -> Outcome:
    if not state.takes(event.position, event.at):
        return state, ()
    joined = _with(state, event.person_id)
    if joined is None:
        return state, (Refuse(Reason.FULL),)
    return _close_if_all(joined, event.at, event.voters)


def _left(state: Quiz, event: Left) -> Outcome:
    if event.person_id not in state.here:
        return state, ()
    if state.phase is Phase.LOBBY:
        rest = tuple(one for one in state.players if one.person_id != event.person_id)
        return _lobby_changed(replace(state, players=rest), event.at)
    players = tuple(
        replace(one, here=False) if one.person_id == event.person_id else one
        for one in state.players
    )
    after = replace(state, players=players)
    if not after.here:
        return _broken_off(after, Ending.DESERTED, event.voters)
    return _close_if_all(after, event.at, event.voters)


def _stop(state: Quiz, event: Stop) -> Outcome:
    if not state.allows(event.person_id, admin=event.admin):
        return state, (Refuse(Reason.NOT_ALLOWED),)
    if state.phase is Phase.LOBBY:
        return _called_off(state)
    return _broken_off(state, Ending.STOPPED, event.voters)


def _tick(state: Quiz, at: datetime) -> Outcome:
    if at < state.until:
        stale = state.lobby_stale and at >= state.lobby_at + LOBBY_EVERY
        return _lobby_changed(state, at) if stale else (state, ())
    if _missed_something(state, at):
        return replace(state, until=at + CATCH_UP, caught_up=True, lobby_stale=False), ()
    match state.phase:
        case Phase.LOBBY:
            return _begin(state, at) if state.players else _called_off(state)
        case Phase.ASKING:
            return _post(state, at)
        case Phase.RUNNING:
            return _close(state, at, early=False)
        case _:
            return _next(state, at)


def _missed_something(state: Quiz, at: datetime) -> bool:
    """Whether what came in while nobody was there may matter, and is still to be heard."""
    waiting = state.phase is Phase.RUNNING or (state.phase is Phase.LOBBY and not state.players)
    return waiting and not state.caught_up and at - state.until > AWAY


def _posted(state: Quiz, event: Posted) -> Outcome:
    if state.phase is not Phase.ASKING or event.position != state.position:
        return state, (Discard(event.chat_id, event.message_id),)
    if event.chat_id != state.chat_id:  # the group moved on while it was being sent
        return _post(state, event.at)
    round_ = Round(event.position, event.at, event.message_id, event.poll_id)
    running = replace(
        state,
        phase=Phase.RUNNING,
        round=round_,
        until=event.at + state.limit + GRACE,
        caught_up=False,
    )
    return running, ()


def _failed(state: Quiz, event: PostFailed) -> Outcome:
    if state.phase is not Phase.ASKING or event.position != state.position:
        return state, ()
    match event.trouble:
        case Trouble.REFUSED:
            return _next(state, event.at)
        case Trouble.LOST | Trouble.MIGRATED:
            return _post(state, event.at)
        case Trouble.FAILED | Trouble.NO_RIGHTS if state.tries > len(WAITS):
            return _over(state, Ending.MUTED), ()
        case Trouble.FAILED | Trouble.NO_RIGHTS:
            wait = max(WAITS[state.tries - 1], event.wait)
            return replace(state, until=event.at + wait), ()


def _migrated(state: Quiz, at: datetime, chat_id: int) -> Outcome:
    if chat_id == state.chat_id:
        return state, ()
    moved = replace(state, chat_id=chat_id)
    match state.phase:
        case Phase.LOBBY:
            return replace(moved, lobby_at=at, lobby_stale=False), (Do.SHOW_LOBBY,)
        case Phase.RUNNING:
            dropped, effects = _drop(moved)
            return replace(dropped, phase=Phase.STANDING, until=at + PAUSE), effects
        case _:
            return moved, ()


def _begin(state: Quiz, at: datetime) -> Outcome:
    after, effects = _next(replace(state, lobby_stale=False), at)
    return after, (*effects, Do.EDIT_LOBBY)


def _next(state: Quiz, at: datetime) -> Outcome:
    """The next round, or the podium."""
    if state.position >= len(state.slots):
        return _over(state, Ending.FINISHED), (Do.PODIUM,)
    return _post(replace(state, position=state.position + 1, tries=0), at)


def _post(state: Quiz, at: datetime) -> Outcome:
    """Has the round sent, unless that was tried often enough."""
    if state.tries > len(WAITS):
        return _over(state, Ending.MUTED), ()
    tries = state.tries + 1
    asking = replace(state, phase=Phase.ASKING, tries=tries, until=at + PATIENCE)
    return asking, (Post(state.position),)


def _close_if_all(state: Quiz, at: datetime, voters: Collection[int]) -> Outcome:
    """The round ends when nobody is left to wait for."""
    if state.phase is Phase.RUNNING and state.here <= frozenset(voters):
        return _close(state, at, early=True)
    return state, ()


def _close(state: Quiz, at: datetime, *, early: bool) -> Outcome:
    closed, effects = _score(state, early=early)
    effects = (*effects, Standing(state.position))
    if state.position >= len(state.slots):
        return _over(closed, Ending.FINISHED), (*effects, Do.PODIUM)
    return replace(closed, phase=Phase.STANDING, until=at + PAUSE), effects


def _broken_off(state: Quiz, ending: Ending, voters: Collection[int]) -> Outcome:
    """The end before its time; a round that somebody has answered still counts."""
    ended, effects = _score(state, early=True) if voters else _drop(state)
    return _over(ended, ending), (*effects, Do.PODIUM)


def _score(state: Quiz, *, early: bool) -> Outcome:
    if state.round is None:
        return state, ()
    return replace(state, round=None, played=state.played + 1), (Close(state.round, early),)


def _drop(state: Quiz) -> Outcome:
    if state.round is None:
        return state, ()
    return replace(state, round=None), (Drop(state.round),)


def _over(state: Quiz, ending: Ending) -> Quiz:
    return replace(state, phase=Phase.OVER, round=None, ending=ending)


def _called_off(state: Quiz) -> Outcome:
    return _over(state, Ending.CALLED_OFF), (Do.CALL_OFF,)


def _lobby_changed(state: Quiz, at: datetime) -> Outcome:
    """Shows the lobby anew, or lets it wait a little."""
    if at < state.lobby_at + LOBBY_EVERY:
        return replace(state, lobby_stale=True), ()
    return replace(state, lobby_at=at, lobby_stale=False), (Do.EDIT_LOBBY,)


def _with(state: Quiz, person_id: int, team: int | None = None) -> Quiz | None:
    """With them among the players, and in that team if it is not too late; None if it is full.

    Whoever names no team gets into the smallest.
    """
    wanted = team if team is not None and 0 <= team < state.teams else None
    known = next((one for one in state.players if one.person_id == person_id), None)
    if known is None:
        if len(state.players) >= MOST_PLAYERS:
            return None
        player = Player(person_id, _smallest_team(state) if wanted is None else wanted)
        return replace(state, players=(*state.players, player))
    may_change = wanted is not None and state.phase is Phase.LOBBY
    after = replace(known, here=True, team=wanted if may_change else known.team)
    return replace(state, players=tuple(after if one is known else one for one in state.players))


def _smallest_team(state: Quiz) -> int | None:
    sizes = Counter(one.team for one in state.players)
    return min(range(state.teams), key=lambda team: sizes[team], default=None)
