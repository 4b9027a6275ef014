"""A certificate of practice, to print or to show; on light paper only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.drawing.bars import Bar, bar_length, held
from bot.drawing.canvas import Canvas, fitting_size, measure, render, wrap
from bot.drawing.fonts import tidy

WIDTH, HEIGHT = 1600, 1130
"""Pixels: landscape, the shape of A4."""
INSET, SIDE = 44, 130
MIDDLE, ROOM = WIDTH / 2, WIDTH - 2 * SIDE
PAPER, INK, MUTED, ACCENT, GOLD = "#fdfcf8", "#1a262d", "#5a666c", "#0f665d", "#b08a3e"
TRACK, CELL = "#e6e6de", "#eef2ee"
CODE = 27
"""Characters that have room."""


@dataclass(frozen=True, slots=True)
class CertificatePicture:
    """What is shown; all words in the person's language."""

    heading: str
    """Such as "Practice certificate"; it must not sound like a degree."""
    for_label: str
    name: str
    """Up to 60 characters keep a good size; longer ones are shortened."""
    sentences: str
    """What was done; up to three lines."""
    date: str
    score: str
    """Overall, as it is to be read ("82 %")."""
    share: float
    """The same, 0–1."""
    score_label: str
    areas: Sequence[Bar]
    """At most ten; `before` is not shown."""
    code: str
    """Up to 27 characters, each drawn in a cell of its own."""
    check: str
    """How to check the code."""


def draw_certificate(picture: CertificatePicture) -> bytes:
    """A PNG of 1600×1130 pixels. Takes about 0.15 s: call it off the event loop."""
    return render(certificate_svg(picture))


def certificate_svg(picture: CertificatePicture) -> str:
    """The same as SVG."""
    canvas = Canvas(WIDTH, HEIGHT, PAPER, most=WIDTH)
    _draw_border(canvas)
    _draw_name(canvas, picture)
    _draw_score(canvas, picture)
    _draw_areas(canvas, picture.areas, 408, 572)
    _draw_foot(canvas, picture)
    return canvas.svg()


def _draw_border(canvas: Canvas) -> None:
    """A double line whose corners are cut by quarter circles, each around a small diamond."""
    for inset, curve, thick, colour in ((INSET, 46, 4, ACCENT), (INSET + 14, 40, 1.5, GOLD)):
        left, right, top, bottom = inset, WIDTH - inset, inset, HEIGHT - inset
        arc = f"A{curve} {curve} 0 0 0"
        canvas.path(
            f"M{left + curve} {top}H{right - curve}{arc} {right} {top + curve}"
            f"V{bottom - curve}{arc} {right - curve} {bottom}"
            f"H{left + curve}{arc} {left} {bottom - curve}V{top + curve}"
            f"{arc} {left + curve} {top}Z",
            stroke=colour, thick=thick,
        )  # fmt: skip
    for x in (INSET + 6, WIDTH - INSET - 6):
        for y in (INSET + 6, HEIGHT - INSET - 6):
            _draw_diamond(canvas, x, y, 11)


def _draw_diamond(canvas: Canvas, x: float, y: float, half: float) -> None:
    canvas.path(f"M{x} {y - half}L{x + half} {y}L{x} {y + half}L{x - half} {y}Z", fill=GOLD)


def _draw_name(canvas: Canvas, picture: CertificatePicture) -> None:
    size = fitting_size(picture.heading, 0.9 * ROOM, most=50, least=34, weight="bold")
    canvas.text(
        MIDDLE, 170, picture.heading,
        size=size, fill=ACCENT, weight="bold", anchor="middle", room=0.9 * ROOM,
    )  # fmt: skip
    canvas.text(MIDDLE, 228, picture.for_label, size=30, fill=MUTED, anchor="middle", room=ROOM)
    size = fitting_size(picture.name, ROOM, most=92, least=34, weight="light")
    canvas.text(
        MIDDLE, 305 + 0.25 * size, picture.name,
        size=size, fill=INK, weight="light", anchor="middle", room=ROOM,
    )  # fmt: skip
    for start, end in ((MIDDLE - 260, MIDDLE - 24), (MIDDLE + 24, MIDDLE + 260)):
        canvas.line((start, 372), (end, 372), stroke=GOLD, thick=2)
    _draw_diamond(canvas, MIDDLE, 372, 8)
    lines = _even_lines(picture.sentences)
    top = 432 if len(lines) > 2 else 444
    for number, line in enumerate(lines):
        canvas.text(MIDDLE, top + number * 46, line, size=32, fill=INK, anchor="middle")


def _even_lines(text: str) -> list[str]:
    """Up to three lines, no more of them than needed, about as long as each other."""
    whole = wrap(text, 32, ROOM, 3)
    if not whole or whole[-1].endswith("…"):
        return whole
    for share in (0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95):
        if len(wrap(text, 32, share * ROOM, 4)) == len(whole):
            return wrap(text, 32, share * ROOM, 3)
    return whole


def _draw_score(canvas: Canvas, picture: CertificatePicture) -> None:
    x, y, radius = 246, 700, 96
    canvas.ring(x, y, radius, 1, stroke=TRACK, thick=16)
    canvas.ring(x, y, radius, held(picture.share), stroke=ACCENT, thick=16)
    size = fitting_size(picture.score, 1.5 * radius, most=56, least=30, weight="bold")
    canvas.text(
        x, y + 0.35 * size, picture.score, size=size, fill=INK, weight="bold", anchor="middle"
    )
    canvas.text(
        x, y + radius + 56, picture.score_label, size=28, fill=MUTED, anchor="middle", room=250
    )


def _draw_areas(canvas: Canvas, areas: Sequence[Bar], left: float, top: float) -> None:
    """The areas in two columns, each with its number and a thin bar below."""
    gap, row = 44, 62
    wide = (WIDTH - SIDE - left - gap) / 2
    half = (len(areas) + 1) // 2
    numbers = max((measure(area.text, 26, "bold") for area in areas), default=0.0)
    room = wide - min(110, numbers) - 12
    sizes = (fitting_size(area.name, room, most=27, least=24) for area in areas)
    size = min(sizes, default=27.0)  # one for all
    for number, area in enumerate(areas):
        x = left + (number // half) * (wide + gap)
        y = top + (number % half) * row
        canvas.text(
            x + wide, y + 28, area.text, size=26, fill=INK, weight="bold", anchor="end", room=110
        )
        canvas.text(x, y + 28, area.name, size=size, fill=INK, room=room)
        canvas.rect(x, y + 40, wide, 6, radius=3, fill=TRACK)
        length = bar_length(area.share or 0, wide, 6)
        canvas.rect(x, y + 40, length, 6, radius=3, fill=ACCENT, kind="bar")


def _draw_foot(canvas: Canvas, picture: CertificatePicture) -> None:
    canvas.line((SIDE, 922), (WIDTH - SIDE, 922), stroke=TRACK, thick=2)
    canvas.text(SIDE, 984, picture.date, size=32, fill=INK, room=420)
    cell, code = 34, tidy(picture.code)[:CODE]
    start = WIDTH - SIDE - cell * len(code) + 4
    for number, character in enumerate(code):
        x = start + number * cell
        if character.isalnum():
            canvas.rect(x, 950, cell - 4, 44, radius=6, fill=CELL)
        canvas.text(
            x + cell / 2 - 2, 983, character,
            size=31, fill=ACCENT, weight="bold", anchor="middle",
        )  # fmt: skip
    size = fitting_size(picture.check, ROOM, most=26, least=24)
    canvas.text(WIDTH - SIDE, 1036, picture.check, size=size, fill=MUTED, anchor="end", room=ROOM)
