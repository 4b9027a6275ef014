"""Where a place lies in time: the tables of the tz database, and the zone at a point on Earth."""

from __future__ import annotations

import math
from functools import cache
from importlib import resources
from zoneinfo import available_timezones


@cache
def known_zones() -> frozenset[str]:
    """Every name that `ZoneInfo` takes; read once, for looking costs 15 ms or more."""
    return frozenset(available_timezones())


def zone_at(latitude: float, longitude: float) -> str | None:
    """The IANA zone at a point, in degrees (WGS 84); `None` for what is no point on Earth.

    At sea it is a nautical zone such as `Etc/GMT+3`; where two zones are in use it is the
    official one (Asia/Shanghai in Urumqi). Borders are true to 111 m. The first call takes about
    0.1 s and 35 MB, each further one about 1 µs: make the first one off the loop.

    Source: OpenStreetMap (ODbL) by timezone-boundary-builder, as shipped in `tzfpy`.
    """
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        return None
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    import tzfpy  # noqa: PLC0415  # its data is 35 MB; many houses never see a location

    zone = tzfpy.get_tz(longitude, latitude)
    return zone if zone in known_zones() else None


@cache
def links() -> dict[str, str]:
    """Old name → the zone it stands for, as `backward` of the tz database has it."""
    return {
        name: zone
        for line in _table("tzdata.zi")
        if line.startswith("L ")
        for zone, name in [line.split()[1:3]]
    }


@cache
def countries() -> dict[str, tuple[str, str]]:
    """ISO 3166 code → (English name, its zones with spaces between).

    Source: `iso3166.tab` and `zone.tab` of the tz database.
    """
    names = dict(line.split("\t")[:2] for line in _table("iso3166.tab"))
    zones: dict[str, list[str]] = {code: [] for code in names}
    for line in _table("zone.tab"):
        code, _, zone = line.split("\t")[:3]
        zones[code].append(zone)
    return {code: (name, " ".join(zones[code])) for code, name in names.items() if zones[code]}


def _table(name: str) -> list[str]:
    text = resources.files("tzdata").joinpath("zoneinfo", name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
