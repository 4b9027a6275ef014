"""Long polling: nothing is confirmed before it is finished, nothing is lost, nothing spins."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

import pytest
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError

from bot.transport.dispatch import Dispatcher, Json, Outage
from bot.transport.failures import FloodWait
from bot.transport.polling import (
    BACKOFF_CAP,
    CONFLICT_GRACE,
    LINGER,
    PARK_AFTER,
    PARK_AFTER_IF_FULL,
    WINDOW,
    ConflictPersists,
    Polling,
    TokenRefused,
)
from tests.transport.fakes import FakeClock
from tests.transport.test_dispatch import Recorder, said


class FakeTelegram:
    """A queue of updates that confirms by offset, as getUpdates does."""

    def __init__(self) -> None:
        self.queue: list[Json] = []
        self.polls: list[tuple[int | None, int]] = []
        self.failures: list[TelegramError] = []
        self.webhook_deleted = 0
        self._new = asyncio.Event()

    def push(self, *updates: Json) -> None:
        self.queue.extend(updates)
        self._new.set()

    async def get_updates(self, offset: int | None, seconds: int, limit: int) -> Sequence[Json]:
        self.polls.append((offset, seconds))
        if self.failures:
            raise self.failures.pop(0)
        if offset is not None:
            self.queue = [update for update in self.queue if update["update_id"] >= offset]
        if not self.queue and seconds:
            self._new.clear()
            await self._new.wait()
        return self.queue[:limit]

    async def delete_webhook(self) -> None:
        self.webhook_deleted += 1

    @property
    def pending(self) -> list[int]:
        return [update["update_id"] for update in self.queue]


class FakeParking:
    """A database of parked updates."""

    def __init__(self) -> None:
        self.rows: dict[int, Json] = {}
        self.broken = False

    async def park(self, raw: Json) -> None:
        if self.broken:
            raise Outage("disk full")
        self.rows[raw["update_id"]] = raw

    async def unpark(self, update_id: int) -> None:
        self.rows.pop(update_id, None)

    async def parked(self) -> Sequence[Json]:
        return list(self.rows.values())


class House:
    """Polling with everything around it faked."""

    def __init__(self) -> None:
        self.telegram = FakeTelegram()
        self.receiver = Recorder()
        self.parking = FakeParking()
        self.clock = FakeClock(jumps=True)
        self.dispatcher = Dispatcher(self.receiver, self.clock)
        self.polling = Polling(self.telegram, self.dispatcher, self.parking, self.clock)
        self.running: asyncio.Task[None] | None = None

    async def __aenter__(self) -> House:
        self.running = asyncio.create_task(self.polling.run())
        return self

    async def __aexit__(self, *_: object) -> None:
        self.polling.stop()
        await self.dispatcher.close(within=0.05)
        if self.running and not self.running.done():
            await self.running

    async def until(self, condition: Callable[[], bool]) -> None:
        """Waits until `condition()` holds; a test that waits in vain fails."""
        async with asyncio.timeout(5):
            while not condition():  # noqa: ASYNC110 — whatever comes next may fulfil it
                await asyncio.sleep(0)


async def test_what_is_finished_is_confirmed() -> None:
    async with House() as house:
        house.telegram.push(said(1, person=7), said(2, person=8))
        await house.until(lambda: house.receiver.begun == [1, 2] and not house.telegram.pending)


async def test_what_is_unfinished_stays_with_telegram() -> None:
    async with House() as house:
        house.receiver.hold(2)
        house.telegram.push(*(said(i, person=i) for i in (1, 2, 3)))
        await house.until(lambda: house.receiver.begun == [1, 2, 3])
        await house.until(lambda: house.telegram.pending == [2, 3])
        times, polls = asyncio.get_running_loop().time, len(house.telegram.polls)
        began = times()
        await house.until(lambda: len(house.telegram.polls) == polls + 4)
        assert times() - began > 3 * LINGER, "polls in a busy loop"
        assert house.telegram.pending == [2, 3]


async def test_a_slow_update_delays_no_other() -> None:
    async with House() as house:
        house.receiver.hold(1)
        house.telegram.push(said(1, person=7))
        await house.until(lambda: house.receiver.begun == [1])
        house.telegram.push(said(2, person=8))
        await house.until(lambda: house.receiver.begun == [1, 2])


async def test_what_takes_long_is_parked_until_it_is_finished() -> None:
    async with House() as house:
        gate = house.receiver.hold(1)
        house.telegram.push(said(1, person=7))
        await house.until(lambda: house.receiver.begun == [1])
        house.clock.time += PARK_AFTER
        await house.until(lambda: not house.telegram.pending)
        assert list(house.parking.rows) == [1]
        gate.set()
        await house.until(lambda: not house.parking.rows)


async def test_a_full_window_is_parked_sooner() -> None:
    async with House() as house:
        for i in range(WINDOW):
            house.receiver.hold(i)
        house.telegram.push(*(said(i, person=i) for i in range(WINDOW + 1)))
        await house.until(lambda: len(house.receiver.begun) == WINDOW)
        house.clock.time += PARK_AFTER_IF_FULL
        await house.until(lambda: WINDOW in house.receiver.begun)
        assert set(house.parking.rows) == set(range(WINDOW))


async def test_what_cannot_be_parked_stays_with_telegram() -> None:
    async with House() as house:
        house.parking.broken = True
        house.receiver.hold(1)
        house.telegram.push(said(1, person=7))
        await house.until(lambda: house.receiver.begun == [1])
        house.clock.time += PARK_AFTER
        await house.until(lambda: len(house.telegram.polls) > 3)
        assert house.telegram.pending == [1]


async def test_parked_updates_are_finished_after_a_restart() -> None:
    house = House()
    await house.parking.park(said(5, person=7))
    async with house:
        await house.until(lambda: house.receiver.begun == [5] and not house.parking.rows)


async def test_an_update_that_was_cancelled_is_not_confirmed() -> None:
    house = House()
    async with house:
        house.receiver.hold(1)
        house.telegram.push(said(1, person=7), said(2, person=8))
        await house.until(lambda: house.receiver.begun == [1, 2])
    await house.polling.confirm()
    assert house.telegram.pending == [1, 2]


async def test_what_finished_while_stopping_is_confirmed() -> None:
    house = House()
    async with house:
        gate = house.receiver.hold(1)
        house.telegram.push(said(1, person=7))
        await house.until(lambda: house.receiver.begun == [1])
        house.polling.stop()
        gate.set()
    await house.polling.confirm()
    assert house.telegram.pending == []


async def test_ids_may_begin_again_lower() -> None:
    async with House() as house:
        house.telegram.push(said(900, person=7))
        await house.until(lambda: house.receiver.begun == [900] and not house.telegram.pending)
        house.telegram.push(said(3, person=7))
        await house.until(lambda: house.receiver.begun == [900, 3])


async def test_faults_are_waited_out_with_a_growing_pause() -> None:
    house = House()
    house.telegram.failures = [NetworkError("reset") for _ in range(10)]
    async with house:
        house.telegram.push(said(1, person=7))
        await house.until(lambda: house.receiver.begun == [1])
    assert house.clock.slept[:3] == [0.25, 0.5, 1.0]
    assert max(house.clock.slept) == BACKOFF_CAP


async def test_a_flood_wait_is_kept() -> None:
    house = House()
    house.telegram.failures = [FloodWait(7)]
    async with house:
        house.telegram.push(said(1, person=7))
        await house.until(lambda: house.receiver.begun == [1])
    assert 7 in house.clock.slept


async def test_a_refused_token_ends_it() -> None:
    house = House()
    house.telegram.failures = [InvalidToken("Unauthorized")]
    with pytest.raises(TokenRefused):
        await house.polling.run()


async def test_a_conflict_is_borne_for_the_grace_and_not_longer() -> None:
    house = House()
    house.telegram.failures = [Conflict("terminated by other getUpdates") for _ in range(99)]
    began = house.clock.time
    with pytest.raises(ConflictPersists):
        await house.polling.run()
    assert CONFLICT_GRACE <= house.clock.time - began <= 2 * CONFLICT_GRACE


async def test_two_pollers_that_take_turns_end_it_too() -> None:
    """Polls that succeed in between do not make the other instance go away."""
    house = House()
    original = house.telegram.get_updates
    turn = 0

    async def alternating(offset: int | None, seconds: int, limit: int) -> Sequence[Json]:
        nonlocal turn
        turn += 1
        if turn % 2:
            raise Conflict("terminated by other getUpdates")
        return await original(offset, 0, limit)

    house.telegram.get_updates = alternating  # type: ignore[method-assign]  # a second poller
    with pytest.raises(ConflictPersists):
        await asyncio.wait_for(house.polling.run(), 5)


async def test_an_active_webhook_is_removed_and_polling_begins() -> None:
    house = House()
    house.telegram.failures = [Conflict("can't use getUpdates method while webhook is active")]
    async with house:
        house.telegram.push(said(1, person=7))
        await house.until(lambda: house.receiver.begun == [1])
    assert house.telegram.webhook_deleted == 1
