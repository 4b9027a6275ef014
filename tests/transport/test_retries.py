"""Which failures are worth another try, and when."""

from __future__ import annotations

import pytest
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError

from bot.transport.failures import (
    AnswerLostError,
    AnswerTimeoutError,
    ConnectError,
    ConnectTimeoutError,
    ServerError,
    Unreachable,
)
from bot.transport.retries import Backoff, flood_jitter, is_paced, worth_repeating
from bot.transport.schedule import Lane

ERROR = "x"


@pytest.mark.parametrize("lane", Lane)
@pytest.mark.parametrize(
    "error", [ConnectError(ERROR), ConnectTimeoutError(ERROR), ServerError(ERROR)]
)
def test_what_certainly_did_nothing_is_repeated(error: TelegramError, lane: Lane) -> None:
    assert worth_repeating(error, "sendMessage", lane)


@pytest.mark.parametrize("error", [AnswerLostError(ERROR), AnswerTimeoutError(ERROR)])
def test_what_was_perhaps_done_is_repeated_for_people_only(error: TelegramError) -> None:
    assert worth_repeating(error, "sendMessage", Lane.PEOPLE)
    assert not worth_repeating(error, "sendMessage", Lane.BROADCAST)
    assert not worth_repeating(error, "copyMessage", Lane.BROADCAST)


@pytest.mark.parametrize(
    "method",
    ["editMessageText", "answerCallbackQuery", "deleteMessage", "getFile", "setMyCommands"],
)
def test_what_twice_is_like_once_is_always_repeated(method: str) -> None:
    assert worth_repeating(AnswerLostError(ERROR), method, Lane.BROADCAST)


@pytest.mark.parametrize(
    "error",
    [
        BadRequest(ERROR),
        Forbidden(ERROR),
        InvalidToken(ERROR),
        Unreachable(ERROR),
        NetworkError(ERROR),
    ],
)
def test_a_refusal_is_never_repeated(error: TelegramError) -> None:
    assert not worth_repeating(error, "editMessageText", Lane.PEOPLE)


@pytest.mark.parametrize(
    ("method", "chat", "paced"),
    [
        ("sendMessage", 1, True),
        ("sendPoll", -1, True),
        ("copyMessage", 1, True),
        ("forwardMessage", 1, True),
        ("sendChatAction", 1, False),
        ("editMessageText", 1, False),
        ("editMessageText", -1, True),
        ("deleteMessage", -1, False),
        ("stopPoll", -1, False),
    ],
)
def test_messages_are_paced_and_in_groups_edits_too(method: str, chat: int, paced: bool) -> None:
    assert is_paced(method, chat) is paced


def test_waits_grow_and_vary_by_a_fifth() -> None:
    shortest = list(Backoff().waits(lambda: 0.0))
    longest = list(Backoff().waits(lambda: 0.999))
    assert shortest == sorted(shortest)
    assert len(shortest) == 4
    assert sum(longest) < 20
    assert all(1.3 < long / short < 1.6 for short, long in zip(shortest, longest, strict=True))


def test_after_a_flood_nobody_comes_back_early() -> None:
    assert flood_jitter(lambda: 0.0) > 0
    assert flood_jitter(lambda: 0.999) < 1
