"""Zones are found as people name them, and slips get suggestions."""

from __future__ import annotations

import zoneinfo

import pytest

from bot.domain.zones import POPULAR, find_zone, suggest_zones


@pytest.mark.parametrize(
    ("query", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("america/argentina/buenos aires", "America/Argentina/Buenos_Aires"),
        ("UTC", "UTC"),
        ("utc+2", "Etc/GMT-2"),
        ("+02:00", "Etc/GMT-2"),
        ("GMT-3", "Etc/GMT+3"),
        ("UTC+0", "UTC"),
    ],
)
def test_found(query: str, zone: str) -> None:
    assert find_zone(query) == zone


@pytest.mark.parametrize("query", ["", "   ", "nowhere at all", "UTC+25", "+05:30", "x" * 4096])
def test_not_found(query: str) -> None:
    assert find_zone(query) is None


@pytest.mark.parametrize(
    ("query", "zone"),
    [("Europe/Berln", "Europe/Berlin"), ("Tokio", "Asia/Tokyo"), ("New Yrok", "America/New_York")],
)
def test_slips_get_suggestions(query: str, zone: str) -> None:
    assert zone in suggest_zones(query)


def test_the_picker_offers_real_zones() -> None:
    assert set(POPULAR) <= zoneinfo.available_timezones()
