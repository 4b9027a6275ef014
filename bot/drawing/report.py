"""The report of a mock interview in one picture: score, verdict, time, areas, types."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.drawing.bars import Bar, bar_length, draw_bars, draw_heading, draw_pass, frame_for, held
from bot.drawing.canvas import (
    PALETTES,
    Canvas,
    Palette,
    State,
    Theme,
    fitting_size,
    measure,
    render,
)

WIDTH, MARGIN = 1080, 64
ROOM = WIDTH - 2 * MARGIN
AREA_SIZE, SMALL = 28, 26
AREA_ROW, TYPE_ROW, HEAD = 46, 40, 84
"""Pixels, as everywhere here; a phone shows the picture about 400 points wide."""


@dataclass(frozen=True, slots=True)
class ReportPicture:
    """What is shown; all words in the person's language."""

    title: str
    date: str
    share: float
    """Overall, 0–1."""
    score: str
    """The same as it is to be read ("68 %")."""
    points: str
    """Such as "16.3/24"."""
    verdict: str
    """Empty where there is nothing to pass."""
    state: State
    pass_share: float | None
    """Overall share needed, 0–1; None when nothing is to be passed."""
    pass_label: str
    """What a dashed line means ("needed to pass")."""
    time_label: str
    time_text: str
    """Used of allowed ("31 of 40 min")."""
    time_share: float | None
    """Used of allowed, 0–1; None for an interview without a clock."""
    areas_label: str
    areas: Sequence[Bar]
    """At most ten; `before` is the share in the earlier interview."""
    types_label: str
    types: Sequence[Bar]
    """By kind of question (choice, numbers, free text, stories); empty to leave them out."""
    before_label: str = ""
    """Which interview the ticks show; shown when an area or type has one."""
    area_pass_share: float | None = None
    """Share needed in each area, 0–1."""


def draw_report(picture: ReportPicture, theme: Theme = "light") -> bytes:
    """A PNG, 1080 pixels wide, as high as it needs. Takes about 0.1 s: call it off the loop."""
    return render(report_svg(picture, theme))


def report_svg(picture: ReportPicture, theme: Theme = "light") -> str:
    """The same as SVG."""
    palette = PALETTES[theme]
    top = 592 if picture.time_share is not None else 502
    groups = [
        (picture.areas_label, picture.areas, AREA_ROW, AREA_SIZE),
        (picture.types_label, picture.types, TYPE_ROW, SMALL),
    ]
    groups = [group for group in groups if group[1]]
    height = top + sum(HEAD + len(bars) * row for _, bars, row, _ in groups) - HEAD
    canvas = Canvas(WIDTH, height + 22 + MARGIN if groups else top, palette.paper)
    _draw_head(canvas, palette, picture)
    _draw_score(canvas, palette, picture)
    if picture.time_share is not None:
        _draw_time(canvas, palette, picture, picture.time_share)
    legend = True
    for label, bars, row, size in groups:
        _draw_group(canvas, palette, picture, (label, bars), (top, row, size), legend=legend)
        top, legend = top + HEAD + len(bars) * row, False
    return canvas.svg()


def _draw_head(canvas: Canvas, palette: Palette, picture: ReportPicture) -> None:
    size = fitting_size(picture.title, ROOM, most=50, least=36, weight="bold")
    canvas.text(MARGIN, 112, picture.title, size=size, fill=palette.ink, weight="bold", room=ROOM)
    canvas.text(MARGIN, 160, picture.date, size=30, fill=palette.muted, room=ROOM)


def _draw_verdict(canvas: Canvas, palette: Palette, picture: ReportPicture, right: float) -> float:
    """A pill with the verdict, which ends at `right`; gives its width."""
    size = fitting_size(picture.verdict, 340, most=34, least=SMALL, weight="bold")
    pill = min(340.0, measure(picture.verdict, size, "bold")) + 56
    canvas.rect(
        right - pill, 248, pill, 64,
        radius=32, fill=palette.soft[picture.state], kind=f"verdict {picture.state}",
    )  # fmt: skip
    canvas.text(
        right - pill / 2, 280 + 0.36 * size, picture.verdict, size=size, room=340,
        fill=palette.states[picture.state], weight="bold", anchor="middle",
    )  # fmt: skip
    return pill


def _draw_score(canvas: Canvas, palette: Palette, picture: ReportPicture) -> None:
    """The card: score, points and verdict, below them the bar with what was needed."""
    inset, left, right = 40, MARGIN + 40, WIDTH - MARGIN - 40
    canvas.rect(MARGIN, 196, ROOM, 242, radius=28, fill=palette.panel)
    canvas.text(left, 324, picture.score, size=124, fill=palette.ink, weight="bold", room=430)
    x = left + min(430, measure(picture.score, 124, "bold")) + 32
    pill = _draw_verdict(canvas, palette, picture, right) if picture.verdict else 0.0
    canvas.text(x, 324, picture.points, size=42, fill=palette.muted, room=right - pill - x - 24)
    length, thick, y = ROOM - 2 * inset, 22, 378
    canvas.rect(left, y, length, thick, radius=thick / 2, fill=palette.track)
    canvas.rect(
        left, y, bar_length(picture.share, length, thick), thick,
        radius=thick / 2, fill=palette.accent, kind="score",
    )  # fmt: skip
    if picture.pass_share is not None:
        at = left + held(picture.pass_share) * length
        draw_pass(canvas, palette, at, y - 13, y + thick + 13, ground=palette.panel)


def _draw_time(canvas: Canvas, palette: Palette, picture: ReportPicture, share: float) -> None:
    canvas.text(MARGIN, 490, picture.time_label, size=28, fill=palette.muted, room=ROOM / 2)
    canvas.text(
        WIDTH - MARGIN, 490, picture.time_text,
        size=28, fill=palette.ink, anchor="end", room=ROOM / 2 - 20,
    )  # fmt: skip
    canvas.rect(MARGIN, 508, ROOM, 10, radius=5, fill=palette.track)
    canvas.rect(
        MARGIN, 508, bar_length(share, ROOM, 10), 10, radius=5, fill=palette.muted, kind="time"
    )


def _draw_group(
    canvas: Canvas,
    palette: Palette,
    picture: ReportPicture,
    group: tuple[str, Sequence[Bar]],
    measures: tuple[int, int, int],
    *,
    legend: bool,
) -> None:
    """A heading and its bars; `measures` are the heading's baseline, the row and the size."""
    (label, bars), (baseline, row, size) = group, measures
    earlier = any(bar.before is not None for bar in (*picture.areas, *picture.types))
    passing = picture.pass_share is not None or picture.area_pass_share is not None
    draw_heading(
        canvas, palette, label, left=MARGIN, right=WIDTH - MARGIN, baseline=baseline,
        before=picture.before_label if legend and earlier else "",
        passing=picture.pass_label if legend and passing else "",
    )  # fmt: skip
    everything = [*picture.areas, *picture.types]  # so that the bars of both groups align
    frame = frame_for(
        everything, left=MARGIN, top=baseline + 22, width=ROOM, row=row, size=AREA_SIZE
    )
    frame = replace(frame, size=size, thick=round(0.64 * size))
    needed = picture.area_pass_share if bars is picture.areas else None
    draw_bars(canvas, palette, bars, frame, pass_share=needed)
