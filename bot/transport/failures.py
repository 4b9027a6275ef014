"""What a failed request to the Bot API means: who is at fault and whether it may be repeated.

Every error is one of PTB's types, so that code written for PTB catches it. Two markers say what
PTB leaves open: whether a request certainly did nothing, or was perhaps carried out.
"""

from __future__ import annotations

import datetime as dtm
import json
from http import HTTPStatus
from typing import Any

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

ChatId = int | str

UNNAMED_FLOOD_WAIT = 5
"""Seconds to wait after a 429 that names no time."""


class UndeliveredError(Exception):
    """Marks a failure after which the request certainly was not carried out."""

    __slots__ = ()


class OutcomeUnknownError(Exception):
    """Marks a failure after which the request was perhaps carried out; repeating may double it."""

    __slots__ = ()


class ConnectError(NetworkError, UndeliveredError):
    """No connection to the server: refused, name not resolved, TLS or proxy failed."""

    __slots__ = ()


class ConnectTimeoutError(TimedOut, UndeliveredError):
    """No connection to the server in time."""

    __slots__ = ()


class ServerError(NetworkError, UndeliveredError):
    """The server answered 5xx, or with something that is not the Bot API's JSON."""

    __slots__ = ()


class AnswerLostError(NetworkError, OutcomeUnknownError):
    """The request went out and no whole answer came back."""

    __slots__ = ()


class AnswerTimeoutError(TimedOut, OutcomeUnknownError):
    """The request went out and no answer came in time."""

    __slots__ = ()


class FloodWait(RetryAfter):
    """429: this chat has to wait.

    PTB's own class warns of a deprecation whenever it is made; this one has the coming type.
    """

    __slots__ = ()

    @property
    def retry_after(self) -> dtm.timedelta:
        """How long Telegram wants the chat to wait."""
        return self._retry_after


class ChatRefusal(Forbidden):
    """The bot may not write to this chat; no retry helps.

    Attributes:
        chat_id: The chat that the request named, or None if it named none.
    """

    __slots__ = ("chat_id",)

    def __init__(self, message: str, chat_id: ChatId | None = None) -> None:
        super().__init__(message)
        self.chat_id = chat_id

    @property
    def reason(self) -> str:
        """Telegram's words."""
        return self.message


class Unreachable(ChatRefusal):
    """Blocked, deactivated, never started, kicked, or no such chat: deliver nothing there."""

    __slots__ = ()


class NoRights(ChatRefusal):
    """The bot is in the group and may not do this there."""

    __slots__ = ()


class TopicGone(ChatRefusal):
    """The forum topic is closed or deleted."""

    __slots__ = ()


class NotModified(BadRequest):
    """The message already looks like that."""

    __slots__ = ()


class MessageGone(BadRequest):
    """The message was deleted, or is too old to be changed."""

    __slots__ = ()


class QueryExpired(BadRequest):
    """The press on a button is too old to be answered."""

    __slots__ = ()


class PollClosed(BadRequest):
    """The poll was closed before."""

    __slots__ = ()


class NoText(BadRequest):
    """The message has a caption where a text was to be edited, or the other way round."""

    __slots__ = ()


class FileGone(BadRequest):
    """The `file_id` means nothing to Telegram: another bot's, or too old."""

    __slots__ = ()


# Telegram's wording is the only thing that tells these apart: tdlib/telegram-bot-api, Client.cpp.
_MEANING_OF_400: dict[str, type[BadRequest]] = {
    "message is not modified": NotModified,
    "message to edit not found": MessageGone,
    "message can't be edited": MessageGone,
    "message to delete not found": MessageGone,
    "message can't be deleted": MessageGone,
    "message with poll to stop not found": MessageGone,
    "message_id_invalid": MessageGone,
    "query is too old": QueryExpired,
    "query_id_invalid": QueryExpired,
    "poll has already been closed": PollClosed,
    "there is no text in the message to edit": NoText,
    "there is no caption in the message to edit": NoText,
    "wrong file_id": FileGone,
    "wrong remote file": FileGone,
    "wrong file identifier": FileGone,
}
_MEANING_OF_STATUS: dict[int, type[TelegramError]] = {
    HTTPStatus.BAD_REQUEST: BadRequest,
    # The Bot API says 404 to a malformed token and 401 to a well-formed wrong one.
    HTTPStatus.UNAUTHORIZED: InvalidToken,
    HTTPStatus.NOT_FOUND: InvalidToken,
    HTTPStatus.FORBIDDEN: Forbidden,
    HTTPStatus.CONFLICT: Conflict,
    # A proxy gave up waiting; the server behind it perhaps did not.
    HTTPStatus.GATEWAY_TIMEOUT: AnswerLostError,
}
_MEANING_OF_REFUSAL: dict[str, type[ChatRefusal]] = {
    "topic_closed": TopicGone,
    "topic_deleted": TopicGone,
    "message thread not found": TopicGone,
    "not enough rights": NoRights,
    "no write access": NoRights,
    "no rights to send": NoRights,
    "need administrator rights": NoRights,
    "chat_admin_required": NoRights,
    "chat_restricted": NoRights,
    "chat_write_forbidden": NoRights,
    "chat_send_": NoRights,
    "chat not found": Unreachable,
    "peer_id_invalid": Unreachable,
    "user_is_blocked": Unreachable,
    "user is deactivated": Unreachable,
    "group chat was deactivated": Unreachable,
}


def failure_of(status: int, payload: bytes, chat_id: ChatId | None = None) -> TelegramError:
    """The error that an unsuccessful answer stands for, by PTB's rules and finer.

    Args:
        status: The HTTP status, 300 or more.
        payload: The body; never quoted in the error, for it may be anything.
        chat_id: The chat that the request named, if any.

    Returns:
        The error, to be raised by the caller.
    """
    answer = parsed(payload)
    if answer is None:
        return _failure_by_status(status, _phrase(status))
    parameters = answer.get("parameters") or {}
    if new_chat_id := parameters.get("migrate_to_chat_id"):
        return ChatMigrated(new_chat_id)
    if retry_after := parameters.get("retry_after"):
        return FloodWait(dtm.timedelta(seconds=retry_after))
    description = str(answer.get("description") or _phrase(status))
    return _failure_by_words(status, description, chat_id) or _failure_by_status(
        status, description
    )


def parsed(payload: bytes) -> dict[str, Any] | None:
    """The JSON object in a body, or None if the body is anything else."""
    try:
        answer = json.loads(payload.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return None
    return answer if isinstance(answer, dict) else None


def _failure_by_words(
    status: int, description: str, chat_id: ChatId | None
) -> TelegramError | None:
    words = description.lower()
    if status in (HTTPStatus.BAD_REQUEST, HTTPStatus.FORBIDDEN):
        for phrase, refusal in _MEANING_OF_REFUSAL.items():
            if phrase in words:
                return refusal(description, chat_id)
    if status == HTTPStatus.BAD_REQUEST:
        for phrase, meaning in _MEANING_OF_400.items():
            if phrase in words:
                return meaning(description)
    if status == HTTPStatus.FORBIDDEN and chat_id is not None:
        return Unreachable(description, chat_id)
    return None


def _failure_by_status(status: int, message: str) -> TelegramError:
    if kind := _MEANING_OF_STATUS.get(status):
        return kind(message)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return FloodWait(dtm.timedelta(seconds=UNNAMED_FLOOD_WAIT))
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ServerError(message)
    return NetworkError(message)


def _phrase(status: int) -> str:
    try:
        return f"{HTTPStatus(status).phrase} ({status})"
    except ValueError:
        return f"HTTP status {status}"
