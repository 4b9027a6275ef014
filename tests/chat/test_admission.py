"""A person's allowance: bursts pass, floods do not, memory is bounded."""

from __future__ import annotations

from bot.chat import admission
from bot.chat.admission import Admission, Allowance


def test_twenty_updates_in_ten_seconds_always_pass() -> None:
    door = Admission(Allowance(burst=40, per_second=4))
    passed = [door.admit(1, second / 2) for second in range(200)]
    assert all(passed)


def test_beyond_the_burst_only_what_comes_back_passes() -> None:
    door = Admission(Allowance(burst=5, per_second=1))
    assert [door.admit(1, 0.0) for _ in range(7)] == [True] * 5 + [False] * 2
    assert [door.admit(1, 2.0) for _ in range(3)] == [True, True, False]


def test_people_do_not_share_an_allowance() -> None:
    door = Admission(Allowance(burst=1, per_second=1))
    assert door.admit(1, 0.0)
    assert not door.admit(1, 0.0)
    assert door.admit(2, 0.0)


def test_one_notice_now_and_then() -> None:
    door = Admission(Allowance(burst=1, per_second=1))
    notices = [door.should_notice(1, second) for second in (0.0, 1.0, 29.0, 31.0)]
    assert notices == [True, False, False, True]


def test_memory_is_bounded() -> None:
    door = Admission(Allowance(burst=1, per_second=1))
    for person in range(admission.REMEMBERED + 50):
        door.admit(person, 0.0)
    assert len(door._buckets) == admission.REMEMBERED
