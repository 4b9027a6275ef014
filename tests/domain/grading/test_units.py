"""Units: which texts mean the same unit, and which no unit at all."""

from __future__ import annotations

import pytest

from bot.domain.grading.units import (
    find_unit,
    is_count,
    split_scale,
    tidy,
    unit_of_item,
    with_prefix,
)


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("MB per second", "MB/second"),
        ("requests a minute", "requests/minute"),
        ("per sec", "/sec"),
        ("bits per byte", "bits/byte"),
        ("tokens / s", "tokens/s"),
        ("per cent", "percent"),
        ("rps", "/s"),
        ("30 fps", "30 frames/s"),
        ("as a second opinion", "as/second opinion"),
    ],
)
def test_rates_have_one_spelling(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    ("unit", "counts"),
    [
        ("", True),
        ("servers", True),
        ("million weights", True),
        ("requests/s", True),
        ("%", False),
        ("GiB", False),
        ("MB/s", False),
        ("bits per byte", False),
        ("months", False),
    ],
)
def test_what_is_counted_has_no_physical_unit(unit: str, counts: bool) -> None:
    assert is_count(unit_of_item(unit)) is counts


@pytest.mark.parametrize(
    ("text", "item", "per_item"),
    [
        ("req/s", "requests/s", 1),
        ("tok/min", "tokens/s", 1 / 60),
        ("/s", "tasks/s", 1),
        ("pts", "%", 0.01),
        ("yr", "months", 12),
        ("Mbits", "MB", 1 / 8),
    ],
)
def test_short_spellings_are_found(text: str, item: str, per_item: float) -> None:
    unit = unit_of_item(item)
    found = find_unit(text, unit)
    assert found is not None
    whole = 1 if item == "%" else unit.factor
    assert found.factor / whole == pytest.approx(per_item)


@pytest.mark.parametrize(
    ("text", "item"),
    [("k/s", "keys/s"), ("B/s", "batches/s"), ("pts", "GiB"), ("req", "requests/s"), ("s", "GB")],
)
def test_what_means_something_else_is_not_found(text: str, item: str) -> None:
    assert find_unit(text, unit_of_item(item)) is None


def test_a_bare_prefix_keeps_its_case() -> None:
    assert with_prefix("M", unit_of_item("ms")) is None
    assert with_prefix("G", unit_of_item("MiB")) == find_unit("GiB")


@pytest.mark.parametrize(
    ("text", "scale", "rest"),
    [
        ("million rows", 1e6, "rows"),
        ("k/s", 1e3, "/s"),
        ("mln", 1e6, ""),
        ("rows", 1, "rows"),
        ("", 1, ""),
    ],
)
def test_counting_words_stand_in_front(text: str, scale: float, rest: str) -> None:
    assert split_scale(text) == (scale, rest)
