"""The colours of the pictures, light and dark."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]
State = Literal["good", "open"]
"""How a verdict is meant: reached, or not yet (which is no failure, so nothing is red)."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Colours as #rrggbb; those of text have a contrast of at least 4.5 on paper and panel."""

    paper: str
    panel: str
    ink: str
    muted: str
    accent: str
    track: str
    """The empty part of a bar, and a day without answers."""
    hollow: str
    """The outline of what has no value yet."""
    frost: str
    """The outline of a day that a streak freeze saved."""
    steps: tuple[str, str, str, str]
    """Days with few answers to days with many."""
    states: dict[State, str]
    soft: dict[State, str]
    """The ground below a word in the colour of its state."""


PALETTES: dict[Theme, Palette] = {
    "light": Palette(
        paper="#ffffff",
        panel="#f2f6f6",
        ink="#16232b",
        muted="#566670",
        accent="#0f766b",
        track="#e4ebeb",
        hollow="#b4c2c4",
        frost="#5b9fd8",
        steps=("#c3e4dd", "#84c7bb", "#3c9f91", "#0d6459"),
        states={"good": "#0f6b4a", "open": "#8a5200"},
        soft={"good": "#dff3e8", "open": "#fbeed6"},
    ),
    "dark": Palette(
        paper="#131b21",
        panel="#1c272f",
        ink="#eef3f5",
        muted="#9fb0b9",
        accent="#4fc3b1",
        track="#2c3a44",
        hollow="#51626d",
        frost="#6fb1e6",
        steps=("#1d4a47", "#287268", "#39a090", "#74e0cd"),
        states={"good": "#6fdca8", "open": "#f0bd6b"},
        soft={"good": "#173a2c", "open": "#3d2f16"},
    ),
}
