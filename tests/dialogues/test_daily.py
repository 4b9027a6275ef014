"""The question of the day: the same for everybody, once a person, and what people made of it."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.banks.loader import load_bank
from bot.domain.daily import daily_item
from bot.simulator import Person, Seen
from tests.dialogues.conftest import BANK, Stage, go_on, letter_of, pressed

AFTER = [["▶ Practise", "🚩 Report"]]
STEMS = {
    "prog.python.0001": "What does print(",
    "stat.inference.0001": "Which of these are right?",
    "math.numerics.0001": "How much memory is it",
    "sig.wavelets.0001": " times ",
}
CHOICES = ("What does print(", "Which of these")


def is_choice(question: Seen) -> bool:
    return any(stem in question.text for stem in CHOICES)


async def answer(person: Person, question: Seen, *, right: bool = True) -> Seen:
    """Answers a question of the small bank; gives the feedback."""
    if "What does print(" in question.text:
        option = "right & <proper>" if right else "wrong one"
        return await pressed(person, letter_of(question, option), question)
    if "Which of these" in question.text:
        for option in ("right one", "right two") if right else ("wrong one",):
            question = await pressed(person, f"☐ {letter_of(question, option)}", question)
        return await pressed(person, "Submit", question)
    if product := re.search(r"What is (\d+) times (\d+)", question.text):
        factors = [int(factor) for factor in product.groups()]
        return await person.ask(str(factors[0] * factors[1] if right else 1))
    return await person.ask("2 GiB" if right else "7")


async def brought(person: Person, label: str, on: Seen) -> Seen:
    """Presses a button and gives the new message that it brings."""
    person.skip()
    press = await person.press(label, on)
    message = await person.next_message()
    await press.answer()
    return message


def today(stage: Stage) -> datetime:
    return datetime.fromtimestamp(stage.simulator.clock.now(), UTC)


def stem_of(stage: Stage, bank: Path = BANK) -> str:
    chosen = daily_item(load_bank(bank).playable, today(stage).date())
    assert chosen
    return STEMS[chosen.item_id]


async def until(stage: Stage, *, choice: bool) -> None:
    """Lets days pass until the day's question is (no) choice question."""
    for _ in range(8):
        if stem_of(stage).startswith(CHOICES) is choice:
            return
        await stage.next_day()
    raise AssertionError("there is no such question")


@pytest.fixture(autouse=True)
async def noon(stage: Stage) -> None:
    """No test runs over midnight, whenever it is run."""
    now = today(stage)
    stage.simulator.clock.advance((86_400 + 43_200 - now.timestamp() % 86_400) % 86_400)


async def test_the_same_question_for_everybody_and_no_place_in_a_set(
    stage: Stage, ann: Person
) -> None:
    ben = stage.simulator.person("Ben")
    first, second = await ann.ask("/daily"), await ben.ask("/daily")
    for question in (first, second):
        assert stem_of(stage) in question.text
        header = question.text.splitlines()[0]
        assert re.fullmatch(r".+ · .+  [●○]{5}", header)
        assert "the same for everybody" in question.text
        assert question.labels[-2:] == ["⏭ Skip", "⏹ Stop"]


async def test_feedback_offers_practice_and_nothing_next(ann: Person) -> None:
    question = await ann.ask("/daily")
    feedback = await answer(ann, question)
    assert feedback.text.startswith("✅")
    assert "🔥 Day 1 of your streak" in feedback.text
    assert feedback.buttons == AFTER
    begun = await brought(ann, "▶ Practise", feedback)
    assert re.search(r"1/3$", begun.text.splitlines()[0])


async def test_once_a_person_and_how_it_went(stage: Stage, ann: Person) -> None:
    await answer(ann, await ann.ask("/daily"), right=False)
    again = await ann.ask("/daily")
    assert again.text.startswith("📅 Today’s question: ❌ not quite")
    assert stem_of(stage) in again.text
    assert "The next one comes in 12 hours" in again.text
    assert again.buttons == AFTER
    assert (await ann.ask("/streak")).text.startswith("🔥 1 day")


async def test_how_many_got_it_right(stage: Stage, ann: Person) -> None:
    told = []
    for number, right in enumerate([True, False, True, True]):
        person = stage.simulator.person(f"P{number}")
        told.append((await answer(person, await person.ask("/daily"), right=right)).text)
    assert "👥 100 % of 1 person got it right today." in told[0]
    assert "👥 50 % of 2 people got it right today." in told[1]
    assert "👥 67 % of 3 people got it right today." in told[2]
    assert "👥 75 % of 4 people got it right today." in told[3]
    await answer(ann, await ann.ask("/daily"), right=False)
    assert "👥 60 % of 5 people got it right today." in (await ann.ask("/daily")).text


async def test_the_next_utc_date_has_its_own_question_and_yesterdays_answer(
    stage: Stage, ann: Person
) -> None:
    people = [stage.simulator.person(f"P{number}") for number in range(3)]
    for person in people:
        await answer(person, await person.ask("/daily"), right=person is people[0])
    yesterday = stem_of(stage)
    stage.simulator.clock.advance(43_200 - 2)
    assert "Today’s question" in (await people[0].ask("/daily")).text
    stage.simulator.clock.advance(4)
    question = await people[0].ask("/daily")
    assert stem_of(stage) in question.text
    await answer(people[0], question)
    shown = await people[0].ask("/daily")
    assert shown.buttons == [["📅 Yesterday’s question"], *AFTER]
    before = await brought(people[0], "📅 Yesterday’s question", shown)
    assert before.id != shown.id
    assert "Yesterday’s question: ✅ right" in before.text
    assert "👥 33 % of 3 people got it right." in before.text
    assert yesterday in before.text


async def test_who_missed_yesterdays_question_may_look_it_up(stage: Stage, ann: Person) -> None:
    ben = stage.simulator.person("Ben")
    await answer(ben, await ben.ask("/daily"))
    await stage.next_day()
    await answer(ann, await ann.ask("/daily"))
    shown = await brought(ann, "📅 Yesterday’s question", await ann.ask("/daily"))
    assert "you have not had it" in shown.text
    assert "Right " in shown.text or "The answer is" in shown.text
    assert shown.labels == ["▶ Practise"]


async def test_yesterdays_open_question_stays_answerable_and_counts_for_its_date(
    stage: Stage, ann: Person
) -> None:
    await until(stage, choice=True)
    others = [stage.simulator.person(f"P{number}") for number in range(2)]
    for other in others:
        await answer(other, await other.ask("/daily"), right=False)
    old = await ann.ask("/daily")
    await stage.next_day()
    await ann.ask("/daily")
    feedback = await answer(ann, old)
    assert feedback.text.startswith("✅")
    assert "👥 33 % of 3 people got it right." in feedback.text
    assert "✅ Today is done" in (await ann.ask("/streak")).text


async def test_yesterdays_open_question_comes_back_instead_of_its_answer(
    stage: Stage, ann: Person
) -> None:
    old = await ann.ask("/daily")
    await stage.next_day()
    await answer(ann, await ann.ask("/daily"))
    back = await brought(ann, "📅 Yesterday’s question", await ann.ask("/daily"))
    assert back.text.splitlines()[:2] == old.text.splitlines()[:2]
    assert "⏭ Skip" in back.labels
    assert (await answer(ann, back)).text.startswith("✅")


async def test_an_open_question_is_shown_again(stage: Stage, ann: Person) -> None:
    question = await ann.ask("/daily")
    again = await ann.ask("/daily")
    assert again.text == question.text
    assert again.id != question.id
    await ann.wait(lambda seen: seen.id == question.id and not seen.labels)
    await stage.restart()
    assert (await answer(ann, await ann.ask("/daily"))).text.startswith("✅")
    assert "✅ right" in (await ann.ask("/daily")).text


async def test_two_messages_at_once_are_one_question(ann: Person) -> None:
    for _ in range(3):
        await ann.say("/daily")
    questions = [await ann.next_message() for _ in range(3)]
    await answer(ann, questions[-1])
    document = json.loads(ann.download(await ann.ask("/export")))
    assert [attempt["where"] for attempt in document["attempts"]] == ["daily"]


async def test_a_double_tap_is_one_answer(stage: Stage, ann: Person) -> None:
    await until(stage, choice=True)
    while "What does print(" not in stem_of(stage):
        await stage.next_day()
    question = await ann.ask("/daily")
    ann.skip()
    first, second = [await ann.press("A", question) for _ in range(2)]
    await first.answer()
    await second.answer()
    document = json.loads(ann.download(await ann.ask("/export")))
    assert len(document["attempts"]) == 1


async def test_a_deep_link(stage: Stage, ann: Person) -> None:
    question = await ann.ask("/start daily")
    assert stem_of(stage) in question.text
    await answer(ann, question)
    assert "Today’s question" in (await ann.ask("/start daily")).text


async def test_skipping_tells_the_answer_and_counts_for_nobody(stage: Stage, ann: Person) -> None:
    for number in range(2):
        person = stage.simulator.person(f"P{number}")
        await answer(person, await person.ask("/daily"))
    await ann.ask("/daily")
    skipped = await pressed(ann, "⏭ Skip")
    assert skipped.text.startswith("⏭ Skipped.")
    assert "👥 100 % of 2 people got it right today." in skipped.text
    assert skipped.buttons == AFTER
    again = await ann.ask("/daily")
    assert "Today’s question: ⏭ skipped" in again.text
    assert "⬜" in (await ann.ask("/streak")).text


async def test_stopping_sets_it_aside_without_the_answer(stage: Stage, ann: Person) -> None:
    question = await ann.ask("/daily")
    aside = await pressed(ann, "⏹ Stop", question)
    assert aside.id == question.id
    assert "Set aside" in aside.text
    assert "Right " not in aside.text
    assert "explanation" not in aside.text
    assert "/practice" in (await ann.ask("2")).text  # no question is open
    assert "no open question" in (await ann.ask("/stop")).text
    back = await brought(ann, "📅 Daily question", aside)
    assert back.text == question.text
    assert "Set aside" in (await pressed(ann, "⏹ Stop", back)).text
    assert (await answer(ann, await ann.ask("/daily"))).text.startswith("✅")


async def test_it_does_not_disturb_an_open_set(stage: Stage, ann: Person) -> None:
    await until(stage, choice=False)
    await ann.ask("/practice inference")
    question = await ann.ask("/daily")
    assert (await answer(ann, question)).text.startswith("✅")
    again = await ann.ask("/practice")
    assert "Which of these" in again.text
    assert (await answer(ann, again)).buttons == [["Next ▶", "🚩 Report"]]
    assert "1/1" in (await go_on(ann)).text


async def test_what_is_typed_goes_to_the_question_shown_last(stage: Stage, ann: Person) -> None:
    await until(stage, choice=False)
    while "memory" not in stem_of(stage):
        await stage.next_day()
    await ann.ask("/practice wavelets")
    await ann.ask("/daily")
    back = await ann.ask("/practice")
    assert " times " in back.text
    assert (await answer(ann, back)).buttons == [["Next ▶", "🚩 Report"]]
    assert (await ann.ask("2 GiB")).buttons == AFTER


async def stop(person: Person) -> Seen:
    person.skip()
    await person.say("/stop")
    return await person.next_change()


async def test_stop_means_what_was_shown_last(stage: Stage, ann: Person) -> None:
    await ann.ask("/practice inference")
    await ann.ask("/daily")
    assert "Set aside" in (await stop(ann)).text
    assert "Stopped: 0/0" in (await ann.ask("/stop")).text


async def test_stop_means_the_set_that_was_shown_after_it(stage: Stage, ann: Person) -> None:
    """Its question is answered, so that the daily one is the only one that is open."""
    await until(stage, choice=False)
    question = await ann.ask("/daily")
    await answer(ann, await ann.ask("/practice python"))
    assert "Stopped: 1/1" in (await ann.ask("/stop")).text
    assert "Set aside" in (await stop(ann)).text
    assert "Set aside" not in question.text


async def test_an_interview_waits_meanwhile(ann: Person) -> None:
    await ann.ask("/mock quick")
    ann.skip()
    await ann.say("/daily")
    held = await ann.next_change()
    assert "The clock stands" in held.text
    question = await ann.next_message()
    assert (await answer(ann, question)).buttons == AFTER


async def test_a_bank_that_changes_at_noon_does_not_change_todays_question(
    stage: Stage, ann: Person, tmp_path: Path
) -> None:
    before = stem_of(stage)
    await ann.ask("/daily")
    other = tmp_path / "other"
    shutil.copytree(BANK, other)
    more = (BANK / "programming" / "python.toml").read_text("utf-8")
    for number in range(2, 40):
        items = more.partition("[[items]]")[2].replace("0001", f"{number:04}")
        with (other / "programming" / "python.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n[[items]]{items}")
    changed = daily_item(load_bank(other).playable, today(stage).date())
    assert changed
    assert changed.item_id not in STEMS
    await stage.restart(BOT_CONTENT__BANKS=str(other))
    ben = stage.simulator.person("Ben")
    assert before in (await ben.ask("/daily")).text
    await stage.next_day()
    assert "print(" in (await ben.ask("/daily")).text


async def test_an_item_that_leaves_the_bank_is_replaced(
    stage: Stage, ann: Person, tmp_path: Path
) -> None:
    ben, cat = stage.simulator.person("Ben"), stage.simulator.person("Cat")
    gone = stem_of(stage)
    old = await ann.ask("/daily")
    await answer(ben, await ben.ask("/daily"))
    other = tmp_path / "other"
    shutil.copytree(BANK, other)
    chosen = daily_item(load_bank(BANK).playable, today(stage).date())
    assert chosen
    for file in other.glob("*/*.toml"):
        if chosen.item_id in file.read_text("utf-8"):
            file.unlink()
    await stage.restart(BOT_CONTENT__BANKS=str(other))
    question = await cat.ask("/daily")
    assert gone not in question.text
    assert (await answer(cat, question)).text.startswith("✅")
    outcome = await ben.ask("/daily")
    assert "Today’s question: ✅ right" in outcome.text
    assert "cannot show it any more" in outcome.text
    if is_choice(old):
        word = await (await ann.press("A", old)).answer()
        assert "no longer active" in (word.text or "")
    assert gone not in (await ann.ask("/daily")).text


async def test_export_help_and_forged_presses(stage: Stage, ann: Person) -> None:
    await answer(ann, await ann.ask("/daily"))
    document = json.loads(ann.download(await ann.ask("/export")))
    assert [attempt["where"] for attempt in document["attempts"]] == ["daily"]
    assert "/daily" in (await ann.ask("/help")).text
    shown = await ann.ask("/daily")
    for forged in ("D:2020-01-01", "D:2020-13-99", "D:x", "D:99999999999"):
        press = await ann.press_data(forged, shown)
        assert "no longer active" in ((await press.answer()).text or "")
    tomorrow = await ann.press_data("D:2999-01-01", shown)
    await tomorrow.answer()
    assert "Today’s question" in (await ann.next_message()).text


async def test_being_forgotten_leaves_the_count_but_not_the_person(
    stage: Stage, ann: Person
) -> None:
    await answer(ann, await ann.ask("/daily"))
    asked = await ann.ask("/forget")
    await pressed(ann, asked.labels[0])
    assert "Skip" in " ".join((await ann.ask("/daily")).labels)


async def test_a_formula_is_a_picture_all_the_way(stage: Stage, ann: Person) -> None:
    await stage.restart(BOT_CONTENT__BANKS=str(BANK.parent / "formula_bank"))
    question = await ann.ask("/daily")
    assert "photo" in question.raw
    aside = await pressed(ann, "⏹ Stop", question)
    assert (aside.id, "photo" in aside.raw) == (question.id, True)
    assert "Set aside" in aside.text
    back = await brought(ann, "📅 Daily question", aside)
    assert "photo" in back.raw
    await pressed(ann, "⏭ Skip", back)
    shown = await ann.ask("/daily")
    assert "photo" in shown.raw
    assert shown.text.startswith("📅 Today’s question: ⏭ skipped")
