"""Free text by way of the services, on both engines: drafts, sweeps, ratings, once each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.errors import NothingWritten, NotScored, NotYours, Stale
from bot.services.results import Collected, Feedback, Settled
from bot.storage.database import open_database
from tests.services.playing import Table, who

BANK = Path(__file__).parent.parent / "dialogues" / "text_bank"
FULL = "I use dropout between the layers and I stop training early when validation gets worse."
HALF = "I would add dropout to the dense layers."
MINUTE = timedelta(seconds=61)


@pytest.fixture
async def table(url: str) -> AsyncIterator[Table]:
    async with await open_database(url) as database:
        yield Table(database, bank=BANK)


async def test_the_same_message_gives_the_same_feedback_and_counts_once(table: Table) -> None:
    await table.ask(who(), "training")
    message = table.happening()
    first = await table.typed.type_in(who(), message, FULL)
    again = await table.typed.type_in(who(), message, FULL)
    assert isinstance(first, Feedback)
    assert isinstance(again, Feedback)
    assert again.grade == first.grade
    log = await table.store.transact(lambda unit: unit.practice.graded(7))
    assert [attempt.answer for attempt in log] == [FULL]


def feedback_in(settled: Settled) -> Feedback:
    assert isinstance(settled.feedback, Feedback)
    return settled.feedback


async def test_messages_add_up_to_one_answer(table: Table) -> None:
    shown = await table.ask(who(), "training")
    await table.typed.begin_draft(who(), table.happening(), shown.attempt.id)
    for part in ("I would use dropout,", "and stop training early when validation gets worse."):
        assert isinstance(await table.typed.type_in(who(), table.happening(), part), Collected)
    done = table.happening()
    feedback = await table.typed.finish_draft(who(), done, shown.attempt.id)
    again = await table.typed.finish_draft(who(), done, shown.attempt.id)
    assert isinstance(feedback, Feedback)
    assert isinstance(again, Feedback)
    assert feedback.score == again.score == 1.0
    with pytest.raises(Stale):
        await table.typed.finish_draft(who(), table.happening(), shown.attempt.id)


async def test_a_repeated_part_is_added_once(table: Table) -> None:
    shown = await table.ask(who(), "training")
    await table.typed.begin_draft(who(), table.happening(), shown.attempt.id)
    message = table.happening()
    for _ in range(3):
        await table.typed.type_in(who(), message, "dropout, for example")
    attempt = await table.store.transact(lambda unit: unit.practice.find(shown.attempt.id))
    assert attempt
    assert attempt.draft == "dropout, for example"


async def test_a_draft_needs_words(table: Table) -> None:
    shown = await table.ask(who(), "training")
    await table.typed.begin_draft(who(), table.happening(), shown.attempt.id)
    with pytest.raises(NothingWritten):
        await table.typed.finish_draft(who(), table.happening(), shown.attempt.id)


async def test_a_sweep_settles_what_is_due_once_and_again_only_if_untold(table: Table) -> None:
    shown = await table.ask(who(), "training")
    await table.typed.begin_draft(who(), table.happening(), shown.attempt.id)
    await table.typed.type_in(who(), table.happening(), HALF, 5)
    assert await table.typed.sweep_drafts(table.now) == []
    later = table.now + MINUTE
    both = await asyncio.gather(*(table.typed.sweep_drafts(later) for _ in range(4)))
    settled = [one for sweep in both for one in sweep]
    assert [feedback_in(one).score for one in settled] == [0.5]
    assert feedback_in(settled[0]).shown.attempt.draft_message_id == 5
    untold = await table.typed.sweep_drafts(later + MINUTE)
    assert [feedback_in(one).score for one in untold] == [0.5]
    await table.typed.feedback_shown(shown.attempt.id, 9)
    await table.typed.draft_told(shown.attempt.id)
    assert await table.typed.sweep_drafts(later + 3 * MINUTE) == []
    log = await table.store.transact(lambda unit: unit.practice.graded(7))
    assert len(log) == 1


async def test_an_empty_or_forgotten_draft_is_dropped(table: Table) -> None:
    shown = await table.ask(who(), "training")
    await table.typed.begin_draft(who(), table.happening(), shown.attempt.id)
    assert await table.typed.sweep_drafts(table.now + MINUTE) == []
    feedback = await table.typed.type_in(who(), table.happening(), FULL)
    assert isinstance(feedback, Feedback)


async def test_another_language_leaves_the_question_open(table: Table) -> None:
    await table.ask(who(), "training")
    german = "Ich würde die Gewichte bestrafen und das Training früh genug beenden."
    with pytest.raises(NotScored):
        await table.typed.type_in(who(), table.happening(), german)
    assert isinstance(await table.typed.type_in(who(), table.happening(), FULL), Feedback)


async def test_rating_belongs_to_stories_that_were_told(table: Table) -> None:
    shown = await table.ask(who(), "teamwork")
    with pytest.raises(Stale):
        await table.typed.rate(who(), shown.attempt.id, 2)
    await table.typed.type_in(who(), table.happening(), "I disagreed with a colleague last year.")
    with pytest.raises(NotYours):
        await table.typed.rate(who(8), shown.attempt.id, 2)
    with pytest.raises(Stale):
        await table.typed.rate(who(), shown.attempt.id, 4)
    rated = await table.typed.rate(who(), shown.attempt.id, 2)
    assert rated.shown.attempt.self_rating == 2
    attempt = await table.store.transact(lambda unit: unit.practice.find(shown.attempt.id))
    assert attempt
    assert attempt.self_rating == 2
