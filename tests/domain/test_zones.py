"""Zones are found as people name them; what cannot be decided gets suggestions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.zone_clocks import distinct, offset_at
from bot.domain.zone_index import by_name, canonical, own_names, plain, zone_names
from bot.domain.zone_names import CALLED, COUNTRIES, RANK, RENAMED, STATES
from bot.domain.zones import (
    POPULAR,
    Suggestions,
    Zone,
    find_zone,
    picker,
    read_zone,
    suggest_zones,
)
from bot.places import countries

JULY = datetime(2026, 7, 10, 18, 40, tzinfo=UTC)
JANUARY = datetime(2026, 1, 10, 18, 40, tzinfo=UTC)
AMBIGUOUS = {"GMT", "MST"}
"""IANA names that most people use for something else as well."""

ZONES = st.sampled_from(zone_names())
INSTANTS = st.integers(0, 20 * 366 * 24 * 60).map(
    lambda minutes: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@pytest.mark.parametrize(
    ("query", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("america/argentina/buenos aires", "America/Argentina/Buenos_Aires"),
        ("argentina/buenos aires", "America/Argentina/Buenos_Aires"),
        ("UTC", "UTC"),
        ("utc+2", "Etc/GMT-2"),
        ("+02:00", "Etc/GMT-2"),
        ("GMT-3", "Etc/GMT+3"),
        ("GMT − 3", "Etc/GMT+3"),
        ("UTC+0", "UTC"),
        ("UTC+14", "Etc/GMT-14"),
        ("Etc/GMT-2", "Etc/GMT-2"),
        ("sao paulo", "America/Sao_Paulo"),
        ("SÃO PAULO", "America/Sao_Paulo"),
        ("Bengaluru", "Asia/Kolkata"),
        ("Kyiv", "Europe/Kyiv"),
        ("Kiev", "Europe/Kyiv"),
        ("Europe/Kiev", "Europe/Kyiv"),
        ("US/Eastern", "America/New_York"),
        ("EST5EDT", "America/New_York"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("Iceland", "Atlantic/Reykjavik"),
        ("Oslo", "Europe/Oslo"),
        ("Zürich", "Europe/Zurich"),
        ("Łódź", "Europe/Warsaw"),
        ("İstanbul", "Europe/Istanbul"),
        ("St. Petersburg", "Europe/Moscow"),
        ("Saint Petersburg", "Europe/Moscow"),
        ("Port-au-Prince", "America/Port-au-Prince"),
        ("Москва", "Europe/Moscow"),
        ("東京", "Asia/Tokyo"),
        ("Japan", "Asia/Tokyo"),
        ("the Netherlands", "Europe/Amsterdam"),
        ("U.K.", "Europe/London"),
        ("Côte d’Ivoire", "Africa/Abidjan"),
        ("South Korea", "Asia/Seoul"),
        ("Texas", "America/Chicago"),
        ("PST", "America/Los_Angeles"),
        ("cet", "Europe/Berlin"),
        ("Pacific Standard Time", "America/Los_Angeles"),
        ("San Francisco, CA", "America/Los_Angeles"),
        ("Toronto, Ontario, Canada", "America/Toronto"),
        ("London, UK", "Europe/London"),
        ("London, Ontario", "America/Toronto"),
        ("Paris, Texas", "America/Chicago"),
        ("San José, Costa Rica", "America/Costa_Rica"),
        ("Portland, Maine", "America/New_York"),
        ("Tbilisi, Georgia", "Asia/Tbilisi"),
        ("Europe/Munich", "Europe/Berlin"),
        ("I live in Tokyo", "Asia/Tokyo"),
        ("Tokyo time", "Asia/Tokyo"),
    ],
)
def test_a_name_is_found_at_any_time(query: str, zone: str) -> None:
    assert find_zone(query) == zone
    assert read_zone(query, JULY) == Zone(zone)
    assert read_zone(f"  {query} ", JANUARY) == Zone(zone)


@pytest.mark.parametrize(
    "query",
    [
        "",
        "   ",
        "nowhere at all",
        "UTC+25",
        "+05:30",
        "21:40",
        "9 pm",
        "x" * 4096,
        "hi",
        "ok",
        "no",
    ],
)
def test_not_found(query: str) -> None:
    assert find_zone(query) is None


@pytest.mark.parametrize(
    ("query", "zones"),
    [
        ("IST", ("Asia/Kolkata", "Asia/Jerusalem", "Europe/Dublin")),
        ("MST", ("America/Denver", "America/Phoenix")),
        ("GMT", ("Europe/London", "UTC")),
        ("San José", ("America/Los_Angeles", "America/Costa_Rica")),
        ("Georgia", ("America/New_York", "Asia/Tbilisi")),
        ("Hyderabad", ("Asia/Kolkata", "Asia/Karachi")),
        ("China", ("Asia/Shanghai", "Asia/Urumqi")),
        ("New Zealand", ("Pacific/Auckland", "Pacific/Chatham")),
        ("IL", ("America/Chicago", "Asia/Jerusalem")),
        ("Springfield, IL", ("America/Chicago", "Asia/Jerusalem")),
        ("+05:30", ("Asia/Kolkata", "Asia/Colombo")),
        ("utc+5:45", ("Asia/Kathmandu",)),
        ("GMT+5.5", ("Asia/Kolkata", "Asia/Colombo")),
        ("utc+0930", ("Australia/Adelaide", "Australia/Darwin")),
        ("UTC+13:30", ()),
        ("x" * 4096, ()),
    ],
)
def test_what_cannot_be_decided_is_suggested(query: str, zones: tuple[str, ...]) -> None:
    now = JULY
    assert read_zone(query, now) == Suggestions(zones)


@pytest.mark.parametrize(
    ("query", "first"),
    [("USA", "America/New_York"), ("Russia", "Europe/Moscow"), ("Brazil", "America/Sao_Paulo")],
)
def test_a_wide_country_suggests_its_clocks_the_largest_first(query: str, first: str) -> None:
    meant = read_zone(query, JULY)
    assert isinstance(meant, Suggestions)
    assert meant.zones[0] == first
    assert distinct(meant.zones, JULY) == meant.zones


def test_a_country_whose_clocks_agree_is_decided_when_the_time_is_known() -> None:
    assert read_zone("Germany", JULY) == Zone("Europe/Berlin")
    assert find_zone("Germany") is None
    assert suggest_zones("Germany") == ["Europe/Berlin", "Europe/Busingen"]


@pytest.mark.parametrize(
    ("query", "zone"),
    [
        ("Europe/Berln", "Europe/Berlin"),
        ("Berln", "Europe/Berlin"),
        ("Tokio", "Asia/Tokyo"),
        ("New Yrok", "America/New_York"),
        ("Bangalor", "Asia/Kolkata"),
        ("San Fran", "America/Los_Angeles"),
        ("Germny", "Europe/Berlin"),
        ("downtown Chicago", "America/Chicago"),
    ],
)
def test_slips_and_beginnings_get_the_right_suggestion_first(query: str, zone: str) -> None:
    assert suggest_zones(query)[0] == zone
    meant = read_zone(query, JULY)
    assert isinstance(meant, Suggestions)
    assert meant.zones[0] == zone


@pytest.mark.parametrize(
    "query",
    ["21:40", "it is 21:40", "It's 21:40 here.", "9:40 pm", "9:40pm", "my time is 21.40", "21h40"],
)
def test_a_local_time_suggests_where_it_is_that_time(query: str) -> None:
    meant = read_zone(query, JULY)
    assert isinstance(meant, Suggestions)
    assert {"Africa/Cairo", "Europe/Istanbul", "Europe/Kyiv"} <= set(meant.zones)
    assert {offset_at(zone, JULY) for zone in meant.zones} == {timedelta(hours=3)}


def test_a_local_time_follows_daylight_saving() -> None:
    summer, winter = read_zone("20:40", JULY), read_zone("20:40", JANUARY)
    assert isinstance(summer, Suggestions)
    assert isinstance(winter, Suggestions)
    assert "Europe/Berlin" in summer.zones
    assert "Europe/Berlin" not in winter.zones
    assert "Africa/Johannesburg" in summer.zones
    assert "Africa/Johannesburg" in winter.zones


def test_a_clock_that_is_a_little_wrong_still_counts() -> None:
    assert read_zone("00:16", JULY) == Suggestions(("Asia/Kolkata", "Asia/Colombo"))


def test_a_time_without_am_or_pm_is_read_both_ways() -> None:
    meant = read_zone("9:40", JULY)
    assert isinstance(meant, Suggestions)
    assert {offset_at(zone, JULY) // timedelta(hours=1) for zone in meant.zones} == {-9, 3}


def test_an_offset_without_a_sign_is_read_both_ways() -> None:
    meant = read_zone("UTC 5", JULY)
    assert isinstance(meant, Suggestions)
    assert {offset_at(zone, JULY) // timedelta(hours=1) for zone in meant.zones} == {-5, 5}


@given(ZONES, INSTANTS)
def test_every_zone_name_finds_todays_zone_with_the_same_clock(name: str, now: datetime) -> None:
    found = find_zone(name)
    if name in AMBIGUOUS:
        assert found is None
        return
    assert found is not None
    assert find_zone(found) == found
    assert read_zone(name.upper().replace("_", " "), now) == Zone(found)
    if name != "EST":  # New York, as people mean it; IANA's has no summer time
        assert offset_at(found, now) == offset_at(name, now)


@given(ZONES)
def test_a_name_of_today_stays(name: str) -> None:
    if name in own_names():
        assert canonical(name) == find_zone(name) == name


@given(st.integers(-12, 14))
def test_an_offset_is_the_offset_of_its_zone(hours: int) -> None:
    zone = find_zone(f"UTC{hours:+d}")
    assert zone is not None
    assert offset_at(zone, JULY) == timedelta(hours=hours)


@given(st.text(max_size=120) | st.text("utcgm+-:0123456789.apm ", max_size=40), INSTANTS)
@example("ﷺ" * 100, JULY)
@example("new york " * 11, JULY)
@example("+²", JULY)
@example("٢١:٤٠", JULY)
@example("\0", JULY)
def test_any_text_gives_real_zones(query: str, now: datetime) -> None:
    meant = read_zone(query, now)
    zones = (meant.name,) if isinstance(meant, Zone) else meant.zones
    assert len(zones) <= 6
    assert len(set(zones)) == len(zones)
    assert set(zones) <= available_timezones()
    assert all(find_zone(zone) == zone for zone in zones), "a press on a button sets that zone"
    assert len(suggest_zones(query)) <= 5


@pytest.mark.parametrize("text", ["9:", "+1", "it is ", "a ", "utc+", "١", "a/", "new york ", "-"])
def test_long_text_is_not_read(text: str) -> None:
    assert read_zone((text * 4096)[:4096], JULY) == Suggestions(())


@given(INSTANTS)
def test_the_picker_has_each_clock_on_earth_once(now: datetime) -> None:
    entries = picker(now)
    assert all(earlier < later for (earlier, _), (later, _) in pairwise(entries))
    for local, zones in entries:
        assert zones
        for zone in zones:
            assert now.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local


@pytest.mark.parametrize("now", [JULY, JANUARY])
def test_no_country_is_missing_from_the_picker(now: datetime) -> None:
    offered = {local for local, _ in picker(now)}
    assert {now.replace(tzinfo=None) + offset_at(zone, now) for zone in own_names()} - offered <= {
        now.replace(tzinfo=None) + offset_at("Antarctica/Troll", now)
    }


def test_the_picker_names_the_largest_zone_first_and_follows_daylight_saving() -> None:
    first = {zones[0] for _, zones in picker(JULY)}
    assert {"America/New_York", "Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo"} <= first
    summer = {local.hour for local, zones in picker(JULY) if "Europe/Berlin" in zones}
    winter = {local.hour for local, zones in picker(JANUARY) if "Europe/Berlin" in zones}
    assert (summer, winter) == ({20}, {19})


def test_our_tables_name_only_todays_zones() -> None:
    heads = [line.partition(":")[0] for line in (CALLED + STATES).split("\n") if line.strip()]
    zones = {head for head in heads if head and not head.startswith(" ")}
    assert {canonical(zone) for zone in zones} == zones
    assert set(RENAMED.values()) | set(RANK) | set(POPULAR) <= own_names()
    assert len(set(RANK)) == len(RANK)
    codes = {line.partition(":")[0] for line in COUNTRIES.split("\n") if line.strip()}
    assert codes <= countries().keys()


def test_names_are_kept_as_they_are_compared() -> None:
    assert all(plain(name) == name for name in by_name())
