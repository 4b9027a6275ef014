"""The words of a group quiz: what may happen to it, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Ending(StrEnum):
    """Why a quiz is over."""

    FINISHED = "finished"
    STOPPED = "stopped"
    DESERTED = "deserted"
    """All who played have left the group."""
    CALLED_OFF = "called_off"
    """It never began: nobody joined, or it was stopped in the lobby."""
    EXPELLED = "expelled"
    """The bot is no longer in the group, or the group is no more."""
    TOPIC_GONE = "topic_gone"
    """The topic was closed or deleted."""
    MUTED = "muted"
    """A round could not be sent, however often it was tried."""


class Trouble(StrEnum):
    """Why a round was not sent."""

    LOST = "lost"
    """The process that was sending it is gone."""
    MIGRATED = "migrated"
    """It went to the chat that the group was before; `Migrated` has been told."""
    FAILED = "failed"
    """After all repetitions, or for longer than can be waited for there."""
    NO_RIGHTS = "no_rights"
    REFUSED = "refused"
    """Telegram, or the bank as it is by now, does not have this question."""


class Reason(StrEnum):
    """Why a press or command changes nothing."""

    NOT_ALLOWED = "not_allowed"
    """Only the host and admins may."""
    NOBODY_JOINED = "nobody_joined"
    STARTED = "started"
    FULL = "full"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Round:
    """A round that was sent; its clock runs from `posted_at`. An open one has no `poll_id`."""

    position: int
    posted_at: datetime
    message_id: int
    poll_id: str | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody presses Join, or a team's button."""

    at: datetime
    person_id: int
    team: int | None = None


@dataclass(frozen=True, slots=True)
class PressStart:
    """Somebody presses Start."""

    at: datetime
    person_id: int | None
    admin: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """Somebody's first answer to that round was stored; it was in time (see `Quiz.takes`).

    `voters` are all whose answers to the round are stored, theirs among them.
    """

    at: datetime
    person_id: int
    position: int
    voters: Collection[int]


@dataclass(frozen=True, slots=True)
class Anonymous:
    """A chat (an anonymous admin, a channel) votes or answers."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Left:
    """Somebody has left the group; `voters` as in `Answered`."""

    at: datetime
    person_id: int
    voters: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """Somebody wants to end it; `voters` as in `Answered`."""

    at: datetime
    person_id: int | None
    admin: bool = False
    voters: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """Somebody looks at the clock."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Posted:
    """Telegram has answered, `at` that instant, that the round is in that chat.

    Votes that came before are told afterwards, by `Answered`.
    """

    at: datetime
    position: int
    chat_id: int
    message_id: int
    poll_id: str | None = None


@dataclass(frozen=True, slots=True)
class PostFailed:
    """The round was not sent, and should not be tried again before `wait` is over."""

    at: datetime
    position: int
    trouble: Trouble
    wait: timedelta = timedelta()


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group has become that supergroup; may be told more than once."""

    at: datetime
    chat_id: int


@dataclass(frozen=True, slots=True)
class Silenced:
    """Nothing can be said there any more: EXPELLED or TOPIC_GONE."""

    at: datetime
    ending: Ending


PeoplesEvent = Join | PressStart | Answered | Anonymous | Left | Stop
Event = PeoplesEvent | Tick | Posted | PostFailed | Migrated | Silenced


class Do(StrEnum):
    """What the caller has to do."""

    SHOW_LOBBY = "show_lobby"
    """As a new message."""
    EDIT_LOBBY = "edit_lobby"
    """Shown as it is now; without buttons once it is no lobby any more."""
    CALL_OFF = "call_off"
    """The lobby says that there will be no quiz."""
    EXPLAIN = "explain"
    """That answers in a chat's name do not count."""
    PODIUM = "podium"
    """The last message."""


@dataclass(frozen=True, slots=True)
class Post:
    """Send this round, in the quiz's chat and topic; `Posted` or `PostFailed` follows."""

    position: int


@dataclass(frozen=True, slots=True)
class Close:
    """Score its answers; if `early`, the poll is still open and has to be stopped."""

    round: Round
    early: bool


@dataclass(frozen=True, slots=True)
class Drop:
    """Its answers do not count, and its poll is stopped if it is still open."""

    round: Round


@dataclass(frozen=True, slots=True)
class Standing:
    """Show how things stand after this round."""

    position: int


@dataclass(frozen=True, slots=True)
class Discard:
    """Delete a round that nobody waits for any more."""

    chat_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class Refuse:
    """Tell the person why nothing happens."""

    reason: Reason


Effect = Do | Post | Close | Drop | Standing | Discard | Refuse
