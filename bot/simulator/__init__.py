"""A strict, stateful Bot API server on loopback, with people to talk to the bot.

It speaks Bot API 10.0 and refuses, with the same words, what the official server refuses.
"""

from __future__ import annotations

from bot.simulator.clock import Clock, ManualClock
from bot.simulator.errors import ApiError, PersonError
from bot.simulator.flood import Flood
from bot.simulator.groups import Group
from bot.simulator.people import Person, Press, Seat
from bot.simulator.server import DEFAULT_TOKEN, Simulator
from bot.simulator.sights import Answer, Seen

__all__ = [
    "DEFAULT_TOKEN",
    "Answer",
    "ApiError",
    "Clock",
    "Flood",
    "Group",
    "ManualClock",
    "Person",
    "PersonError",
    "Press",
    "Seat",
    "Seen",
    "Simulator",
]
