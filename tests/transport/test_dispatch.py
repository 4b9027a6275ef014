"""Updates: in order for one person, at once for all others, tried again, set aside."""

from __future__ import annotations

import asyncio

import pytest

from bot.transport.dispatch import (
    MOST_WAITING,
    TRIES,
    Dispatcher,
    Json,
    Outage,
    kind_of,
    order_keys,
)
from tests.transport.fakes import FakeClock


def said(update_id: int, person: int, text: str = "hi", chat: int | None = None) -> Json:
    kind = "private" if chat is None else "supergroup"
    message = {
        "from": {"id": person},
        "chat": {"id": chat or person, "type": kind},
        "text": text,
    }
    return {"update_id": update_id, "message": message}


class Recorder:
    """A receiver whose updates finish when the test says so, or fail as it says."""

    def __init__(self) -> None:
        self.begun: list[int] = []
        self.gates: dict[int, asyncio.Event] = {}
        self.failures: dict[int, list[Exception]] = {}
        self.told: list[int] = []
        self.given_up: list[tuple[int, str]] = []
        self.unwelcome: set[int] = set()
        self.turned_away: list[int] = []

    def admits(self, raw: Json) -> bool:
        return raw["update_id"] not in self.unwelcome

    async def turn_away(self, raw: Json) -> None:
        self.turned_away.append(raw["update_id"])

    def hold(self, update_id: int) -> asyncio.Event:
        return self.gates.setdefault(update_id, asyncio.Event())

    async def handle(self, raw: Json) -> None:
        update_id = raw["update_id"]
        self.begun.append(update_id)
        if failures := self.failures.get(update_id):
            raise failures.pop(0)
        if gate := self.gates.get(update_id):
            await gate.wait()

    async def tell_outage(self, raw: Json) -> None:
        self.told.append(raw["update_id"])

    async def give_up(self, raw: Json, error: Exception, error_id: str) -> None:
        assert error_id
        self.given_up.append((raw["update_id"], type(error).__name__))


@pytest.fixture
def receiver() -> Recorder:
    return Recorder()


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(jumps=True)


@pytest.fixture
def dispatcher(receiver: Recorder, clock: FakeClock) -> Dispatcher:
    return Dispatcher(receiver, clock)


async def a_moment() -> None:
    """Lets everything that can run, run."""
    for _ in range(20):
        await asyncio.sleep(0)


async def test_one_person_is_served_in_order(dispatcher: Dispatcher, receiver: Recorder) -> None:
    gate = receiver.hold(1)
    first, second = dispatcher.submit(said(1, person=7)), dispatcher.submit(said(2, person=7))
    await a_moment()
    assert receiver.begun == [1]
    gate.set()
    await asyncio.gather(first, second)
    assert receiver.begun == [1, 2]


async def test_others_do_not_wait(dispatcher: Dispatcher, receiver: Recorder) -> None:
    gate = receiver.hold(1)
    slow = dispatcher.submit(said(1, person=7))
    await dispatcher.submit(said(2, person=8))
    assert not slow.done()
    gate.set()
    await slow


async def test_what_is_beyond_the_allowance_does_not_wait_in_line(
    dispatcher: Dispatcher, receiver: Recorder
) -> None:
    gate = receiver.hold(1)
    slow = dispatcher.submit(said(1, person=7))
    receiver.unwelcome = {2, 3}
    await dispatcher.submit(said(2, person=7))
    assert receiver.turned_away == [2]
    known = dispatcher.submit(said(3, person=7), admitted=True)
    gate.set()
    await asyncio.gather(slow, known)
    assert receiver.begun == [1, 3]


async def test_a_line_has_an_end(dispatcher: Dispatcher, receiver: Recorder) -> None:
    gate = receiver.hold(0)
    line = [dispatcher.submit(said(n, person=7)) for n in range(MOST_WAITING)]
    await dispatcher.submit(said(998, person=7))
    await dispatcher.submit(said(999, person=8))
    assert receiver.turned_away == [998]
    gate.set()
    await asyncio.gather(*line)
    await dispatcher.submit(said(1000, person=7))
    assert receiver.begun[-1] == 1000


async def test_commands_of_one_group_keep_their_order(
    dispatcher: Dispatcher, receiver: Recorder
) -> None:
    gate = receiver.hold(1)
    tasks = [
        dispatcher.submit(said(1, person=7, text="/quiz", chat=-5)),
        dispatcher.submit(said(2, person=8, text="/stopquiz", chat=-5)),
        dispatcher.submit(said(3, person=9, text="an answer", chat=-5)),
    ]
    await a_moment()
    assert receiver.begun == [1, 3]
    gate.set()
    await asyncio.gather(*tasks)


async def test_the_same_update_in_flight_is_one(
    dispatcher: Dispatcher, receiver: Recorder
) -> None:
    gate = receiver.hold(1)
    assert dispatcher.submit(said(1, person=7)) is dispatcher.submit(said(1, person=7))
    gate.set()
    await asyncio.gather(*dispatcher.flights.values())
    assert receiver.begun == [1]


async def test_a_failure_is_tried_again(dispatcher: Dispatcher, receiver: Recorder) -> None:
    receiver.failures[1] = [ValueError(), ValueError()]
    task = dispatcher.submit(said(1, person=7))
    await task
    assert receiver.begun == [1, 1, 1]
    assert receiver.given_up == []


async def test_after_the_last_try_it_is_set_aside_and_the_next_is_served(
    dispatcher: Dispatcher, receiver: Recorder
) -> None:
    receiver.failures[1] = [ValueError() for _ in range(TRIES)]
    tasks = asyncio.gather(
        dispatcher.submit(said(1, person=7)), dispatcher.submit(said(2, person=7))
    )
    await tasks
    assert receiver.given_up == [(1, "ValueError")]
    assert receiver.begun == [1] * TRIES + [2]


async def test_an_outage_is_waited_out_and_told_once(
    dispatcher: Dispatcher, receiver: Recorder
) -> None:
    receiver.failures[1] = [Outage("disk full") for _ in range(20)]
    await dispatcher.submit(said(1, person=7))
    assert len(receiver.begun) == 21
    assert receiver.told == [1]
    assert receiver.given_up == []


async def test_closing_lets_the_begun_finish_and_leaves_the_rest(
    dispatcher: Dispatcher, receiver: Recorder
) -> None:
    gate = receiver.hold(1)
    begun, waiting = dispatcher.submit(said(1, person=7)), dispatcher.submit(said(2, person=7))
    await a_moment()
    closing = asyncio.create_task(dispatcher.close(within=5))
    await a_moment()
    gate.set()
    await closing
    assert begun.done()
    assert not begun.cancelled()
    assert waiting.cancelled()
    assert receiver.begun == [1]


async def test_closing_gives_up_waiting_in_time(
    dispatcher: Dispatcher, receiver: Recorder
) -> None:
    receiver.hold(1)
    stuck = dispatcher.submit(said(1, person=7))
    await a_moment()
    await dispatcher.close(within=0.01)
    assert stuck.cancelled()


async def test_nothing_is_remembered_of_the_finished(dispatcher: Dispatcher) -> None:
    await asyncio.gather(*(dispatcher.submit(said(i, person=i % 5)) for i in range(50)))
    await a_moment()
    assert not dispatcher.flights
    assert not dispatcher._tails


@pytest.mark.parametrize(
    ("raw", "keys"),
    [
        (said(1, 7), ("person 7",)),
        (said(1, 7, "/quiz", chat=-5), ("person 7", "chat -5")),
        (said(1, 7, "hello", chat=-5), ("person 7",)),
        ({"update_id": 1, "callback_query": {"from": {"id": 8}}}, ("person 8",)),
        ({"update_id": 1, "poll_answer": {"user": {"id": 9}}}, ("person 9",)),
        ({"update_id": 1, "poll": {}}, ()),
    ],
)
def test_order_keys(raw: Json, keys: tuple[str, ...]) -> None:
    assert order_keys(raw) == keys


def test_kind_of() -> None:
    assert kind_of({"update_id": 1, "message": {}}) == "message"
    assert kind_of({"update_id": 1}) == "unknown"
