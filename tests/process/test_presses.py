"""Buttons, pressed as impatient, late and curious people press them."""

from __future__ import annotations

import pytest

from bot.simulator import Person
from tests.process.harness import Program, Site, refuse
from tests.process.questions import exported, feedback_on, right_letter, scores, wrong_letter

pytestmark = pytest.mark.asyncio(loop_scope="module")

STALE = "no longer active"


async def test_a_double_tap_is_one_answer(guest: Person) -> None:
    """The second tap, though on another letter, is answered and changes nothing."""
    question = await guest.ask("/practice python")
    letter = right_letter(question)
    await (await guest.press(letter, question)).answer()
    await feedback_on(guest, question)
    late = await (await guest.press(wrong_letter(question), question)).answer()
    assert STALE in (late.text or "")
    assert scores(await exported(guest)) == [(letter, 1.0)]


async def test_two_taps_at_once_are_one_answer(guest: Person) -> None:
    """Both are answered, one of them counts."""
    question = await guest.ask("/practice python")
    letter = wrong_letter(question)
    first, second = await guest.press(letter, question), await guest.press(letter, question)
    assert {bool((await tap.answer()).text) for tap in (first, second)} == {False, True}
    assert scores(await exported(guest)) == [(letter, 0.0)]


@pytest.mark.parametrize("label", ["A", "💡 Hint", "⏭ Skip", "⏹ Stop"])
async def test_buttons_of_a_stopped_set_are_stale(guest: Person, label: str) -> None:
    """They are answered with a word, and nothing is scored."""
    question = await guest.ask("/practice python")
    await guest.ask("/stop")
    answer = await (await guest.press(label, question)).answer()
    assert STALE in (answer.text or "")
    assert scores(await exported(guest)) == []


@pytest.mark.parametrize("data", ["o:nobody:0", "n:nobody", "zz", "💥" * 16])
async def test_forged_data_is_stale(program: Program, guest: Person, data: str) -> None:
    """Whatever a forged app sends is answered, without an exception in the log."""
    question = await guest.ask("/practice python")
    before = len(program.err.records)
    answer = await (await guest.press_data(data, question)).answer()
    assert STALE in (answer.text or "")
    assert program.err.records[before:] == []


async def test_a_foreign_press_is_refused_by_an_alert(house: Site, guest: Person) -> None:
    """Nothing changes for whom the button belongs to."""
    question = await guest.ask("/practice python")
    thief = house.simulator.person("Thief")
    own = await thief.ask("/start")
    button = question.button(right_letter(question))
    assert button
    answer = await (await thief.press_data(button["callback_data"], own)).answer()
    assert answer.show_alert
    assert "not yours" in (answer.text or "")
    assert scores(await exported(thief)) == scores(await exported(guest)) == []
    await guest.press(right_letter(question), question)
    assert (await feedback_on(guest, question)).text.startswith("✅")


async def test_a_press_is_answered_while_its_message_hangs(house: Site, guest: Person) -> None:
    """The button stops spinning though the edit of the message takes its time."""
    question = await guest.ask("/practice python")
    fault = house.simulator.faults.add("hang", "editMessageText", chat=guest.id)
    press = await guest.press(right_letter(question), question)
    assert not (await press.answer()).text
    assert fault.hits == 1
    fault.release()
    assert (await feedback_on(guest, question)).text.startswith("✅")


async def test_a_press_that_is_too_old_to_be_answered_counts(house: Site, guest: Person) -> None:
    """The refusal is swallowed, the score kept, no apology sent."""
    question = await guest.ask("/practice python")
    words = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    fault = refuse(house.simulator, words, "answerCallbackQuery")
    await guest.press(right_letter(question), question)
    assert (await feedback_on(guest, question)).text.startswith("✅")
    await house.simulator.settled()
    assert fault.hits == 1
    assert [seen.id for seen in guest.inbox] == [question.id]


async def test_a_press_below_an_inaccessible_message_counts(guest: Person) -> None:
    """Telegram tells of old messages by their id alone."""
    question = await guest.ask("/practice python")
    await guest.press(right_letter(question), question, message_inaccessible=True)
    assert (await feedback_on(guest, question)).text.startswith("✅")


async def test_a_press_without_a_message_crashes_nothing(
    house: Site, program: Program, guest: Person
) -> None:
    """It counts as one in the private chat, where the feedback then goes."""
    question = await guest.ask("/practice python")
    before = len(program.err.records)
    button = question.button(right_letter(question))
    assert button
    house.simulator.push_update(
        "callback_query",
        {
            "id": "1",
            "from": guest.user.render(),
            "chat_instance": "1",
            "inline_message_id": "AbC",
            "data": button["callback_data"],
        },
    )
    assert (await feedback_on(guest, question)).text.startswith("✅")
    await house.simulator.settled()
    assert program.err.records[before:] == []


@pytest.mark.parametrize(
    ("refusal", "anew"),
    [
        ("message is not modified: specified new message content is the same", False),
        ("message to edit not found", True),
        ("message can't be edited", True),
    ],
)
async def test_an_edit_that_is_refused_as_already_so(
    house: Site, guest: Person, refusal: str, anew: bool
) -> None:
    """It is no error: asked for once, and said in a new message where the old one is gone."""
    question = await guest.ask("/practice python")
    words = f"Bad Request: {refusal}"
    edits = refuse(house.simulator, words, "editMessageText", chat=guest.id)
    press = await guest.press(right_letter(question), question)
    await press.answer()
    await house.simulator.settled()
    assert edits.hits == 1
    assert len(guest.inbox) == 1 + anew
    assert guest.last.text.startswith("✅") is anew
    assert [score for _, score in scores(await exported(guest))] == [1.0]


async def test_stop_works_whatever_was_deleted(guest: Person) -> None:
    """The summary needs none of the messages before it."""
    question = await guest.ask("/practice python")
    await guest.press(right_letter(question), question)
    for seen in (await feedback_on(guest, question), *guest.history):
        if seen.id in guest.chat.messages:
            await guest.delete(seen)
    assert "1/1" in (await guest.ask("/stop")).text


async def test_a_keyboard_that_cannot_be_removed_undoes_nothing(
    house: Site, guest: Person
) -> None:
    """The typed answer is graded though its question keeps its buttons."""
    question = await guest.ask("/practice numerics")
    await guest.delete(question)
    feedback = await guest.ask("0.5")
    assert feedback.text.startswith("❌")
    assert scores(await exported(guest)) == [("0.5", 0.0)]
