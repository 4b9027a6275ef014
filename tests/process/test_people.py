"""People in their private chats: what they send, who they are, and when they cannot be reached."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.simulator import Person
from tests.process.harness import PATIENCE, Program, Site, refuse
from tests.process.questions import exported, feedback_on, right_letter, right_number, scores

pytestmark = pytest.mark.asyncio(loop_scope="module")

FILE = {"file_id": "f", "file_unique_id": "f"}
SIZED = {**FILE, "width": 9, "height": 9}


async def test_an_edited_message_does_nothing(house: Site, guest: Person) -> None:
    """It neither runs a command again nor is scored, be it an answer or not."""
    question = await guest.ask("/practice numerics")
    said = await guest.say("not yet")
    await guest.next_message()
    for text in (right_number(question), "/stop", "/forget"):
        await guest.edit(said, text)
    await house.simulator.settled()
    assert len(guest.inbox) == 2
    assert scores(await exported(guest)) == []
    assert (await guest.ask(right_number(question))).text.startswith("✅")


async def test_an_answer_edited_afterwards_keeps_its_score(house: Site, guest: Person) -> None:
    question = await guest.ask("/practice numerics")
    guest.skip()
    said = await guest.say("0.5")
    assert (await guest.next_message()).text.startswith("❌")
    await guest.edit(said, right_number(question))
    await house.simulator.settled()
    assert scores(await exported(guest)) == [("0.5", 0.0)]


@pytest.mark.parametrize(
    "content",
    [
        {"sticker": {**SIZED, "type": "regular", "is_animated": False, "is_video": False}},
        {"voice": {**FILE, "duration": 2}},
        {"photo": [SIZED], "caption": "2"},
        {"contact": {"phone_number": "1", "first_name": "C"}},
        {"dice": {"emoji": "🎲", "value": 2}},
    ],
    ids=lambda content: next(iter(content)),
)
async def test_what_is_no_text_leaves_the_question_open(
    guest: Person, content: dict[str, Any]
) -> None:
    """It gets a friendly word."""
    question = await guest.ask("/practice numerics")
    guest.skip()
    await guest.show(content)
    assert "only read text" in (await guest.next_message()).text
    assert (await guest.ask(right_number(question))).text.startswith("✅")


async def test_a_location_sets_the_zone_and_leaves_the_question_open(guest: Person) -> None:
    question = await guest.ask("/practice numerics")
    guest.skip()
    await guest.show({"location": {"latitude": 52.5, "longitude": 13.4}})
    word = await guest.next_message()
    assert "Europe/Berlin" in word.text
    assert "still open" in word.text
    assert (await guest.ask(right_number(question))).text.startswith("✅")


async def test_commands_in_any_case_and_with_the_bots_name(house: Site, guest: Person) -> None:
    name = house.simulator.bot.username
    assert "What I can do" in (await guest.ask(f"/HeLp@{str(name).upper()}")).text
    assert "do not know that command" in (await guest.ask("/frobnicate")).text


async def test_ids_use_52_bits(house: Site) -> None:
    """Two people whose ids differ in the last bit alone are two people."""
    twins = [house.simulator.person("Twin", user_id=(1 << 52) - n) for n in (1, 2)]
    question = await twins[0].ask("/practice python")
    await twins[0].press(right_letter(question), question)
    await feedback_on(twins[0], question)
    documents = [await exported(twin) for twin in twins]
    assert [document["person"]["id"] for document in documents] == [twin.id for twin in twins]
    assert [len(document["attempts"]) for document in documents] == [1, 0]


async def test_another_bot_is_nobody(house: Site, guest: Person) -> None:
    """It gets no answer, wherever it speaks."""
    rival = house.simulator.another_bot("Rival", "rival_bot")
    group = house.simulator.group("Den", members=[guest])
    group.add(rival)
    await rival.at(group).say(f"/help@{house.simulator.bot.username}")
    message = (await guest.ask("/about")).raw | {"from": rival.user.render(), "text": "/help"}
    house.simulator.push_update("message", message | {"entities": [command_entity("/help")]})
    await house.simulator.settled()
    assert group.messages[-1].message.author is rival.user
    assert "What I can do" not in guest.last.text


def command_entity(text: str) -> dict[str, Any]:
    return {"type": "bot_command", "offset": 0, "length": len(text)}


async def test_who_blocked_the_bot_is_left_alone(
    house: Site, program: Program, guest: Person
) -> None:
    """One try and one line in the log; a sign of life makes everything as before."""
    await guest.ask("/start")
    await house.simulator.settled()
    before = len(program.err.records)
    await guest.say("/help")
    guest.block()
    await house.simulator.settled()
    sends = house.simulator.calls.of("sendMessage", chat=guest.id)
    assert [call.outcome for call in sends] == ["ok", "refused"]
    assert [r["message"].partition(": ")[2] for r in program.err.records[before:]] == [
        "nothing can be sent: Forbidden: bot was blocked by the user"
    ]
    assert "What I can do" in (await guest.ask("/help")).text


async def test_a_deleted_account_is_left_alone(house: Site, guest: Person) -> None:
    await guest.say("/help")
    guest.deactivate()
    await house.simulator.settled()
    assert len(house.simulator.calls.of("sendMessage", chat=guest.id)) == 1


async def test_a_chat_that_is_not_found_is_left_alone(house: Site, guest: Person) -> None:
    """As a blocked one: neither a second try nor an apology."""
    refusal = refuse(
        house.simulator, "Bad Request: chat not found", "sendMessage", chat=guest.id, times=None
    )
    await guest.say("/help")
    await house.simulator.settled()
    assert refusal.hits == 1
    refusal.cancel()
    assert "What I can do" in (await guest.ask("/help")).text


async def test_an_update_that_always_fails_is_set_aside(
    house: Site, program: Program, guest: Person
) -> None:
    """Three tries, an apology whose error id is in the log with the traceback; then the next."""
    words = "Bad Request: something odd"
    refusal = refuse(house.simulator, words, "sendMessage", chat=guest.id, times=3)
    await guest.say("/streak")
    await guest.say("/about")
    apology = await guest.next_message(PATIENCE)
    assert refusal.hits == 3
    (error_id,) = apology.marked("code")
    assert re.fullmatch(r"\w{6,}", error_id)
    assert "/about" not in (await guest.next_message()).text
    await house.simulator.settled()
    (record,) = (r for r in program.err.records if error_id in r["message"])
    assert "Traceback" in record["error"]
    assert "BadRequest: Something odd" in record["error"]


async def test_an_apology_that_cannot_be_sent_stops_nothing(house: Site, guest: Person) -> None:
    words = "Bad Request: something odd"
    refusal = refuse(house.simulator, words, "sendMessage", chat=guest.id, times=4)
    await guest.say("/streak")
    assert "What I can do" in (await guest.ask("/help", within=PATIENCE)).text
    assert refusal.hits == 4


async def test_updates_that_make_no_sense_are_passed_over(
    house: Site, program: Program, guest: Person
) -> None:
    """Neither a message without its fields nor an unknown kind holds up what follows."""
    sensible = (await guest.ask("/about")).raw
    for missing in ("date", "chat", "message_id"):
        odd = {name: value for name, value in sensible.items() if name != missing}
        house.simulator.push_update("message", odd | {"from": guest.user.render()})
    house.simulator.push_update("callback_query", {"id": "1", "from": guest.user.render()})
    await guest.say("/help")
    await guest.wait(lambda seen: "What I can do" in seen.text, PATIENCE)
    await house.simulator.settled(PATIENCE)
    assert program.running


async def test_a_slow_chat_delays_nobody_else(house: Site, guest: Person) -> None:
    """One person's message hangs; another is answered within a second."""
    other = house.simulator.person("Other")
    fault = house.simulator.faults.add("hang", "sendMessage", chat=guest.id)
    await guest.say("/help")
    await house.simulator.calls.wait(
        lambda call: call.method == "sendMessage" and call.chat_id == guest.id
    )
    for command in ("/start", "/help", "/about"):
        await other.ask(command, within=1.0)
    assert fault.hits == 1
    assert guest.inbox == []
    fault.release()
    assert "What I can do" in (await guest.next_message()).text


async def test_a_flood_limit_holds_up_its_chat_alone(house: Site, guest: Person) -> None:
    """The chat waits as long as Telegram asks, then gets its message once."""
    other = house.simulator.person("Other")
    fault = house.simulator.faults.add(
        "too_many_requests", "sendMessage", chat=guest.id, retry_after=1
    )
    await guest.say("/help")
    refused = await house.simulator.calls.wait(
        lambda call: call.method == "sendMessage" and call.chat_id == guest.id
    )
    for _ in range(5):
        await other.ask("/about", within=0.5)
    assert "What I can do" in (await guest.next_message()).text
    await house.simulator.settled()
    sent = house.simulator.calls.of("sendMessage", chat=guest.id)
    assert (len(sent), fault.hits, len(guest.inbox)) == (2, 1, 1)
    assert sent[1].at - refused.at >= 1.0


async def test_answers_come_in_the_order_of_the_commands(house: Site, guest: Person) -> None:
    """Though the first of them has to be sent twice."""
    house.simulator.faults.add("status", "sendMessage", chat=guest.id, status=502)
    for command in ("/start", "/help", "/about"):
        await guest.say(command)
    texts = [(await guest.next_message()).text for _ in range(3)]
    assert ["Hello" in texts[0], "What I can do" in texts[1]] == [True, True]


async def test_a_redelivered_update_changes_nothing(house: Site, guest: Person) -> None:
    """However often it comes: one answer, and the person keeps seeing its feedback."""
    question = await guest.ask("/practice python")
    await guest.press(right_letter(question), question)
    feedback = await feedback_on(guest, question)
    await house.simulator.settled()
    newest = house.simulator.updates.next_id - 1
    for _ in range(3):
        house.simulator.redeliver(newest)
        await house.simulator.settled()
    assert guest.last.text == feedback.text
    assert len(scores(await exported(guest))) == 1
