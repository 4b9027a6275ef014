"""What buttons carry: a kind, an id and perhaps a place, in at most 64 bytes.

The payload comes back from outside and is never trusted: whatever does not decode is stale, and
services check whose attempt it is. It never tells which option is right.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

PAYLOAD_LIMIT = 64
"""Bytes that the Bot API allows for callback_data (InlineKeyboardButton)."""


class Kind(StrEnum):
    """What pressing the button asks for."""

    OPTION = "o"
    SUBMIT = "s"
    HINT = "h"
    SKIP = "k"
    STOP = "x"
    NEXT = "n"
    REPORT = "r"
    PRACTISE = "p"
    PICK_ZONE = "w"
    ZONE = "z"
    NOT_FINISHED = "d"
    FINISHED = "e"
    MODEL = "m"
    RATE = "q"
    FORGET = "f"
    KEEP = "g"
    MOCK = "a"
    PAUSE = "b"
    RESUME = "c"
    END = "j"
    REPORT_AGAIN = "t"
    PAST = "P"
    COMPARE = "u"
    REPLIES = "l"
    REPLY = "i"
    CERTIFICATE = "y"
    NAME = "v"
    THEME = "T"
    REMINDER = "R"
    SETTINGS = "S"
    DAILY = "D"
    JOIN = "J"
    START_QUIZ = "G"
    LISTING = "L"


_KINDS = frozenset(Kind)
_PAYLOAD = re.compile(r"(?P<kind>[A-Za-z]):(?P<id>[A-Za-z0-9_+/\-]{0,56})(?::(?P<place>\d{1,4}))?")


@dataclass(frozen=True, slots=True)
class Press:
    """A decoded payload; `id` is an attempt, an interview, a quiz, a scope or a zone, by kind."""

    kind: Kind
    id: str = ""
    place: int = -1


def encode(press: Press) -> str:
    """The payload for callback_data.

    Raises:
        ValueError: it would not fit, or would not come back as it was.
    """
    place = f":{press.place}" if press.place >= 0 else ""
    payload = f"{press.kind}:{press.id}{place}"
    if len(payload.encode()) > PAYLOAD_LIMIT or decode(payload) != press:
        raise ValueError(f"not a payload: {payload!r}")
    return payload


def decode(payload: str) -> Press | None:
    """What the payload asks for; `None` if it is none of ours."""
    match = _PAYLOAD.fullmatch(payload)
    if match is None or match["kind"] not in _KINDS:
        return None
    place = int(match["place"]) if match["place"] else -1
    return Press(Kind(match["kind"]), match["id"], place)
