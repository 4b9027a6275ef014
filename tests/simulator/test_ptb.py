"""python-telegram-bot 22.8 accepts every answer and understands every kind of update."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    InputPollOption,
    MenuButtonCommands,
    Message,
    ReplyParameters,
    Update,
)
from telegram.constants import ChatAction, ParseMode, PollType
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter

from bot.simulator import samples
from bot.simulator.face import Fields
from bot.simulator.samples import picture

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.simulator import Person, Simulator
    from tests.simulator.calling import Api

KEYBOARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("A", callback_data="a", style="success"),
            InlineKeyboardButton("Site", url="https://a.org/"),
        ],
        [InlineKeyboardButton("Copy", copy_text=CopyTextButton("words"))],
    ]
)


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    async with Bot(
        sim.token,
        base_url=f"{sim.base_url}/bot",
        base_file_url=f"{sim.base_url}/file/bot",
    ) as running:
        yield running
    assert sim.violations == []


async def received(bot: Bot) -> list[Update]:
    """All updates, confirmed."""
    updates = await bot.get_updates(allowed_updates=Update.ALL_TYPES)
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return list(updates)


async def test_texts_and_edits(bot: Bot, ann: Person) -> None:
    sent = await bot.send_message(
        ann.id, "<b>Hi</b> &amp; 😀", parse_mode=ParseMode.HTML, reply_markup=KEYBOARD
    )
    assert (sent.text, sent.text_html) == ("Hi & 😀", "<b>Hi</b> &amp; 😀")
    assert sent.reply_markup == KEYBOARD
    edited = await sent.edit_text("new", reply_markup=KEYBOARD)
    assert isinstance(edited, Message)
    assert edited.edit_date is not None
    await sent.edit_reply_markup(None)
    reply = await bot.send_message(
        ann.id,
        "again",
        reply_parameters=ReplyParameters(sent.message_id),
        reply_markup=ForceReply(),
    )
    assert reply.reply_to_message
    assert reply.reply_to_message.text == "new"
    assert await reply.delete()
    assert await bot.send_chat_action(ann.id, ChatAction.TYPING)
    assert await sent.pin()
    assert await sent.set_reaction("🔥")


async def test_files(bot: Bot, ann: Person) -> None:
    photo = await bot.send_photo(ann.id, picture(640, 480), caption="*", reply_markup=KEYBOARD)
    assert (photo.photo[-1].width, photo.photo[-1].height) == (640, 480)
    replaced = await photo.edit_media(InputMediaPhoto(picture(20, 20), caption="new"))
    assert isinstance(replaced, Message)
    assert (replaced.caption, replaced.photo[-1].width) == ("new", 20)
    await bot.edit_message_caption(ann.id, photo.message_id, caption="newer")
    document = await bot.send_document(ann.id, b'{"a": 1}', filename="export.json")
    assert document.document
    assert document.document.mime_type == "application/json"
    file = await document.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b'{"a": 1}'


async def test_polls(bot: Bot, ann: Person) -> None:
    sent = await bot.send_poll(
        ann.id,
        "Which?",
        [InputPollOption("a"), InputPollOption("b")],
        type=PollType.QUIZ,
        correct_option_ids=[1],
        is_anonymous=False,
        explanation="<i>because</i>",
        explanation_parse_mode=ParseMode.HTML,
        open_period=60,
    )
    assert sent.poll
    await ann.vote(1)
    answer, state = await received(bot)
    assert answer.poll_answer
    assert answer.poll_answer.option_ids == (1,)
    assert answer.poll_answer.option_persistent_ids == (sent.poll.options[1].persistent_id,)
    assert state.poll
    assert state.poll.options[1].voter_count == 1
    stopped = await bot.stop_poll(ann.id, sent.message_id)
    assert stopped.is_closed


async def test_presses(bot: Bot, ann: Person) -> None:
    await bot.send_message(ann.id, "?", reply_markup=KEYBOARD)
    await ann.press("A")
    press = await ann.press("A", message_inaccessible=True)
    seen, unseen = await received(bot)
    assert seen.callback_query
    assert seen.callback_query.data == "a"
    assert seen.callback_query.message
    assert seen.callback_query.message.is_accessible
    assert unseen.callback_query
    assert unseen.callback_query.message
    assert not unseen.callback_query.message.is_accessible
    await unseen.callback_query.answer("No", show_alert=True)
    assert (await press.answer()).show_alert


async def test_updates_of_every_simulated_kind(
    sim: Simulator, bot: Bot, ann: Person, api: Api
) -> None:
    group = sim.group("Forum", members=[ann], bot="administrator", is_forum=True)
    channel = sim.group("News", admins=[ann], kind="channel", bot="administrator")
    await received(bot)
    seat = ann.at(group)
    said = await seat.say("/quiz", thread=group.open_topic("Quiz"))
    await seat.edit(said, "/quiz 5")
    await seat.react("👍", said)
    post = await ann.at(channel).say("news")
    await ann.at(channel).edit(post, "more news")
    group.add(sim.person("Bob"))
    ann.block()
    group.promote(ann, anonymous=True)
    await seat.say("/quiz")
    await bot.send_message(group.id, "?", reply_markup=KEYBOARD)
    await bot.send_poll(group.id, "?", ["a"], is_anonymous=False)
    await seat.press("A")
    await seat.vote(0)
    updates = await received(bot)
    kinds = {kind for update in updates for kind in update.to_dict() if kind != "update_id"}
    assert kinds == {
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "callback_query",
        "poll",
        "poll_answer",
        "my_chat_member",
        "chat_member",
        "message_reaction",
    }
    topical = next(u.message for u in updates if u.message and u.message.text == "/quiz")
    assert topical.is_topic_message
    assert topical.reply_to_message
    assert topical.reply_to_message.forum_topic_created


async def test_chats_and_settings(sim: Simulator, bot: Bot, ann: Person) -> None:
    group = sim.group("Team", admins=[ann])
    chat = await bot.get_chat(group.id)
    assert (chat.title, chat.permissions is not None) == ("Team", True)
    assert (await bot.get_chat(ann.id)).first_name == "Ann"
    assert (await bot.get_chat_member(group.id, ann.id)).status == "creator"
    assert len(await bot.get_chat_administrators(group.id)) == 1
    assert await bot.get_chat_member_count(group.id) == 2
    commands = [BotCommand("quiz", "Play")]
    await bot.set_my_commands(commands, scope=BotCommandScopeAllGroupChats())
    assert await bot.get_my_commands(BotCommandScopeAllGroupChats()) == tuple(commands)
    await bot.delete_my_commands(BotCommandScopeAllGroupChats())
    await bot.set_my_name("Name")
    await bot.set_my_description("Text")
    await bot.set_my_short_description("Short")
    assert (await bot.get_my_name()).name == "Name"
    assert (await bot.get_my_description()).description == "Text"
    assert (await bot.get_my_short_description()).short_description == "Short"
    await bot.set_chat_menu_button(ann.id, MenuButtonCommands())
    assert (await bot.get_chat_menu_button(ann.id)).type == "commands"
    await bot.set_webhook("https://example.org/hook", secret_token="s")
    assert (await bot.get_webhook_info()).url == "https://example.org/hook"
    await bot.delete_webhook()
    assert await bot.leave_chat(group.id)


async def test_refusals_become_ptbs_errors(
    sim: Simulator, bot: Bot, ann: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    group = sim.group("Team", members=[ann], kind="group")
    successor = group.migrate()
    with pytest.raises(ChatMigrated) as migrated:
        await bot.send_message(group.id, "x")
    assert migrated.value.new_chat_id == successor.id
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(404, "x")
    sim.faults.add("too_many_requests", retry_after=3)
    with pytest.raises(RetryAfter):
        await bot.send_message(ann.id, "x")
    sim.faults.add("conflict", "getUpdates")
    with pytest.raises(Conflict):
        await bot.get_updates()
    sim.faults.add("unauthorized")
    with pytest.raises(InvalidToken):
        await bot.get_me()
    ann.block()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(ann.id, "x")


@pytest.mark.parametrize("kind", ["sticker", "voice", "location", "photo"])
async def test_messages_without_text(bot: Bot, ann: Person, kind: Any) -> None:
    await ann.show(samples.content(ann.world, kind, Fields({})))
    message = (await received(bot))[0].message
    assert message
    assert getattr(message, kind)
