"""The upper part of a picture: title, one large number, tiles with smaller ones."""

from __future__ import annotations

from collections.abc import Sequence

from bot.drawing.canvas import Canvas, Palette, fitting_size, measure

WIDTH, MARGIN = 1080, 64
"""Pixels; a phone shows the picture about 400 points wide."""
ROOM = WIDTH - 2 * MARGIN
NUMBER = 108


def draw_head(
    canvas: Canvas,
    palette: Palette,
    *,
    title: str,
    subtitle: str,
    number: str,
    label: str,
) -> None:
    """The title on the left, and on the right the number that matters most."""
    right = WIDTH - MARGIN
    canvas.text(right, 138, number, size=NUMBER, fill=palette.accent, weight="bold", anchor="end")
    canvas.text(right, 180, label, size=28, fill=palette.muted, anchor="end", room=ROOM / 2)
    taken = max(measure(number, NUMBER, "bold"), min(ROOM / 2, measure(label, 28)))
    room = ROOM - taken - 40
    size = fitting_size(title, room, most=56, least=38, weight="bold")
    canvas.text(MARGIN, 128, title, size=size, fill=palette.ink, weight="bold", room=room)
    canvas.text(MARGIN, 180, subtitle, size=30, fill=palette.muted, room=room)


def draw_tiles(
    canvas: Canvas, palette: Palette, tiles: Sequence[tuple[str, str]], top: float
) -> None:
    """Pairs of label and value beside each other."""
    gap, high, inset = 20, 128, 26
    count = max(1, len(tiles))
    wide = (ROOM - gap * (count - 1)) / count
    for number, (label, value) in enumerate(tiles):
        x = MARGIN + number * (wide + gap)
        room = wide - 2 * inset
        canvas.rect(x, top, wide, high, radius=24, fill=palette.panel)
        canvas.text(
            x + inset, top + 66, value, size=52, fill=palette.ink, weight="bold", room=room
        )
        canvas.text(x + inset, top + 106, label, size=27, fill=palette.muted, room=room)
