"""What the official server refuses is refused here, with the same words and codes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from bot.simulator.samples import picture

if TYPE_CHECKING:
    from bot.simulator import Person, Simulator
    from tests.simulator.calling import Api

POLL = {"question": "?", "options": [{"text": "a"}, {"text": "b"}]}
QUIZ = POLL | {"type": "quiz"}


def keyboard(*buttons: dict[str, Any]) -> dict[str, Any]:
    return {"inline_keyboard": [list(buttons)]}


@dataclass(frozen=True)
class Case:
    """A call in a private chat and its refusal."""

    name: str
    method: str
    parameters: dict[str, Any]
    description: str
    code: int = 400
    anywhere: bool = field(default=False)


def text(name: str, description: str, **parameters: Any) -> Case:
    return Case(name, "sendMessage", {"text": "x", **parameters}, description)


def markup(name: str, description: str, *buttons: dict[str, Any]) -> Case:
    return text(name, description, reply_markup=keyboard(*buttons))


def poll(name: str, refusal: str, /, **parameters: Any) -> Case:
    return Case(name, "sendPoll", POLL | parameters, refusal)


CASES = [
    text("empty text", "message text is empty", text=""),
    text("white space only", "text must be non-empty", text=" \n\u200b "),
    text("only tags", "text must be non-empty", text="<b></b>", parse_mode="HTML"),
    text("too long", "message is too long", text="x" * 4_097),
    text("too long in UTF-16", "message is too long", text="😀" * 2_049),
    text(
        "unknown tag",
        'can\'t parse entities: Unsupported start tag "x" at byte offset 0',
        text="<x>",
        parse_mode="HTML",
    ),
    text(
        "end tag alone",
        "can't parse entities: Unexpected end tag at byte offset 1",
        text="a</b>",
        parse_mode="HTML",
    ),
    text(
        "no end tag",
        "can't parse entities: Can't find end tag corresponding to start tag \"b\"",
        text="<b>a",
        parse_mode="HTML",
    ),
    text(
        "unclosed start tag",
        "can't parse entities: Unclosed start tag at byte offset 1",
        text="a<b",
        parse_mode="HTML",
    ),
    text("unknown parse mode", "unsupported parse_mode", parse_mode="BBCode"),
    text("unknown chat", "chat not found", chat_id=404),
    text("no chat", "chat_id is empty", chat_id=""),
    text("unknown username", "chat not found", chat_id="@nowhere"),
    text("no such reply", "message to be replied not found", reply_parameters={"message_id": 9}),
    text("no message to reply to", 'can\'t find field "message_id"', reply_parameters={}),
    text("thread in a private chat", "message thread not found", message_thread_id=5),
    text("business", "business connection not found", business_connection_id="x"),
    text("paid", "FLOODSKIP_NOT_ALLOWED", allow_paid_broadcast=True),
    text("effect", "EFFECT_ID_INVALID", message_effect_id="1"),
    text("preview", "WEBPAGE_URL_INVALID", link_preview_options={"url": "nowhere"}),
    text(
        "suggested post",
        "suggested posts can be sent only to channel direct messages",
        suggested_post_parameters={},
    ),
    text(
        "no JSON", "can't parse reply keyboard markup JSON object", reply_markup="{inline_keyboard"
    ),
    text("another object", "object expected as reply markup", reply_markup={"inline": [], "x": 1}),
    text(
        "wrong type",
        'field "force_reply" must be of type Boolean',
        reply_markup={"force_reply": "yes"},
    ),
    text(
        "no array",
        'field "inline_keyboard" must be of type Array',
        reply_markup={"inline_keyboard": "bad"},
    ),
    markup("data of 65 bytes", "BUTTON_DATA_INVALID", {"text": "A", "callback_data": "é" * 33}),
    markup(
        "no action",
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        {"text": "A"},
    ),
    markup(
        "empty data",
        "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        {"text": "A", "callback_data": ""},
    ),
    markup(
        "no label",
        "can't parse inline keyboard button: Can't find field \"text\"",
        {"callback_data": "x"},
    ),
    markup(
        "label of another type",
        'can\'t parse inline keyboard button: Field "text" must be of type String',
        {"text": 5, "callback_data": "x"},
    ),
    markup(
        "link",
        "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        {"text": "A", "url": "nowhere"},
    ),
    markup(
        "protocol",
        "inline keyboard button URL 'ftp://a.org' is invalid: Unsupported URL protocol",
        {"text": "A", "url": "ftp://a.org"},
    ),
    markup(
        "web app",
        "inline keyboard button Web App URL 'http://a.org' is invalid: "
        "Only HTTPS links are allowed",
        {"text": "A", "web_app": {"url": "http://a.org"}},
    ),
    markup(
        "nothing to copy", "BUTTON_COPY_TEXT_INVALID", {"text": "A", "copy_text": {"text": ""}}
    ),
    markup("pay", "BUTTON_TYPE_INVALID", {"text": "A", "pay": True}),
    markup(
        "style",
        "can't parse inline keyboard button: invalid button style specified",
        {"text": "A", "callback_data": "a", "style": "loud"},
    ),
    markup(
        "101 buttons",
        "reply markup is too long",
        *[{"text": "A", "callback_data": "a"} for _ in range(101)],
    ),
    Case(
        "long caption",
        "sendDocument",
        {"document": b"x", "caption": "x" * 1_025},
        "message caption is too long",
    ),
    Case("no document", "sendDocument", {}, "there is no document in the request"),
    Case("empty file", "sendDocument", {"document": b""}, "file must be non-empty"),
    Case(
        "unknown file",
        "sendDocument",
        {"document": "BQAC"},
        "wrong file_id or the file is temporarily unavailable",
    ),
    Case("no picture", "sendPhoto", {"photo": b"text"}, "IMAGE_PROCESS_FAILED"),
    Case("narrow", "sendPhoto", {"photo": picture(1, 21)}, "PHOTO_INVALID_DIMENSIONS"),
    Case("action", "sendChatAction", {"action": "sing"}, "wrong parameter action in request"),
    poll("long question", "poll question length must not exceed 300", question="x" * 301),
    poll("no options", "poll must have at least one answer option", options=[]),
    poll("13 options", "poll can't have more than 12 options", options=[{"text": "a"}] * 13),
    poll("long option", "poll options length must not exceed 100", options=[{"text": "x" * 101}]),
    poll("poll type", "unsupported poll type specified", type="riddle"),
    poll("no right answer", "correct quiz option list must be non-empty", type="quiz"),
    poll(
        "order of right answers",
        "correct quiz option list must be increasing",
        type="quiz",
        correct_option_ids=[1, 0],
    ),
    poll(
        "right answer out of range",
        "wrong quiz correct_option_id",
        type="quiz",
        correct_option_ids=[2],
    ),
    poll(
        "long explanation",
        "poll explanation length must not exceed 200",
        type="quiz",
        correct_option_ids=[0],
        explanation="x" * 201,
    ),
    poll(
        "tall explanation",
        "poll explanation must have at most 2 line feeds",
        type="quiz",
        correct_option_ids=[0],
        explanation="a\nb\nc\nd",
    ),
    poll(
        "long description", "poll description length must not exceed 1024", description="x" * 1_025
    ),
    poll("short period", "poll must stay open for 5 to 2628000 seconds", open_period=4),
    Case(
        "edit nothing",
        "editMessageText",
        {"message_id": 99, "text": "x"},
        "message to edit not found",
    ),
    Case(
        "edit without id", "editMessageText", {"text": "x"}, "message identifier is not specified"
    ),
    Case("delete nothing", "deleteMessage", {"message_id": 99}, "message to delete not found"),
    Case("pin nothing", "pinChatMessage", {"message_id": 99}, "message to pin not found"),
    Case("stop nothing", "stopPoll", {"message_id": 99}, "message to edit not found"),
    Case(
        "unknown query",
        "answerCallbackQuery",
        {"callback_query_id": "1"},
        "query is too old and response timeout expired or query ID is invalid",
        anywhere=True,
    ),
    Case(
        "unknown file id",
        "getFile",
        {"file_id": "x"},
        "wrong file_id or the file is temporarily unavailable",
        anywhere=True,
    ),
    Case(
        "command",
        "setMyCommands",
        {"commands": [{"command": "Not a command", "description": "x"}]},
        "BOT_COMMAND_INVALID",
        anywhere=True,
    ),
    Case(
        "too many commands",
        "setMyCommands",
        {"commands": [{"command": f"c{n}", "description": "x"} for n in range(101)]},
        "BOT_COMMANDS_TOO_MUCH",
        anywhere=True,
    ),
    Case(
        "scope",
        "setMyCommands",
        {"commands": [], "scope": {"type": "everywhere"}},
        "unsupported type specified",
        anywhere=True,
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
async def test_refused_in_telegrams_words(api: Api, ann: Person, case: Case) -> None:
    chat = {} if case.anywhere else {"chat_id": ann.id}
    refusal = await api.refusal(case.method, **(chat | case.parameters))
    assert refusal == f"Bad Request: {case.description}"
    assert api.simulator.violations == []
    assert not ann.inbox


async def test_an_unknown_method_is_not_found(api: Api) -> None:
    assert await api.answer("sendLove") == (
        404,
        {"ok": False, "error_code": 404, "description": "Not Found: method not found"},
    )


@pytest.mark.parametrize(
    ("token", "description"),
    [
        ("rubbish", "Unauthorized: invalid token specified"),
        ("1:" + "x" * 35, "Unauthorized"),
    ],
)
async def test_a_wrong_token_is_unauthorized(api: Api, token: str, description: str) -> None:
    api.root = f"{api.simulator.base_url}/bot{token}"
    assert await api.refusal("getMe") == description
    assert (await api.answer("getMe"))[0] == 401


async def test_an_old_query_can_no_longer_be_answered(
    sim: Simulator, api: Api, ann: Person
) -> None:
    await api(
        "sendMessage",
        chat_id=ann.id,
        text="?",
        reply_markup=keyboard({"text": "A", "callback_data": "a"}),
    )
    query = await ann.press("A")
    sim.clock.advance(61)
    assert await api.refusal("answerCallbackQuery", callback_query_id=query.query_id) == (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )


async def test_an_unchanged_message_is_not_modified(api: Api, ann: Person) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="<b>x</b>", parse_mode="HTML")
    address = {"chat_id": ann.id, "message_id": sent["message_id"]}
    not_modified = (
        "Bad Request: message is not modified: specified new message content and reply markup "
        "are exactly the same as a current content and reply markup of the message"
    )
    same = {"text": "x ", "entities": [{"type": "bold", "offset": 0, "length": 1}]}
    assert await api.refusal("editMessageText", **address, **same) == not_modified
    assert await api.refusal("editMessageReplyMarkup", **address) == not_modified


async def test_somebody_elses_message_cannot_be_edited(api: Api, ann: Person) -> None:
    said = await ann.say("hello")
    assert (
        await api.refusal("editMessageText", chat_id=ann.id, message_id=said.id, text="bye")
        == "Bad Request: message can't be edited"
    )


async def test_a_poll_is_stopped_once(api: Api, ann: Person) -> None:
    sent = await api("sendPoll", chat_id=ann.id, **POLL)
    address = {"chat_id": ann.id, "message_id": sent["message_id"]}
    await api("stopPoll", **address)
    assert await api.refusal("stopPoll", **address) == "Bad Request: poll has already been closed"


async def test_a_message_without_poll_has_none_to_stop(api: Api, ann: Person) -> None:
    sent = await api("sendMessage", chat_id=ann.id, text="x")
    assert await api.refusal("stopPoll", chat_id=ann.id, message_id=sent["message_id"]) == (
        "Bad Request: message with poll to stop not found"
    )


async def test_who_blocked_the_bot_is_out_of_reach(api: Api, ann: Person) -> None:
    ann.block()
    answer = await api.answer("sendMessage", chat_id=ann.id, text="x")
    assert answer[0] == 403
    assert answer[1]["description"] == "Forbidden: bot was blocked by the user"
    ann.unblock()
    await api("sendMessage", chat_id=ann.id, text="x")


async def test_a_deactivated_account_is_out_of_reach(api: Api, ann: Person) -> None:
    ann.deactivate()
    answer = await api.answer("sendMessage", chat_id=ann.id, text="x")
    assert (answer[0], answer[1]["description"]) == (403, "Forbidden: user is deactivated")


async def test_a_bot_cannot_write_first(sim: Simulator, api: Api) -> None:
    bob = sim.person("Bob")
    answer = await api.answer("sendMessage", chat_id=bob.id, text="x")
    assert (answer[0], answer[1]["description"]) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )
    assert await api.refusal("getChat", chat_id=bob.id) == "Bad Request: chat not found"


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_bot_thrown_out_of_a_group_is_told_so(
    sim: Simulator, api: Api, ann: Person, kind: Any
) -> None:
    group = sim.group("Team", members=[ann], kind=kind)
    group.kick_bot()
    assert await api.answer("sendMessage", chat_id=group.id, text="x") == (
        403,
        {
            "ok": False,
            "error_code": 403,
            "description": f"Forbidden: bot was kicked from the {kind} chat",
        },
    )
    group.remove_bot()
    assert await api.refusal("sendMessage", chat_id=group.id, text="x") == (
        f"Forbidden: bot is not a member of the {kind} chat"
    )


async def test_a_deleted_group_is_out_of_reach(sim: Simulator, api: Api, ann: Person) -> None:
    group = sim.group("Team", members=[ann], kind="group")
    group.delete()
    assert await api.refusal("sendMessage", chat_id=group.id, text="x") == (
        "Forbidden: the group chat was deleted"
    )


async def test_a_migrated_group_names_its_successor(sim: Simulator, api: Api, ann: Person) -> None:
    group = sim.group("Team", members=[ann], kind="group")
    successor = group.migrate()
    status, body = await api.answer("sendMessage", chat_id=group.id, text="x")
    assert status == 400
    assert body["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert body["parameters"] == {"migrate_to_chat_id": successor.id}


@pytest.mark.parametrize(
    ("denied", "method", "parameters", "what"),
    [
        ("messages", "sendMessage", {"text": "x"}, "text messages"),
        ("polls", "sendPoll", POLL, "polls"),
        ("photos", "sendPhoto", {"photo": picture()}, "photos"),
        ("documents", "sendDocument", {"document": b"x"}, "documents"),
    ],
)
async def test_rights_that_a_group_denies_are_named(
    sim: Simulator,
    api: Api,
    ann: Person,
    denied: str,
    method: str,
    parameters: dict[str, Any],
    what: str,
) -> None:
    group = sim.group("Team", members=[ann])
    group.deny(denied)
    refusal = f"Bad Request: not enough rights to send {what} to the chat"
    assert await api.refusal(method, chat_id=group.id, **parameters) == refusal
    group.deny()
    group.restrict_bot(denied)
    assert await api.refusal(method, chat_id=group.id, **parameters) == refusal
    group.promote_bot()
    await api(method, chat_id=group.id, **parameters)


async def test_a_read_only_chat_takes_nothing(sim: Simulator, api: Api, ann: Person) -> None:
    group = sim.group("Team", members=[ann])
    group.make_read_only()
    assert await api.refusal("sendMessage", chat_id=group.id, text="x") == (
        "Bad Request: have no write access to the chat"
    )


async def test_topics_that_are_closed_or_unknown_are_refused(
    sim: Simulator, api: Api, ann: Person
) -> None:
    group = sim.group("Forum", members=[ann], is_forum=True)
    topic = group.open_topic("Quiz")
    sent = await api("sendMessage", chat_id=group.id, text="x", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"]) == (topic, True)
    not_found = "Bad Request: message thread not found"
    for thread in (1, 999):
        assert (
            await api.refusal("sendMessage", chat_id=group.id, text="x", message_thread_id=thread)
            == not_found
        )
    group.close_topic(topic)
    assert (
        await api.refusal("sendMessage", chat_id=group.id, text="x", message_thread_id=topic)
        == "Bad Request: TOPIC_CLOSED"
    )
    assert "message_thread_id" not in await api("sendMessage", chat_id=group.id, text="x")
    group.close_topic(1)
    assert await api.refusal("sendMessage", chat_id=group.id, text="x") == (
        "Bad Request: TOPIC_CLOSED"
    )


@pytest.mark.parametrize(
    ("method", "parameters", "complaint"),
    [
        ("sendMessage", {"text": "x", "parsemode": "HTML"}, 'has no parameter "parsemode"'),
        ("sendMessage", {"text": "x", "protect_content": "maybe"}, "must be of type Boolean"),
        ("sendMessage", {"text": "x", "message_thread_id": "one"}, "must be of type Integer"),
        (
            "sendMessage",
            {"text": "x", "reply_markup": keyboard({"text": "A", "data": "a"})},
            'InlineKeyboardButton has no field "data"',
        ),
        (
            "sendMessage",
            {
                "text": "x",
                "reply_markup": keyboard({"text": "A", "callback_data": "a", "url": "a.org"}),
            },
            "several actions: url, callback_data",
        ),
        ("sendMessage", {"text": "x", "parse_mode": "MarkdownV2"}, "MarkdownV2 is not simulated"),
        ("sendDice", {}, "method sendDice is not simulated"),
        (
            "sendPoll",
            POLL | {"allow_adding_options": True},
            "allow_adding_options is not simulated",
        ),
        ("sendPhoto", {"photo": "https://a.org/x.png"}, "sending files by URL is not simulated"),
    ],
)
async def test_what_telegram_would_let_pass_is_a_violation(
    api: Api, ann: Person, method: str, parameters: dict[str, Any], complaint: str
) -> None:
    assert complaint in await api.refusal(method, chat_id=ann.id, **parameters)
    assert len(api.simulator.violations) == 1
    assert complaint in api.simulator.violations[0]
