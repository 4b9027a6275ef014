"""The daily question by way of the services, on SQLite and on PostgreSQL."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.daily import DailyQuestion
from bot.domain.errors import NothingOpen, NothingToAsk, NotYours, Stale
from bot.domain.questions import ChoiceItem
from bot.services.daily import DailyService
from bot.services.results import (
    AlreadyShown,
    DailyOutcome,
    Feedback,
    Question,
    SetAside,
    Shown,
    Skipped,
    Who,
)
from bot.storage.daily import StoredDaily
from bot.storage.database import open_database
from bot.storage.records import Attempt
from tests.services.playing import START, Table, who

TODAY = START.date()
DAY = timedelta(days=1)


@pytest.fixture
async def table(url: str) -> AsyncIterator[Table]:
    async with await open_database(url) as database:
        yield Table(database)


async def ask(table: Table, person: Who | None = None) -> Shown:
    asked = await table.daily.today(person or who(), table.happening())
    assert isinstance(asked, Question)
    return asked.shown


async def answer(table: Table, shown: Shown, *, right: bool = True) -> Feedback:
    """Answers whatever the small bank asks."""
    person = who(shown.attempt.person_id)
    if not isinstance(shown.item, ChoiceItem):
        text = f"{shown.item.answer}" if right else "1"  # type: ignore[union-attr]  # numbers only
        typed = await table.typed.type_in(person, table.happening(), text)
        assert isinstance(typed, Feedback)
        return typed
    options, attempt_id = shown.item.options, shown.attempt.id
    for place, index in enumerate(shown.order):
        if options[index].correct == right:
            chosen = await table.answers.choose(person, table.happening(), attempt_id, place)
            if isinstance(chosen, Feedback):
                return chosen
    submitted = await table.answers.submit(person, table.happening(), attempt_id)
    assert isinstance(submitted, Feedback)
    return submitted


async def stored(table: Table, day: date = TODAY) -> StoredDaily:
    found = await table.store.transact(lambda unit: unit.daily.find(day))
    assert found
    return found


async def outcome(table: Table, person: Who | None = None) -> DailyOutcome:
    told = await table.daily.today(person or who(), table.happening())
    assert isinstance(told, DailyOutcome)
    return told


async def test_everybody_is_asked_the_same_at_the_same_time(table: Table) -> None:
    people = [who(number) for number in range(1, 9)]
    asked = await asyncio.gather(*(ask(table, person) for person in people))
    assert len({(shown.item.id, shown.attempt.variant) for shown in asked}) == 1
    assert {(shown.attempt.origin, shown.attempt.daily, shown.total) for shown in asked} == {
        ("daily", TODAY, None)
    }
    await asyncio.gather(
        *(answer(table, shown, right=n % 2 == 0) for n, shown in enumerate(asked))
    )
    found = await stored(table)
    assert (found.answers, found.correct) == (8, 4)


async def test_one_attempt_a_person_and_date_however_often_it_is_asked_for(table: Table) -> None:
    asked = await asyncio.gather(*(ask(table) for _ in range(5)))
    assert len({shown.attempt.id for shown in asked}) == 1
    await answer(table, asked[0])
    assert (await outcome(table)).attempt is not None
    assert (await stored(table)).answers == 1


async def test_the_crowd_leaves_out_who_looks(table: Table) -> None:
    for number in range(1, 4):
        feedback = await answer(table, await ask(table, who(number)), right=number == 1)
        assert feedback.crowd
        assert (feedback.crowd.answers, feedback.crowd.others) == (number, number - 1)
    await ask(table)
    skipped = await table.practice.skip(who(), table.happening())
    assert isinstance(skipped, Skipped)
    assert skipped.crowd
    assert (skipped.crowd.answers, skipped.crowd.others) == (3, 3)
    assert skipped.crowd.share == pytest.approx(1 / 3)


async def test_partly_right_is_not_right(table: Table) -> None:
    await keep(table, "stat.inference.0001")
    shown = await ask(table)
    await table.answers.choose(who(), table.happening(), shown.attempt.id, 0)
    feedback = await table.answers.submit(who(), table.happening(), shown.attempt.id)
    assert isinstance(feedback, Feedback)
    assert feedback.score == 0.5
    found = await stored(table)
    assert (found.answers, found.correct) == (1, 0)


async def test_an_item_that_has_left_the_bank_gives_way_to_another(table: Table) -> None:
    """What was answered of the old one says nothing about the new one."""
    await keep(table, "gone.topic.0001")
    await table.store.transact(
        lambda unit: unit.daily.count(TODAY, "gone.topic.0001", correct=True)
    )
    feedback = await answer(table, await ask(table), right=False)
    found = await stored(table)
    assert found.question.item_id == feedback.shown.item.id
    assert (found.answers, found.correct) == (1, 0)


async def test_a_variant_that_has_left_the_bank_gives_way_to_another(table: Table) -> None:
    await keep(table, "sig.wavelets.0001", 99)
    assert (await ask(table)).attempt.variant != 99


async def test_what_has_changed_since_does_not_keep_typed_answers_from_others(
    table: Table,
) -> None:
    old = replace(await attempt_of_another_day(table), rev=99)
    await table.store.transact(lambda unit: unit.practice.add_attempt(old))
    with pytest.raises(NothingOpen):
        await table.typed.type_in(who(), table.happening(), "2")
    await keep(table, "math.numerics.0001")
    await ask(table)
    later = replace(old, id="another", daily=TODAY - 2 * DAY, asked_at=table.now + DAY)
    await table.store.transact(lambda unit: unit.practice.add_attempt(later))
    assert isinstance(await table.typed.type_in(who(), table.happening(), "2"), Feedback)
    gone = await table.store.transact(lambda unit: unit.practice.find("another"))
    assert gone
    assert gone.state == "dropped"


async def keep(table: Table, item_id: str, variant: int | None = None) -> None:
    """Chooses today's question."""
    question = DailyQuestion(item_id, variant)
    await table.store.transact(lambda unit: unit.daily.keep(TODAY, question))


async def attempt_of_another_day(table: Table) -> Attempt:
    """One that is not stored."""
    await table.store.transact(lambda unit: unit.people.touch(7, "en", table.now))
    return Attempt.opened(
        "old",
        person_id=7,
        chat_id=7,
        position=1,
        daily=TODAY - DAY,
        item_id="math.numerics.0001",
        rev=1,
        variant=None,
        seed=0,
        asked_at=table.now,
        asked_by=999,
    )


async def test_a_repeated_update_counts_once_and_tells_once_more(table: Table) -> None:
    what = table.happening()
    asked = await table.daily.today(who(), what)
    assert isinstance(asked, Question)
    again = await table.daily.today(who(), what)
    assert isinstance(again, Question)
    assert again.shown.attempt == asked.shown.attempt
    await table.practice.question_shown(asked.shown.attempt.id, 5)
    assert isinstance(await table.daily.today(who(), what), AlreadyShown)
    if not isinstance(asked.shown.item, ChoiceItem):
        what = table.happening()
        text = f"{asked.shown.item.answer}"  # type: ignore[union-attr]  # numbers only
        told = [await table.typed.type_in(who(), what, text) for _ in range(3)]
        assert all(isinstance(one, Feedback) and one.crowd for one in told)
    else:
        await answer(table, asked.shown)
    assert (await stored(table)).answers == 1
    what = table.happening()
    for _ in range(2):
        assert isinstance(await table.daily.today(who(), what), DailyOutcome)


async def test_it_moves_streak_cards_and_abilities_like_any_answer(table: Table) -> None:
    feedback = await answer(table, await ask(table))
    assert feedback.streak
    assert feedback.streak.current == 1
    cards = await table.store.transact(lambda unit: unit.memory.cards(7))
    assert [card.item_id for card in cards] == [feedback.shown.item.id]
    assert await table.store.transact(lambda unit: unit.memory.abilities(7))


async def test_an_old_question_counts_for_its_own_date(table: Table) -> None:
    old = await ask(table)
    table.now += timedelta(days=3)
    feedback = await answer(table, old)
    assert feedback.crowd
    assert not feedback.crowd.today
    assert (await stored(table)).answers == 1
    assert feedback.shown.attempt.answered_at
    assert feedback.shown.attempt.answered_at.date() == table.now.date()


async def test_set_aside_and_brought_back(table: Table) -> None:
    shown = await ask(table)
    what = table.happening()
    for _ in range(2):
        aside = await table.practice.stop(who(), what)
        assert isinstance(aside, SetAside)
        assert aside.shown.attempt.state == "held"
    assert isinstance(await table.daily.today(who(), what), AlreadyShown)
    with pytest.raises(Stale):
        await table.practice.stop(who(), table.happening(), shown.attempt.id)
    back = await ask(table)
    assert (back.attempt.id, back.attempt.state) == (shown.attempt.id, "open")
    assert (await answer(table, back)).score == 1


async def test_others_cannot_stop_it(table: Table) -> None:
    shown = await ask(table)
    with pytest.raises(NotYours):
        await table.practice.stop(who(8), table.happening(), shown.attempt.id)


async def test_an_earlier_date(table: Table) -> None:
    await answer(table, await ask(table, who(8)))
    table.now += timedelta(days=1)
    seen = await table.daily.earlier(who(), table.happening(), TODAY)
    assert isinstance(seen, DailyOutcome)
    assert (seen.attempt, seen.today) == (None, False)
    assert seen.crowd
    assert seen.crowd.others == 1
    with pytest.raises(Stale):
        await table.daily.earlier(who(), table.happening(), TODAY - timedelta(days=9))
    assert isinstance(
        await table.daily.earlier(who(), table.happening(), date(2999, 1, 1)), Question
    )


async def test_looking_back_stores_no_attempt(table: Table) -> None:
    await answer(table, await ask(table, who(8)))
    table.now += timedelta(days=1)
    await table.daily.earlier(who(), table.happening(), TODAY)
    assert await table.store.transact(lambda unit: unit.practice.open_of(7)) == []


async def test_an_empty_bank_has_none(table: Table) -> None:
    table.sets.catalogue._playable = ()  # a bank of free text alone
    with pytest.raises(NothingToAsk):
        await DailyService(table.store, table.daily.mocks).today(who(), table.happening())


async def test_forgetting_keeps_the_count(table: Table) -> None:
    await answer(table, await ask(table))
    await table.people.forget(who(), table.now)
    assert (await stored(table)).answers == 1
    assert await ask(table)


async def test_the_set_deals_around_it(table: Table) -> None:
    """What was just answered is not asked again in the set that follows."""
    feedback = await answer(table, await ask(table))
    question = await table.practice.practise(who(), table.happening())
    assert isinstance(question, Question)
    found = await table.store.transact(lambda unit: unit.practice.open_set(7))
    assert found
    assert feedback.shown.item.id not in {planned[0] for planned in found.plan}
