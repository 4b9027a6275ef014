"""The sweep of reminders: what is due is claimed one at a time and sent when its turn has come."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from telegram.error import TelegramError

from bot.chat import reminder_views
from bot.chat.handlers import weekly
from bot.chat.house import House
from bot.chat.spot import Spot
from bot.domain.reminders import Kind
from bot.services.reminders import Due, Reminder
from bot.transport.api import Lane
from bot.transport.failures import ChatRefusal

WORKERS = 60
"""So many wait for their turn, or for Telegram's answer, at a time."""
AMOUNT = 20_000
"""So many are looked at in one go, the longest due first."""
SWEEP_EVERY = 1.0
BUSY_EVERY = 5.0
"""Seconds between two looks while hundreds wait; a new one would have to wait, too."""
BUSY = 500
TRY_AGAIN = 10.0
"""Seconds until one whose turn ended in an error is looked at again."""
GRACE = 2.0
"""Seconds in which what has been claimed may still be sent when the program stops."""

Tell = Callable[[House, Reminder], Awaitable[None]]

_LOG = logging.getLogger(__name__)


async def remind(house: House, reminder: Reminder) -> None:
    """Sends a reminder, whose turn has come, in the lane of what nobody waits for."""
    texts = house.library.texts(reminder.who.language)
    now = house.clock.now()
    screen = reminder_views.reminder(texts, reminder, house.streak_rules, now)
    spot = Spot(house, reminder.who.chat_id)
    await spot.send(screen, lane=Lane.BROADCAST, turn_taken=True)


async def tell_week(house: House, reminder: Reminder) -> None:
    """Sends the week's summary, if there is anything to sum up."""
    await weekly.send(house, reminder.who, house.clock.now(), turn_taken=True)


TELL: Mapping[Kind, Tell] = {
    Kind.DAILY: remind,
    Kind.SNOOZED: remind,
    Kind.LAST_CALL: remind,
    Kind.WEEKLY: tell_week,
}
"""How each kind is told; one without a way is claimed and not sent."""


class Reminding:
    """Looks for what is due, and sees to it.

    A claim is made after the turn to send has come, just before the sending: what is waiting may
    still be answered, turned off or claimed by another process, and a crash loses next to none.
    """

    def __init__(self, house: House, tell: Mapping[Kind, Tell] = TELL) -> None:
        self._house = house
        self._tell = tell
        self._waiting: asyncio.Queue[Due] = asyncio.Queue()
        self._noticed: set[tuple[int, Kind]] = set()

    @property
    def pause(self) -> float:
        """Seconds until the next look."""
        return BUSY_EVERY if self._waiting.qsize() >= BUSY else SWEEP_EVERY

    async def notice(self) -> None:
        """Queues what has become due."""
        now = self._house.clock.now()
        for due in await self._house.services.reminders.due(now, AMOUNT):
            key = due.person_id, due.kind
            if key not in self._noticed:
                self._noticed.add(key)
                self._waiting.put_nowait(due)

    async def work(self) -> None:
        """Sees to what is queued, for ever."""
        async with asyncio.TaskGroup() as group:
            for _ in range(WORKERS):
                group.create_task(self._work())

    async def _work(self) -> None:
        while True:
            due = await self._waiting.get()
            key = due.person_id, due.kind
            try:
                await self._see_to(due)
            except Exception:  # noqa: BLE001 — one that fails must not keep back the others
                _LOG.exception("a reminder has to wait")
                asyncio.get_running_loop().call_later(TRY_AGAIN, self._noticed.discard, key)
            else:
                self._noticed.discard(key)

    async def _see_to(self, due: Due) -> None:
        house = self._house
        if await house.services.reminders.settle(due, house.clock.now()):
            await house.api.turn(due.person_id, Lane.BROADCAST)
            await _to_the_end(self._send(due))

    async def _send(self, due: Due) -> None:
        house = self._house
        reminder = await house.services.reminders.claim(due, house.clock.now())
        tell = self._tell.get(due.kind)
        if reminder is None or tell is None:
            return
        try:
            await tell(house, reminder)
        except ChatRefusal as refusal:
            _LOG.info("a reminder cannot be sent, nor will others be: %s", refusal.reason)
            await house.services.people.set_unreachable(due.person_id)
        except TelegramError as error:
            # It was perhaps delivered; better never than twice.
            _LOG.warning("a reminder was not delivered: %s", error)


async def _to_the_end(work: Awaitable[None]) -> None:
    """Does `work` although the program stops meanwhile, if it does not take long."""
    job = asyncio.ensure_future(work)
    try:
        await asyncio.shield(job)
    except asyncio.CancelledError:
        await asyncio.wait({job}, timeout=GRACE)
        job.cancel()
        raise
