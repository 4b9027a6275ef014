"""What was missed comes back, what is known waits, and everything follows from the log."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.services.results import Question, Shown, Summary
from bot.storage.database import open_database
from bot.storage.memory import StoredCard
from bot.storage.store import Unit
from tests.services.playing import Table, memory_of, option, who

ME = who()


@pytest.fixture
async def table(url: str) -> AsyncIterator[Table]:
    async with await open_database(url) as database:
        yield Table(database)


async def cards(table: Table) -> dict[str, StoredCard]:
    stored = await table.store.transact(lambda unit: unit.memory.cards(ME.person_id))
    return {card.item_id: card for card in stored}


async def answered(table: Table, text: str, *, after: float = 20.0) -> Shown:
    shown = await table.ask(ME, "python")
    table.now += timedelta(seconds=after)
    await table.answer(ME, shown, text)
    return shown


async def test_a_right_answer_makes_a_card_that_waits(table: Table) -> None:
    shown = await answered(table, "right & <proper>")
    card = (await cards(table))[shown.item.id].card
    assert (card.reviews, card.lapses, card.missed) == (1, 0, False)
    assert card.due > table.now + timedelta(days=1)


async def test_a_wrong_answer_makes_a_card_that_comes_back_tomorrow(table: Table) -> None:
    shown = await answered(table, "wrong one")
    card = (await cards(table))[shown.item.id].card
    assert (card.lapses, card.missed) == (1, True)
    assert (card.due - card.last_review).days == 1


async def test_what_was_missed_is_due_at_once_and_what_is_known_waits(table: Table) -> None:
    async def overdue(item_id: str) -> float | None:
        def look(unit: Unit) -> float | None:
            person = unit.people.find(ME.person_id)
            assert person
            outlook = table.sets.memory.outlook(unit, person, "UTC", table.now)
            return outlook.candidates[item_id].overdue

        return await table.store.transact(look)

    shown = await answered(table, "wrong one")
    assert await overdue(shown.item.id) == 0
    table.now += timedelta(days=3)
    late = await overdue(shown.item.id)
    assert late
    assert late > 1, "the longer overdue, the sooner it is asked"
    await answered(table, "right & <proper>")
    waiting = await overdue(shown.item.id)
    assert waiting
    assert waiting < 0


async def test_a_slow_answer_is_hard_and_one_after_a_night_says_nothing(table: Table) -> None:
    await answered(table, "right & <proper>", after=3_000)
    [log] = await table.store.transact(lambda unit: unit.memory.reviewed(ME.person_id))
    assert log.rating == 3
    table.now += timedelta(days=5)
    await answered(table, "right & <proper>", after=200)
    *_, log = await table.store.transact(lambda unit: unit.memory.reviewed(ME.person_id))
    assert log.rating == 2


async def test_an_answer_moves_ability_and_what_is_known_of_the_item(table: Table) -> None:
    shown = await answered(table, "right & <proper>")

    def read(unit: Unit) -> tuple[float, float]:
        stored = unit.memory.abilities(ME.person_id)
        assert stored
        place = stored.areas.index(shown.item.area_id)
        return stored.abilities.means[place], unit.memory.evidence()[shown.item.id, 1].gradient

    ability, gradient = await table.store.transact(read)
    assert ability > 0
    assert gradient < 0


async def test_a_skip_brings_the_question_back_and_says_nothing_of_ability(table: Table) -> None:
    shown = await table.ask(ME, "python")
    before = await table.store.transact(lambda unit: memory_of(unit, ME.person_id)[1])
    await table.practice.skip(ME, table.happening(), shown.attempt.id)
    after = await table.store.transact(lambda unit: memory_of(unit, ME.person_id)[1])
    assert after == before
    assert (await cards(table))[shown.item.id].card.missed


async def test_the_reason_is_told_and_the_summary_says_what_changed(table: Table) -> None:
    first = await table.ask(ME, "python")
    assert first.attempt.why == "new"
    await table.answers.choose(
        ME, table.happening(), first.attempt.id, option(first, "right & <proper>")
    )
    summary = await table.practice.go_on(ME, table.happening(), first.attempt.id)
    assert isinstance(summary, Summary)
    [area] = summary.areas
    assert area.before is not None
    assert area.after is not None
    assert area.after > area.before
    table.now += timedelta(days=30)
    question = await table.practice.practise(ME, table.happening(), "python")
    assert isinstance(question, Question)
    assert question.shown.attempt.why == "due"


async def test_what_was_logged_before_there_were_cards_makes_cards(table: Table) -> None:
    """People who practised with an earlier version begin with what their answers say."""
    shown = await answered(table, "right & <proper>")

    def forget(unit: Unit) -> None:
        unit.memory.drop_cards(ME.person_id)
        stored = unit.memory.abilities(ME.person_id)
        assert stored
        earlier = replace(stored, areas=stored.areas[::-1])  # another syllabus: of no use now
        unit.memory.save_abilities(ME.person_id, earlier)

    await table.store.transact(forget)
    assert await cards(table) == {}
    await table.ask(ME, "numerics")
    assert set(await cards(table)) == {shown.item.id}


async def test_erasing_a_person_erases_what_they_remember(table: Table) -> None:
    await answered(table, "wrong one")
    await table.people.forget(ME, table.now)
    assert await cards(table) == {}
    assert await table.store.transact(lambda u: u.memory.abilities(ME.person_id)) is None
