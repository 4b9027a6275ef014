"""Practice in the private chat, as a person lives through it."""

from __future__ import annotations

import re

import pytest

from bot.simulator import Person, Seen
from tests.dialogues.conftest import Stage, go_on, letter_of, pressed

SKIP_STOP = ["⏭ Skip", "⏹ Stop"]
AFTER = [["Next ▶", "🚩 Report"]]


async def question_of(person: Person, topic: str) -> Seen:
    return await person.ask(f"/practice {topic}")


async def test_greeting_leads_to_practice(ann: Person) -> None:
    greeting = await ann.ask("/start")
    assert "Ann" in greeting.text
    assert len(greeting.text.split()) < 60
    question = await pressed(ann, "▶ Practise")
    assert question.text.splitlines()[0].endswith("1/4")


async def test_a_question_looks_as_promised(ann: Person) -> None:
    question = await question_of(ann, "python")
    header, stem, *_ = question.text.splitlines()
    assert header == "Programming languages · Python  ●●○○○  1/1"
    assert question.marked("bold") == ["Programming languages · Python"]
    assert stem == "What does print(<b>) & co. show?"
    assert question.marked("pre") == ['for n in range(2):\n\n    print(n < 1 and "&")']
    assert re.findall(r"^([A-D])\) ", question.text, re.MULTILINE) == ["A", "B", "C", "D"]
    assert question.buttons == [["A", "B", "C", "D"], ["💡 Hint", *SKIP_STOP]]


async def test_the_right_option(ann: Person) -> None:
    question = await question_of(ann, "python")
    feedback = await pressed(ann, letter_of(question, "right & <proper>"))
    assert feedback.id == question.id
    assert feedback.text.startswith("✅")
    assert "The explanation of 1." in feedback.text
    assert "The Manual, Chapter 1" in feedback.text
    assert feedback.buttons == AFTER


async def test_a_wrong_option_says_why_that_one_is_wrong(ann: Person) -> None:
    question = await question_of(ann, "python")
    feedback = await pressed(ann, letter_of(question, "wrong one"))
    assert feedback.text.startswith("❌")
    assert "Because of <one>." in feedback.text
    assert "Because of two." not in feedback.text
    assert f"right is {letter_of(question, 'right & <proper>')}." in feedback.text


@pytest.mark.parametrize(
    ("ticks", "mark", "score"),
    [
        (["right one", "right two"], "✅", 1.0),
        (["right one"], "🟡", 0.5),
        (["right one", "right two", "wrong one"], "🟡", 0.5),
        (["right one", "wrong one"], "❌", 0.0),
        (["wrong two"], "❌", 0.0),
    ],
)
async def test_multi_select(ann: Person, ticks: list[str], mark: str, score: float) -> None:
    question = await question_of(ann, "inference")
    assert question.labels[:5] == ["☐ A", "☐ B", "☐ C", "☐ D", "Submit"]
    for option in ticks:
        letter = letter_of(question, option)
        ticked = await pressed(ann, f"☐ {letter}")
        assert f"☑ {letter}" in ticked.labels
    feedback = await pressed(ann, "Submit")
    assert feedback.text.startswith(mark)
    if mark == "🟡":
        assert "0.5" in feedback.text.splitlines()[0]
    summary = await go_on(ann)
    assert f"{score:g}/1" in summary.text


async def test_a_tick_can_be_taken_back_and_nothing_cannot_be_submitted(ann: Person) -> None:
    await question_of(ann, "inference")
    await pressed(ann, "☐ A")
    unticked = await pressed(ann, "☑ A")
    assert "☐ A" in unticked.labels
    answer = await (await ann.press("Submit")).answer()
    assert answer.text == "Tick at least one option first."


@pytest.mark.parametrize(
    ("said", "mark"),
    [
        ("2", "✅"),
        ("2,0", "✅"),
        ("2 GiB", "✅"),
        ("2048 MiB", "✅"),
        ("4/2", "✅"),
        ("2·10^0", "✅"),
        ("1", "❌"),
        ("3", "❌"),
    ],
)
async def test_a_number_is_read_as_people_write_it(ann: Person, said: str, mark: str) -> None:
    question = await question_of(ann, "numerics")
    assert question.buttons == [SKIP_STOP]
    feedback = await ann.ask(said)
    assert feedback.text.startswith(mark)
    assert feedback.raw["reply_to_message"]["text"] == said
    assert feedback.buttons == AFTER
    assert ("Count keys and values." in feedback.text) is (said == "1")
    await ann.wait(lambda seen: seen.id == question.id and not seen.labels)


@pytest.mark.parametrize(
    "said", ["no idea", "2 or 3", "2 bananas", "2 seconds", "200 %", "💡", "x" * 4096]
)
async def test_what_is_no_number_leaves_the_question_open(ann: Person, said: str) -> None:
    await question_of(ann, "numerics")
    word = await ann.ask(said)
    assert "stays open" in word.text
    assert (await ann.ask("2")).text.startswith("✅")


async def test_parametrised_numbers_are_dealt_and_their_traps_known(ann: Person) -> None:
    question = await question_of(ann, "wavelets")
    match = re.search(r"What is (\d+) times (\d+)\?", question.text)
    assert match
    a, b = int(match[1]), int(match[2])
    feedback = await ann.ask(str(a + b))
    assert feedback.text.startswith("❌")
    assert "That is the sum." in feedback.text
    assert f"It is {a * b}." in feedback.text
    again = await question_of(ann, "wavelets")
    assert match[0] not in again.text, "the same numbers twice in a row"


async def test_hints_come_one_by_one(ann: Person) -> None:
    question = await question_of(ann, "python")
    with_one = await pressed(ann, "💡 Hint")
    assert "The first hint." in with_one.text
    assert "The second hint." not in with_one.text
    ann.skip()
    await ann.say("/hint")
    with_two = await ann.next_change()
    assert with_two.id == question.id
    assert "The second hint." in with_two.text
    assert "💡 Hint" not in with_two.labels
    assert (await ann.ask("/hint")).text == "There is no further hint for this one."


async def test_skipping_tells_the_answer_and_scores_nothing(ann: Person) -> None:
    question = await question_of(ann, "python")
    skipped = await pressed(ann, "⏭ Skip")
    assert skipped.id == question.id
    assert f"Right is {letter_of(question, 'right & <proper>')}." in skipped.text
    summary = await go_on(ann)
    assert "0/1" in summary.text
    assert "⬜" in (await ann.ask("/streak")).text


async def test_a_set_ends_with_its_summary(ann: Person) -> None:
    question = await ann.ask("/practice")
    for position in range(1, 5):
        assert question.text.splitlines()[0].endswith(f"{position}/4")
        if "A" in question.labels:
            await pressed(ann, letter_of(question, "right & <proper>"))
        elif "☐ A" in question.labels:
            await pressed(ann, "☐ A")
            await pressed(ann, "Submit")
        elif "GiB" in question.text:
            await ann.ask("2")
        else:
            await ann.ask("0")
        question = await go_on(ann)
    assert "2.5/4" in question.text
    assert "Statistics: 0.5/1" in question.text
    assert "🔥 1 day" in question.text
    assert question.labels == ["▶ Another set"]


async def test_next_leaves_only_the_report_below(ann: Person) -> None:
    question = await ann.ask("/practice")
    await pressed(ann, "⏭ Skip")
    await go_on(ann)
    old = await ann.wait(lambda seen: seen.id == question.id)
    assert old.labels == ["🚩 Report"]


async def test_stopping_counts_what_was_answered(ann: Person) -> None:
    await ann.ask("/practice")
    await ann.press("⏹ Stop")
    assert "0/0" in (await ann.next_message()).text
    await question_of(ann, "numerics")
    await ann.ask("2")
    assert "1/1" in (await ann.ask("/stop")).text
    assert "no open question" in (await ann.ask("/stop")).text


async def test_practice_goes_on_with_the_open_set(ann: Person) -> None:
    first = await ann.ask("/practice")
    again = await ann.ask("/practice")
    assert again.text == first.text
    assert again.id != first.id
    await ann.wait(lambda seen: seen.id == first.id and not seen.labels)


async def test_naming_a_topic_closes_the_open_set_without_a_summary(ann: Person) -> None:
    old = await ann.ask("/practice")
    question = await question_of(ann, "numerics")
    assert question.text.splitlines()[0].endswith("1/1")
    await ann.wait(lambda seen: seen.id == old.id and not seen.labels)
    assert len(ann.inbox) == 2


async def test_what_belongs_to_a_closed_set_loses_its_buttons(ann: Person) -> None:
    question = await question_of(ann, "python")
    await pressed(ann, "A")
    typed = await question_of(ann, "numerics")
    await ann.wait(lambda seen: seen.id == question.id and not seen.labels)
    feedback = await ann.ask("2")
    await ann.ask("/stop")
    await ann.wait(lambda seen: seen.id == feedback.id and not seen.labels)
    assert not next(seen for seen in ann.inbox if seen.id == typed.id).labels


@pytest.mark.parametrize(
    "name", ["numerics", "NUMERICS", "Numerical computing", "applied_math", "Applied mathematics"]
)
async def test_topics_go_by_id_and_title(ann: Person, name: str) -> None:
    assert "Numerical computing" in (await question_of(ann, name)).text


async def test_a_slip_gets_suggestions(ann: Person) -> None:
    word = await question_of(ann, "numericz")
    assert "I know no area or topic called “numericz”" in word.text
    question = await pressed(ann, "Numerical computing")
    assert question.text.splitlines()[0].endswith("1/1")


async def test_an_area_without_questions(ann: Person) -> None:
    assert "no questions on Communication" in (await question_of(ann, "communication")).text


async def test_missed_questions_come_back_first(stage: Stage, ann: Person) -> None:
    for topic, answer in (("numerics", "1"), ("wavelets", "0")):
        await question_of(ann, topic)
        await ann.ask(answer)
        await go_on(ann)
    questions = [await ann.ask("/practice")]
    for _ in range(3):
        await pressed(ann, "⏭ Skip")
        questions.append(await go_on(ann))
    assert len({seen.text.splitlines()[1] for seen in questions}) == 4
    due = {seen.text.split("  ")[0] for seen in questions if "Due again" in seen.text}
    assert due == {
        "Applied mathematics · Numerical computing",
        "Signal processing · Wavelets",
    }, "missed a moment ago, so due at once"


async def test_deep_links_begin_a_topic(ann: Person) -> None:
    assert "Numerical computing" in (await ann.ask("/start practice-numerics")).text
    assert "Numerical computing" in (await ann.ask("/start practice-applied_math")).text
    assert "Hello" in (await ann.ask("/start practice-nonsense")).text
    assert "Hello" in (await ann.ask("/start whatever")).text


async def test_reporting_a_question(ann: Person) -> None:
    await question_of(ann, "numerics")
    await ann.ask("2")
    first = await (await ann.press("🚩 Report")).answer()
    assert first.text
    assert first.text.startswith("Thank you.")
    second = await (await ann.press("🚩 Report")).answer()
    assert second.text
    assert "already" in second.text


async def test_an_open_question_survives_a_restart(stage: Stage, ann: Person) -> None:
    question = await question_of(ann, "python")
    await stage.restart()
    feedback = await pressed(ann, letter_of(question, "right & <proper>"))
    assert feedback.text.startswith("✅")
    await stage.restart()
    assert "1/1" in (await go_on(ann)).text


async def test_a_typed_answer_after_days_and_a_restart(stage: Stage, ann: Person) -> None:
    await question_of(ann, "numerics")
    await stage.next_day(5)
    await stage.restart()
    assert (await ann.ask("2")).text.startswith("✅")
