"""How long a picture takes that a person asks for."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from bot.drawing.bars import Bar
from bot.drawing.calendar import Calendar
from bot.drawing.progress import ProgressPicture, draw_progress

ROUNDS = 15


def measure_drawing() -> None:
    """Prints the milliseconds of a progress picture: the first one, and the median."""
    picture = _picture()
    first = _time(lambda: draw_progress(picture))
    rest = statistics.median(_time(lambda: draw_progress(picture)) for _ in range(ROUNDS))
    print(f"a picture of progress: {rest:.0f} ms, the first one {first:.0f} ms")


def _picture() -> ProgressPicture:
    dice = random.Random(1)
    counts = [dice.randrange(12) for _ in range(84)]
    areas = [Bar(f"A skill area with number {n}", dice.random(), "50 %", 0.4) for n in range(10)]
    return ProgressPicture(
        title="My progress",
        subtitle="Ada Lovelace · 14 Nov 2026",
        readiness="64 %",
        readiness_label="ready",
        tiles=(("days in a row", "12"), ("longest streak", "31"), ("freezes left", "2")),
        areas_label="Readiness by area",
        areas=areas,
        before_label="four weeks ago",
        calendar_label="The last twelve weeks",
        calendar=Calendar(counts, ((0, "Sep"),), ((0, "Mon"),), 83),
        scale=("fewer", "more"),
        frozen_label="freeze spent",
    )


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000
