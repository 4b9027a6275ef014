"""Questions with formulas: a picture with the question as its caption, all the way."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from bot.simulator import Person, Seen
from tests.dialogues.conftest import Stage, go_on, letter_of, pressed

BANK = Path(__file__).parent / "formula_bank"


@pytest.fixture
async def stage(stage: Stage) -> Stage:
    await stage.restart(BOT_CONTENT__BANKS=str(BANK))
    return stage


def uploads(stage: Stage) -> int:
    """How many pictures were uploaded, not sent by their id."""
    sent = [call for call in stage.simulator.calls if call.method == "sendPhoto"]
    return sum(not isinstance(call.params.get("photo"), str) for call in sent)


async def determinant(ann: Person) -> Seen:
    question = await ann.ask("/practice matrices-la")
    while "determinant" not in question.text:
        await pressed(ann, "⏭ Skip")
        question = await go_on(ann)
        if "A) " not in question.text and "squared" not in question.text:
            question = await ann.ask("/practice matrices-la")
    return question


async def test_the_question_is_a_picture_with_a_caption_that_reads_well(
    stage: Stage, ann: Person
) -> None:
    question = await determinant(ann)
    assert question.raw["photo"]
    assert question.raw["caption"] == question.text
    assert "What is the determinant of A = [[2, 1], [0, 3]]?" in question.text
    assert "$" not in question.text
    assert question.buttons[0] == ["A", "B", "C"]


async def test_feedback_edits_the_caption(ann: Person, stage: Stage) -> None:
    question = await determinant(ann)
    feedback = await pressed(ann, letter_of(question, "5"))
    assert feedback.id == question.id
    assert feedback.raw["photo"] == question.raw["photo"]
    assert feedback.text.startswith("❌")
    assert "That is the trace." in feedback.text
    assert "A = [[2, 1], [0, 3]]" in feedback.text


async def test_hint_and_skip_edit_the_caption_too(ann: Person, stage: Stage) -> None:
    question = await determinant(ann)
    hinted = await pressed(ann, "💡 Hint")
    assert (hinted.id, "It is triangular." in hinted.text) == (question.id, True)
    skipped = await pressed(ann, "⏭ Skip")
    assert skipped.id == question.id
    assert "✓ A) 6" in skipped.text


async def test_ticks_change_the_buttons_below_a_picture(ann: Person, stage: Stage) -> None:
    question = await ann.ask("/practice integration")
    assert "∫₀¹x dx" in question.text
    await pressed(ann, "☐ A")
    ticked = await pressed(ann, "☐ B")
    assert ticked.buttons[0] == ["☑ A", "☑ B", "☐ C"]
    feedback = await pressed(ann, "Submit")
    assert feedback.text.startswith("✅")


async def test_a_variant_shows_its_own_numbers(ann: Person, stage: Stage) -> None:
    question = await ann.ask("/practice matrices-la")
    while "squared length" not in question.text:
        await pressed(ann, "⏭ Skip")
        question = await go_on(ann)
    numbers = question.text.partition("x = (")[2].partition(")")[0].split(", ")
    answer = sum(int(number) ** 2 for number in numbers)
    reply = await ann.ask(str(answer))
    assert reply.text.startswith("✅")


async def test_a_picture_that_telegram_forgot_is_sent_anew(stage: Stage, ann: Person) -> None:
    await ann.ask("/practice integration")
    await stage.stop()
    with sqlite3.connect(stage.database) as database:
        database.execute("UPDATE pictures SET file_id = 'AgACAgxgone'")
    database.close()
    await stage.start(BOT_CONTENT__BANKS=str(BANK))
    ben = stage.simulator.person("Ben")
    assert (await ben.ask("/practice integration")).raw["photo"]
    assert uploads(stage) == 2


async def test_a_formula_that_cannot_be_drawn_is_read(
    stage: Stage, ann: Person, tmp_path: Path
) -> None:
    source = (BANK / "applied_math" / "integration.toml").read_text("utf-8")
    folder = tmp_path / "bank" / "applied_math"
    folder.mkdir(parents=True)
    (folder / "integration.toml").write_text(source.replace("x\\,dx", "\\nonsense x"), "utf-8")
    await stage.restart(BOT_CONTENT__BANKS=str(tmp_path / "bank"))
    question = await ann.ask("/practice integration")
    assert "photo" not in question.raw
    assert "∫₀¹nonsensex" in question.text
    await pressed(ann, "☐ A")
    await pressed(ann, "☐ B")
    assert (await pressed(ann, "Submit")).text.startswith("✅")


async def test_a_picture_is_drawn_and_uploaded_once(stage: Stage, ann: Person) -> None:
    await ann.ask("/practice integration")
    assert uploads(stage) == 1
    ben = stage.simulator.person("Ben")
    again = await ben.ask("/practice integration")
    assert again.raw["photo"]
    assert uploads(stage) == 1
    await stage.restart(BOT_CONTENT__BANKS=str(BANK))
    cas = stage.simulator.person("Cas")
    assert (await cas.ask("/practice integration")).raw["photo"]
    assert uploads(stage) == 1
