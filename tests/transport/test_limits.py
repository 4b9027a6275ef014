"""Flood limits as arithmetic."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.transport.limits import SlidingWindow, TokenBucket

pauses = st.lists(st.floats(0, 3, allow_nan=False), max_size=60)


def test_a_window_takes_its_limit_at_once_and_then_waits_for_the_oldest() -> None:
    window = SlidingWindow(limit=2, seconds=60)
    window.take(10.0)
    window.take(11.0)
    assert window.free_at() == 70.0


def test_a_share_of_a_window_is_a_smaller_limit() -> None:
    window = SlidingWindow(limit=5, seconds=1)
    for instant in (1.0, 1.1, 1.2):
        window.take(instant)
    assert window.free_at() < 1.2
    assert window.free_at(share=2) == 2.1


def test_a_window_is_idle_when_its_last_event_has_left_it() -> None:
    window = SlidingWindow(limit=2, seconds=60)
    assert window.idle_at(0.0)
    window.take(10.0)
    assert not window.idle_at(69.9)
    assert window.idle_at(70.0)


def test_a_bucket_gives_its_burst_at_once_and_then_one_an_interval() -> None:
    bucket = TokenBucket(interval=1.0, burst=3)
    for _ in range(3):
        assert bucket.free_at() <= 100.0
        bucket.take(100.0)
    assert bucket.free_at() == 101.0
    bucket.take(101.0)
    assert bucket.free_at() == 102.0


def test_a_bucket_fills_up_again_but_not_over_its_burst() -> None:
    bucket = TokenBucket(interval=1.0, burst=2)
    bucket.take(0.0)
    assert not bucket.idle_at(0.9)
    assert bucket.idle_at(1.0)
    for _ in range(2):
        bucket.take(1_000.0)
    assert bucket.free_at() == 1_001.0


@given(pauses, st.integers(1, 4))
def test_whoever_waits_for_the_window_never_exceeds_it(waits: list[float], limit: int) -> None:
    window, now, taken = SlidingWindow(limit, seconds=1.0), 0.0, []
    for wait in waits:
        now = max(now + wait, window.free_at())
        window.take(now)
        taken.append(now)
    assert all(late >= early + 1.0 for early, late in zip(taken, taken[limit:], strict=False))


@given(pauses, st.integers(1, 4))
def test_whoever_waits_for_the_bucket_never_exceeds_burst_and_rate(
    waits: list[float], burst: int
) -> None:
    bucket, now, taken = TokenBucket(1.0, burst), 0.0, []
    for wait in waits:
        now = max(now + wait, bucket.free_at())
        bucket.take(now)
        taken.append(now)
    for first, begin in enumerate(taken):
        for last, end in enumerate(taken[first:], start=first):
            assert last - first + 1 <= burst + (end - begin) + 1e-6
