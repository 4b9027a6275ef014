"""What each answer of the Bot API means."""

from __future__ import annotations

import copy
import datetime as dtm
import json

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.transport.failures import (
    AnswerLostError,
    ChatRefusal,
    FloodWait,
    MessageGone,
    NoRights,
    NotModified,
    OutcomeUnknownError,
    PollClosed,
    QueryExpired,
    ServerError,
    TopicGone,
    UndeliveredError,
    Unreachable,
    failure_of,
)


def failure(
    status: int, description: str, chat_id: int | None = 5, **parameters: int
) -> TelegramError:
    body = {"ok": False, "error_code": status, "description": description}
    return failure_of(status, json.dumps({**body, "parameters": parameters}).encode(), chat_id)


@pytest.mark.parametrize(
    ("status", "description", "kind"),
    [
        (400, "Bad Request: message text is empty", BadRequest),
        (
            400,
            "Bad Request: message is not modified: specified new message content and reply …",
            NotModified,
        ),
        (400, "Bad Request: message to edit not found", MessageGone),
        (400, "Bad Request: message can't be edited", MessageGone),
        (400, "Bad Request: MESSAGE_ID_INVALID", MessageGone),
        (400, "Bad Request: message to delete not found", MessageGone),
        (400, "Bad Request: message can't be deleted for everyone", MessageGone),
        (400, "Bad Request: message with poll to stop not found", MessageGone),
        (
            400,
            "Bad Request: query is too old and response timeout expired or query ID is invalid",
            QueryExpired,
        ),
        (400, "Bad Request: QUERY_ID_INVALID", QueryExpired),
        (400, "Bad Request: poll has already been closed", PollClosed),
        (400, "Bad Request: chat not found", Unreachable),
        (400, "Bad Request: PEER_ID_INVALID", Unreachable),
        (403, "Forbidden: bot was blocked by the user", Unreachable),
        (403, "Forbidden: user is deactivated", Unreachable),
        (403, "Forbidden: bot can't initiate conversation with a user", Unreachable),
        (403, "Forbidden: bot was kicked from the supergroup chat", Unreachable),
        (403, "Forbidden: bot is not a member of the supergroup chat", Unreachable),
        (403, "Forbidden: the group chat was deleted", Unreachable),
        (400, "Bad Request: not enough rights to send text messages to the chat", NoRights),
        (400, "Bad Request: not enough rights to send polls to the chat", NoRights),
        (400, "Bad Request: have no write access to the chat", NoRights),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", NoRights),
        (400, "Bad Request: CHAT_SEND_POLLS_FORBIDDEN", NoRights),
        (403, "Forbidden: CHAT_WRITE_FORBIDDEN", NoRights),
        (400, "Bad Request: TOPIC_CLOSED", TopicGone),
        (400, "Bad Request: TOPIC_DELETED", TopicGone),
        (400, "Bad Request: message thread not found", TopicGone),
        (401, "Unauthorized: invalid token specified", InvalidToken),
        (404, "Not Found: method not found", InvalidToken),
        (409, "Conflict: terminated by other getUpdates request", Conflict),
        (500, "Internal Server Error: restart", ServerError),
        (503, "Service Unavailable", ServerError),
        (418, "I'm a teapot", NetworkError),
    ],
)
def test_each_word_of_telegram_has_its_meaning(
    status: int, description: str, kind: type[TelegramError]
) -> None:
    error = failure(status, description)
    assert type(error) is kind
    assert error.message


def test_a_refusal_names_its_chat_and_telegrams_words() -> None:
    error = failure(403, "Forbidden: bot was blocked by the user", chat_id=77)
    assert isinstance(error, Unreachable)
    assert isinstance(error, ChatRefusal)
    assert isinstance(error, Forbidden)
    assert error.chat_id == 77
    assert error.reason == "Forbidden: bot was blocked by the user"


def test_no_refusal_of_a_chat_looks_like_a_network_error() -> None:
    """PTB's BadRequest does, which makes careless code repeat it."""
    assert not isinstance(failure(400, "Bad Request: chat not found"), NetworkError)


def test_a_403_without_a_chat_is_about_no_chat() -> None:
    assert type(failure(403, "Forbidden", chat_id=None)) is Forbidden


def test_a_migration_names_the_new_chat() -> None:
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    error = failure(400, description, migrate_to_chat_id=-1001)
    assert isinstance(error, ChatMigrated)
    assert error.new_chat_id == -1001


def test_a_flood_names_its_time_and_warns_of_no_deprecation() -> None:
    error = failure(429, "Too Many Requests: retry after 7", retry_after=7)
    assert isinstance(error, RetryAfter)
    assert error.retry_after == dtm.timedelta(seconds=7)
    assert "0:00:07" in str(error)


def test_a_429_of_a_proxy_names_no_time_and_gets_one() -> None:
    error = failure_of(429, b"<html>slow down</html>")
    assert isinstance(error, FloodWait)
    assert error.retry_after > dtm.timedelta(0)


@pytest.mark.parametrize("payload", [b"<html>secret</html>", b"", b'{"ok": fal', b"[1]", b"\xff"])
def test_a_body_that_is_no_object_is_judged_by_its_status_and_not_quoted(payload: bytes) -> None:
    assert type(failure_of(502, payload)) is ServerError
    assert type(failure_of(403, payload, 5)) is Forbidden, "a proxy's refusal says nothing of 5"
    assert str(failure_of(502, payload)) == "Bad Gateway (502)"


def test_after_a_gateway_timeout_the_outcome_is_unknown() -> None:
    error = failure_of(504, b"")
    assert isinstance(error, AnswerLostError)
    assert isinstance(error, OutcomeUnknownError)
    assert not isinstance(error, UndeliveredError)


def test_an_unheard_of_status_has_a_message_too() -> None:
    assert str(failure_of(799, b"")) == "HTTP status 799"


def test_errors_survive_copying() -> None:
    error = failure(403, "Forbidden: bot was blocked by the user")
    assert copy.copy(error).message == error.message
