"""`/progress`: the picture that a person would show a friend, and the same in words."""

from __future__ import annotations

from bot.simulator import Person
from tests.dialogues.conftest import Stage, letter_of, pressed


async def test_before_the_first_answer(ann: Person) -> None:
    shown = await ann.ask("/progress")
    assert "Statistics: not tried yet" in shown.text
    assert "/practice fills this picture" in shown.text
    assert ann.download(shown).startswith(b"\x89PNG")


async def test_answers_move_readiness_and_fill_the_calendar(stage: Stage, ann: Person) -> None:
    for _ in range(2):
        question = await ann.ask("/practice python")
        await pressed(ann, letter_of(question, "right & <proper>"), question)
        await stage.next_day()
    shown = await ann.ask("/progress")
    assert "Programming languages: " in shown.text
    assert "Programming languages: not" not in shown.text
    assert "Statistics: not tried yet" in shown.text
    assert "🗓 2 of the last" in shown.text
    assert "2 answers" in shown.text


async def test_the_change_of_four_weeks_is_told(stage: Stage, ann: Person) -> None:
    await ann.ask("/practice python")
    await stage.next_day(29)
    question = await ann.ask("/practice python")
    await pressed(ann, letter_of(question, "right & <proper>"), question)
    shown = await ann.ask("/progress")
    assert "Programming languages: " in shown.text
    assert "(▲ " in shown.text


async def test_dark_and_light_in_the_same_message(ann: Person) -> None:
    light = await ann.ask("/progress")
    before = ann.download(light)
    dark = await pressed(ann, "🌙 Dark", light)
    assert dark.id == light.id
    assert ann.download(dark) != before
    assert dark.buttons == [["☀ Light"]]
    assert (await ann.ask("/progress")).buttons == [["☀ Light"]]
