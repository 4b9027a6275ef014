"""The pacer makes callers wait on the clock that it was given, and on nothing else."""

from __future__ import annotations

import asyncio

import pytest

from bot.transport.pacing import Lane, Pace, Pacer
from tests.transport.fakes import FakeClock, settle


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def pacer(clock: FakeClock) -> Pacer:
    return Pacer(Pace(chat_interval=1.0), clock)


class Log:
    """Notes who got a turn and when, counted from the start."""

    def __init__(self, pacer: Pacer, clock: FakeClock) -> None:
        self._pacer, self._clock, self._start = pacer, clock, clock.time
        self.entries: list[tuple[str, float]] = []

    def ask(self, name: str, chat: int, lane: Lane = Lane.PEOPLE) -> asyncio.Task[None]:
        return asyncio.create_task(self._wait(name, chat, lane))

    async def _wait(self, name: str, chat: int, lane: Lane) -> None:
        await self._pacer.turn(chat, lane)
        self.entries.append((name, round(self._clock.time - self._start, 3)))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.entries]


async def test_the_burst_goes_at_once_and_the_rest_at_one_a_second(
    pacer: Pacer, clock: FakeClock
) -> None:
    log = Log(pacer, clock)
    for name in "abcde":
        log.ask(name, chat=1)
    await settle()
    assert log.entries == [("a", 0), ("b", 0), ("c", 0)]
    await clock.advance(10)
    assert log.entries[3:] == [("d", 1), ("e", 2)]


async def test_a_group_gets_twenty_a_minute(clock: FakeClock) -> None:
    log = Log(Pacer(Pace(chat_interval=1.0, group_seconds=60.0), clock), clock)
    for number in range(25):
        log.ask(str(number), chat=-1)
    await clock.advance(59.9)
    assert len(log.entries) == 20
    await clock.advance(10)
    assert len(log.entries) == 25


async def test_a_person_does_not_wait_behind_a_broadcast(pacer: Pacer, clock: FakeClock) -> None:
    log = Log(pacer, clock)
    for number in range(1_000):
        log.ask("broadcast", chat=100 + number, lane=Lane.BROADCAST)
    await clock.advance(5)
    before = len(log.entries)
    log.ask("person", chat=1)
    await settle()
    assert log.names[before:] == ["person"]


async def test_an_earlier_turn_does_not_wait_for_a_later_one(
    pacer: Pacer, clock: FakeClock
) -> None:
    """The pacer sleeps for a chat on a long pause when another chat's shorter wait begins."""
    log = Log(pacer, clock)
    pacer.pause(1, 60)
    log.ask("paused", chat=1)
    await clock.advance(1)
    for number in range(4):
        log.ask(str(number), chat=2)
    await clock.advance(1)
    assert log.names == ["0", "1", "2", "3"]
    await clock.advance(60)
    assert log.entries[-1] == ("paused", 60)


async def test_a_pause_holds_one_chat_only(pacer: Pacer, clock: FakeClock) -> None:
    log = Log(pacer, clock)
    pacer.pause(1, 7)
    log.ask("paused", chat=1)
    log.ask("other", chat=2)
    await settle()
    assert log.entries == [("other", 0)]
    await clock.advance(7)
    assert log.entries[1:] == [("paused", 7)]


async def test_calm_waits_for_the_end_of_a_pause_even_if_it_grows(
    pacer: Pacer, clock: FakeClock
) -> None:
    pacer.pause(1, 5)
    waiting = asyncio.create_task(pacer.calm(1))
    await clock.advance(1)
    pacer.pause(1, 10)
    await clock.advance(9.5)
    assert not waiting.done()
    await clock.advance(0.5)
    assert waiting.done()


async def test_calm_costs_no_turn(pacer: Pacer, clock: FakeClock) -> None:
    for _ in range(100):
        await pacer.calm(1)
    log = Log(pacer, clock)
    log.ask("first", chat=1)
    await settle()
    assert log.entries == [("first", 0)]


async def test_whoever_is_cancelled_gives_the_turn_to_the_next(
    pacer: Pacer, clock: FakeClock
) -> None:
    log = Log(pacer, clock)
    asked = [log.ask(name, chat=1) for name in "abcde"]
    await settle()
    asked[3].cancel()
    await clock.advance(1)
    assert log.entries[3:] == [("e", 1)]


async def test_a_turn_that_comes_in_the_same_breath_as_a_cancellation_hurts_nobody(
    pacer: Pacer, clock: FakeClock
) -> None:
    log = Log(pacer, clock)
    asked = [log.ask(name, chat=1) for name in "abcdef"]
    await settle()
    pacer._clock = RacingClock(clock, asked[3])
    await clock.advance(10)
    assert log.names == ["a", "b", "c", "e", "f"]


class RacingClock(FakeClock):
    """Cancels a task at the instant at which the pacer looks at the time after sleeping."""

    def __init__(self, real: FakeClock, victim: asyncio.Task[None]) -> None:
        super().__init__()
        self._real, self._victim = real, victim

    def monotonic(self) -> float:
        self._victim.cancel()
        return self._real.monotonic()

    async def sleep(self, seconds: float) -> None:
        await self._real.sleep(seconds)


async def test_nothing_runs_when_nobody_waits(pacer: Pacer, clock: FakeClock) -> None:
    log = Log(pacer, clock)
    asked = [log.ask(name, chat=1) for name in "abcd"]
    await settle()
    asked[3].cancel()
    await settle()
    assert asyncio.all_tasks() == {asyncio.current_task()}
    log.ask("d", chat=1)
    await clock.advance(2)
    assert log.names == ["a", "b", "c", "d"]
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_what_belongs_together_waits_until_there_is_room_for_all(clock: FakeClock) -> None:
    """Nineteen have gone: of two, the second would have to wait for the minute to end."""
    pacer = Pacer(Pace(chat_interval=0.1, group_seconds=60.0), clock)
    for _ in range(19):
        turn = asyncio.create_task(pacer.turn(-1))
        await clock.advance(1)
        await turn
    room = asyncio.create_task(pacer.room(-1, 2, within=4.0))
    await clock.advance(60 - 19 - 4 - 0.5)
    assert not room.done()
    await clock.advance(1)
    assert room.done()
    await pacer.room(7, 2, within=4.0)
    await pacer.room(-1, 2, within=4.0)
