"""A point on Earth has a zone, and the tables of the tz database are at hand."""

from __future__ import annotations

import math
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.places import countries, known_zones, links, zone_at


@pytest.mark.parametrize(
    ("latitude", "longitude", "zone"),
    [
        (52.52, 13.40, "Europe/Berlin"),
        (28.61, 77.21, "Asia/Kolkata"),
        (-23.55, -46.63, "America/Sao_Paulo"),
        (40.71, -74.01, "America/New_York"),
        (50.45, 30.52, "Europe/Kyiv"),
        (59.91, 10.75, "Europe/Oslo"),
        (47.56, 7.57, "Europe/Zurich"),  # Basel, where three countries meet
        (48.98, -123.05, "America/Los_Angeles"),  # Point Roberts, an exclave
        (43.83, 87.62, "Asia/Shanghai"),  # Urumqi: the official of two zones
        (-33.9, 151.5, "Australia/Sydney"),  # coastal waters belong to the country
        (30.0, -40.0, "Etc/GMT+3"),  # the open sea
        (0.0, 180.0, "Etc/GMT-12"),
        (90.0, 0.0, "Etc/GMT"),
    ],
)
def test_a_point_has_its_zone(latitude: float, longitude: float, zone: str) -> None:
    assert zone_at(latitude, longitude) == zone


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(91.0, 0.0), (0.0, 181.0), (math.nan, 0.0), (0.0, math.inf), (-1e308, 1e308)],
)
def test_what_is_no_point_on_earth_has_none(latitude: float, longitude: float) -> None:
    assert zone_at(latitude, longitude) is None


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_on_earth_has_a_zone_that_python_knows(lat: float, lon: float) -> None:
    assert zone_at(lat, lon) in known_zones()


def test_the_library_is_loaded_at_the_first_location_and_not_before() -> None:
    code = "import sys, bot.places, bot.domain.zones; sys.exit('tzfpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_tables_name_only_zones_that_python_knows() -> None:
    assert links()["US/Eastern"] == "America/New_York"
    assert countries()["JP"] == ("Japan", "Asia/Tokyo")
    named = {zone for _, zones in countries().values() for zone in zones.split()}
    assert named | set(links()) | set(links().values()) <= known_zones()
