"""The picture of a week."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from bot.drawing.bars import Bar
from bot.drawing.canvas import Theme, measure
from bot.drawing.weekly import COLUMNS, LEAST, STUB, Day, column_height, draw_week, week_svg
from tests.drawing.samples import AREAS, HOSTILE, shapes, size_of, week, widths, words

THEMES: tuple[Theme, ...] = get_args(Theme)


@pytest.mark.parametrize("theme", THEMES)
def test_it_is_1080_wide_and_the_same_each_time(theme: Theme) -> None:
    png = draw_week(week(), theme)
    width, height = size_of(png)
    assert (width, height) == (1080, 1076)
    assert png == draw_week(week(), theme)


def test_dark_is_another_picture() -> None:
    assert week_svg(week(), "light") != week_svg(week(), "dark")


def test_a_column_for_each_day() -> None:
    svg = week_svg(week())
    assert len(widths(svg, "column")) == 5
    assert len(widths(svg, "stub")) == 1
    assert len(widths(svg, "frozen")) == 1 + 1  # one in the legend
    assert {"12", "3", "1", "16", "10"} <= set(words(svg))
    assert "0" not in words(svg)


def test_columns_are_in_proportion_and_one_answer_is_seen() -> None:
    assert [column_height(count, 40) for count in (0, 1, 20, 40)] == [
        STUB, LEAST, COLUMNS / 2, COLUMNS,
    ]  # fmt: skip
    assert column_height(0, 0) == STUB
    assert column_height(100_000, 100_000) == COLUMNS


def test_a_freeze_is_explained_only_where_one_was_spent() -> None:
    assert "freeze spent" in words(week_svg(week()))
    days = tuple(replace(day, frozen=False) for day in week().days)
    assert "freeze spent" not in words(week_svg(replace(week(), days=days)))
    answered = tuple(Day(day.name, 1, frozen=True) for day in week().days)
    assert widths(week_svg(replace(week(), days=answered)), "frozen") == []


def test_without_areas_and_without_what_waits_it_is_shorter() -> None:
    whole = size_of(draw_week(week()))[1]
    still = size_of(draw_week(replace(week(), areas=())))[1]
    bare = size_of(draw_week(replace(week(), areas=(), waiting="")))[1]
    assert bare < still < whole
    assert "What has moved" not in words(week_svg(replace(week(), areas=())))


def test_five_areas_with_the_longest_names_fit() -> None:
    longest = sorted(AREAS, key=len)[-5:]
    areas = tuple(Bar(area, 1.0, "100 → 100 %", before=0.0) for area in longest)
    svg = week_svg(replace(week(), areas=areas))
    assert set(longest) <= set(words(svg))
    assert size_of(draw_week(replace(week(), areas=areas)))[1] <= 1280


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_leaves_the_picture(name: str) -> None:
    odd = replace(
        week(name), areas=(Bar(name, 0.5, name, before=0.4),), waiting=name, frozen_label=name,
        share_label=name, days=(Day(name, 3), Day(name, 0, frozen=True)),
    )  # fmt: skip
    assert size_of(draw_week(odd))[0] == 1080
    for text in shapes(week_svg(odd), "text"):
        x, size = float(text.get("x", 0)), float(text.get("font-size", 0))
        wide = measure(text.text or "", size, "bold")
        start = x - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "")]
        assert start > 0, text.text
        assert start + wide < 1080, text.text
