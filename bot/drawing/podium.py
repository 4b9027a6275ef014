"""The podium of a group quiz in one picture: the first three, and who came next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.drawing.canvas import PALETTES, Canvas, Palette, Theme, fitting_size, render

WIDTH, MARGIN = 1080, 64
ROOM = WIDTH - 2 * MARGIN
STEPS = (300, 220, 160)
"""How high the first, the second and the third stand."""
ORDER = (1, 0, 2)
"""Who stands where, from the left: the second, the first, the third."""
GAP, RADIUS, ROW = 24, 20, 62
FLOOR = 690
"""On what the steps stand."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One player, or one team."""

    name: str
    points: str
    detail: str
    """Such as "3/3 · 12 s"."""


@dataclass(frozen=True, slots=True)
class PodiumPicture:
    """What is shown, best first; all words in the group's language."""

    title: str
    subtitle: str
    first: Sequence[Standing]
    """At most three."""
    rest: Sequence[Standing] = ()
    """Who came next, as many as are to be seen."""


def draw_podium(picture: PodiumPicture, theme: Theme = "light") -> bytes:
    """A PNG, 1080 pixels wide, as high as it needs. Takes about 0.1 s: call it off the loop."""
    return render(podium_svg(picture, theme))


def podium_svg(picture: PodiumPicture, theme: Theme = "light") -> str:
    """The same as SVG."""
    palette = PALETTES[theme]
    below = 40 + len(picture.rest) * ROW if picture.rest else 0
    canvas = Canvas(WIDTH, FLOOR + below + MARGIN, palette.paper)
    size = fitting_size(picture.title, ROOM, most=50, least=36, weight="bold")
    canvas.text(MARGIN, 112, picture.title, size=size, fill=palette.ink, weight="bold", room=ROOM)
    canvas.text(MARGIN, 160, picture.subtitle, size=30, fill=palette.muted, room=ROOM)
    for column, place in enumerate(ORDER):
        if place < len(picture.first):
            _draw_step(canvas, palette, picture.first[place], column, place)
    for row, standing in enumerate(picture.rest):
        _draw_row(canvas, palette, standing, FLOOR + 40 + row * ROW, row + len(STEPS) + 1)
    return canvas.svg()


def _draw_step(
    canvas: Canvas, palette: Palette, standing: Standing, column: int, place: int
) -> None:
    """A step with its number, and above it the name and the points."""
    width = (ROOM - 2 * GAP) / 3
    left, height = MARGIN + column * (width + GAP), STEPS[place]
    middle, top = left + width / 2, FLOOR - height
    fill = palette.accent if place == 0 else palette.track
    canvas.rect(left, top, width, height, radius=RADIUS, fill=fill, kind=f"step {place + 1}")
    ink = palette.paper if place == 0 else palette.muted
    canvas.text(
        middle, top + 106, f"{place + 1}", size=96, fill=ink, weight="bold", anchor="middle"
    )
    size = fitting_size(standing.name, width, most=40, least=26, weight="bold")
    canvas.text(
        middle, top - 112, standing.name,
        size=size, fill=palette.ink, weight="bold", anchor="middle", room=width,
    )  # fmt: skip
    canvas.text(
        middle, top - 66, standing.points,
        size=36, fill=palette.accent, weight="bold", anchor="middle", room=width,
    )  # fmt: skip
    canvas.text(
        middle, top - 24, standing.detail,
        size=26, fill=palette.muted, anchor="middle", room=width,
    )  # fmt: skip


def _draw_row(
    canvas: Canvas, palette: Palette, standing: Standing, top: float, place: int
) -> None:
    """Somebody who stands beside: place, name, points."""
    line = top + 40
    canvas.text(MARGIN, line, f"{place}.", size=30, fill=palette.muted, room=64)
    canvas.text(MARGIN + 72, line, standing.name, size=30, fill=palette.ink, room=ROOM - 500)
    canvas.text(
        WIDTH - MARGIN - 220, line, standing.points,
        size=30, fill=palette.ink, weight="bold", anchor="end", room=180,
    )  # fmt: skip
    canvas.text(
        WIDTH - MARGIN, line, standing.detail,
        size=26, fill=palette.muted, anchor="end", room=200,
    )  # fmt: skip
