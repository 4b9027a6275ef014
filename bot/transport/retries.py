"""When a failed call is worth another try, and how long to wait before it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.transport.failures import OutcomeUnknownError, UndeliveredError
from bot.transport.schedule import Lane, is_group

if TYPE_CHECKING:
    from telegram.error import TelegramError

    from bot.transport.failures import ChatId

Dice = Callable[[], float]
"""Draws from [0, 1), as `random.random` does."""

_MAKES_MESSAGES = ("send", "copy", "forward")
_ONCE_IS_LIKE_TWICE = ("edit", "answer", "delete", "get", "set", "pin", "unpin", "stop", "leave")


@dataclass(frozen=True, slots=True)
class Backoff:
    """Exponential backoff: `len(seconds)` more tries, each wait up to a fifth longer or shorter.

    With the defaults a call is given up after some 12 to 18 seconds of failing at once.
    """

    seconds: tuple[float, ...] = (0.5, 1.5, 4.5, 8.0)
    patience: float = 20.0
    """No try begins when this much time has passed, however slow the failures were."""

    def waits(self, dice: Dice) -> Iterator[float]:
        """The waits between the tries, in seconds."""
        return (wait * (0.8 + 0.4 * dice()) for wait in self.seconds)


def flood_jitter(dice: Dice) -> float:
    """Seconds on top of what a 429 names, so that the waiting do not come back at one instant."""
    return 0.1 + 0.4 * dice()


def makes_messages(method: str) -> bool:
    """Whether the method puts a message into a chat."""
    return method.startswith(_MAKES_MESSAGES) and method != "sendChatAction"


def is_paced(method: str, chat: ChatId) -> bool:
    """Whether Telegram's flood limits count this call; in groups they count edits too."""
    return makes_messages(method) or (is_group(chat) and method.startswith("edit"))


def worth_repeating(error: TelegramError, method: str, lane: Lane) -> bool:
    """Whether to try again after this failure.

    A call that was perhaps carried out is repeated if twice is no more than once, as with an
    edit, or if a person waits for it: better twice than never. A broadcast is better never than
    twice.
    """
    if isinstance(error, OutcomeUnknownError):
        return lane is Lane.PEOPLE or method.startswith(_ONCE_IS_LIKE_TWICE)
    return isinstance(error, UndeliveredError)
