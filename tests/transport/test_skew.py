"""The machine's clock against the dates of Telegram's answers."""

from __future__ import annotations

import logging
from email.utils import formatdate

import pytest

from bot.transport.skew import LOOK_EVERY, TOLERANCE, SkewWatch
from tests.transport.fakes import FakeClock


class Machine:
    """A clock, and answers whose dates differ from it."""

    def __init__(self, log: pytest.LogCaptureFixture) -> None:
        log.set_level(logging.INFO, "bot.transport.skew")
        self.clock = FakeClock()
        self._log = log
        self._watch = SkewWatch(self.clock)

    def hears(self, *, ahead: float) -> list[str]:
        """What the watch logs of an answer, with the machine's clock ahead of it."""
        self._log.clear()
        self._watch.compare(formatdate(self.clock.time - ahead, usegmt=True))
        self.clock.time += LOOK_EVERY
        return [record.message for record in self._log.records]


@pytest.fixture
def machine(caplog: pytest.LogCaptureFixture) -> Machine:
    return Machine(caplog)


@pytest.mark.parametrize("ahead", [-TOLERANCE, -1, 0, TOLERANCE])
def test_small_differences_are_no_matter(machine: Machine, ahead: float) -> None:
    assert machine.hears(ahead=ahead) == []


@pytest.mark.parametrize(("ahead", "way"), [(90, "90 s ahead of"), (-3600, "3600 s behind")])
def test_a_difference_is_told_once(machine: Machine, ahead: float, way: str) -> None:
    (warning,) = machine.hears(ahead=ahead)
    assert f"{way} Telegram's" in warning
    assert machine.hears(ahead=ahead) == []


def test_its_end_is_told_and_the_next_one_again(machine: Machine) -> None:
    machine.hears(ahead=90)
    (relief,) = machine.hears(ahead=0)
    assert "agrees" in relief
    assert machine.hears(ahead=0) == []
    assert len(machine.hears(ahead=-90)) == 1


def test_dates_are_read_every_now_and_then(machine: Machine) -> None:
    assert machine.hears(ahead=0) == []
    machine.clock.time -= 1
    assert machine.hears(ahead=90) == []
    assert len(machine.hears(ahead=90)) == 1


@pytest.mark.parametrize("date", ["", "today", "Thu, 01 Jan 1970 00:00:00"])
def test_what_is_no_date_says_nothing(caplog: pytest.LogCaptureFixture, date: str) -> None:
    SkewWatch(FakeClock()).compare(date)
    assert caplog.records == []
