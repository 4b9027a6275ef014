"""Work beside updates."""

from __future__ import annotations

import asyncio

from bot.chat.desk import Desk


async def test_what_is_asked_for_during_work_is_done_once_more() -> None:
    desk, gate = Desk(), asyncio.Event()
    runs: list[int] = []

    async def work() -> None:
        runs.append(len(runs))
        await gate.wait()

    for _ in range(5):
        desk.kick("a", work)
    await asyncio.sleep(0)
    assert runs == [0]
    gate.set()
    await desk.close(1)
    assert runs == [0]  # it closes instead of beginning again
    desk.kick("a", work)
    assert runs == [0]


async def test_keys_do_not_wait_for_each_other_and_a_failure_stops_nobody() -> None:
    desk, done = Desk(), asyncio.Event()

    async def fails() -> None:
        raise ValueError

    async def works() -> None:
        done.set()

    desk.kick("a", fails)
    desk.kick("b", works)
    await asyncio.wait_for(done.wait(), 1)
    done.clear()
    desk.kick("a", works)
    await asyncio.wait_for(done.wait(), 1)


async def test_the_second_round_of_work_follows_the_first() -> None:
    desk, gates, began = Desk(), [asyncio.Event(), asyncio.Event()], asyncio.Semaphore(0)
    runs: list[int] = []

    async def work() -> None:
        runs.append(1)
        began.release()
        await gates[len(runs) - 1].wait()

    desk.kick("a", work)
    await began.acquire()
    desk.kick("a", work)
    gates[0].set()
    await asyncio.wait_for(began.acquire(), 1)
    assert len(runs) == 2
    gates[1].set()
    await desk.close(1)


async def test_what_does_not_end_in_time_is_left() -> None:
    desk = Desk()
    desk.kick("a", asyncio.Event().wait)
    await asyncio.sleep(0)
    await desk.close(0.01)
