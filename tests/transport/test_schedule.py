"""Who goes next: never over a limit, people first, in order, nobody starved."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from time import process_time
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from bot.transport.limits import SlidingWindow, TokenBucket
from bot.transport.schedule import Lane, Pace, Schedule, Ticket, is_group

if TYPE_CHECKING:
    from bot.transport.failures import ChatId

SMALL = Pace(
    messages_per_second=6,
    kept_for_people=2,
    chat_interval=1.0,
    chat_burst=3,
    group_messages=5,
    group_seconds=20.0,
)


@dataclass(frozen=True, slots=True)
class Arrival:
    at: float
    chat: ChatId
    lane: Lane = Lane.PEOPLE


@dataclass(frozen=True, slots=True)
class Grant:
    at: float
    number: int
    arrival: Arrival

    @property
    def delay(self) -> float:
        return self.at - self.arrival.at


@dataclass(slots=True)
class Run:
    """Plays arrivals through a schedule and holds it to its rules at every step."""

    pace: Pace
    watched: bool = True
    now: float = 0.0
    schedule: Schedule = field(init=False)
    grants: list[Grant] = field(default_factory=list)
    waiting: dict[Ticket, tuple[int, Arrival]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.schedule = Schedule(self.pace)

    def play(self, arrivals: list[Arrival]) -> list[Grant]:
        for number, arrival in enumerate(arrivals):
            self._release_until(arrival.at)
            self.now = arrival.at
            if self.schedule.admit(arrival.chat, arrival.lane, arrival.at):
                self._granted(arrival.at, number, arrival)
            else:
                ticket = self.schedule.join(arrival.chat, arrival.lane, arrival.at)
                self.waiting[ticket] = (number, arrival)
        self._release_until(float("inf"))
        assert not self.waiting, "somebody was never served"
        return self.grants

    def _release_until(self, end: float) -> None:
        idle_rounds = 0
        while (at := self.schedule.next_at()) is not None and at <= end:
            self.now = max(self.now, at)
            released = self.schedule.release(self.now)
            idle_rounds = 0 if released else idle_rounds + 1
            assert idle_rounds < 1_000, "the schedule spins"
            for ticket in released:
                self._granted(self.now, *self.waiting.pop(ticket))
            if self.watched:
                self._nobody_was_passed(released)

    def _granted(self, now: float, number: int, arrival: Arrival) -> None:
        self.grants.append(Grant(now, number, arrival))

    def _nobody_was_passed(self, released: list[Ticket]) -> None:
        """Whoever could have gone and came first, or is a person before a broadcast, has gone."""
        for gone in released:
            for left in self.waiting:
                before = (left.lane, left.number) < (gone.lane, gone.number)
                assert not before or left.chat.free_at() > self.now


def arrivals_of(
    chats: list[int], lanes: st.SearchStrategy[Lane]
) -> st.SearchStrategy[list[Arrival]]:
    pauses = st.sampled_from([0.0, 0.0, 0.01, 0.2, 1.0, 7.0])
    single = st.tuples(pauses, st.sampled_from(chats), lanes)

    def laid_out(drawn: list[tuple[float, int, Lane]]) -> list[Arrival]:
        now, out = 0.0, []
        for pause, chat, lane in drawn:
            now += pause
            out.append(Arrival(now, chat, lane))
        return out

    return st.lists(single, min_size=25, max_size=80).map(laid_out)


crowds = arrivals_of([1, 2, 3, -1, -2], st.sampled_from(Lane))


@given(crowds)
def test_no_limit_is_ever_exceeded(arrivals: list[Arrival]) -> None:
    grants = Run(SMALL).play(arrivals)
    times = [grant.at for grant in grants]
    assert times == sorted(times)
    assert all(late >= early + 1.0 for early, late in zip(times, times[6:], strict=False))
    for chat in {grant.arrival.chat for grant in grants}:
        own = [grant.at for grant in grants if grant.arrival.chat == chat]
        for first, begin in enumerate(own):
            for count, end in enumerate(own[first:], start=1):
                assert count <= SMALL.chat_burst + (end - begin) / SMALL.chat_interval + 1e-6
        if is_group(chat):
            assert all(late >= early + 20.0 for early, late in zip(own, own[5:], strict=False))


@given(crowds)
def test_a_broadcast_leaves_room_for_people(arrivals: list[Arrival]) -> None:
    grants = Run(SMALL).play(arrivals)
    for place, grant in enumerate(grants):
        if grant.arrival.lane is Lane.BROADCAST:
            recent = [g for g in grants[: place + 1] if g.at + 1.0 > grant.at]
            assert len(recent) <= SMALL.messages_per_second - SMALL.kept_for_people


@given(crowds)
def test_within_a_chat_and_lane_the_order_of_arrival_is_kept(arrivals: list[Arrival]) -> None:
    grants = Run(SMALL).play(arrivals)
    for chat in (1, 2, 3, -1, -2):
        for lane in Lane:
            own = [
                grant.number
                for grant in grants
                if grant.arrival.chat == chat and grant.arrival.lane is lane
            ]
            assert own == sorted(own)


@given(crowds)
def test_everybody_is_served_exactly_once_and_nobody_is_passed(arrivals: list[Arrival]) -> None:
    grants = Run(SMALL).play(arrivals)
    assert sorted(grant.number for grant in grants) == list(range(len(arrivals)))


@given(arrivals_of([1, 2, 3, -1], st.just(Lane.PEOPLE)))
def test_a_person_waits_only_for_a_limit(arrivals: list[Arrival]) -> None:
    """A grant that came late comes at the very instant at which the last limit becomes free."""
    chats: dict[ChatId, TokenBucket] = {chat: TokenBucket(1.0, burst=3) for chat in (1, 2, 3, -1)}
    group, everything = SlidingWindow(5, 20.0), SlidingWindow(6, 1.0)
    for grant in Run(SMALL).play(arrivals):
        chat = grant.arrival.chat
        limits = [chats[chat].free_at(), everything.free_at()]
        if is_group(chat):
            limits.append(group.free_at())
            group.take(grant.at)
        assert grant.at == max(grant.arrival.at, *limits)
        chats[chat].take(grant.at)
        everything.take(grant.at)


def test_ten_thousand_queued_broadcasts_delay_no_answer_by_more_than_100_ms() -> None:
    dice = random.Random(3)
    broadcasts = [Arrival(0.0, 1_000 + n, Lane.BROADCAST) for n in range(10_000)]
    people = [Arrival(dice.uniform(0, 399), n) for n in range(600)]
    arrivals = sorted(broadcasts + people, key=lambda arrival: arrival.at)
    grants = Run(Pace(), watched=False).play(arrivals)
    delays = [grant.delay for grant in grants if grant.arrival.lane is Lane.PEOPLE]
    assert max(delays) < 0.1
    done = max(grant.at for grant in grants)
    assert 400 < done < 450, "broadcasts use what people leave, and all of it"


def test_a_busy_minute_of_people_stops_broadcasts_and_only_for_so_long() -> None:
    people = [Arrival(n / 30, n) for n in range(30 * 20)]
    broadcasts = [Arrival(0.5, 10_000 + n, Lane.BROADCAST) for n in range(50)]
    grants = Run(Pace()).play(sorted(people + broadcasts, key=lambda arrival: arrival.at))
    late = [g for g in grants if g.arrival.lane is Lane.BROADCAST]
    assert all(grant.delay < 0.2 for grant in grants if grant.arrival.lane is Lane.PEOPLE)
    assert 20 < late[-1].at < 25


def test_a_full_chat_holds_up_nobody_else() -> None:
    crowd = [Arrival(0.0, -1) for _ in range(30)] + [Arrival(0.0, 7)]
    assert Run(Pace()).play(crowd)[3].arrival.chat == 7


def test_a_paused_chat_waits_in_both_lanes_and_alone() -> None:
    schedule = Schedule(Pace())
    schedule.pause(5, until=130.0, now=100.0)
    assert not schedule.admit(5, Lane.PEOPLE, 101.0)
    assert not schedule.admit(5, Lane.BROADCAST, 101.0)
    assert schedule.admit(6, Lane.PEOPLE, 101.0)
    ticket = schedule.join(5, Lane.PEOPLE, 101.0)
    assert schedule.next_at() == 130.0
    assert schedule.release(129.9) == []
    assert schedule.release(130.0) == [ticket]


def test_a_pause_also_holds_those_who_waited_before_it() -> None:
    schedule = Schedule(Pace())
    while schedule.admit(5, Lane.PEOPLE, 100.0):
        pass
    ticket = schedule.join(5, Lane.PEOPLE, 100.0)
    schedule.pause(5, until=150.0, now=100.0)
    assert schedule.release(149.0) == []
    assert schedule.release(150.0) == [ticket]


def test_a_shorter_pause_does_not_end_a_longer_one() -> None:
    schedule = Schedule(Pace())
    schedule.pause(5, until=150.0, now=100.0)
    schedule.pause(5, until=110.0, now=100.0)
    assert schedule.paused_until(5) == 150.0


def test_who_leaves_the_queue_is_passed_over_and_uses_nothing_up() -> None:
    schedule = Schedule(Pace(messages_per_second=1, chat_interval=1.0, chat_burst=1))
    assert schedule.admit(1, Lane.PEOPLE, 100.0)
    first = schedule.join(2, Lane.PEOPLE, 100.0)
    second = schedule.join(3, Lane.PEOPLE, 100.0)
    schedule.leave(first)
    assert schedule.release(101.0) == [second]
    assert schedule.next_at() is None


def test_nobody_slips_past_those_who_wait_when_the_bell_rings_late() -> None:
    schedule = Schedule(Pace(messages_per_second=2, kept_for_people=1))
    assert schedule.admit(1, Lane.PEOPLE, 100.0)
    assert schedule.admit(2, Lane.PEOPLE, 100.0)
    first = schedule.join(3, Lane.PEOPLE, 100.0)
    assert not schedule.admit(4, Lane.PEOPLE, 105.0)
    assert not schedule.admit(4, Lane.BROADCAST, 105.0)
    assert schedule.release(105.0) == [first]
    assert schedule.admit(4, Lane.PEOPLE, 105.0)


def test_no_broadcast_slips_past_another_that_waits() -> None:
    schedule = Schedule(Pace(messages_per_second=1))
    assert schedule.admit(1, Lane.BROADCAST, 100.0)
    first = schedule.join(2, Lane.BROADCAST, 100.0)
    assert not schedule.admit(3, Lane.BROADCAST, 105.0)
    assert schedule.release(105.0) == [first]


def test_a_chat_is_remembered_as_long_as_one_of_its_messages_waits() -> None:
    schedule = Schedule(Pace(messages_per_second=1, chat_interval=10_000.0, chat_burst=1))
    assert schedule.admit(-1, Lane.PEOPLE, 0.0)
    ticket = schedule.join(7, Lane.PEOPLE, 0.0)
    for number in range(100, 5_000):
        schedule.admit(number, Lane.PEOPLE, 0.5)
    assert len(schedule) < 3_000
    assert schedule.release(1.0) == [ticket]
    assert not schedule.admit(7, Lane.PEOPLE, 3.0)


def test_a_chat_is_forgotten_after_its_messages_gave_up_waiting() -> None:
    schedule = Schedule(Pace(messages_per_second=1))
    for number in range(1, 5_000):
        schedule.leave(schedule.join(number, Lane.PEOPLE, 0.0))
    assert len(schedule) < 3_000


def test_idle_chats_are_forgotten_and_busy_ones_are_not() -> None:
    schedule = Schedule(Pace(messages_per_second=1_000_000))
    schedule.pause(-1, until=10_000.0, now=0.0)
    for number in range(1, 50_001):
        schedule.admit(number, Lane.PEOPLE, number / 100)
    assert len(schedule) < 3_000
    assert schedule.paused_until(-1) == 10_000.0


def test_groups_and_channels_are_told_from_private_chats() -> None:
    assert is_group(-5)
    assert is_group("@channel")
    assert not is_group(5)


def test_very_slow_paces_still_let_broadcasts_through() -> None:
    pace = Pace(messages_per_second=2)
    grants = Run(pace).play([Arrival(0.0, n, Lane.BROADCAST) for n in range(5)])
    assert [grant.at for grant in grants] == [0.0, 1.0, 2.0, 3.0, 4.0]


def test_a_turn_with_nobody_waiting_costs_microseconds() -> None:
    schedule = Schedule(Pace(messages_per_second=100_000))
    began = process_time()
    for number in range(20_000):
        schedule.admit(number % 2_000, Lane.PEOPLE, number * 0.01)
    assert (process_time() - began) / 20_000 < 50e-6
