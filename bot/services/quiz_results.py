"""What the services of group quizzes hand to the chat: what is to be said, and all about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.group_quiz import Quiz
from bot.domain.quiz_events import Round
from bot.domain.quiz_scores import Best, Line, Player, TeamLine
from bot.services.results import Playable


class Say(StrEnum):
    """What is to be said; the names are kept in the database."""

    LOBBY = "lobby"
    EDIT_LOBBY = "edit_lobby"
    CALL_OFF = "call_off"
    EXPLAIN = "explain"
    POST = "post"
    CLOSE = "close"
    STOP_POLL = "stop_poll"
    """The poll is still open, and the round is over."""
    DROP = "drop"
    STANDING = "standing"
    WORST = "worst"
    PODIUM = "podium"
    RESULT = "result"
    DISCARD = "discard"


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote as it comes in; option ids are Telegram's own, `places` the older numbers."""

    poll_id: str
    person_id: int
    name: str
    language: str
    option_ids: tuple[str, ...]
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quiz is: a chat, and a topic of it."""

    chat_id: int
    thread_id: int | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What `/quiz` asks for; `scope` as people call it."""

    scope: str = ""
    rounds: int = 0
    seconds: int = 0
    teams: int = 0


@dataclass(frozen=True, slots=True)
class Opened:
    """A quiz whose lobby is to be shown; `new` unless the same update opened it before."""

    quiz_id: str
    new: bool = True


@dataclass(frozen=True, slots=True)
class Asked:
    """What a round asks; `order[place]` is the option's index in the item."""

    position: int
    rounds: int
    item: Playable
    order: tuple[int, ...]
    area: str
    topic: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Told:
    """An answer to an open round, as it was scored."""

    person_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Score:
    """How things stand; `lines` hold everybody who joined, best first.

    `answered` and `right` count the answers to the round that was scored last.
    """

    lines: tuple[Line, ...]
    teams: tuple[TeamLine, ...]
    best: tuple[Best, ...]
    answered: int
    right: int


@dataclass(frozen=True, slots=True)
class Scene:
    """A quiz as it is now, and where."""

    quiz_id: str
    place: Place
    language: str
    title: str
    state: Quiz
    names: Mapping[int, str]
    lobby_message_id: int | None
    areas: Mapping[str, str]

    def name_of(self, person_id: int) -> str:
        """What the group calls them; empty where it cannot be shown."""
        return self.names.get(person_id, "")

    def players_of(self, team: int) -> tuple[Player, ...]:
        """The members of a team."""
        return tuple(one for one in self.state.players if one.team == team)


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to be said; what it needs is there, by `say`."""

    number: int
    say: Say
    position: int
    tries: int
    scene: Scene
    chat_id: int | None = None
    message_id: int | None = None
    person_id: int | None = None
    asked: Asked | None = None
    round: Round | None = None
    score: Score | None = None
    answers: tuple[Told, ...] = ()
    missed: int = 0
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Posted:
    """A round that is in the chat: where, as which message, by which poll."""

    at: datetime
    chat_id: int
    message_id: int
    poll_id: str | None = None
    option_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One line of a leaderboard."""

    name: str
    points: int


@dataclass(frozen=True, slots=True)
class GroupBoard:
    """A group's leaderboard: the last seven days, and all time."""

    week: tuple[BoardLine, ...]
    ever: tuple[BoardLine, ...]


@dataclass(frozen=True, slots=True)
class CompanionBoard:
    """Those who share a group with a person and want to be seen; `listed` if the person does."""

    lines: tuple[BoardLine, ...]
    listed: bool
