"""The pencil of the pictures: a small SVG writer, text that fits, and SVG to PNG by resvg."""

from __future__ import annotations

import math
from html import escape
from typing import Literal

from bot.drawing.fonts import CSS_WEIGHT, DEJAVU, Weight, drawable, font_files, font_for, tidy
from bot.drawing.lettering import fitting_size, measure, shorten, wrap
from bot.drawing.palette import PALETTES, Palette, State, Theme

__all__ = [
    "PALETTES",
    "Canvas",
    "Palette",
    "State",
    "Theme",
    "Weight",
    "drawable",
    "fitting_size",
    "measure",
    "render",
    "shorten",
    "wrap",
]

Anchor = Literal["start", "middle", "end"]
_BOLD_STROKE = 0.03
"""Em; DejaVu Sans comes in one weight, so its bold is drawn with an outline."""


LONGEST = 1280
"""Pixels; chats scale longer pictures down, and every pixel takes its time."""


def render(svg: str) -> bytes:
    """The SVG as PNG, with the fonts of these pictures only. Call it off the event loop."""
    import resvg_py  # noqa: PLC0415  # 0.2 s, at the first picture

    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=font_files())
    )


class Canvas:
    """An SVG that grows by shapes; lengths and places are pixels, y is downward."""

    def __init__(self, width: int, height: int, paper: str, most: int = LONGEST) -> None:
        """`most` is how long the longer side of the drawn picture may be."""
        self.width, self.height = width, height
        self.scale = min(1.0, most / max(width, height))
        self._parts: list[str] = []
        self.rect(0, 0, width, height, fill=paper)

    def svg(self) -> str:
        """The picture so far."""
        drawn = round(self.width * self.scale), round(self.height * self.scale)
        size = f'width="{drawn[0]}" height="{drawn[1]}"'
        box = f'viewBox="0 0 {self.width} {self.height}"'
        return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box}>{"".join(self._parts)}</svg>'

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str = "none",
        radius: float = 0,
        stroke: str = "none",
        thick: float = 0,
        kind: str = "",
    ) -> None:
        """A rectangle, its outline centred on its edge; `kind` names it for who reads the SVG."""
        self._add(
            "rect",
            x=x, y=y, width=max(0.0, width), height=max(0.0, height), rx=radius,
            fill=fill, stroke=stroke, stroke_width=thick, class_=kind,
        )  # fmt: skip

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        stroke: str,
        thick: float,
        dash: str = "",
        kind: str = "",
    ) -> None:
        """A straight line, dashed when `dash` says how ("6 5": six drawn, five not)."""
        self._add(
            "line",
            x1=start[0], y1=start[1], x2=end[0], y2=end[1],
            stroke=stroke, stroke_width=thick, stroke_dasharray=dash, class_=kind,
        )  # fmt: skip

    def path(self, d: str, *, fill: str = "none", stroke: str = "none", thick: float = 0) -> None:
        """Any shape, in the language of SVG paths."""
        self._add("path", d=d, fill=fill, stroke=stroke, stroke_width=thick)

    def ring(
        self, x: float, y: float, radius: float, share: float, *, stroke: str, thick: float
    ) -> None:
        """An arc around (x, y), clockwise from the top; `share` 1 closes it."""
        turn = 2 * math.pi * min(share, 0.9999)
        if turn <= 0:
            return
        end = f"{x + radius * math.sin(turn):.2f} {y - radius * math.cos(turn):.2f}"
        arc = f"M{x} {y - radius} A{radius} {radius} 0 {int(turn > math.pi)} 1 {end}"
        self._add(
            "path", d=arc, fill="none", stroke=stroke, stroke_width=thick, stroke_linecap="round"
        )

    def text(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        fill: str,
        weight: Weight = "regular",
        anchor: Anchor = "start",
        room: float | None = None,
    ) -> None:
        """A line of text with its baseline at y, shortened to `room` pixels when given."""
        shown = tidy(text) if room is None else shorten(text, size, room, weight)
        if not shown:
            return
        font = font_for(shown, weight)
        outlined = weight == "bold" and font.family == DEJAVU
        self._add(
            "text", escape(shown),
            x=x, y=y, font_family=font.family, font_size=size, fill=fill, text_anchor=anchor,
            font_weight=CSS_WEIGHT["regular" if font.family == DEJAVU else weight],
            stroke=fill if outlined else "",
            stroke_width=_BOLD_STROKE * size if outlined else 0,
        )  # fmt: skip

    def _add(self, tag: str, content: str = "", **attributes: str | float) -> None:
        written = "".join(
            f' {name.rstrip("_").replace("_", "-")}="{_number(value)}"'
            for name, value in attributes.items()
            if value not in {"", 0} or name in {"x", "y"}
        )
        self._parts.append(
            f"<{tag}{written}>{content}</{tag}>" if content else f"<{tag}{written}/>"
        )


def _number(value: str | float) -> str:
    return escape(value) if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
