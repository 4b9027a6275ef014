"""Horizontal bars with a name before and a number behind: areas of progress and of reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.drawing.canvas import Canvas, Palette, measure, shorten

GAP = 24
"""Pixels between a name and its bar, and between the bar and its number."""
HEADING, KEY = 32, 26
"""Pixels: sizes of the line above bars and of its legend."""
PASS, DASH = 3, "7 5"
"""The line of what is needed to pass."""
TICK, TICK_OVER = 5, 7
"""Pixels: how thick an earlier value's tick is, and how far it stands out of the bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One row."""

    name: str
    share: float | None
    """0–1; None: nothing is known yet, the bar is hollow and the row grey."""
    text: str
    """The number behind the bar, as it is to be read ("64 %", "2.5/4")."""
    before: float | None = None
    """The share some time ago, drawn as a tick; None for none."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where rows of bars stand; all in pixels."""

    left: float
    top: float
    width: float
    row: float
    """From one row to the next."""
    size: float
    """Of text."""
    thick: float
    names: float
    """Room for the names."""
    numbers: float
    """Room for the numbers."""

    @property
    def start(self) -> float:
        """The left end of the bars."""
        return self.left + self.names + GAP

    @property
    def length(self) -> float:
        """Of a full bar."""
        return self.width - self.names - self.numbers - 2 * GAP


def frame_for(
    bars: Sequence[Bar], *, left: float, top: float, width: float, row: float, size: float
) -> Frame:
    """A frame whose names and numbers have the room that these bars need, up to a half."""
    names = max((measure(bar.name, size) for bar in bars), default=0.0)
    numbers = max((measure(bar.text, size, "bold") for bar in bars), default=0.0)
    return Frame(
        left=left, top=top, width=width, row=row, size=size, thick=round(0.64 * size),
        names=min(0.52 * width, max(0.3 * width, names + 1)),
        numbers=min(0.16 * width, max(0.08 * width, numbers + 1)),
    )  # fmt: skip


def held(share: float) -> float:
    """The share within 0–1."""
    return min(1.0, max(0.0, share))


def bar_length(share: float, full: float, thick: float) -> float:
    """Pixels; a share above nothing is at least a dot, a share of nothing has no bar."""
    return max(thick, held(share) * full) if share > 0 else 0.0


def draw_bars(
    canvas: Canvas,
    palette: Palette,
    bars: Sequence[Bar],
    frame: Frame,
    *,
    pass_share: float | None = None,
) -> None:
    """Draw the rows, with a dashed line through all bars at `pass_share` (0–1) when given."""
    middles = [frame.top + (number + 0.5) * frame.row for number in range(len(bars))]
    for bar, middle in zip(bars, middles, strict=True):
        _draw_row(canvas, palette, bar, frame, middle)
    if pass_share is not None and bars:
        x = frame.start + held(pass_share) * frame.length
        draw_pass(canvas, palette, x, frame.top, frame.top + len(bars) * frame.row)
    for bar, middle in zip(bars, middles, strict=True):  # last, so that nothing cuts them
        if bar.before is not None:
            x = frame.start + held(bar.before) * frame.length
            draw_tick(canvas, palette, x, middle, frame.thick)


def draw_pass(
    canvas: Canvas, palette: Palette, x: float, top: float, bottom: float, *, ground: str = ""
) -> None:
    """A dashed line at what is needed to pass, set off from the bars that it crosses."""
    ends = (x, top), (x, bottom)
    canvas.line(*ends, stroke=ground or palette.paper, thick=PASS + 4)
    canvas.line(*ends, stroke=palette.ink, thick=PASS, dash=DASH, kind="pass")


def draw_tick(canvas: Canvas, palette: Palette, x: float, middle: float, thick: float) -> None:
    """An earlier value at x, on a bar whose middle and thickness are given."""
    high = thick + 2 * TICK_OVER
    canvas.rect(
        x - TICK / 2 - 2,
        middle - high / 2,
        TICK + 4,
        high,
        radius=TICK / 2 + 2,
        fill=palette.paper,
    )
    canvas.rect(
        x - TICK / 2, middle - high / 2, TICK, high,
        radius=TICK / 2, fill=palette.ink, kind="before",
    )  # fmt: skip


def draw_heading(
    canvas: Canvas,
    palette: Palette,
    heading: str,
    *,
    left: float,
    right: float,
    baseline: float,
    before: str = "",
    passing: str = "",
) -> None:
    """A line above the bars: what they are, and at its end what tick and dashed line mean."""
    most = 0.36 * (right - left)
    x = right
    for label, is_tick in ((before, True), (passing, False)):
        if label:
            shown = shorten(label, KEY, most)
            canvas.text(x, baseline, shown, size=KEY, fill=palette.muted, anchor="end")
            x -= measure(shown, KEY) + 16
            if is_tick:
                draw_tick(canvas, palette, x, baseline - 9, 16)
            else:
                draw_pass(canvas, palette, x, baseline - 25, baseline + 6)
            x -= 40
    canvas.text(
        left, baseline, heading,
        size=HEADING, fill=palette.ink, weight="bold", room=x - left,
    )  # fmt: skip


def _draw_row(canvas: Canvas, palette: Palette, bar: Bar, frame: Frame, middle: float) -> None:
    known, thick = bar.share is not None, frame.thick
    baseline, top = middle + 0.35 * frame.size, middle - frame.thick / 2
    ink = palette.ink if known else palette.muted
    canvas.text(frame.left, baseline, bar.name, size=frame.size, fill=ink, room=frame.names)
    if bar.share is None:
        canvas.rect(
            frame.start + 1, top + 1, frame.length - 2, thick - 2,
            radius=thick / 2, stroke=palette.hollow, thick=2, kind="hollow",
        )  # fmt: skip
    else:
        canvas.rect(frame.start, top, frame.length, thick, radius=thick / 2, fill=palette.track)
        canvas.rect(
            frame.start, top, bar_length(bar.share, frame.length, thick), thick,
            radius=thick / 2, fill=palette.accent, kind="bar",
        )  # fmt: skip
    canvas.text(
        frame.left + frame.width, baseline, bar.text,
        size=frame.size, fill=ink, weight="bold" if known else "regular", anchor="end",
        room=frame.numbers,
    )  # fmt: skip
