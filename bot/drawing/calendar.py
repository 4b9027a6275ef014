"""The calendar of answers: a column for each week, a row for each weekday."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from bot.drawing.canvas import Canvas, Palette, measure, shorten

CELL, GAP, ROUND = 38, 8, 9
WEEK = 7
TEXT, SWATCH, APART = 26, 24, 5
"""Pixels."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days in the order of their dates, full weeks, each beginning on the first weekday."""

    counts: Sequence[int | None]
    """Graded answers of each day; None for a day that has not come yet."""
    months: Sequence[tuple[int, str]]
    """(column, label) above the weeks; columns count from 0."""
    weekdays: Sequence[tuple[int, str]]
    """(row, label) before the weeks; rows count from 0."""
    today: int | None = None
    """Index into `counts`."""
    frozen: frozenset[int] = frozenset()
    """Indices of days that a streak freeze saved."""
    steps: tuple[int, int, int, int] = (1, 3, 6, 10)
    """From how many answers on a day has the first, second … intensity."""


def place(index: int) -> tuple[int, int]:
    """The (x, y) of a day's cell within the grid, in pixels."""
    column, row = divmod(index, WEEK)
    return column * (CELL + GAP), row * (CELL + GAP)


def step_of(count: int, steps: Sequence[int]) -> int:
    """0 for a day without answers, 1–4 for few to many."""
    return bisect_right(steps, count)


def draw_calendar(
    canvas: Canvas, palette: Palette, calendar: Calendar, left: float, top: float, names: float
) -> None:
    """Draw it; `left` and `top` of the months' line, `names` is the room for weekdays."""
    edge, ceiling = left + names, top + TEXT + 14
    for column, label in calendar.months:
        canvas.text(
            edge + place(column * WEEK)[0], top + 0.8 * TEXT, label, size=TEXT, fill=palette.muted
        )
    for row, label in calendar.weekdays:
        canvas.text(
            left, ceiling + place(row)[1] + CELL / 2 + 0.35 * TEXT, label,
            size=TEXT, fill=palette.muted, room=names - GAP,
        )  # fmt: skip
    for index, count in enumerate(calendar.counts):
        if count is not None:
            x, y = place(index)
            _draw_day(canvas, palette, calendar, index, edge + x, ceiling + y)


def draw_scale(
    canvas: Canvas, palette: Palette, words: tuple[str, str], left: float, top: float, room: float
) -> None:
    """The legend of intensities: a word (few), the steps, a word (many)."""
    colours = (palette.track, *palette.steps)
    steps = len(colours) * (SWATCH + APART) + 14
    low = shorten(words[0], TEXT, 0.6 * (room - steps))
    high = shorten(words[1], TEXT, room - steps - measure(low, TEXT))
    baseline = top + SWATCH / 2 + 0.35 * TEXT
    canvas.text(left, baseline, low, size=TEXT, fill=palette.muted)
    x = left + (measure(low, TEXT) + 10 if low else 0)
    for colour in colours:
        canvas.rect(x, top, SWATCH, SWATCH, radius=6, fill=colour, kind="scale")
        x += SWATCH + APART
    canvas.text(x + 4, baseline, high, size=TEXT, fill=palette.muted)


def draw_frost(canvas: Canvas, palette: Palette, x: float, y: float) -> None:
    """A day that a freeze saved: small and hollow, in the colour of snow."""
    inset = 7
    canvas.rect(
        x + inset, y + inset, CELL - 2 * inset, CELL - 2 * inset,
        radius=ROUND - 2, stroke=palette.frost, thick=4, kind="frozen",
    )  # fmt: skip


def _draw_day(
    canvas: Canvas, palette: Palette, calendar: Calendar, index: int, x: float, y: float
) -> None:
    step = step_of(calendar.counts[index] or 0, calendar.steps)
    if index in calendar.frozen and not step:
        draw_frost(canvas, palette, x, y)
    else:
        fill = palette.steps[step - 1] if step else palette.track
        canvas.rect(x, y, CELL, CELL, radius=ROUND, fill=fill, kind=f"day step{step}")
    if index == calendar.today:
        canvas.rect(
            x - 2, y - 2, CELL + 4, CELL + 4,
            radius=ROUND + 2, stroke=palette.ink, thick=3, kind="today",
        )  # fmt: skip
