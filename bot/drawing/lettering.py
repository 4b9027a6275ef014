"""Text that fits: its width, its beginning with an ellipsis, its lines, its size."""

from __future__ import annotations

import math

from bot.drawing.fonts import Weight, font_for, tidy


def measure(text: str, size: float, weight: Weight = "regular") -> float:
    """The width of the text in pixels."""
    tidied = tidy(text)
    return font_for(tidied, weight).width(tidied) * size


def shorten(text: str, size: float, room: float, weight: Weight = "regular") -> str:
    """The text as it is or, when wider than `room` pixels, its beginning and an ellipsis."""
    tidied = tidy(text)
    if measure(tidied, size, weight) <= room:
        return tidied
    low, high = 0, len(tidied)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(_cut(tidied, middle), size, weight) <= room:
            low = middle
        else:
            high = middle - 1
    return _cut(tidied, low)


def wrap(text: str, size: float, room: float, most: int, weight: Weight = "regular") -> list[str]:
    """The text in at most `most` lines, broken between words; the last one may be shortened."""
    words, lines = tidy(text).split(), list[str]()
    while words and len(lines) < most - 1:
        count = 1
        while count < len(words) and measure(" ".join(words[: count + 1]), size, weight) <= room:
            count += 1
        lines.append(shorten(" ".join(words[:count]), size, room, weight))
        words = words[count:]
    return [*lines, shorten(" ".join(words), size, room, weight)] if words else lines


def fitting_size(
    text: str, room: float, *, most: float, least: float, weight: Weight = "regular"
) -> float:
    """The size in pixels, between `least` and `most`, in which the text fits into `room`."""
    width = measure(text, most, weight)
    return most if width <= room else max(least, math.floor(most * room / width))


def _cut(text: str, length: int) -> str:
    return f"{text[:length].rstrip()}…"
