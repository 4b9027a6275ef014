"""Time zones as people name them: IANA names, cities, UTC offsets."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Sequence
from functools import cache

from rapidfuzz import fuzz, process

POPULAR = (
    "America/Los_Angeles",
    "America/New_York",
    "America/Sao_Paulo",
    "Europe/London",
    "Europe/Berlin",
    "Africa/Lagos",
    "Europe/Istanbul",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
)
"""One large city every few hours around the world, for a picker that fits a screen."""

_OFFSET = re.compile(r"(?:utc|gmt)?\s*([+\-−])\s*(\d{1,2})(?::?00)?", re.IGNORECASE)
_CLOSE_ENOUGH = 70


def find_zone(query: str) -> str | None:
    """The IANA zone that `query` names: in any case, with spaces, as a city or as `UTC+2`."""
    wanted = _plain(query)
    if not wanted:
        return None
    return _by_plain_name().get(wanted) or _by_city().get(wanted) or _by_offset(query.strip())


def suggest_zones(query: str, limit: int = 5) -> Sequence[str]:
    """The zones whose name or city comes closest to `query`, best first."""
    wanted = _plain(query)[:64]
    names = {**_by_plain_name(), **_by_city()}
    hits = process.extract(
        wanted, names.keys(), scorer=fuzz.WRatio, limit=limit * 3, score_cutoff=_CLOSE_ENOUGH
    )
    return list(dict.fromkeys(names[name] for name, _, _ in hits))[:limit]


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("/", " ").split())


@cache
def _names() -> tuple[str, ...]:
    """Every zone with a place in its name; `posix/…` and the like are left out."""
    return tuple(
        sorted(
            name
            for name in zoneinfo.available_timezones()
            if not name.startswith(("posix/", "right/", "SystemV/")) and name != "localtime"
        )
    )


@cache
def _by_plain_name() -> dict[str, str]:
    return {_plain(name): name for name in _names()}


@cache
def _by_city() -> dict[str, str]:
    """City → zone; the continents' zones win over the old country links."""
    cities: dict[str, str] = {}
    for name in _names():
        area, slash, city = name.rpartition("/")
        if slash and area != "Etc":
            cities.setdefault(_plain(city), name)
    return cities


def _by_offset(query: str) -> str | None:
    """`UTC+2` → `Etc/GMT-2` (POSIX counts west of Greenwich as positive)."""
    match = _OFFSET.fullmatch(query)
    if match is None:
        return None
    hours = int(match[2]) * (1 if match[1] == "+" else -1)
    name = f"Etc/GMT{-hours:+d}" if hours else "UTC"
    return name if name in _names() else None
