"""The picture of a podium."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.drawing.podium import PodiumPicture, Standing, draw_podium, podium_svg
from tests.drawing.samples import HOSTILE, shapes, size_of, words


def podium(name: str = "Ada Lovelace", players: int = 10) -> PodiumPicture:
    lines = [Standing(name, f"{9000 - n}", f"{n}/10 · {n} s") for n in range(players)]
    return PodiumPicture("Group quiz", "Statistics", tuple(lines[:3]), tuple(lines[3:]))


def test_it_is_a_png_that_grows_with_the_players() -> None:
    heights = [size_of(draw_podium(podium(players=n)))[1] for n in (1, 3, 4, 10)]
    assert heights[0] == heights[1] < heights[2] < heights[3] <= 1280


def test_the_first_stands_highest_and_everybody_is_named() -> None:
    svg = podium_svg(podium())
    assert words(svg).count("Ada Lovelace") == 10
    steps = {one.get("class"): float(one.get("height", 0)) for one in shapes(svg, "rect", "step")}
    assert steps["step 1"] > steps["step 2"] > steps["step 3"]


def test_light_and_dark_differ() -> None:
    assert podium_svg(podium(), "light") != podium_svg(podium(), "dark")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_it(name: str) -> None:
    hostile = replace(podium(name), title=name, subtitle=name)
    assert size_of(draw_podium(hostile)) == size_of(draw_podium(podium()))
