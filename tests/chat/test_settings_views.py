"""Every page of the settings and of the zone picker keeps to the Bot API's limits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import product

import pytest

from bot.banks.taxonomy import load_taxonomy
from bot.chat import settings_views, zone_views
from bot.chat.buttons import PAYLOAD_LIMIT, Kind, decode
from bot.chat.handlers.settings import STEPS
from bot.chat.screen import Screen
from bot.content import content_folder
from bot.domain.reminders import Plan, QuietHours
from bot.domain.streaks import StreakRules
from bot.domain.zone_clocks import offset_at, picker
from bot.domain.zone_index import zone_names
from bot.domain.zones import Zone, read_zone
from bot.services.preferences import LEVELS, SIZES, THEMES, AreaChoice, Preferences
from bot.services.reminders import ReminderState
from bot.texts import Texts, load_library

MOST_BUTTONS = 100
NOW = datetime(2026, 1, 10, 12, tzinfo=UTC)
YEAR = [NOW + timedelta(days=days, hours=7 * days) for days in range(0, 365, 9)]
RULES = StreakRules()


@pytest.fixture(scope="module")
def texts() -> Texts:
    return load_library(content_folder("prompts")).default


def areas(chosen: int) -> tuple[AreaChoice, ...]:
    """All ten, of which the first are chosen."""
    return tuple(
        AreaChoice(area.id, area.title, number < chosen)
        for number, area in enumerate(load_taxonomy())
    )


def held(**values: object) -> Preferences:
    usual = {
        "set_size": 10,
        "level": None,
        "areas": areas(10),
        "theme": "light",
        "language": "en",
        "zone": "UTC",
        "own_zone": True,
    }
    return Preferences(**(usual | values))  # type: ignore[arg-type]  # each value has its type


def reminders(plan: Plan) -> ReminderState:
    return ReminderState(plan, time(19), "UTC", True, None, None)


def settings_pages(texts: Texts) -> Iterator[Screen]:
    languages = {"en": "English", "de": "Deutsch"}
    nights = (None, QuietHours(time(22), time(7)), QuietHours(time(1), time(0)))
    for size, level, theme, count, quiet in product(SIZES, LEVELS, THEMES, (1, 3, 10), nights):
        now = held(set_size=size, level=level, theme=theme, areas=areas(count))
        plan = reminders(Plan(time(19, 30), quiet))
        yield settings_views.main_page(texts, now, plan, languages, NOW)
    for count in range(1, 11):
        yield settings_views.areas_page(texts, held(areas=areas(count)))
        yield settings_views.areas_page(texts, held(areas=areas(count)), unticked=True)
    yield from (settings_views.quiet_page(texts, quiet) for quiet in nights)
    yield settings_views.quiet_from_page(texts)
    yield from (settings_views.quiet_until_page(texts, hour) for hour in range(24))
    yield settings_views.language_page(texts, "en", languages)


def zone_pages(texts: Texts, now: datetime) -> Iterator[Screen]:
    yield zone_views.cities_page(texts, "Asia/Kathmandu", now, RULES)
    yield from (zone_views.times_page(texts, now, page) for page in (-1, 0, 1, 2, 3, 4, 9999))
    for _, zones in picker(now):
        yield zone_views.same_time_page(texts, zones[0], now)


def check(screen: Screen) -> None:
    """The limits of InlineKeyboardMarkup and of sendMessage."""
    buttons = [button for row in screen.rows for button in row]
    assert 1 <= len(buttons) <= MOST_BUTTONS
    assert all(1 <= len(row) <= 8 for row in screen.rows)
    assert 1 <= len(str(screen.text)) <= 4096
    for button in buttons:
        payload = button.to_api()["callback_data"]
        assert 1 <= len(payload.encode()) <= PAYLOAD_LIMIT
        assert decode(payload) == button.press
        assert 1 <= len(button.label) <= 40


def test_pages_of_the_settings(texts: Texts) -> None:
    pages = list(settings_pages(texts))
    assert len(pages) > 100
    for page in pages:
        check(page)


def test_every_button_of_the_settings_leads_somewhere(texts: Texts) -> None:
    presses = {
        button.press
        for page in settings_pages(texts)
        for row in page.rows
        for button in row
        if button.press
    }
    steps = {press.id.partition("/")[0] for press in presses if press.kind is Kind.SETTINGS}
    assert steps == set(STEPS)


@pytest.mark.parametrize("now", YEAR, ids=lambda now: now.date().isoformat())
def test_pages_of_the_picker_at_any_time_of_the_year(texts: Texts, now: datetime) -> None:
    offered = set()
    for page in zone_pages(texts, now):
        check(page)
        presses = [button.press for row in page.rows for button in row]
        offered |= {press.id for press in presses if press and press.kind is Kind.ZONE}
    assert len(offered) > 80
    for zone in offered:
        assert read_zone(zone, now) == Zone(zone), "a press sets what it says"
    offsets = {offset_at(zone, now) for zone in offered}
    assert len(offsets) == len(picker(now)), "every clock on Earth can be picked"


def test_the_picker_opens_on_the_page_with_the_persons_own_time(texts: Texts) -> None:
    for _, zones in picker(NOW):
        cities = zone_views.cities_page(texts, zones[-1], NOW, RULES)
        [opens] = [b.press for row in cities.rows for b in row if "Another" in b.label]
        assert opens
        page = zone_views.times_page(texts, NOW, opens.place)
        named = {button.press.id for row in page.rows for button in row if button.press}
        assert zones[0] in named


def test_offsets_are_written_as_people_know_them() -> None:
    def title(zone: str) -> str:
        return zone_views.offset_title(zone, NOW)

    assert [title(zone) for zone in ("UTC", "Asia/Kathmandu", "Pacific/Marquesas")] == [
        "UTC",
        "UTC+5:45",
        "UTC−9:30",
    ]
    assert title("Etc/GMT+3") == "UTC−3"


def test_every_zone_has_a_page(texts: Texts) -> None:
    """Whatever zone somebody has, the picker opens near it."""
    for zone in zone_names():
        check(zone_views.cities_page(texts, zone, NOW, RULES))
