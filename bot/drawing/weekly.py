"""A week in one picture: its days, what was right, which areas have moved, what waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.drawing.bars import HEADING, KEY, Bar, draw_bars, draw_heading, frame_for
from bot.drawing.canvas import (
    PALETTES,
    Canvas,
    Palette,
    Theme,
    fitting_size,
    measure,
    render,
    shorten,
)
from bot.drawing.heads import MARGIN, ROOM, WIDTH, draw_head, draw_tiles

ROW = 50
COLUMNS = 210
"""How high the column of the best day is; pixels, as everywhere here."""
STUB = 10
"""How high the column of a day without answers is."""
LEAST = 26
"""The column of one answer is no lower than this."""
MOST = 0.52
"""Of the room for a day, its column takes so much."""


@dataclass(frozen=True, slots=True)
class Day:
    """A column: `count` answers on the weekday `name`; `frozen` where a freeze saved it."""

    name: str
    count: int
    frozen: bool = False


@dataclass(frozen=True, slots=True)
class WeeklyPicture:
    """What is shown; all words in the person's language."""

    title: str
    subtitle: str
    """Below the title: whose week, and which; may be empty."""
    share: str
    """How much was right, as it is to be read ("74 %")."""
    share_label: str
    tiles: Sequence[tuple[str, str]]
    """Pairs of label and value: days of practice, answers, the streak."""
    days_label: str
    days: Sequence[Day]
    """In the order of their dates."""
    frozen_label: str
    """What a hollow blue column means; shown when there is one."""
    areas_label: str
    areas: Sequence[Bar]
    """The areas that have moved, with `before`; may be empty."""
    before_label: str
    waiting: str
    """One line about what comes next; may be empty."""


def draw_week(picture: WeeklyPicture, theme: Theme = "light") -> bytes:
    """A PNG, 1080 pixels wide. Takes about 0.1 s: call it off the event loop."""
    return render(week_svg(picture, theme))


def week_svg(picture: WeeklyPicture, theme: Theme = "light") -> str:
    """The same as SVG."""
    palette = PALETTES[theme]
    days, areas = 402.0, 402.0 + 30 + COLUMNS + 144
    waiting = areas + 40 + len(picture.areas) * ROW if picture.areas else areas - HEADING - 14
    height = waiting + (86 if picture.waiting else 0) + MARGIN
    canvas = Canvas(WIDTH, round(height), palette.paper)
    draw_head(
        canvas, palette, title=picture.title, subtitle=picture.subtitle,
        number=picture.share, label=picture.share_label,
    )  # fmt: skip
    draw_tiles(canvas, palette, picture.tiles, 214)
    _draw_days(canvas, palette, picture, days)
    if picture.areas:
        _draw_areas(canvas, palette, picture, areas)
    if picture.waiting:
        _draw_waiting(canvas, palette, picture.waiting, waiting + 14)
    return canvas.svg()


def column_height(count: int, most: int) -> float:
    """Pixels: in proportion to the best day's, but one answer is seen, too."""
    return max(LEAST, COLUMNS * count / most) if count else STUB


def _draw_days(canvas: Canvas, palette: Palette, picture: WeeklyPicture, baseline: float) -> None:
    draw_heading(
        canvas, palette, picture.days_label, left=MARGIN, right=WIDTH - MARGIN, baseline=baseline
    )
    if any(day.frozen and not day.count for day in picture.days):
        _draw_legend(canvas, palette, picture.frozen_label, baseline)
    floor = baseline + 62 + COLUMNS
    most = max((day.count for day in picture.days), default=0)
    wide = ROOM / max(1, len(picture.days))
    for number, day in enumerate(picture.days):
        _draw_day(canvas, palette, day, MARGIN + (number + 0.5) * wide, floor, MOST * wide, most)


def _draw_legend(canvas: Canvas, palette: Palette, label: str, baseline: float) -> None:
    """What a hollow column means, at the end of the heading's line."""
    shown = shorten(label, KEY, ROOM / 2)
    right = WIDTH - MARGIN
    canvas.text(right, baseline, shown, size=KEY, fill=palette.muted, anchor="end")
    x = right - measure(shown, KEY) - 40
    canvas.rect(x, baseline - 22, 26, 26, radius=6, stroke=palette.frost, thick=4, kind="frozen")


def _draw_day(
    canvas: Canvas, palette: Palette, day: Day, middle: float, floor: float, wide: float, most: int
) -> None:
    """A column with its number above and its weekday below."""
    high, left = column_height(day.count, most), middle - wide / 2
    if day.frozen and not day.count:
        high = wide
        canvas.rect(
            left + 2, floor - high + 2, wide - 4, high - 4,
            radius=14, stroke=palette.frost, thick=4, kind="frozen",
        )  # fmt: skip
    else:
        fill = palette.accent if day.count else palette.track
        canvas.rect(
            left, floor - high, wide, high, radius=min(14, high / 2), fill=fill,
            kind="column" if day.count else "stub",
        )  # fmt: skip
    if day.count:
        canvas.text(
            middle, floor - high - 14, f"{day.count}",
            size=30, fill=palette.ink, weight="bold", anchor="middle",
        )  # fmt: skip
    canvas.text(
        middle, floor + 40, day.name,
        size=27, fill=palette.muted, anchor="middle", room=wide / MOST - 8,
    )  # fmt: skip


def _draw_areas(canvas: Canvas, palette: Palette, picture: WeeklyPicture, baseline: float) -> None:
    earlier = any(bar.before is not None for bar in picture.areas)
    draw_heading(
        canvas, palette, picture.areas_label, left=MARGIN, right=WIDTH - MARGIN,
        baseline=baseline, before=picture.before_label if earlier else "",
    )  # fmt: skip
    frame = frame_for(picture.areas, left=MARGIN, top=baseline + 22, width=ROOM, row=ROW, size=28)
    draw_bars(canvas, palette, picture.areas, frame)


def _draw_waiting(canvas: Canvas, palette: Palette, waiting: str, top: float) -> None:
    """The last line, on a ground of its own."""
    room = ROOM - 56
    canvas.rect(MARGIN, top, ROOM, 78, radius=24, fill=palette.panel)
    size = fitting_size(waiting, room, most=30, least=24)
    canvas.text(MARGIN + 28, top + 49, waiting, size=size, fill=palette.ink, room=room)
