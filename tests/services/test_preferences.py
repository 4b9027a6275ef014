"""What people set holds for their sets, on SQLite and on PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import time, timedelta
from statistics import fmean
from typing import Any

import pytest

from bot.content import content_folder
from bot.domain.errors import LastArea, Stale, TooManyZoneChanges
from bot.domain.reminders import QuietHours
from bot.domain.scheduling import TARGETS
from bot.services.preferences import SIZES
from bot.services.results import Happening, Question
from bot.storage.database import open_database
from bot.storage.store import Unit
from tests.services.playing import Table, who

ME = who()
ALL = ["programming", "statistics", "applied_math", "signal"]


@pytest.fixture
async def table(url: str) -> AsyncIterator[Table]:
    async with await open_database(url) as database:
        yield Table(database)


@pytest.fixture
async def full_table(sqlite_url: str) -> AsyncIterator[Table]:
    """With the questions that people are asked."""
    async with await open_database(sqlite_url) as database:
        yield Table(database, content_folder("question_banks"))


async def chosen(table: Table) -> list[str]:
    held = await table.preferences.look(ME, table.happening())
    return [area.id for area in held.chosen]


async def planned(table: Table) -> list[str]:
    """The areas of a new set's questions."""
    question = await table.practice.practise(ME, table.happening())
    assert isinstance(question, Question)

    def plan(unit: Unit) -> list[str]:
        current = unit.practice.open_set(ME.person_id)
        assert current
        return [item_id for item_id, _, _ in current.plan]

    items = await table.store.transact(plan)
    await table.practice.stop(ME, table.happening())
    return [table.sets.catalogue.bank.items[item_id].area_id for item_id in items]


async def settings(table: Table) -> dict[str, Any]:
    document = json.loads(await table.people.export(ME, table.now))
    held: dict[str, Any] = document["person"]["settings"]
    return held


async def test_who_set_nothing_has_what_is_configured(table: Table) -> None:
    held = await table.preferences.look(ME, table.happening())
    assert (held.set_size, held.level, held.theme, held.zone) == (10, None, "light", "UTC")
    assert (held.language, held.own_zone, held.all_areas) == ("en", False, True)
    assert await settings(table) == {}


async def test_everything_that_is_set_is_kept_and_exported(table: Table) -> None:
    for change in (
        table.preferences.set_size(ME, table.happening(), 20),
        table.preferences.set_level(ME, table.happening(), "harder"),
        table.preferences.set_theme(ME, table.happening(), "dark"),
        table.preferences.only_area(ME, table.happening(), "signal"),
    ):
        await change
    held = await table.preferences.look(ME, table.happening())
    assert (held.set_size, held.level, held.theme) == (20, "harder", "dark")
    assert await settings(table) == {
        "set_size": 20,
        "level": "harder",
        "theme": "dark",
        "areas": ["signal"],
    }
    await table.preferences.set_level(ME, table.happening(), None)
    await table.preferences.all_areas(ME, table.happening())
    assert await settings(table) == {"set_size": 20, "theme": "dark"}


async def test_a_set_is_as_long_as_was_set(full_table: Table) -> None:
    for size in SIZES:
        await full_table.preferences.set_size(ME, full_table.happening(), size)
        assert len(await planned(full_table)) == size


async def test_mixed_sets_draw_on_the_chosen_areas_alone(table: Table) -> None:
    assert sorted(await planned(table)) == sorted(ALL)
    await table.preferences.set_area(ME, table.happening(), "statistics", on=False)
    assert sorted(await planned(table)) == sorted(set(ALL) - {"statistics"})
    await table.preferences.only_area(ME, table.happening(), "signal")
    assert await planned(table) == ["signal"]


async def test_a_named_topic_overrides_the_areas(table: Table) -> None:
    await table.preferences.only_area(ME, table.happening(), "signal")
    shown = await table.ask(ME, "python")
    assert shown.item.area_id == "programming"


async def test_the_last_area_cannot_be_left_out(table: Table) -> None:
    await table.preferences.only_area(ME, table.happening(), "signal")
    what = table.happening()
    for _ in range(2):
        with pytest.raises(LastArea):
            await table.preferences.set_area(ME, what, "signal", on=False)
    assert await chosen(table) == ["signal"]


async def test_all_areas_are_not_named_so_that_new_ones_join_them(table: Table) -> None:
    await table.preferences.only_area(ME, table.happening(), ALL[0])
    for area in ALL[1:]:
        await table.preferences.set_area(ME, table.happening(), area, on=True)
    assert await settings(table) == {}


async def test_areas_that_have_left_the_bank_leave_all(table: Table) -> None:
    await table.preferences.only_area(ME, table.happening(), "signal")

    def rename(unit: Unit) -> None:
        person = unit.people.find(ME.person_id)
        assert person
        unit.people.save_settings(replace(person, areas=("alchemy",)))

    await table.store.transact(rename)
    assert await chosen(table) == ALL
    assert sorted(await planned(table)) == sorted(ALL)


async def test_what_is_not_on_offer_is_refused(table: Table) -> None:
    refused: tuple[Callable[[Happening], Awaitable[object]], ...] = (
        lambda what: table.preferences.set_size(ME, what, 1000),
        lambda what: table.preferences.set_size(ME, what, 0),
        lambda what: table.preferences.set_level(ME, what, "impossible"),
        lambda what: table.preferences.set_theme(ME, what, "pink"),
        lambda what: table.preferences.set_area(ME, what, "alchemy", on=True),
        lambda what: table.preferences.set_area(ME, what, "communication", on=True),  # empty
        lambda what: table.preferences.only_area(ME, what, ""),
    )
    for change in refused:
        with pytest.raises(Stale):
            await change(table.happening())
    assert await settings(table) == {}


async def test_a_repeated_update_changes_nothing_more(table: Table) -> None:
    old = table.happening()
    await table.preferences.set_size(ME, old, 5)
    await table.preferences.set_size(ME, table.happening(), 20)
    assert (await table.preferences.set_size(ME, old, 5)).set_size == 20


async def test_one_persons_settings_are_no_one_elses(table: Table) -> None:
    await table.preferences.set_size(ME, table.happening(), 5)
    other = await table.preferences.look(who(8), table.happening())
    assert other.set_size == 10


@pytest.mark.parametrize("level", TARGETS)
async def test_new_questions_are_as_hard_as_was_set(full_table: Table, level: str | None) -> None:
    table = full_table
    await table.preferences.set_size(ME, table.happening(), 20)
    await table.preferences.set_level(ME, table.happening(), level)
    await table.practice.practise(ME, table.happening())

    def chances(unit: Unit) -> list[float]:
        person, current = unit.people.find(ME.person_id), unit.practice.open_set(ME.person_id)
        assert person
        assert current
        candidates = table.sets.memory.outlook(unit, person, "UTC", table.now).candidates
        return [candidates[item_id].chance for item_id, _, _ in current.plan]

    assert abs(fmean(await table.store.transact(chances)) - TARGETS[level]) < 0.05


async def test_what_was_missed_or_skipped_is_due_in_the_very_next_set(table: Table) -> None:
    missed = await table.ask(ME, "python")
    await table.answer(ME, missed, "wrong one")
    skipped = await table.ask(ME, "wavelets")
    await table.practice.skip(ME, table.happening(), skipped.attempt.id)
    known = await table.ask(ME, "numerics")
    await table.typed.type_in(ME, table.happening(), "2")
    await table.practice.stop(ME, table.happening())
    await table.practice.practise(ME, table.happening())

    def why(unit: Unit) -> dict[str, str | None]:
        current = unit.practice.open_set(ME.person_id)
        assert current
        return {item_id: why for item_id, _, why in current.plan}

    plan = await table.store.transact(why)
    assert plan[missed.item.id] == plan[skipped.item.id] == "due"
    assert known.item.id not in plan


async def test_quiet_hours_and_zone_go_together(table: Table) -> None:
    """A change of the zone keeps what was set in local time."""
    night = QuietHours(time(22), time(7))
    await table.reminders.set_quiet(ME, table.happening(), night)
    await table.people.set_zone(ME, table.happening(), "Asia/Tokyo")
    state = await table.reminders.state(ME)
    assert (state.plan.quiet, state.zone) == (night, "Asia/Tokyo")


@pytest.mark.parametrize(
    ("query", "zone"),
    [
        ("japan", "Asia/Tokyo"),
        ("UTC-3", "Etc/GMT+3"),
        ("berlin, germany", "Europe/Berlin"),
        ("sf", "America/Los_Angeles"),
        ("Asia/Calcutta", "Asia/Kolkata"),
    ],
)
async def test_zones_go_by_many_names(table: Table, query: str, zone: str) -> None:
    assert (await table.people.set_zone(ME, table.happening(), query)).zone == zone


async def test_a_day_later_the_zone_may_change_again(table: Table) -> None:
    for city in ("Berlin", "Tokyo", "Lagos"):
        await table.people.set_zone(ME, table.happening(), city)
    table.now += timedelta(hours=23)
    with pytest.raises(TooManyZoneChanges):
        await table.people.set_zone(ME, table.happening(), "Paris")
    table.now += timedelta(hours=1)
    assert (await table.people.set_zone(ME, table.happening(), "Paris")).changed
