"""The weekly summary, which comes on Sunday evening to who has asked for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.simulator import Person
from tests.dialogues.conftest import Stage, letter_of, pressed


def to(stage: Stage, weekday: int, hour: int) -> None:
    """Lets time pass until the next such weekday (0 is Monday) at that hour, UTC."""
    now = datetime.fromtimestamp(stage.simulator.clock.now(), UTC)
    then = now.replace(hour=hour, minute=0, second=0, microsecond=0)
    then += timedelta(days=(weekday - now.weekday()) % 7)
    if then <= now:
        then += timedelta(days=7)
    stage.simulator.clock.advance((then - now).total_seconds())


async def practise(person: Person, option: str = "right & <proper>") -> None:
    question = await person.ask("/practice python")
    await pressed(person, letter_of(question, option), question)


async def want(person: Person) -> None:
    state = await person.ask("/remind")
    await pressed(person, "☐ Weekly summary", state)


async def test_a_week_in_a_picture_and_in_words(stage: Stage, ann: Person) -> None:
    to(stage, 2, 12)
    await want(ann)
    await practise(ann, "wrong one")
    await stage.next_day()
    await practise(ann)
    to(stage, 6, 17)
    ann.skip()
    to(stage, 6, 19)
    summary = await ann.next_message()
    assert summary.text.startswith("🗓 Your week: 2 answers, 50 % right")
    assert "You practised on 2 of 7 days." in summary.text
    assert "▲ Programming languages" in summary.text
    assert "/remind" in summary.text
    assert ann.download(summary).startswith(b"\x89PNG")
    assert summary.buttons == [["▶ Practise"]]
    await pressed(ann, "▶ Practise", summary)


async def test_nothing_comes_for_a_week_without_answers(stage: Stage, ann: Person) -> None:
    """Ben's shows that the sweep has passed."""
    ben = stage.simulator.person("Ben")
    to(stage, 2, 12)
    await want(ann)
    await want(ben)
    await practise(ben)
    ann.skip()
    ben.skip()
    to(stage, 6, 19)
    assert "Your week" in (await ben.next_message()).text
    assert "⬜" in (await ann.ask("/streak")).text  # and nothing before it


async def test_it_comes_only_to_who_asked_for_it(stage: Stage, ann: Person) -> None:
    ben = stage.simulator.person("Ben")
    to(stage, 2, 12)
    await want(ben)
    for person in (ann, ben):
        await practise(person)
        person.skip()
    to(stage, 6, 19)
    assert "Your week" in (await ben.next_message()).text
    assert "Your week" not in (await ann.ask("/streak")).text
