"""The daily question in the private chat."""

from __future__ import annotations

from datetime import date

from bot.chat import daily_views, views
from bot.chat.context import Turn
from bot.chat.handlers.practice import present
from bot.chat.screen import Screen
from bot.domain.errors import Stale
from bot.services.results import DailyOutcome


async def daily(turn: Turn) -> None:
    """`/daily`: today's question, or how it went."""
    await begin(turn)


async def daily_pressed(turn: Turn) -> None:
    """A button that asks for today's question, or for that of an earlier date."""
    await begin(turn, _day(turn.pressed().id))


async def begin(turn: Turn, day: date | None = None) -> None:
    """Shows the question of `day`, today's without one."""
    service = turn.house.services.daily
    if day is None:
        result = await service.today(turn.who, turn.what)
    else:
        result = await service.earlier(turn.who, turn.what, day)
    if isinstance(result, DailyOutcome):
        await turn.beside_answer(turn.send(_outcome(turn, result)))
    else:
        await turn.beside_answer(present(turn, result))


def _day(text: str) -> date | None:
    """The date in a payload; None without one.

    Raises:
        Stale: it is no date.
    """
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Stale from None


def _outcome(turn: Turn, result: DailyOutcome) -> Screen:
    shown = result.shown
    recap = views.recapped(turn.texts, shown) if shown else None
    key = views.key_of(shown) if shown else ""
    return daily_views.outcome(turn.texts, result, turn.what.now, recap, key)
