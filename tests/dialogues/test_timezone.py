"""`/timezone`, its picker, and shared locations."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.simulator import Person, Seen
from tests.dialogues.conftest import Stage, pressed

ROME = {"latitude": 41.9, "longitude": 12.5}
TOKYO = {"latitude": 35.7, "longitude": 139.7}


async def located(person: Person, place: dict[str, Any]) -> Seen:
    person.skip()
    await person.show({"location": place})
    return await person.next_message()


@pytest.mark.parametrize(
    ("query", "zone"),
    [
        ("Europe/Berlin", "Europe/Berlin (UTC+1)"),
        ("new york", "America/New_York (UTC−5)"),
        ("UTC+2", "Etc/GMT-2 (UTC+2)"),
        ("utc", "UTC"),
        ("india", "Asia/Kolkata (UTC+5:30)"),
        ("i live in San Francisco, CA", "America/Los_Angeles (UTC−8)"),
    ],
)
async def test_setting_the_zone(stage: Stage, ann: Person, query: str, zone: str) -> None:
    stage.simulator.clock.advance(_until_january(stage))
    text = (await ann.ask(f"/timezone {query}")).text
    assert f"now {zone}, where it is " in text
    assert "Your day begins at 04:00 there." in text
    assert f"is {zone}, where" in (await ann.ask("/timezone")).text


def _until_january(stage: Stage) -> float:
    """Seconds, so that no zone on the list keeps summer time."""
    now = stage.simulator.clock.now()
    month = 30 * 86_400
    winter = 1_768_046_400  # 2026-01-10, noon UTC
    while winter < now:
        winter += 12 * month + 5 * 86_400
    return winter - now


@pytest.mark.parametrize(
    ("query", "zone"),
    [
        ("Europe/Berln", "Berlin"),
        ("usa", "Denver"),
        ("DE", "Berlin"),
        ("UTC+5:30", "Kolkata"),
        ("<b>Berlin", "Berlin"),
    ],
)
async def test_what_does_not_decide_gets_suggestions(ann: Person, query: str, zone: str) -> None:
    word = await ann.ask(f"/timezone {query}")
    assert word.text == f"Which of these fits “{query}”?"
    label = next(label for label in word.labels if zone in label)
    chosen = await pressed(ann, label)
    assert chosen.id == word.id
    assert f"/{zone} " in chosen.text


async def test_the_local_time_is_a_way_to_say_it(stage: Stage, ann: Person) -> None:
    now = stage.simulator.clock.now()
    hour, minute = divmod(int(now // 60) % (24 * 60), 60)
    word = await ann.ask(f"/timezone it is {(hour + 9) % 24:02d}:{minute:02d} here")
    assert any("Tokyo" in label for label in word.labels)


@pytest.mark.parametrize("query", ["xqzz", "%s {0} {{ 7 * 7 }}", "🧨" * 500, "x" * 4000, "-" * 99])
async def test_what_nobody_can_read_gets_a_friendly_word(ann: Person, query: str) -> None:
    word = await ann.ask(f"/timezone {query}")
    assert "I know no time zone called" in word.text
    assert len(word.text) < 600
    assert not word.labels
    assert "is UTC" in (await ann.ask("/timezone")).text


async def test_the_picker_begins_with_large_cities(ann: Person) -> None:
    picker = await ann.ask("/timezone")
    assert len(picker.labels) == 14
    label = next(label for label in picker.labels if "Tokyo" in label)
    assert re.fullmatch(r"\d\d:\d\d Tokyo", label)
    chosen = await pressed(ann, label)
    assert chosen.id == picker.id
    assert "now Asia/Tokyo" in chosen.text
    assert chosen.labels == ["⚙ Settings"]


async def test_every_time_on_earth_is_in_the_picker(ann: Person) -> None:
    picker = await ann.ask("/timezone")
    page = await pressed(ann, "🕐 Another time")
    while "◀ Earlier" in page.labels:
        page = await pressed(ann, "◀ Earlier", page)
    times = [label for label in page.labels if label[:1].isdigit()]
    while "Later ▶" in page.labels:
        page = await pressed(ann, "Later ▶", page)
        times += [label for label in page.labels if label[:1].isdigit()]
    assert page.id == picker.id
    assert len(times) == len(set(times)) >= 36
    assert "Pago Pago" in times[0]
    assert "Kiritimati" in times[-1]
    assert "London" in str((await pressed(ann, "🏙 Large cities", page)).labels)


async def test_the_picker_opens_where_the_person_is(ann: Person) -> None:
    await ann.ask("/timezone Auckland")
    await ann.ask("/timezone")
    page = await pressed(ann, "🕐 Another time")
    assert any("Auckland" in label for label in page.labels)
    assert "Later ▶" not in page.labels


async def test_places_with_the_same_time_are_told_apart(ann: Person) -> None:
    """In Lagos it is as late as in Berlin, but only for half of the year."""
    await ann.ask("/timezone Lagos")
    picker = await ann.ask("/timezone")
    times = await pressed(ann, "🕐 Another time")
    cities = await pressed(ann, next(label for label in times.labels if " Lagos …" in label))
    assert "Which one is like yours?" in cities.text
    assert any(label.endswith("Lagos") for label in cities.labels)
    chosen = await pressed(ann, next(label for label in cities.labels if "Kinshasa" in label))
    assert chosen.id == picker.id
    assert "now Africa/Kinshasa" in chosen.text


async def test_a_fourth_change_in_the_picker_gets_a_word(ann: Person) -> None:
    for city in ("Berlin", "Lagos", "Istanbul"):
        picker = await ann.ask("/timezone")
        await pressed(ann, next(label for label in picker.labels if label.endswith(city)))
    picker = await ann.ask("/timezone")
    refused = await (await ann.press(next(n for n in picker.labels if "Tokyo" in n))).answer()
    assert refused.text
    assert "stays Europe/Istanbul" in refused.text


async def test_a_location_sets_the_zone(ann: Person) -> None:
    await ann.ask("/timezone")
    word = await located(ann, ROME)
    assert "now Europe/Rome" in word.text
    assert "question" not in word.text
    assert "is Europe/Rome" in (await ann.ask("/timezone")).text


async def test_the_place_itself_is_not_kept(stage: Stage, ann: Person) -> None:
    await located(ann, {"latitude": 41.898761, "longitude": 12.476543})
    content = b"".join(path.read_bytes() for path in stage.folder.glob("bot.db*"))
    assert b"Europe/Rome" in content
    assert b"898761" not in content
    assert b"476543" not in content


async def test_a_location_leaves_the_question_open(ann: Person) -> None:
    await ann.ask("/practice numerics")
    word = await located(ann, TOKYO)
    assert "now Asia/Tokyo" in word.text
    assert "Your question is still open." in word.text
    assert (await ann.ask("2")).text.startswith("✅")


async def test_a_location_after_three_changes_gets_a_word(ann: Person) -> None:
    for city in ("Berlin", "Tokyo", "Lagos"):
        await ann.ask(f"/timezone {city}")
    await ann.ask("/practice numerics")
    word = await located(ann, ROME)
    assert "stays Africa/Lagos" in word.text
    assert "Your question is still open." in word.text


async def test_a_venue_is_a_location_too(ann: Person) -> None:
    ann.skip()
    venue = {"location": ROME, "title": "Caffè", "address": "Via"}
    await ann.show({"location": ROME, "venue": venue})
    assert "now Europe/Rome" in (await ann.next_message()).text


@pytest.mark.parametrize(
    "place",
    [
        {"latitude": 91.0, "longitude": 0.0},
        {"latitude": 0.0, "longitude": 1e9},
        {"latitude": -1e308, "longitude": 1e308},
    ],
)
async def test_a_place_that_is_nowhere_gets_a_word(ann: Person, place: dict[str, float]) -> None:
    assert "cannot tell which time zone" in (await located(ann, place)).text
    assert "is UTC" in (await ann.ask("/timezone")).text


async def test_at_sea_the_sun_decides(ann: Person) -> None:
    word = await located(ann, {"latitude": 30.0, "longitude": -40.0})
    assert "now Etc/GMT+3 (UTC−3)" in word.text
