"""Weeks and saved days by way of the services, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.chat.weekly_views import weekly_screen
from bot.content import content_folder
from bot.domain.streaks import StreakView
from bot.services.progress import Moved, Standing, Week
from bot.services.results import Feedback, Question
from bot.storage.database import open_database
from bot.texts import load_library
from tests.drawing.samples import size_of
from tests.services.playing import START, Table, who

TODAY = START.date()


@pytest.fixture
async def table(url: str) -> AsyncIterator[Table]:
    async with await open_database(url) as database:
        yield Table(database)


async def answer(table: Table, *, right: bool = True) -> Feedback:
    shown = await table.ask(who(), "python")
    return await table.answer(who(), shown, "right & <proper>" if right else "wrong one")


async def play(table: Table, days: str) -> None:
    """Days with a right answer (`x`), a wrong one (`-`) or none (`.`); ends on the last."""
    for n, what in enumerate(days):
        table.now = START + timedelta(days=n)
        if what != ".":
            await answer(table, right=what == "x")


async def week(table: Table) -> Week:
    found = await table.progress.week(who(), table.now)
    assert found
    return found


async def standing(table: Table) -> Standing:
    return await table.progress.standing(who(), table.happening())


async def test_a_week_of_answers(table: Table) -> None:
    await play(table, "xx.-..x")
    found = await week(table)
    assert (found.answers, found.right, found.before) == (4, 3, None)
    assert found.share == 0.75
    assert found.dates == tuple(TODAY + timedelta(days=n) for n in range(7))
    assert dict(found.days) == {TODAY + timedelta(days=n): 1 for n in (0, 1, 3, 6)}
    assert found.streak.done_today


async def test_what_is_older_is_the_week_before(table: Table) -> None:
    await play(table, "x" * 10)
    found = await week(table)
    assert (found.answers, found.before) == (7, 3)


async def test_a_week_without_an_answer_has_no_summary(table: Table) -> None:
    assert await table.progress.week(who(), table.now) is None
    await play(table, "x.......")
    assert await table.progress.week(who(), table.now) is None
    await table.practice.practise(who(), table.happening(), "python")
    await table.practice.skip(who(), table.happening())
    assert await table.progress.week(who(), table.now) is None


async def test_asking_for_a_week_is_no_sign_of_life(table: Table) -> None:
    await answer(table)
    await table.people.set_unreachable(7)
    await table.progress.week(who(), table.now)
    person = await table.store.transact(lambda unit: unit.people.find(7))
    assert person
    assert not person.reachable


async def test_areas_that_moved_come_with_where_they_stood(table: Table) -> None:
    await play(table, "xx")
    (area,) = (await week(table)).areas
    assert area.title == "Programming languages"
    assert area.after > area.before


async def test_areas_are_told_of_without_a_set_in_the_week(table: Table) -> None:
    await play(table, "-")
    table.now += timedelta(days=20)
    asked = await table.daily.today(who(), table.happening())
    while not (isinstance(asked, Question) and asked.shown.item.id == "prog.python.0001"):
        table.now += timedelta(days=1)
        asked = await table.daily.today(who(), table.happening())
    await table.answer(who(), asked.shown, "right & <proper>")
    (area,) = (await week(table)).areas
    assert (area.title, area.after > area.before) == ("Programming languages", True)


async def test_what_was_missed_waits(table: Table) -> None:
    await play(table, "x")
    assert (await week(table)).due == 0
    await play(table, "-")
    assert (await week(table)).due == 1


async def test_saved_days_are_stored_with_the_answer_that_spent_the_freeze(table: Table) -> None:
    await play(table, "xxxxxxx.x")
    saved = TODAY + timedelta(days=7)
    log = await table.store.transact(lambda unit: unit.practice.graded(7))
    assert [attempt.frozen for attempt in log] == [()] * 7 + [(saved,)]
    assert [attempt.milestone for attempt in log] == [None] * 6 + [7, None]
    assert (await week(table)).frozen == {saved}
    assert (await standing(table)).frozen == {saved}
    table.now += timedelta(days=60)
    assert (await standing(table)).frozen == {saved}


async def test_a_day_that_a_freeze_covers_shows_before_the_next_answer(table: Table) -> None:
    await play(table, "xxxxxxx")
    table.now += timedelta(days=2)
    saved = TODAY + timedelta(days=7)
    assert (await standing(table)).frozen == {saved}
    assert (await table.people.streak(who(), table.happening())).frozen == (saved,)
    table.now += timedelta(days=1)
    assert (await standing(table)).frozen == frozenset()


async def test_a_repeated_answer_tells_of_freeze_and_milestone_again(table: Table) -> None:
    await play(table, "xxxxxxx")
    table.now += timedelta(days=2)
    shown = await table.ask(who(), "python")
    what = table.happening()
    told = [await table.answers.choose(who(), what, shown.attempt.id, 0) for _ in range(2)]
    assert all(isinstance(one, Feedback) for one in told)
    first, second = (one.streak for one in told if isinstance(one, Feedback))
    assert first
    assert first.frozen == (TODAY + timedelta(days=7),)
    assert first == second


async def test_the_picture_and_its_words(table: Table) -> None:
    await play(table, "x-xxxxxxx.x")
    texts = load_library(content_folder("prompts")).default
    moved = (Moved("Signal processing", 41, 47), Moved("Statistics", 60, 58))
    found = replace(await week(table), areas=moved, due=3)
    screen = weekly_screen(texts, found, "Ada")
    assert "6 answers, 100 % right" in screen.text
    assert "the week before it was 4 answers" in screen.text
    assert "▲ Signal processing 41 → 47 %\n▼ Statistics 60 → 58 %\n" in screen.text
    assert "3 questions are due again" in screen.text
    assert "🔥 10 days in a row · 🧊 0" in screen.text
    assert screen.drawing
    assert size_of(screen.drawing.draw())[0] == 1080
    dark = weekly_screen(texts, found, "").drawing
    assert dark
    assert dark.content != screen.drawing.content


@pytest.mark.parametrize("day", [date(2026, 1, 3), date(2026, 1, 31)])
def test_the_span_of_a_week_in_words(day: date) -> None:
    texts = load_library(content_folder("prompts")).default
    streak = StreakView(0, 0, 0, done_today=False)
    found = Week(day, {}, frozenset(), 0, 0, None, (), streak, 0, "light")
    drawing = weekly_screen(texts, found).drawing
    assert drawing
    spans = {3: "28 Dec – 3 Jan 2026", 31: "25–31 Jan 2026"}
    assert drawing.content[0].subtitle == spans[day.day]  # type: ignore[index]  # the picture
