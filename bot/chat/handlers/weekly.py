"""The weekly summary, which comes by itself to who has asked for it."""

from __future__ import annotations

from datetime import datetime

from bot.chat.house import House
from bot.chat.spot import Spot
from bot.chat.weekly_views import weekly_screen
from bot.services.results import Who
from bot.transport.api import Lane


async def send(house: House, who: Who, now: datetime, *, turn_taken: bool = False) -> bool:
    """Sends the summary of the week up to `now`; `False` for a week without any answer.

    Behind everything that people wait for. `turn_taken` says that the caller has waited for this
    message's turn.

    Raises:
        ChatRefusal: nobody can be told there.
        TelegramError: it was perhaps not sent.
    """
    week = await house.services.progress.week(who, now)
    if week is None:
        return False
    screen = weekly_screen(house.library.texts(who.language), week)
    spot = Spot(house, who.chat_id)
    await spot.send(screen, lane=Lane.BROADCAST, turn_taken=turn_taken)
    return True
