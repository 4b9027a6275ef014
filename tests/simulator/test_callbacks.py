"""Buttons: presses, their answers, and messages that the bot cannot see any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.simulator import PersonError

if TYPE_CHECKING:
    from bot.simulator import Person, Simulator
    from tests.simulator.calling import Api

ROWS = {
    "inline_keyboard": [
        [{"text": "A", "callback_data": "a"}, {"text": "B", "callback_data": "b"}],
        [{"text": "Site", "url": "https://a.org"}],
    ]
}


async def asked(api: Api, person: Person, text: str = "?") -> None:
    await api("sendMessage", chat_id=person.id, text=text, reply_markup=ROWS)


async def test_a_press_carries_its_message_and_data(api: Api, ann: Person) -> None:
    await asked(api, ann)
    press = await ann.press("B")
    query = (await api.updates())[0]["callback_query"]
    assert (query["id"], query["data"], query["from"]["id"]) == (press.query_id, "b", ann.id)
    assert query["message"]["text"] == "?"
    assert press.answered is None


async def test_an_answer_is_a_toast_an_alert_or_nothing(api: Api, ann: Person) -> None:
    await asked(api, ann)
    presses = [await ann.press("A") for _ in range(3)]
    await api("answerCallbackQuery", callback_query_id=presses[0].query_id)
    await api("answerCallbackQuery", callback_query_id=presses[1].query_id, text="Right")
    await api(
        "answerCallbackQuery", callback_query_id=presses[2].query_id, text="No!", show_alert=True
    )
    answers = [await press.answer() for press in presses]
    assert [(answer.text, answer.show_alert) for answer in answers] == [
        (None, False),
        ("Right", False),
        ("No!", True),
    ]
    assert (ann.last_alert, ann.last_answer) == ("No!", answers[2])


async def test_a_query_is_answered_once(api: Api, ann: Person) -> None:
    await asked(api, ann)
    query = {"callback_query_id": (await ann.press("A")).query_id}
    assert await api.refusal("answerCallbackQuery", **query, text="x" * 201) == (
        "Bad Request: MESSAGE_TOO_LONG"
    )
    assert await api.refusal("answerCallbackQuery", **query, url="https://a.org") == (
        "Bad Request: URL_INVALID"
    )
    await api("answerCallbackQuery", **query)
    assert "query ID is invalid" in await api.refusal("answerCallbackQuery", **query)


async def test_a_stale_press_sends_what_the_button_held(api: Api, ann: Person) -> None:
    await asked(api, ann)
    old = ann.last
    await api("editMessageText", chat_id=ann.id, message_id=old.id, text="!")
    with pytest.raises(PersonError, match="no button 'A'"):
        await ann.press("A")
    await ann.press("A", old)
    query = (await api.updates())[0]["callback_query"]
    assert (query["data"], query["message"]["text"]) == ("a", "!")


async def test_the_newest_message_with_the_label_is_pressed(api: Api, ann: Person) -> None:
    await asked(api, ann, "first")
    await asked(api, ann, "second")
    await ann.press("A")
    query = (await api.updates())[0]["callback_query"]
    assert query["message"]["text"] == "second"


async def test_an_inaccessible_message_has_no_content(api: Api, ann: Person) -> None:
    await asked(api, ann)
    await ann.press("A", message_inaccessible=True)
    message = (await api.updates())[0]["callback_query"]["message"]
    assert message == {
        "chat": message["chat"],
        "message_id": ann.last.id,
        "date": 0,
    }


async def test_a_deleted_message_is_inaccessible(api: Api, ann: Person) -> None:
    await asked(api, ann)
    old = ann.last
    await api("deleteMessage", chat_id=ann.id, message_id=old.id)
    await ann.press("A", old)
    assert (await api.updates())[0]["callback_query"]["message"]["date"] == 0


async def test_the_app_opens_links_itself(api: Api, ann: Person) -> None:
    await asked(api, ann)
    with pytest.raises(PersonError, match="app itself"):
        await ann.press("Site")


async def test_anything_can_be_forged_but_not_from_outside(
    sim: Simulator, api: Api, ann: Person
) -> None:
    await asked(api, ann)
    await ann.press_data("forged \x00 data", ann.last)
    assert (await api.updates())[0]["callback_query"]["data"] == "forged \x00 data"
    bob = sim.person("Bob")
    with pytest.raises(PersonError, match="Bob is not in this chat"):
        await bob.press_data("x", ann.last)


async def test_members_press_what_was_meant_for_others(
    sim: Simulator, api: Api, ann: Person
) -> None:
    bob = sim.person("Bob")
    group = sim.group("Team", members=[ann, bob])
    await api.updates()
    await api("sendMessage", chat_id=group.id, text="?", reply_markup=ROWS)
    press = await bob.at(group).press("A")
    await api("answerCallbackQuery", callback_query_id=press.query_id, text="Not yours")
    assert (await press.answer()).text == "Not yours"
    assert ann.at(group).answers == []
