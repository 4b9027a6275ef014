"""The helpers: what they ask of Telegram, and which of its errors they turn into answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from telegram.error import BadRequest

from bot.transport import failures
from bot.transport.api import Api, Edit, Lane, SentFile, SentPoll, Upload
from bot.transport.pacing import Pacer
from tests.transport.fakes import TOKEN, Answer, BotApiServer, FakeClock, error, ok, reset

if TYPE_CHECKING:
    from bot.transport.request import AiohttpRequest

KEYBOARD = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}
UNCHANGED = error(400, "Bad Request: message is not modified: specified new message …")
GONE = [
    pytest.param(error(400, "Bad Request: message to edit not found"), id="not found"),
    pytest.param(error(400, "Bad Request: message can't be edited"), id="cannot be edited"),
]
TOO_OLD = error(
    400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
)


@pytest.fixture
def api(request_: AiohttpRequest, server: BotApiServer) -> Api:
    clock = FakeClock(jumps=True)
    return Api(request_, TOKEN, base_url=server.base_url, pacer=Pacer(clock=clock), clock=clock)


async def test_a_text_is_html_without_previews(api: Api, server: BotApiServer) -> None:
    assert await api.send_text(7, "<b>x</b>") == 1
    assert server.calls[0].params == {
        "chat_id": 7,
        "text": "<b>x</b>",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }


async def test_a_text_may_come_with_options(api: Api, server: BotApiServer) -> None:
    await api.send_text(-7, "x", keyboard=KEYBOARD, thread_id=3, reply_to=9, silent=True)
    params = server.calls[0].params
    assert params["reply_markup"] == KEYBOARD
    assert params["message_thread_id"] == 3
    assert params["reply_parameters"] == {"message_id": 9, "allow_sending_without_reply": True}
    assert params["disable_notification"] is True


async def test_a_long_text_becomes_several_messages(api: Api, server: BotApiServer) -> None:
    paragraphs = [letter * 3_000 for letter in "abc"]
    last = await api.send_text(
        7, "\n\n".join(paragraphs), keyboard=KEYBOARD, reply_to=9, thread_id=3
    )
    assert last == 3
    assert server.texts() == paragraphs
    assert ["reply_markup" in call.params for call in server.calls] == [False, False, True]
    assert ["reply_parameters" in call.params for call in server.calls] == [True, False, False]
    assert all(call.params["message_thread_id"] == 3 for call in server.calls)


async def test_a_broadcast_is_not_repeated_blindly(api: Api, server: BotApiServer) -> None:
    server.then("sendMessage", reset)
    with pytest.raises(failures.OutcomeUnknownError):
        await api.send_text(7, "x", lane=Lane.BROADCAST)


async def test_an_empty_text_is_telegrams_to_refuse(api: Api, server: BotApiServer) -> None:
    server.then("sendMessage", error(400, "Bad Request: message text is empty"))
    with pytest.raises(BadRequest):
        await api.send_text(7, "")


async def test_an_edit_replaces_text_and_buttons(api: Api, server: BotApiServer) -> None:
    assert await api.edit_text(7, 5, "x", keyboard=KEYBOARD) is Edit.EDITED
    assert server.calls[0].method == "editMessageText"
    assert server.calls[0].params == {
        "chat_id": 7,
        "message_id": 5,
        "text": "x",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": KEYBOARD,
    }


async def test_an_edit_that_changes_nothing_is_a_success(api: Api, server: BotApiServer) -> None:
    server.then("editMessageText", UNCHANGED)
    assert await api.edit_text(7, 5, "x") is Edit.UNCHANGED
    assert len(server.calls) == 1


@pytest.mark.parametrize("answer", GONE)
async def test_an_edit_of_a_message_that_is_gone_says_so_and_sends_nothing(
    api: Api, server: BotApiServer, answer: Answer
) -> None:
    server.then("editMessageText", answer)
    assert await api.edit_text(7, 5, "a" * 5_000) is Edit.GONE
    assert server.methods() == ["editMessageText"]


async def test_what_is_too_long_for_an_edit_follows_it(api: Api, server: BotApiServer) -> None:
    text = "a" * 4_000 + "\n\n" + "b" * 4_000
    assert await api.edit_text(7, 5, text, keyboard=KEYBOARD, thread_id=3) is Edit.EDITED
    edit, rest = server.calls
    assert (edit.method, rest.method) == ("editMessageText", "sendMessage")
    assert "reply_markup" not in edit.params
    assert rest.params["reply_markup"] == KEYBOARD
    assert rest.params["message_thread_id"] == 3


async def test_an_edit_in_a_chat_that_blocked_the_bot_is_a_refusal(
    api: Api, server: BotApiServer
) -> None:
    server.then("editMessageText", error(403, "Forbidden: bot was blocked by the user"))
    with pytest.raises(failures.Unreachable):
        await api.edit_text(7, 5, "x")


async def test_captions_have_a_limit_of_their_own(api: Api, server: BotApiServer) -> None:
    caption = "a" * 1_000 + "\n" + "b" * 1_000
    assert await api.edit_caption(7, 5, caption, keyboard=KEYBOARD) is Edit.EDITED
    edit, rest = server.calls
    assert edit.params == {
        "chat_id": 7,
        "message_id": 5,
        "caption": "a" * 1_000,
        "parse_mode": "HTML",
    }
    assert rest.params["text"] == "b" * 1_000


async def test_buttons_can_be_changed_and_taken_away(api: Api, server: BotApiServer) -> None:
    assert await api.edit_markup(7, 5, KEYBOARD) is Edit.EDITED
    server.then("editMessageReplyMarkup", UNCHANGED)
    assert await api.edit_markup(7, 5) is Edit.UNCHANGED
    assert [call.params for call in server.calls] == [
        {"chat_id": 7, "message_id": 5, "reply_markup": KEYBOARD},
        {"chat_id": 7, "message_id": 5},
    ]


async def test_deleting_what_is_gone_is_no_error(api: Api, server: BotApiServer) -> None:
    assert await api.delete(7, 5) is True
    server.then("deleteMessage", error(400, "Bad Request: message to delete not found"))
    assert await api.delete(7, 5) is False


async def test_a_press_is_answered(api: Api, server: BotApiServer) -> None:
    assert await api.answer_callback("q") is True
    assert await api.answer_callback("q", "Not yours", alert=True) is True
    assert [call.params for call in server.calls] == [
        {"callback_query_id": "q"},
        {"callback_query_id": "q", "text": "Not yours", "show_alert": True},
    ]


async def test_a_press_that_is_too_old_is_let_go(api: Api, server: BotApiServer) -> None:
    server.then("answerCallbackQuery", TOO_OLD)
    assert await api.answer_callback("q", "x") is False


async def test_the_answer_to_a_press_is_cut_at_200(api: Api, server: BotApiServer) -> None:
    await api.answer_callback("q", "🙂" * 200)
    text = server.calls[0].params["text"]
    assert text == "🙂" * 99 + "…"


async def test_a_photo_is_uploaded_once_and_then_named(api: Api, server: BotApiServer) -> None:
    picture = Upload("chart.png", b"\x89PNG", "image/png")
    assert await api.send_photo(7, picture, "c", keyboard=KEYBOARD) == SentFile(1, "large")
    assert await api.send_photo(7, "large") == SentFile(2, "large")
    upload, by_name = server.calls
    assert upload.files["photo"] == ("chart.png", b"\x89PNG", "image/png")
    assert upload.params["caption"] == "c"
    assert upload.params["reply_markup"].startswith('{"inline_keyboard"')
    assert by_name.params == {"chat_id": 7, "photo": "large", "parse_mode": "HTML"}


async def test_a_long_caption_goes_on_in_messages(api: Api, server: BotApiServer) -> None:
    caption = "a" * 1_000 + "\n\n" + "b" * 1_000
    sent = await api.send_photo(7, "id", caption, keyboard=KEYBOARD, reply_to=4)
    assert sent == SentFile(2, "large")
    photo, rest = server.calls
    assert photo.params["caption"] == "a" * 1_000
    assert "reply_markup" not in photo.params
    assert photo.params["reply_parameters"]["message_id"] == 4
    assert rest.params["text"] == "b" * 1_000
    assert rest.params["reply_markup"] == KEYBOARD
    assert "reply_parameters" not in rest.params


async def test_a_document_is_sent(api: Api, server: BotApiServer) -> None:
    document = Upload("export.json", b"{}", "application/json")
    assert await api.send_document(7, document, "All") == SentFile(1, "document")
    assert server.calls[0].files["document"] == ("export.json", b"{}", "application/json")


async def test_a_poll_is_sent_and_named(api: Api, server: BotApiServer) -> None:
    poll = {
        "question": "?",
        "options": [{"text": "a"}, {"text": "b"}],
        "type": "quiz",
        "correct_option_ids": [1],
        "media": {"type": "photo", "media": "attach://formula"},
    }
    files = {"formula": Upload("f.png", b"\x89PNG", "image/png")}
    sent = await api.send_poll(-7, poll, files=files, thread_id=3)
    assert sent.poll_id == "poll"
    assert server.calls[0].params["message_thread_id"] == "3"
    assert server.calls[0].params["correct_option_ids"] == "[1]"
    assert "formula" in server.calls[0].files
    plain = {"question": "?", "options": [{"text": "a"}, {"text": "b"}]}
    assert await api.send_poll(-7, plain) == SentPoll(2, "poll", ("p0", "p1"))


@pytest.mark.parametrize(
    "description", ["poll has already been closed", "message with poll to stop not found"]
)
async def test_stopping_a_poll_twice_is_no_error(
    api: Api, server: BotApiServer, description: str
) -> None:
    server.then("stopPoll", ok({"id": "p", "is_closed": True}))
    assert await api.stop_poll(7, 5) == {"id": "p", "is_closed": True}
    server.then("stopPoll", error(400, f"Bad Request: {description}"))
    assert await api.stop_poll(7, 5) is None


async def test_an_action_is_shown(api: Api, server: BotApiServer) -> None:
    await api.send_action(7)
    assert server.calls[0].params == {"chat_id": 7, "action": "typing"}
