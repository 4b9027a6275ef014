"""What feedback and `/streak` tell of freezes and milestones."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.streaks import StreakRules, practice_day
from bot.simulator import Person
from tests.dialogues.conftest import Stage


async def answer(person: Person, said: str = "2") -> str:
    """One answer to a set of one; gives the feedback."""
    await person.ask("/practice numerics")
    return (await person.ask(said)).text


async def days(stage: Stage, person: Person, count: int) -> list[str]:
    """So many days of practice in a row; it is the day after them then."""
    told = []
    for _ in range(count):
        told.append(await answer(person))
        await stage.next_day()
    return told


def weekday(stage: Stage, ago: int) -> str:
    """The name of the practice day so many days ago."""
    now = datetime.fromtimestamp(stage.simulator.clock.now(), UTC)
    return f"{practice_day(now, 'UTC', StreakRules()) - timedelta(days=ago):%A}"


async def test_a_freeze_that_was_spent_is_explained_once(stage: Stage, ann: Person) -> None:
    await days(stage, ann, 7)
    await stage.next_day()
    missed = weekday(stage, 1)
    before = (await ann.ask("/streak")).text
    assert f"❄ A freeze saved your streak on {missed}; 0 left." in before
    assert "🔥 7 days" in before
    saved = f"❄ A freeze saved your streak on {missed}; 0 left."
    assert f"🔥 8 days in a row, your longest streak!\n{saved}" in await answer(ann)
    assert "❄" not in await answer(ann)
    after = (await ann.ask("/streak")).text
    assert saved in after
    assert "🔥 8 days" in after


async def test_two_freezes_at_once(stage: Stage, ann: Person) -> None:
    await days(stage, ann, 14)
    await stage.next_day(2)
    names = f"{weekday(stage, 2)} and {weekday(stage, 1)}"
    assert f"❄ 2 freezes saved your streak on {names}; 0 left." in await answer(ann)
    await stage.next_day(8)
    assert "❄" not in (await ann.ask("/streak")).text


async def test_a_lost_streak_has_no_freezes_to_tell_of(stage: Stage, ann: Person) -> None:
    await days(stage, ann, 7)
    await stage.next_day()
    await answer(ann)
    await stage.next_day(2)
    assert "❄" not in (await ann.ask("/streak")).text
    assert "❄" not in await answer(ann)
    assert "❄" not in (await ann.ask("/streak")).text


async def test_a_week_is_celebrated_once_in_a_lifetime(stage: Stage, ann: Person) -> None:
    told = await days(stage, ann, 8)
    assert ["🎉" in text for text in told] == [False] * 6 + [True, False]
    assert "\n🎉 A whole week, day after day." in told[6]
    await stage.next_day(5)
    again = await days(stage, ann, 8)
    assert not any("🎉" in text for text in again)


async def test_the_second_answer_of_the_day_celebrates_nothing(stage: Stage, ann: Person) -> None:
    await days(stage, ann, 6)
    assert "🎉" in await answer(ann)
    assert "🎉" not in await answer(ann, "1")
    assert "🔥" not in await answer(ann)
