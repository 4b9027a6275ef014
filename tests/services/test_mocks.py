"""Interviews by way of the services, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.domain.errors import InterviewOpen, NotYours, Stale
from bot.domain.interview import CLOCK_EVERY, GONE, Ending, Kind, Phase
from bot.domain.questions import ChoiceItem
from bot.services.mocks import Told
from bot.services.results import (
    AlreadyShown,
    Happening,
    Held,
    MockOver,
    Moved,
    Question,
    Report,
    Shown,
)
from bot.storage.database import open_database
from tests.services.playing import BANK, Table, memory_of, who


@pytest.fixture
async def table(url: str) -> AsyncIterator[Table]:
    async with await open_database(url) as database:
        yield Table(database)


async def begin(table: Table, kind: Kind = Kind.QUICK, what: Happening | None = None) -> Shown:
    return asked(await table.mocks.enter(who(), what or table.happening(), kind))


def asked(outcome: object) -> Shown:
    """The question that was asked."""
    assert isinstance(outcome, Moved)
    assert isinstance(outcome.then, Question)
    return outcome.then.shown


def report_in(outcome: object) -> Report:
    assert isinstance(outcome, Moved)
    assert isinstance(outcome.then, MockOver)
    return outcome.then.report


async def answer(table: Table, shown: Shown, *, right: bool = True) -> Moved:
    """Answers a question of the small bank."""
    item, attempt_id = shown.item, shown.attempt.id
    if not isinstance(item, ChoiceItem):
        text = f"{item.answer}" if right else "1"  # type: ignore[union-attr]  # numbers only
        outcome = await table.typed.type_in(who(), table.happening(), text)
        assert isinstance(outcome, Moved)
        return outcome
    for place, index in enumerate(shown.order):
        if item.options[index].correct == right:
            chosen = await table.answers.choose(who(), table.happening(), attempt_id, place)
            if isinstance(chosen, Moved):
                return chosen
    submitted = await table.answers.submit(who(), table.happening(), attempt_id)
    assert isinstance(submitted, Moved)
    return submitted


async def look(table: Table, seconds: float) -> list[Told]:
    """A sweep so many seconds later."""
    table.now += timedelta(seconds=seconds)
    told = [await table.mocks.look(due, table.now) for due in await table.mocks.due(table.now)]
    return [one for one in told if one]


async def shown_to_person(table: Table, shown: Shown, message_id: int = 1) -> None:
    await table.practice.question_shown(shown.attempt.id, message_id)


async def test_from_the_first_question_to_the_report(table: Table) -> None:
    shown = await begin(table)
    for _ in range(3):
        moved = await answer(table, shown)
        assert moved.closed
        assert moved.closed.shown.attempt.state == "answered"
        shown = asked(moved)
    report = report_in(await answer(table, shown, right=False))
    assert (report.points, report.questions, report.ending) == (3, 4, Ending.FINISHED)
    assert [reply.position for reply in report.replies] == [1, 2, 3, 4]
    again = await table.mocks.report(who(), report.mock_id)
    assert (again.points, again.areas, again.tips) == (report.points, report.areas, report.tips)


async def test_the_log_gives_the_stored_cards_and_abilities(table: Table) -> None:
    shown = await begin(table)
    shown = asked(await answer(table, shown))
    skipped = await table.practice.skip(who(), table.happening())
    await answer(table, asked(skipped), right=False)

    def both(unit: object) -> tuple[object, object]:
        stored = memory_of(unit, 7)  # type: ignore[arg-type]  # a unit
        table.sets.memory.rebuild(unit, 7, table.now)  # type: ignore[arg-type]
        return stored, memory_of(unit, 7)  # type: ignore[arg-type]

    stored, rebuilt = await table.store.transact(both)
    assert stored == rebuilt


async def test_a_repeated_update_tells_once_more_what_may_not_have_been_seen(
    table: Table,
) -> None:
    what = table.happening()
    shown = await begin(table, what=what)
    again = asked(await table.mocks.enter(who(), what, Kind.QUICK))
    assert again.attempt.id == shown.attempt.id
    await shown_to_person(table, shown)
    assert isinstance(await table.mocks.enter(who(), what, Kind.QUICK), AlreadyShown)


async def test_answering_twice_at_once_is_one_answer(table: Table) -> None:
    shown = await begin(table)
    while not isinstance(shown.item, ChoiceItem) or shown.item.multi:
        shown = asked(await answer(table, shown))
    press = table.happening()
    pressing = (table.answers.choose(who(), press, shown.attempt.id, 0) for _ in range(4))
    outcomes = await asyncio.gather(*pressing)
    following = {
        outcome.then.shown.attempt.id if isinstance(outcome.then, Question) else "report"
        for outcome in outcomes
        if isinstance(outcome, Moved)
    }
    assert len(following) == 1
    log = await table.store.transact(lambda unit: unit.practice.graded(7))
    assert len({attempt.item_id for attempt in log}) == len(log)


async def test_there_is_one_interview_at_a_time(table: Table) -> None:
    await begin(table)
    with pytest.raises(InterviewOpen):
        await begin(table)
    with pytest.raises(InterviewOpen):
        await begin(table, Kind.FULL)


async def test_two_sweeps_at_once_do_it_once(table: Table) -> None:
    shown = await begin(table)
    await shown_to_person(table, shown)
    for _ in range(7):
        await look(table, CLOCK_EVERY.total_seconds())
    table.now += timedelta(seconds=20)
    due = await table.mocks.due(table.now)
    told = await asyncio.gather(*(table.mocks.look(due[0], table.now) for _ in range(4)))
    done = [one for one in told if one and one.moved.closed]
    assert len(done) == 1
    assert done[0].moved.closed
    assert done[0].moved.closed.how == "time"


async def test_a_question_that_was_not_shown_is_shown_again_with_its_whole_time(
    table: Table,
) -> None:
    shown = await begin(table)
    told = await look(table, 16)
    assert [asked(one.moved).attempt.id for one in told] == [shown.attempt.id]
    await shown_to_person(table, shown)
    (ticking,) = await look(table, 16)
    assert isinstance(ticking.moved.then, Shown)
    assert ticking.moved.then.interview
    left, item_left = ticking.moved.then.interview.remaining(table.now)
    assert item_left > timedelta(seconds=60)
    assert left > timedelta(minutes=11, seconds=30)


async def test_a_report_that_was_not_shown_is_shown_again(table: Table) -> None:
    shown = await begin(table)
    report = report_in(await table.practice.stop(who(), table.happening(), shown.attempt.id))
    (told,) = await look(table, 30)
    assert report_in(told.moved).mock_id == report.mock_id
    await table.mocks.report_shown(report.mock_id, 5)
    assert await look(table, 30) == []


async def test_ticks_count_when_the_time_is_up(table: Table) -> None:
    shown = await begin(table)
    while not (isinstance(shown.item, ChoiceItem) and shown.item.multi):
        shown = asked(await answer(table, shown))
    await shown_to_person(table, shown)
    await table.answers.choose(who(), table.happening(), shown.attempt.id, 0)
    closed = None
    while closed is None:
        (told,) = await look(table, 15)
        closed = told.moved.closed
    assert closed.how == "time"
    assert (closed.shown.attempt.state, closed.shown.attempt.score) == ("answered", 0.5)


async def test_a_late_answer_does_not_count(table: Table) -> None:
    """The sweep has not come yet, but the time was up: the next question follows."""
    shown = await begin(table)
    await shown_to_person(table, shown)
    for _ in range(7):
        await look(table, 15)
    table.now += timedelta(seconds=40)
    moved = await answer(table, shown)
    assert moved.closed
    assert moved.closed.how == "time"
    assert moved.closed.shown.attempt.state == "skipped"


async def test_nobody_looked_for_an_hour(table: Table) -> None:
    """A process that was away: an answer still counts; without one the interview waits."""
    shown = await begin(table)
    await shown_to_person(table, shown)
    await look(table, 16)
    table.now += timedelta(hours=1)
    shown = asked(await answer(table, shown))
    await shown_to_person(table, shown, 2)
    (told,) = await look(table, GONE.total_seconds() + 1)
    assert isinstance(told.moved.then, Held)
    assert told.moved.then.state.phase is Phase.PAUSED
    assert await look(table, 3600) == []


async def test_an_unreachable_person_is_not_asked_for_ever(table: Table) -> None:
    await begin(table)
    (told,) = await look(table, 16)
    await table.mocks.hold(told.who, table.now)
    assert await look(table, 3600) == []
    assert asked(await table.mocks.enter(who(), table.happening()))


async def test_foreign_interviews_are_closed_to_others(table: Table) -> None:
    shown = await begin(table)
    moved = await table.mocks.pause(who(), table.happening(), shown.attempt.id)
    assert isinstance(moved, Moved)
    assert isinstance(moved.then, Held)
    mock_id, thief = moved.then.mock_id, who(8)
    for asking in (
        table.mocks.resume(thief, table.happening(), mock_id),
        table.mocks.stop(thief, table.happening(), mock_id),
        table.mocks.report(thief, mock_id),
        table.mocks.reply(thief, mock_id, 1),
        table.mocks.pause(thief, table.happening(), shown.attempt.id),
    ):
        with pytest.raises(NotYours):
            await asking
    with pytest.raises(Stale):
        await table.mocks.report(who(), mock_id)


async def test_forgetting_takes_the_interviews_along(table: Table) -> None:
    shown = await begin(table)
    await answer(table, shown)
    await table.people.forget(who(), table.now)
    assert await look(table, 3600) == []
    assert await table.mocks.reports(who()) == []


async def test_an_answer_in_several_messages_waits_while_the_clock_stands(url: str) -> None:
    async with await open_database(url) as database:
        table = Table(database, BANK.parent / "text_bank")
        shown = await begin(table, Kind.BEHAVIOURAL)
        await table.typed.begin_draft(who(), table.happening(), shown.attempt.id)
        await table.typed.type_in(who(), table.happening(), "Last spring a colleague disagreed.")
        held = await table.mocks.pause(who(), table.happening(), shown.attempt.id)
        assert isinstance(held, Moved)
        assert isinstance(held.then, Held)
        table.now += timedelta(minutes=10)
        assert await table.typed.sweep_drafts(table.now) == []
        back = asked(await table.mocks.resume(who(), table.happening(), held.then.mock_id))
        assert back.attempt.is_collecting
        await table.typed.type_in(who(), table.happening(), "I ran a comparison.")
        assert await table.typed.sweep_drafts(table.now) == []
        (settled,) = await table.typed.sweep_drafts(table.now + timedelta(minutes=2))
        assert isinstance(settled.feedback, Moved)
        assert settled.feedback.closed
        answer_ = settled.feedback.closed.shown.attempt.answer or ""
        assert answer_.splitlines() == [
            "Last spring a colleague disagreed.",
            "I ran a comparison.",
        ]
