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
    markup(
        "blank label",
        "inline keyboard button text must be non-empty",
        {"text": " ", "callback_data": "a"},
    ),
    markup("login", "BOT_DOMAIN_INVALID", {"text": "A", "login_url": {"url": "https://a.org"}}),
    markup(
        "no host",
        "inline keyboard button URL 'https://' is invalid: URL host is empty",
        {"text": "A", "url": "https://"},
    ),
    markup(
        "port",
        "inline keyboard button URL 'https://a.org:x' is invalid: Wrong HTTP URL",
        {"text": "A", "url": "https://a.org:x"},
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
    poll("blank question", "poll question must be non-empty", question=" "),
    poll("blank option", "poll options must be non-empty", options=[{"text": " "}]),
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
    Case(
        "edit nowhere",
        "editMessageText",
        {"message_id": 99, "text": "x"},
        "chat_id is empty",
        anywhere=True,
    ),
    Case(
        "delete too much",
        "deleteMessages",
        {"message_ids": [*range(101)]},
        "too many message identifiers specified",
    ),
    Case(
        "react to nothing", "setMessageReaction", {"message_id": 99}, "message to react not found"
    ),
    Case(
        "leave a private chat",
        "leaveChat",
        {},
        "chat member status can't be changed in private chats",
    ),
    Case("delete nothing", "deleteMessage", {"message_id": 99}, "message to delete not found"),
    Case("pin nothing", "pinChatMessage", {"message_id": 99}, "message to pin not found"),
    Case("stop nothing", "stopPoll", {"message_id": 99}, "message with poll to stop not found"),
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


async def _sent(api: Api, ann: Person) -> int:
    message_id: int = (await api("sendMessage", chat_id=ann.id, text="y"))["message_id"]
    return message_id


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
    assert [(call.method, call.status) for call in api.simulator.calls] == [("getMe", 401)] * 2


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
        "Bad Request: message is not a poll"
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
        (
            "sendPoll",
            POLL | {"explanation": "because"},
            "explanations are for quizzes",
        ),
        (
            "sendPoll",
            POLL | {"open_period": 30, "close_date": 2_000_000_000},
            "exclude each other",
        ),
        (
            "editMessageText",
            {"text": "x", "inline_message_id": "5"},
            "inline messages are not simulated",
        ),
        (
            "sendDocument",
            {"document": b"x", "thumbnail": b"x"},
            "thumbnails are not simulated",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_parameters": {"message_id": 1, "chat_id": 5}},
            "replies to another chat are not simulated",
        ),
        (
            "sendMessage",
            {"text": "x", "reply_parameters": {"message_id": 1, "quote": "x"}},
            "reply parameters are not simulated: quote",
        ),
        (
            "editMessageMedia",
            {"message_id": 1, "media": {"type": "video", "media": "x"}},
            "media of type video is not simulated",
        ),
        ("sendPhoto", {"photo": "https://a.org/x.png"}, "sending files by URL is not simulated"),
    ],
)
async def test_what_telegram_would_let_pass_is_a_violation(
    api: Api, ann: Person, method: str, parameters: dict[str, Any], complaint: str
) -> None:
    if method.startswith("edit"):
        parameters = parameters | {"message_id": await _sent(api, ann)}
    assert complaint in await api.refusal(method, chat_id=ann.id, **parameters)
    assert len(api.simulator.violations) == 1
    assert complaint in api.simulator.violations[0]
