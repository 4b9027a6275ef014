"""Times of day are read as people write them, and nothing else is read as one."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.clock_words import read_time


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("19:30", time(19, 30)),
        ("19.30", time(19, 30)),
        ("19h30", time(19, 30)),
        ("1930", time(19, 30)),
        ("19 30", time(19, 30)),
        ("19:30:00", time(19, 30)),
        ("１９：３０", time(19, 30)),
        ("7:30 pm", time(19, 30)),
        ("7:30PM", time(19, 30)),
        ("730pm", time(19, 30)),
        ("7 p.m.", time(19)),
        ("7pm", time(19)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("7", time(7)),
        ("07:05", time(7, 5)),
        ("0:00", time(0)),
        ("24:00", time(0)),
        ("9 o'clock", time(9)),
        ("9 Uhr", time(9)),
        ("at 7 pm", time(19)),
        ("every day at 19:30", time(19, 30)),
        ("Daily 8:15", time(8, 15)),
        ("noon", time(12)),
        ("Midnight", time(0)),
    ],
)
def test_read(said: str, meant: time) -> None:
    assert read_time(said) == meant


@pytest.mark.parametrize(
    "said",
    [
        *("", "soon", "25:00", "24:01", "19:60", "13pm", "0am", "7:3", "-5", "19:30 Berlin"),
        *("7 8 9", "193000", "1e1", "٣pm", "at", "pm", "9" * 41),
    ],
)
def test_not_read(said: str) -> None:
    assert read_time(said) is None


@given(st.times())
def test_every_time_of_day_is_read_as_it_is_shown(at: time) -> None:
    shown = at.replace(second=0, microsecond=0)
    assert read_time(shown.strftime("%H:%M")) == shown
    assert read_time(shown.strftime("%I:%M %p")) == shown


@given(st.text())
def test_anything_may_be_said(said: str) -> None:
    read_time(said)
