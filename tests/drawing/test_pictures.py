from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import get_args

import pytest

from bot.drawing.bars import Bar, bar_length
from bot.drawing.calendar import Calendar, place, step_of
from bot.drawing.canvas import Theme, measure
from bot.drawing.certificate import certificate_svg, draw_certificate
from bot.drawing.progress import draw_progress, progress_svg
from bot.drawing.report import draw_report, report_svg
from tests.drawing.samples import (
    AREAS,
    HOSTILE,
    certificate,
    progress,
    report,
    shapes,
    size_of,
    widths,
    words,
)

THEMES: tuple[Theme, ...] = get_args(Theme)


@pytest.mark.parametrize("theme", THEMES)
def test_pictures_are_pngs_as_wide_as_promised(theme: Theme) -> None:
    for png in (draw_progress(progress(), theme), draw_report(report(), theme)):
        width, height = size_of(png)
        assert max(width, height) <= 1280
        assert 1200 <= height <= 1400
    assert size_of(draw_certificate(certificate())) == (1600, 1130)


def test_same_input_same_bytes_and_dark_is_another() -> None:
    assert draw_progress(progress()) == draw_progress(progress())
    assert draw_report(report()) == draw_report(report())
    assert draw_certificate(certificate()) == draw_certificate(certificate())
    assert progress_svg(progress(), "light") != progress_svg(progress(), "dark")
    assert report_svg(report(), "light") != report_svg(report(), "dark")


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_breaks_a_picture(name: str) -> None:
    assert max(size_of(draw_progress(progress(name)))) == 1280
    assert max(size_of(draw_report(report(name)))) <= 1280
    assert size_of(draw_certificate(certificate(name))) == (1600, 1130)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_text_leaves_its_picture(name: str) -> None:
    odd = Bar(name, 0.5, name, before=0.4)
    drawings = [
        progress_svg(replace(progress(name), areas=[odd], readiness_label=name)),
        report_svg(replace(report(name), areas=[odd], verdict=name, pass_label=name, points=name)),
        certificate_svg(replace(certificate(name), sentences=name, check=name, areas=[odd])),
    ]
    for svg in drawings:
        right = 1600 if 'width="1600"' in svg[:200] else 1080
        for text in shapes(svg, "text"):
            x, size = float(text.get("x", 0)), float(text.get("font-size", 0))
            wide = measure(text.text or "", size, "bold")
            start = x - {"start": 0, "middle": wide / 2, "end": wide}[text.get("text-anchor", "")]
            assert start > 0, text.text
            assert start + wide < right, text.text


def test_nothing_yet_works() -> None:
    days = Calendar([None] * 84, months=(), weekdays=())
    new = replace(progress(), areas=[], tiles=(), totals=(), calendar=days, readiness="–")
    assert max(size_of(draw_progress(new))) <= 1280
    bare = replace(report(), areas=[], types=[], time_share=None, pass_share=None, share=0)
    assert max(size_of(draw_report(bare))) <= 1280
    assert size_of(draw_certificate(replace(certificate(), areas=[], sentences="", share=0)))


def test_a_larger_share_is_a_longer_bar() -> None:
    for svg in (progress_svg(progress()), certificate_svg(certificate())):
        lengths = widths(svg, "bar")
        assert all(shorter < longer for shorter, longer in pairwise(lengths))
    assert len(widths(report_svg(report()), "bar")) == len(AREAS) + 2


@pytest.mark.parametrize(("share", "length"), [(-1, 0), (0, 0), (0.001, 18), (0.5, 200), (7, 400)])
def test_lengths_stay_within_the_bar(share: float, length: float) -> None:
    assert bar_length(share, full=400, thick=18) == length


def test_an_area_without_answers_is_hollow() -> None:
    svg = progress_svg(progress())
    assert len(widths(svg, "hollow")) == 1
    assert len(widths(svg, "bar")) == len(AREAS) - 1


def test_the_tick_is_explained_only_where_there_is_one() -> None:
    assert "four weeks ago" in words(progress_svg(progress()))
    without = replace(progress(), areas=[Bar("Statistics", 0.5, "50 %")])
    assert "four weeks ago" not in words(progress_svg(without))
    assert len(widths(progress_svg(without), "before")) == 0


def test_the_calendar_has_a_cell_for_each_day_that_came() -> None:
    svg = progress_svg(progress())
    assert len(widths(svg, "day")) + len(widths(svg, "frozen")) == 82 + 1  # one in the legend
    assert len(widths(svg, "frozen")) == 2
    assert len(widths(svg, "today")) == 1


def test_days_fill_weeks_downward() -> None:
    (left, top), (same, below), (right, again) = place(0), place(1), place(7)
    assert (left, top) == (0, 0)
    assert same == left < right
    assert again == top < below


def test_intensities_rise_with_answers() -> None:
    steps = (1, 3, 6, 10)
    assert [step_of(count, steps) for count in (0, 1, 2, 3, 6, 9, 10, 500)] == [
        0, 1, 1, 2, 3, 3, 4, 4,
    ]  # fmt: skip


def test_a_frozen_day_with_answers_counts_as_a_day_of_answers() -> None:
    picture = progress()
    days = replace(picture.calendar, counts=[3] * 84)
    assert widths(progress_svg(replace(picture, calendar=days)), "frozen") == []


def test_a_report_shows_what_was_needed_only_when_something_was() -> None:
    assert "needed to pass" in words(report_svg(report()))
    free = replace(report(), pass_share=None, area_pass_share=None)
    assert "needed to pass" not in words(report_svg(free))
    assert shapes(report_svg(free), "line", "pass") == []


def test_more_areas_make_a_higher_report() -> None:
    short = replace(report(), areas=report().areas[:3])
    assert size_of(draw_report(short))[1] < size_of(draw_report(report()))[1]


def test_all_area_names_are_whole_in_every_picture() -> None:
    drawings = progress_svg(progress()), report_svg(report()), certificate_svg(certificate())
    for svg in drawings:
        assert set(AREAS) <= set(words(svg))


def test_a_name_of_sixty_characters_is_whole_on_the_certificate() -> None:
    name = "Alexandra Konstantinopolskaya-Dostoevskaya von Nguyen Thi Th"
    assert len(name) == 60
    assert name in words(certificate_svg(certificate(name)))


def test_the_code_can_be_read_from_the_certificate() -> None:
    letters = [word for word in words(certificate_svg(certificate())) if len(word) == 1]
    assert "".join(letters) == "K7QM-2XWD-9RTA"
