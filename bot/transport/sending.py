"""The words of sending: what a message may come with, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from bot.transport.schedule import Lane

Keyboard = Mapping[str, Any]
"""An InlineKeyboardMarkup as the Bot API's JSON: `{"inline_keyboard": [[{"text": …}, …], …]}`."""


class Options(TypedDict, total=False):
    """What a message may come with; each is a keyword argument of the methods of `Api`.

    Attributes:
        keyboard: Buttons below it, or below the last message if the text needs several.
        thread_id: The forum topic; None for none and for General.
        reply_to: The message that it answers; if that is gone, it answers none.
        silent: Whether to deliver it without a sound.
        lane: PEOPLE, the default, or BROADCAST.
        turn_taken: Whether the caller has waited for this message's turn already (`Caller.turn`).
    """

    keyboard: Keyboard | None
    thread_id: int | None
    reply_to: int | None
    silent: bool
    lane: Lane
    turn_taken: bool


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to send."""

    name: str
    content: bytes
    mime_type: str = "application/octet-stream"


class Edit(Enum):
    """What became of an edit."""

    EDITED = "edited"
    UNCHANGED = "unchanged"
    """The message looked like that already."""
    GONE = "gone"
    """The message was deleted or cannot be changed any more; say it in a new one."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A photo or document in a chat; `file_id` sends it again without an upload."""

    message_id: int
    file_id: str


@dataclass(frozen=True, slots=True)
class SentPoll:
    """A poll in a chat; `option_ids` are the persistent ids of its options, in order."""

    message_id: int
    poll_id: str
    option_ids: tuple[str, ...]
