"""A person's progress in one picture: streak, readiness by area, twelve weeks of answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.drawing.bars import Bar, draw_bars, draw_heading, frame_for
from bot.drawing.calendar import (
    CELL,
    SWATCH,
    TEXT,
    Calendar,
    draw_calendar,
    draw_frost,
    draw_scale,
    place,
)
from bot.drawing.canvas import PALETTES, Canvas, Palette, Theme, render
from bot.drawing.heads import MARGIN, ROOM, WIDTH, draw_head, draw_tiles

ROW = 44
"""Pixels, as everywhere here."""


@dataclass(frozen=True, slots=True)
class ProgressPicture:
    """What is shown; all words in the person's language."""

    title: str
    subtitle: str
    """Below the title: whose progress, or when; may be empty."""
    readiness: str
    """The overall number, as it is to be read ("64 %", or "–" before the first answer)."""
    readiness_label: str
    tiles: Sequence[tuple[str, str]]
    """Three pairs of label and value: the current streak, the longest one, freezes left."""
    areas_label: str
    areas: Sequence[Bar]
    """At most ten; `before` is the share four weeks ago."""
    before_label: str
    """What the tick means ("four weeks ago"); shown when an area has one."""
    calendar_label: str
    calendar: Calendar
    """Twelve weeks."""
    scale: tuple[str, str]
    """The words at the ends of the intensities ("fewer", "more")."""
    frozen_label: str
    """What a hollow blue day means; shown when there is one."""
    totals: Sequence[tuple[str, str]] = ()
    """Up to two pairs of label and value beside the calendar (answers, days)."""


def draw_progress(picture: ProgressPicture, theme: Theme = "light") -> bytes:
    """A PNG, 1080 pixels wide. Takes about 0.1 s: call it off the event loop."""
    return render(progress_svg(picture, theme))


def progress_svg(picture: ProgressPicture, theme: Theme = "light") -> str:
    """The same as SVG."""
    palette = PALETTES[theme]
    rows = max(1, len(picture.areas))
    areas = 402.0
    calendar = areas + 30 + rows * ROW + 62
    canvas = Canvas(
        WIDTH, round(calendar + 22 + TEXT + 14 + place(6)[1] + CELL + MARGIN), palette.paper
    )
    draw_head(
        canvas, palette, title=picture.title, subtitle=picture.subtitle,
        number=picture.readiness, label=picture.readiness_label,
    )  # fmt: skip
    draw_tiles(canvas, palette, picture.tiles, 214)
    _draw_areas(canvas, palette, picture, areas)
    _draw_weeks(canvas, palette, picture, calendar)
    return canvas.svg()


def _draw_areas(
    canvas: Canvas, palette: Palette, picture: ProgressPicture, baseline: float
) -> None:
    earlier = any(bar.before is not None for bar in picture.areas)
    draw_heading(
        canvas, palette, picture.areas_label, left=MARGIN, right=WIDTH - MARGIN,
        baseline=baseline, before=picture.before_label if earlier else "",
    )  # fmt: skip
    frame = frame_for(picture.areas, left=MARGIN, top=baseline + 22, width=ROOM, row=ROW, size=28)
    draw_bars(canvas, palette, picture.areas, frame)


def _draw_weeks(
    canvas: Canvas, palette: Palette, picture: ProgressPicture, baseline: float
) -> None:
    draw_heading(
        canvas, palette, picture.calendar_label,
        left=MARGIN, right=WIDTH - MARGIN, baseline=baseline,
    )  # fmt: skip
    names, top = 60, baseline + 22
    draw_calendar(canvas, palette, picture.calendar, MARGIN, top, names)
    left = MARGIN + names + place(12 * 7)[0] + 40
    room = WIDTH - MARGIN - left
    y = top + TEXT + 14
    for label, value in picture.totals:
        canvas.text(left, y + 40, value, size=52, fill=palette.ink, weight="bold", room=room)
        canvas.text(left, y + 76, label, size=26, fill=palette.muted, room=room)
        y += 112
    bottom = top + TEXT + 14 + place(6)[1] + CELL
    draw_scale(canvas, palette, picture.scale, left, bottom - SWATCH, room)
    days = picture.calendar
    if any(n < len(days.counts) and not days.counts[n] for n in days.frozen):
        draw_frost(canvas, palette, left - 7, bottom - SWATCH - 52)
        canvas.text(
            left + 36, bottom - SWATCH - 52 + CELL / 2 + 9, picture.frozen_label,
            size=26, fill=palette.muted, room=room - 36,
        )  # fmt: skip
