"""Sending, editing and deleting: what is stored, what is shown, how messages are numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.simulator import PersonError
from bot.simulator.samples import picture

if TYPE_CHECKING:
    from bot.simulator import Person, Simulator
    from tests.simulator.calling import Api

BUTTON = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
OTHER = {"inline_keyboard": [[{"text": "B", "callback_data": "b", "style": "success"}]]}


async def test_a_text_comes_back_with_entities_and_keyboard(api: Api, ann: Person) -> None:
    sent = await api(
        "sendMessage",
        chat_id=str(ann.id),
        text=" <b>Hi</b> 😀 ",
        parse_mode="HTML",
        reply_markup=BUTTON,
    )
    assert sent["text"] == "Hi 😀"
    assert sent["entities"] == [{"type": "bold", "offset": 0, "length": 2}]
    assert sent["reply_markup"] == BUTTON
    assert sent["from"]["id"] == api.simulator.bot.id
    assert sent["date"] == int(api.simulator.clock.now())
    seen = await ann.next_message()
    assert (seen.text, seen.marked("bold"), seen.buttons) == ("Hi 😀", ["Hi"], [["A"]])


async def test_a_text_may_have_exactly_4096_utf16_units(api: Api, ann: Person) -> None:
    await api("sendMessage", chat_id=ann.id, text="😀" * 2_048)
    tags = "<b>" + "x" * 4_096 + "</b>"
    await api("sendMessage", chat_id=ann.id, text=tags, parse_mode="HTML")


async def test_a_json_body_will_do_as_well(api: Api, ann: Person) -> None:
    body = {"chat_id": ann.id, "text": "x", "reply_markup": BUTTON}
    async with api.session.post(f"{api.root}/sendmessage", json=body) as response:
        assert (await response.json())["result"]["reply_markup"] == BUTTON
    async with api.session.get(
        f"{api.root}/sendMessage", params={"chat_id": ann.id, "text": "y"}
    ) as response:
        assert (await response.json())["result"]["text"] == "y"
    async with api.session.post(
        f"{api.root}/getMe", data="{", headers={"Content-Type": "application/json"}
    ) as response:
        assert response.status == 400


async def test_reply_keyboards_are_accepted_and_not_part_of_the_message(
    api: Api, ann: Person
) -> None:
    markups: list[dict[str, Any]] = [
        {"force_reply": True},
        {"remove_keyboard": True},
        {"keyboard": [[{"text": "Here", "request_location": True}]]},
        {"inline_keyboard": []},
    ]
    for markup in markups:
        sent = await api("sendMessage", chat_id=ann.id, text="x", reply_markup=markup)
        assert "reply_markup" not in sent


async def test_private_chats_and_basic_groups_share_a_counter_supergroups_do_not(
    sim: Simulator, api: Api, ann: Person
) -> None:
    bob = sim.person("Bob")
    start = (await ann.say("a")).id
    assert (await bob.say("b")).id == start + 1
    basic = sim.group("Basic", members=[ann], kind="group")
    assert (await ann.at(basic).say("c")).id > start + 1
    sent = await api("sendMessage", chat_id=ann.id, text="d")
    assert sent["message_id"] == basic.messages[-1].id + 1
    supergroup = sim.group("Super", members=[ann])
    added = supergroup.messages[-1].id
    assert added == 1
    assert (await api("sendMessage", chat_id=supergroup.id, text="e"))["message_id"] == 2


async def test_a_reply_shows_the_message_it_answers(api: Api, ann: Person) -> None:
    asked = await ann.say("why?")
    sent = await api(
        "sendMessage", chat_id=ann.id, text="because", reply_parameters={"message_id": asked.id}
    )
    assert sent["reply_to_message"]["text"] == "why?"
    again = await ann.say("really?", reply_to=await ann.next_message())
    assert "reply_to_message" not in again.raw["reply_to_message"]
    lenient = {"message_id": 999, "allow_sending_without_reply": True}
    sent = await api("sendMessage", chat_id=ann.id, text="x", reply_parameters=lenient)
    assert "reply_to_message" not in sent


async def test_editing_a_text_replaces_it_and_its_keyboard(
    sim: Simulator, api: Api, ann: Person
) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="x", reply_markup=BUTTON)
    address = {"chat_id": ann.id, "message_id": sent["message_id"]}
    sim.clock.advance(5)
    edited = await api("editMessageText", **address, text="y")
    assert edited["text"] == "y"
    assert edited["edit_date"] == edited["date"] + 5
    assert "reply_markup" not in edited
    marked = await api("editMessageReplyMarkup", **address, reply_markup=OTHER)
    assert marked["reply_markup"] == OTHER
    await ann.next_message()
    assert [(await ann.next_change()).text for _ in range(2)] == ["y", "y"]
    assert ann.last.buttons == [["B"]]


async def test_a_picture_is_sent_captioned_and_replaced(api: Api, ann: Person) -> None:
    sent = await api(
        "sendPhoto", chat_id=ann.id, photo=picture(300, 200), caption="<i>x</i>", parse_mode="HTML"
    )
    assert [(size["width"], size["height"]) for size in sent["photo"]] == [(90, 60), (300, 200)]
    assert sent["caption_entities"][0]["type"] == "italic"
    address = {"chat_id": ann.id, "message_id": sent["message_id"]}
    recaptioned = await api("editMessageCaption", **address, caption="y", reply_markup=BUTTON)
    assert (recaptioned["caption"], recaptioned["photo"]) == ("y", sent["photo"])
    assert "caption_entities" not in recaptioned
    replaced = await api(
        "editMessageMedia",
        **address,
        media={"type": "photo", "media": "attach://new", "caption": "z"},
        new=picture(50, 50),
    )
    assert (replaced["caption"], replaced["photo"][-1]["width"]) == ("z", 50)
    again = await api("sendPhoto", chat_id=ann.id, photo=sent["photo"][-1]["file_id"])
    assert again["photo"] == sent["photo"]


async def test_edits_must_fit_the_kind_of_message(api: Api, ann: Person) -> None:
    text = await api("sendMessage", chat_id=ann.id, text="x")
    photo = await api("sendPhoto", chat_id=ann.id, photo=picture())
    poll = await api("sendPoll", chat_id=ann.id, question="?", options=[{"text": "a"}])
    here = {"chat_id": ann.id}
    photo_id, text_id = {"message_id": photo["message_id"]}, {"message_id": text["message_id"]}
    assert await api.refusal("editMessageText", **here, **photo_id, text="y") == (
        "Bad Request: there is no text in the message to edit"
    )
    assert await api.refusal("editMessageCaption", **here, **text_id, caption="y") == (
        "Bad Request: there is no caption in the message to edit"
    )
    media = {"type": "photo", "media": photo["photo"][-1]["file_id"]}
    assert (
        await api.refusal("editMessageMedia", **here, message_id=poll["message_id"], media=media)
        == "Bad Request: there is no media in the message to edit"
    )
    assert "photo" in await api("editMessageMedia", **here, **text_id, media=media)
    wrong = {"document": photo["photo"][-1]["file_id"]}
    assert await api.refusal("sendDocument", **here, **wrong) == (
        "Bad Request: can't use file of type Photo as Document"
    )
    nowhere = {"type": "photo", "media": "attach://nowhere"}
    assert await api.refusal("editMessageMedia", **here, **photo_id, media=nowhere) == (
        "Bad Request: file attached as nowhere is not in the request"
    )


async def test_a_document_can_be_fetched(api: Api, ann: Person) -> None:
    sent = await api("sendDocument", chat_id=ann.id, document=b"{}", caption="Your data")
    file = await api("getFile", file_id=sent["document"]["file_id"])
    url = f"{api.simulator.base_url}/file/bot{api.simulator.token}/{file['file_path']}"
    async with api.session.get(url) as response:
        assert await response.read() == b"{}"
    async with api.session.get(url + "x") as response:
        assert response.status == 404


async def test_deleting(sim: Simulator, api: Api, ann: Person) -> None:
    said = await ann.say("x")
    sent = await api("sendMessage", chat_id=ann.id, text="y")
    assert await api("deleteMessage", chat_id=ann.id, message_id=said.id)
    ids = [sent["message_id"], 999]
    assert await api("deleteMessages", chat_id=ann.id, message_ids=ids)
    assert not ann.inbox
    old = await api("sendMessage", chat_id=ann.id, text="z")
    sim.clock.advance(48 * 3_600)
    too_late = "Bad Request: message can't be deleted for everyone"
    address = {"chat_id": ann.id, "message_id": old["message_id"]}
    assert await api.refusal("deleteMessage", **address) == too_late


async def test_deleting_other_peoples_messages_takes_a_right(
    sim: Simulator, api: Api, ann: Person
) -> None:
    group = sim.group("Team", members=[ann])
    said = await ann.at(group).say("x")
    address = {"chat_id": group.id, "message_id": said.id}
    assert await api.refusal("deleteMessage", **address) == (
        "Bad Request: message can't be deleted for everyone"
    )
    group.promote_bot()
    assert await api("deleteMessage", **address)


async def test_a_link_to_a_person_becomes_a_mention_if_they_are_known(
    api: Api, ann: Person
) -> None:
    text = f'<a href="tg://user?id={ann.id}">A</a> <a href="tg://user?id=5">B</a>'
    sent = await api("sendMessage", chat_id=ann.id, text=text, parse_mode="HTML")
    assert [e["user"]["first_name"] for e in sent["entities"]] == ["Ann"]


async def test_reactions(api: Api, ann: Person) -> None:
    said = await ann.say("x")
    address = {"chat_id": ann.id, "message_id": said.id}
    fire = {"type": "emoji", "emoji": "🔥"}
    assert await api("setMessageReaction", **address, reaction=[fire])
    assert said.message.reactions[api.simulator.bot.id] == [fire]
    unknown = {"type": "emoji", "emoji": "x"}
    assert await api.refusal("setMessageReaction", **address, reaction=[unknown]) == (
        "Bad Request: REACTION_INVALID"
    )
    assert await api.refusal("setMessageReaction", **address, reaction=[fire, fire]) == (
        "Bad Request: REACTIONS_TOO_MANY"
    )


async def test_pinning_says_so_in_the_chat(sim: Simulator, api: Api, ann: Person) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="x")
    address = {"chat_id": ann.id, "message_id": sent["message_id"]}
    await api("pinChatMessage", **address)
    assert ann.last.raw["pinned_message"]["message_id"] == sent["message_id"]
    assert (await api("getChat", chat_id=ann.id))["pinned_message"]["text"] == "x"
    await api("unpinChatMessage", chat_id=ann.id)
    assert await api.refusal("unpinChatMessage", chat_id=ann.id) == (
        "Bad Request: message to unpin not found"
    )
    group = sim.group("Team", members=[ann])
    sent = await api("sendMessage", chat_id=group.id, text="x")
    address = {"chat_id": group.id, "message_id": sent["message_id"]}
    assert await api.refusal("pinChatMessage", **address) == (
        "Bad Request: not enough rights to manage pinned messages in the chat"
    )


async def test_an_effect_is_for_private_chats(sim: Simulator, api: Api, ann: Person) -> None:
    party = {"text": "x", "message_effect_id": "5046509860389126442"}
    assert (await api("sendMessage", chat_id=ann.id, **party))["effect_id"]
    group = sim.group("Team", members=[ann])
    assert await api.refusal("sendMessage", chat_id=group.id, **party) == (
        "Bad Request: EFFECT_ID_INVALID"
    )


@pytest.mark.parametrize(
    ("attempt", "complaint"),
    [
        ({"text": "  "}, "needs some text"),
        ({"text": "x" * 4_097}, "at most 4096"),
    ],
)
async def test_people_cannot_send_what_the_app_would_not(
    ann: Person, attempt: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(PersonError, match=complaint):
        await ann.say(**attempt)


async def test_people_touch_only_what_is_theirs(sim: Simulator, api: Api, ann: Person) -> None:
    bob = sim.person("Bob")
    group = sim.group("Team", members=[sim.person("Owner"), bob, ann])
    said = await ann.at(group).say("x")
    with pytest.raises(PersonError, match="Only administrators delete"):
        await bob.at(group).delete(said)
    group.promote(bob)
    await bob.at(group).delete(said)
    assert said.deleted
    group.demote(bob)
    assert group.chat.member(bob.user).status == "member"
    shown = await ann.show({"location": {"latitude": 1.0, "longitude": 2.0}})
    with pytest.raises(PersonError, match="has no text"):
        await ann.edit(shown, "y")
    with pytest.raises(PersonError, match="no poll here"):
        await ann.vote(0)


async def test_a_preview_is_part_of_the_message(api: Api, ann: Person) -> None:
    options = {"is_disabled": True}
    sent = await api("sendMessage", chat_id=ann.id, text="a.org", link_preview_options=options)
    assert sent["link_preview_options"] == options


async def test_a_deleted_message_is_pinned_no_more(api: Api, ann: Person) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="x")
    address = {"chat_id": ann.id, "message_id": sent["message_id"]}
    await api("pinChatMessage", **address)
    await api("deleteMessage", **address)
    assert "pinned_message" not in await api("getChat", chat_id=ann.id)


async def test_people_edit_and_delete_their_own(api: Api, ann: Person) -> None:
    said = await ann.say("x")
    await ann.edit(said, "/help")
    edited = (await api.updates())[-1]["edited_message"]
    assert (edited["text"], edited["entities"][0]["type"]) == ("/help", "bot_command")
    await api("sendMessage", chat_id=ann.id, text="y")
    with pytest.raises(PersonError, match="own messages"):
        await ann.edit(ann.last, "z")
    await ann.delete(ann.last)
    assert not ann.inbox
