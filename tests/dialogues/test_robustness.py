"""What people do to bots: double taps, old buttons, forged ones, stickers, odd names."""

from __future__ import annotations

import asyncio
import shutil
from typing import Any

import pytest

from bot.simulator import Person
from tests.dialogues.conftest import BANK, Stage, go_on, letter_of, pressed


async def test_a_double_tap_is_one_answer(stage: Stage, ann: Person) -> None:
    question = await ann.ask("/practice python")
    right, wrong = letter_of(question, "right & <proper>"), letter_of(question, "wrong one")
    first, second = await ann.press(right, question), await ann.press(wrong, question)
    assert not (await first.answer()).text
    assert (await second.answer()).text == (
        "This is no longer active. What is open stands further down in our chat."
    )
    assert ann.last.text.startswith("✅")
    assert "1/1" in (await go_on(ann)).text


async def test_twenty_taps_at_once_are_all_answered(stage: Stage, ann: Person) -> None:
    question = await ann.ask("/practice python")
    presses = [await ann.press("A", question) for _ in range(20)]
    answers = await asyncio.gather(*(press.answer() for press in presses))
    assert sum(not answer.text for answer in answers) == 1


async def test_a_redelivered_update_changes_nothing(stage: Stage, ann: Person) -> None:
    question = await ann.ask("/practice python")
    await ann.press(letter_of(question, "right & <proper>"))
    await ann.wait(lambda seen: seen.text.startswith("✅"))
    await stage.simulator.settled()
    newest = stage.simulator.updates.next_id - 1
    for _ in range(3):
        stage.simulator.redeliver(newest)
        await stage.simulator.settled()
    assert "1/1" in (await go_on(ann)).text


async def test_next_twice_asks_one_question(stage: Stage, ann: Person) -> None:
    await ann.ask("/practice")
    feedback = await pressed(ann, "⏭ Skip")
    ann.skip()
    presses = [await ann.press("Next ▶", feedback) for _ in range(2)]
    answers = [await press.answer() for press in presses]
    assert [bool(answer.text) for answer in answers] == [False, True]
    await stage.simulator.settled()
    assert len(ann.inbox) == 2


@pytest.mark.parametrize(
    "data",
    [
        *("?", "💥", "a" * 64, "q:1"),
        *("o", "o:", "o:nobody:0", "o:nobody:99", "n:nobody", "x:nobody"),
        *("p:nothing", "z:Mars/Base"),
    ],
)
async def test_forged_presses_are_answered(stage: Stage, ann: Person, data: str) -> None:
    question = await ann.ask("/practice python")
    press = await ann.press_data(data, question)
    await press.answer()
    assert (await pressed(ann, letter_of(question, "right & <proper>"))).text.startswith("✅")


async def test_an_option_that_was_not_dealt_is_stale(ann: Person) -> None:
    question = await ann.ask("/practice python")
    button = question.button("A")
    assert button
    forged = button["callback_data"][:-1] + "7"
    answer = await (await ann.press_data(forged, question)).answer()
    assert answer.text
    assert "no longer active" in answer.text


async def test_somebody_elses_button_is_refused_by_an_alert(stage: Stage, ann: Person) -> None:
    question = await ann.ask("/practice python")
    bob = stage.simulator.person("Bob")
    own = await bob.ask("/start")
    for row in question.keyboard:
        for button in row:
            answer = await (await bob.press_data(button["callback_data"], own)).answer()
            assert answer.show_alert
            assert answer.text
            assert "not yours" in answer.text
    assert (await pressed(ann, letter_of(question, "right & <proper>"))).text.startswith("✅")


async def test_buttons_of_a_finished_set_are_stale(ann: Person) -> None:
    question = await ann.ask("/practice python")
    await ann.ask("/stop")
    for label in ("A", "💡 Hint", "⏭ Skip", "⏹ Stop"):
        answer = await (await ann.press(label, question)).answer()
        assert answer.text, label


async def test_a_button_from_before_the_bank_changed_is_stale(
    stage: Stage, ann: Person, tmp_path_factory: pytest.TempPathFactory
) -> None:
    question = await ann.ask("/practice python")
    bank = tmp_path_factory.mktemp("bank")
    (bank / "applied_math").mkdir()
    shutil.copy(BANK / "applied_math" / "numerics.toml", bank / "applied_math")
    await stage.restart(BOT_CONTENT__BANKS=str(bank))
    answer = await (await ann.press("A", question)).answer()
    assert answer.text
    assert "no longer active" in answer.text
    summary = await ann.ask("/practice")
    assert "0/1" in summary.text
    assert "Numerical" in (await ann.ask("/practice")).text


async def test_edited_messages_do_nothing(stage: Stage, ann: Person) -> None:
    await ann.ask("/practice numerics")
    said = await ann.say("hello")
    await ann.next_message()
    await ann.edit(said, "2")
    await ann.edit(said, "/stop")
    await stage.simulator.settled()
    assert (await ann.ask("2")).text.startswith("✅")


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {"file_id": "s", "file_unique_id": "s", "type": "regular", "width": 9}},
        {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 2}},
        {"contact": {"phone_number": "1", "first_name": "C"}},
    ],
    ids=["sticker", "voice", "contact"],
)
async def test_what_is_no_text_leaves_the_question_open(
    ann: Person, content: dict[str, Any]
) -> None:
    await ann.ask("/practice numerics")
    ann.skip()
    kind, value = next(iter(content.items()))
    if kind == "sticker":
        value |= {"height": 9, "is_animated": False, "is_video": False}
    await ann.show({kind: value})
    assert "only read text" in (await ann.next_message()).text
    assert (await ann.ask("2")).text.startswith("✅")


async def test_text_without_a_question_gets_a_short_word(ann: Person) -> None:
    assert "/practice" in (await ann.ask("hello there")).text


async def test_text_while_letters_are_asked_for_gets_a_short_word(ann: Person) -> None:
    question = await ann.ask("/practice python")
    assert "Tap a letter" in (await ann.ask("B")).text
    assert (await pressed(ann, letter_of(question, "right & <proper>"))).text.startswith("✅")


async def test_4096_characters_are_read_quickly(ann: Person) -> None:
    await ann.ask("/practice numerics")
    for text in ("9" * 4096, "1," * 2048, "🧨" * 2048, "(" * 4096, "2e" * 2048):
        assert "stays open" in (await ann.ask(text)).text


@pytest.mark.parametrize(
    "name",
    ["<b>Ann</b>", "&amp;", "\u202eAnn", "   ", "Z\u0335\u0336\u0337\u0338", "مريم", "x" * 64],
)
async def test_odd_names_are_harmless(stage: Stage, name: str) -> None:
    person = stage.simulator.person(name, last_name="</i>")
    greeting = await person.ask("/start")
    assert greeting.text.startswith("👋 Hello")
    assert "\u202e" not in greeting.text


async def test_ids_of_52_bits(stage: Stage) -> None:
    person = stage.simulator.person("Big", user_id=(1 << 52) - 1)
    await person.ask("/practice numerics")
    assert (await person.ask("2")).text.startswith("✅")


async def test_commands_in_any_case_and_with_the_bots_name(stage: Stage, ann: Person) -> None:
    username = stage.simulator.bot.username
    assert username
    assert "What I can do" in (await ann.ask(f"/HELP@{username.upper()}")).text
    assert "do not know that command" in (await ann.ask("/frobnicate")).text


async def test_feedback_finds_a_way_when_the_question_is_gone(ann: Person) -> None:
    question = await ann.ask("/practice python")
    await ann.delete(question)
    ann.skip()
    press = await ann.press("A", question)
    feedback = await ann.next_message()
    assert feedback.text[0] in "✅❌"
    assert feedback.labels == ["Next ▶", "🚩 Report"]
    await press.answer()


async def test_a_press_below_an_inaccessible_message(ann: Person) -> None:
    question = await ann.ask("/practice python")
    ann.skip()
    press = await ann.press("A", question, message_inaccessible=True)
    assert (await ann.next_change()).text[0] in "✅❌"
    await press.answer()


async def test_stop_works_though_everything_was_deleted(ann: Person) -> None:
    question = await ann.ask("/practice python")
    await ann.delete(question)
    assert "0/0" in (await ann.ask("/stop")).text


async def test_another_bot_is_nobody(stage: Stage, ann: Person) -> None:
    rival = stage.simulator.another_bot("Rival", "rival_bot")
    group = stage.simulator.group("Team", members=[ann])
    group.add(rival)
    await rival.at(group).say(f"/help@{stage.simulator.bot.username}")
    await stage.simulator.settled()
    assert group.messages[-1].message.author is rival.user


async def test_a_private_command_in_a_group_shows_the_way(stage: Stage, ann: Person) -> None:
    group = stage.simulator.group("Team <b>", members=[ann], is_forum=True)
    thread = group.open_topic("Quiz")
    seat = ann.at(group)
    await seat.say(f"/practice@{stage.simulator.bot.username}", thread=thread)
    word = await seat.next_message()
    assert word.raw["message_thread_id"] == thread
    assert word.keyboard[0][0]["url"].startswith("https://t.me/")
    await seat.say("/practice@OtherBot", thread=thread)
    await stage.simulator.settled()
    assert len(seat.inbox) == 1


async def test_an_anonymous_admin_is_told_why_nothing_counts(stage: Stage, ann: Person) -> None:
    group = stage.simulator.group("Team", members=[ann], admins=[ann])
    group.promote(ann, anonymous=True)
    seat = ann.at(group)
    await seat.say(f"/practice@{stage.simulator.bot.username}")
    assert "nothing was counted" in (await seat.next_message()).text


async def test_long_feedback_is_split_without_breaking_anything(
    stage: Stage, ann: Person, tmp_path_factory: pytest.TempPathFactory
) -> None:
    bank = tmp_path_factory.mktemp("bank")
    (bank / "programming").mkdir()
    details = " ".join(f"<word {number}> 🧮" for number in range(230))
    code = "\n".join(f"print({number}, '<&>', 'a fairly long line')" for number in range(22))
    source = (BANK / "programming" / "python.toml").read_text("utf-8")
    text = source.replace('explanation = "', f"details = '{details}'\nexplanation = \"")
    text = text.replace("for n in range(2):", code + "\nfor n in range(2):")
    text = text.replace("What does", "Read this long program with care: " * 7 + "what does")
    (bank / "programming" / "python.toml").write_text(text, "utf-8")
    await stage.restart(BOT_CONTENT__BANKS=str(bank))
    question = await ann.ask("/practice python")
    await ann.press("A")
    rest = await ann.wait(lambda seen: "Next ▶" in seen.labels)
    first = next(seen for seen in ann.inbox if seen.id == question.id)
    assert first.id < rest.id
    assert first.text[0] in "✅❌"
    assert not first.labels
    together = " ".join(f"{first.text} {rest.text}".split())
    assert all(f"<word {number}> 🧮" in together for number in range(230))
    assert "right & <proper>" in together
    await ann.press("Next ▶")
    await ann.wait(lambda seen: seen.text.startswith("🏁"))


async def test_a_block_is_taken_note_of_and_its_end_too(stage: Stage, ann: Person) -> None:
    await ann.ask("/start")
    ann.block()
    await stage.simulator.settled()
    ann.unblock()
    assert "1/4" in (await ann.ask("/practice")).text


async def test_a_failing_handler_apologises_and_the_next_update_is_served(
    stage: Stage, ann: Person
) -> None:
    await ann.ask("/start")
    fault = stage.simulator.faults.add(
        "status",
        "sendMessage",
        chat=ann.id,
        times=3,
        status=400,
        content_type="application/json",
        body='{"ok": false, "error_code": 400, "description": "Bad Request: something odd"}',
    )
    ann.skip()
    await ann.say("/streak")
    apology = await ann.next_message(within=10)
    assert "something went wrong" in apology.text
    assert apology.marked("code")
    assert fault.hits == 3
    assert "🔥" in (await ann.ask("/streak")).text
