from __future__ import annotations

import pytest

from bot.drawing.canvas import (
    PALETTES,
    Canvas,
    Palette,
    Weight,
    drawable,
    fitting_size,
    measure,
    render,
    shorten,
    wrap,
)
from bot.drawing.fonts import DEJAVU, FIRA, font_of, tidy
from tests.drawing.samples import HOSTILE, shapes, size_of


@pytest.mark.parametrize(
    "text",
    ["Ada Lovelace", "Łukasz Żółć", "Nguyễn Thị Phương Thảo", "Ёлка Їжак", "Ωραία",
     "محمد", "עברית", "ქართული", "Հայերեն", "64 % → ✓", "", "a\u200fb\nc"],
)  # fmt: skip
def test_these_can_be_drawn(text: str) -> None:
    assert drawable(text)


@pytest.mark.parametrize(
    "text", ["漢字", "김민수", "Ada 🦊", "हिन्दी", "\ud800", "\uffff", "Ada محمد 漢"]
)
def test_these_would_be_boxes(text: str) -> None:
    assert not drawable(text)


def test_a_name_in_two_pieces_is_composed() -> None:
    assert tidy("Nguye\u0302\u0303n") == "Nguyễn"
    assert drawable("Nguye\u0302\u0303n")


def test_all_weights_have_the_same_characters() -> None:
    weights: tuple[Weight, ...] = ("light", "regular", "bold")
    assert len({frozenset(font_of(FIRA, weight).glyphs) for weight in weights}) == 1


def test_known_widths() -> None:
    assert measure("a", 1000) == 544
    assert measure("abcÄж", 1000) == 544 + 594 + 478 + 573 + 719
    assert font_of(DEJAVU, "regular").width("\u05d0") == pytest.approx(1369 / 2048)


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_an_svg_that_draws(text: str) -> None:
    canvas = Canvas(200, 60, "#ffffff")
    canvas.text(10, 40, text, size=30, fill="#000000", room=180, weight="bold")
    assert len(shapes(canvas.svg(), "rect")) == 1
    assert size_of(render(canvas.svg())) == (200, 60)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("room", [0, 40, 300])
def test_a_shortened_text_fits(text: str, room: float) -> None:
    short = shorten(text, 30, room)
    assert short in {tidy(text), "…"} or measure(short, 30) <= room


def test_a_text_that_fits_stays() -> None:
    assert shorten("Statistics", 28, measure("Statistics", 28)) == "Statistics"
    assert shorten("Statistics", 28, measure("Statistics", 28) - 1).endswith("…")


def test_markup_in_a_text_is_shown_not_obeyed() -> None:
    canvas = Canvas(200, 60, "#ffffff")
    canvas.text(10, 40, "<b>&\"'</b>", size=30, fill="#000000")
    assert [shape.text for shape in shapes(canvas.svg(), "text")] == ["<b>&\"'</b>"]


def test_lines_break_between_words_and_keep_them_all() -> None:
    text = "has answered many interview questions on machine learning"
    lines = wrap(text, 30, 400, 5)
    assert len(lines) > 1
    assert " ".join(lines) == text
    assert all(measure(line, 30) <= 400 for line in lines)
    assert wrap(text, 30, 400, 1)[0].endswith("…")
    assert wrap("  ", 30, 400, 3) == []


def test_a_long_name_gets_smaller_but_not_too_small() -> None:
    assert fitting_size("Ada", 900, most=90, least=40) == 90
    name = "Alexandra Konstantinopolskaya"
    size = fitting_size(name, 900, most=90, least=40)
    assert 40 < size < 90
    assert measure(name, size) <= 900
    assert fitting_size("W" * 300, 900, most=90, least=40) == 40


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_text_is_readable_on_what_it_stands_on(palette: Palette) -> None:
    pairs = [
        (ink, ground)
        for ink in (palette.ink, palette.muted, palette.accent)
        for ground in (palette.paper, palette.panel)
    ]
    pairs += [(palette.states[state], palette.soft[state]) for state in palette.states]
    assert [pair for pair in pairs if _contrast(*pair) < 4.5] == []


def _contrast(first: str, second: str) -> float:
    """WCAG 2.2, "contrast ratio"."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
