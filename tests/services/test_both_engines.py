"""The services' whole way, on SQLite and on PostgreSQL: the same SQL, the same outcome."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest

from bot.domain.errors import NothingOpen, NotYours, Stale, TooManyZoneChanges
from bot.domain.grading.grade import Grade
from bot.services.results import AlreadyShown, Feedback, Question, Skipped, Summary
from bot.storage.database import open_database
from tests.services.playing import Table, option, who


@pytest.fixture
async def table(url: str) -> AsyncIterator[Table]:
    async with await open_database(url) as database:
        yield Table(database)


async def test_a_set_from_the_first_question_to_the_summary(table: Table) -> None:
    shown = await table.ask(who(), "python")
    feedback = await table.answer(who(), shown, "right & <proper>")
    assert (feedback.grade.score, feedback.streak and feedback.streak.current) == (1.0, 1)
    summary = await table.practice.go_on(who(), table.happening(), shown.attempt.id)
    assert isinstance(summary, Summary)
    assert (summary.score, summary.total, summary.missed) == (1.0, 1, 0)


async def test_the_same_update_gives_the_same_outcome_and_counts_once(table: Table) -> None:
    shown = await table.ask(who(), "python")
    press, place = table.happening(), option(shown, "right & <proper>")
    first = await table.answers.choose(who(), press, shown.attempt.id, place)
    again = await table.answers.choose(who(), press, shown.attempt.id, place)
    assert isinstance(first, Feedback)
    assert isinstance(again, Feedback)
    assert again.grade == first.grade
    assert again.streak == first.streak
    person = await table.store.transact(lambda unit: unit.people.find(7))
    assert person
    assert person.graded == 1


async def test_of_many_presses_at_once_one_counts(table: Table) -> None:
    shown = await table.ask(who(), "python")
    presses = [
        table.answers.choose(who(), table.happening(), shown.attempt.id, place % 4)
        for place in range(40)
    ]
    outcomes = await asyncio.gather(*presses, return_exceptions=True)
    assert sum(isinstance(outcome, Feedback) for outcome in outcomes) == 1
    assert sum(isinstance(outcome, Stale) for outcome in outcomes) == 39
    log = await table.store.transact(lambda unit: unit.practice.graded(7))
    assert len(log) == 1


async def test_many_people_at_once(table: Table) -> None:
    async def one(person: int) -> float:
        shown = await table.ask(who(person), "python")
        return (await table.answer(who(person), shown, "right & <proper>")).score

    assert await asyncio.gather(*(one(person) for person in range(1, 41))) == [1.0] * 40


async def test_a_question_that_was_not_shown_comes_again_with_its_update(table: Table) -> None:
    what = table.happening()
    first = await table.practice.practise(who(), what, "python")
    again = await table.practice.practise(who(), what, "python")
    assert isinstance(first, Question)
    assert isinstance(again, Question)
    assert again.shown.attempt.id == first.shown.attempt.id
    await table.practice.question_shown(first.shown.attempt.id, 99)
    assert isinstance(await table.practice.practise(who(), what, "python"), AlreadyShown)


async def test_a_summary_that_was_not_shown_comes_again_with_its_update(table: Table) -> None:
    shown = await table.ask(who(), "python")
    await table.answer(who(), shown, "wrong one")
    what = table.happening()
    first = await table.practice.go_on(who(), what, shown.attempt.id)
    again = await table.practice.go_on(who(), what, shown.attempt.id)
    assert isinstance(first, Summary)
    assert again == first
    await table.practice.summary_shown(first.set_id, 99)
    assert isinstance(await table.practice.go_on(who(), what, shown.attempt.id), AlreadyShown)


async def test_typed_numbers_and_skips(table: Table) -> None:
    await table.ask(who(), "numerics")
    feedback = await table.typed.type_in(who(), table.happening(), "1")
    assert isinstance(feedback, Feedback)
    assert isinstance(feedback.grade, Grade)
    assert feedback.grade.reasons == ("Count keys and values.",)
    await table.ask(who(), "numerics")
    what = table.happening()
    skipped = await table.practice.skip(who(), what)
    assert isinstance(skipped, Skipped)
    assert skipped.shown.attempt.state == "skipped"
    again = await table.practice.skip(who(), what)
    assert isinstance(again, Skipped)
    assert again.shown.attempt.id == skipped.shown.attempt.id
    with pytest.raises(NothingOpen):
        await table.practice.skip(who(), table.happening())


async def test_what_is_somebody_elses_stays_theirs(table: Table) -> None:
    shown = await table.ask(who(), "python")
    other = who(8)
    for forbidden in (
        table.answers.choose(other, table.happening(), shown.attempt.id, 0),
        table.answers.submit(other, table.happening(), shown.attempt.id),
        table.practice.go_on(other, table.happening(), shown.attempt.id),
        table.practice.skip(other, table.happening(), shown.attempt.id),
        table.practice.hint(other, table.happening(), shown.attempt.id),
        table.practice.stop(other, table.happening(), shown.attempt.id),
        table.practice.report(other, table.happening(), shown.attempt.id),
    ):
        with pytest.raises(NotYours):
            await forbidden


async def test_a_refusal_leaves_the_update_unmarked(table: Table) -> None:
    """So that a repeated delivery is refused for the same reason, not taken for done."""
    what = table.happening()
    for _ in range(2):
        with pytest.raises(NothingOpen):
            await table.typed.type_in(who(), what, "2")


async def test_zone_changes_are_counted_and_limited(table: Table) -> None:
    for zone in ("Berlin", "Tokyo", "Lagos"):
        assert (await table.people.set_zone(who(), table.happening(), zone)).changed
    with pytest.raises(TooManyZoneChanges):
        await table.people.set_zone(who(), table.happening(), "Berlin")


async def test_export_and_erasure(table: Table) -> None:
    shown = await table.ask(who(), "python")
    await table.answer(who(), shown, "right & <proper>")
    await table.practice.report(who(), table.happening(), shown.attempt.id)
    document = json.loads(await table.people.export(who(), table.now))
    assert [attempt["item"] for attempt in document["attempts"]] == ["prog.python.0001"]
    await table.people.forget(who(), table.now)
    document = json.loads(await table.people.export(who(), table.now))
    assert document["attempts"] == []
    assert document["streak"]["longest"] == 0


async def test_parked_and_old_updates(table: Table) -> None:
    marked = await table.store.transact(lambda unit: unit.updates.mark(1, table.now))
    again = await table.store.transact(lambda unit: unit.updates.mark(1, table.now))
    assert (marked, again) == (True, False)
    await table.store.transact(lambda unit: unit.updates.park(2, '{"a": 1}', table.now))
    assert await table.store.transact(lambda unit: unit.updates.parked()) == ['{"a": 1}']
    await table.store.transact(lambda unit: unit.updates.unpark(2))
    assert await table.store.transact(lambda unit: unit.updates.parked()) == []
    later = table.happening().now
    assert await table.store.transact(lambda unit: unit.updates.prune(later)) == 1


async def test_an_attempt_that_never_was_is_stale(table: Table) -> None:
    with pytest.raises(Stale):
        await table.answers.choose(who(), table.happening(), "nobody", 0)


async def test_an_erasure_that_was_cut_short_is_finished_later(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    await table.ask(who(), "python")
    scrubs: list[bool] = [False, True]

    async def scrub() -> bool:
        return scrubs.pop(0)

    monkeypatch.setattr(table.database, "scrub", scrub)
    await table.people.forget(who(), table.now)
    assert await table.store.transact(lambda unit: unit.chores.is_due("scrub"))
    await table.people.sweep_remains()
    assert not await table.store.transact(lambda unit: unit.chores.is_due("scrub"))
    assert scrubs == []
