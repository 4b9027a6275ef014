"""HTTP over aiohttp: PTB's Bot works on it, failures say what is known, no secret comes out."""

from __future__ import annotations

import asyncio
import io
import logging
import socket
import traceback
from typing import TYPE_CHECKING

import pytest
from aiohttp import web
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TimedOut
from yarl import URL

from bot.transport import failures
from bot.transport.request import AiohttpRequest
from tests.transport.fakes import (
    TOKEN,
    Answer,
    BotApiServer,
    error,
    half,
    held,
    ok,
    raw,
    reset,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ME = {"id": 123456789, "is_bot": True, "first_name": "Bot", "username": "our_bot"}


@pytest.fixture
async def bot(server: BotApiServer, request_: AiohttpRequest) -> AsyncIterator[Bot]:
    server.then("getMe", ok(ME))
    made = Bot(
        TOKEN,
        base_url=f"{server.base_url}/bot",
        request=request_,
        get_updates_request=request_,
    )
    async with made:
        yield made


async def redirect(_: web.Request) -> web.StreamResponse:
    return web.Response(status=307, headers={"Location": "/b"})


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def said_by(problem: BaseException) -> str:
    """Everything that a log could print of an exception."""
    return "".join(traceback.format_exception(problem)) + repr(problem) + repr(problem.__context__)


async def test_bot_sends_text_with_nested_parameters(bot: Bot, server: BotApiServer) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Ä", callback_data="a")]])
    message = await bot.send_message(7, "Grüße & <b>", reply_markup=keyboard)
    assert message.chat.id == 7
    call = server.calls[-1]
    assert call.content_type == "application/x-www-form-urlencoded"
    assert call.params["text"] == "Grüße & <b>"
    assert '"callback_data": "a"' in call.params["reply_markup"]


async def test_bot_uploads_files(bot: Bot, server: BotApiServer) -> None:
    document = InputFile(io.BytesIO(b"\x00\xffdata"), filename="naïve.json")
    server.then(
        "sendDocument",
        ok({"message_id": 1, "date": 1, "chat": {"id": 7, "type": "private"}}),
    )
    await bot.send_document(7, document, caption="c")
    call = server.calls[-1]
    assert call.params["caption"] == "c"
    assert call.files["document"] == ("naïve.json", b"\x00\xffdata", "application/json")


async def test_bot_downloads_files(bot: Bot, server: BotApiServer) -> None:
    server.then("getFile", ok({"file_id": "f", "file_unique_id": "u", "file_path": "x.bin"}))
    server.then("x.bin", raw(200, "content", "application/octet-stream"))
    file = await bot.get_file("f")
    file._bot = bot
    address = f"{server.base_url}/file/bot{TOKEN}/x.bin"
    assert await bot.request.retrieve(address) == b"content"


async def test_a_long_poll_may_last_as_long_as_it_says(bot: Bot, server: BotApiServer) -> None:
    """The server holds the poll for longer than the read time-out of an ordinary request."""
    quick = AiohttpRequest(read_seconds=0.2)
    release = asyncio.Event()
    server.then("getUpdates", held(release, ok([])), held(release, ok([])))
    polling = Bot(TOKEN, base_url=f"{server.base_url}/bot", get_updates_request=quick)
    async with quick:
        with pytest.raises(TimedOut):
            await polling.get_updates(timeout=0)
        waiting = asyncio.create_task(polling.get_updates(timeout=50))
        done, _ = await asyncio.wait([waiting], timeout=0.4)
        assert not done
        release.set()
        assert await waiting == ()


async def test_one_request_serves_as_both_of_a_bot(request_: AiohttpRequest) -> None:
    await request_.initialize()
    await request_.shutdown()
    await request_.shutdown()
    with pytest.raises(RuntimeError, match="not initialised"):
        await request_.exchange("GET", URL("http://127.0.0.1"))
    await request_.initialize()


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        pytest.param(error(400, "Bad Request: chat not found"), failures.Unreachable, id="400"),
        pytest.param(error(401, "Unauthorized"), InvalidToken, id="401"),
        pytest.param(error(404, "Not Found"), InvalidToken, id="404"),
        pytest.param(error(429, "Too Many Requests", retry_after=3), RetryAfter, id="429"),
        pytest.param(error(500, "Internal Server Error"), failures.ServerError, id="500"),
        pytest.param(raw(502, "<html>bad</html>", "text/html"), failures.ServerError, id="502"),
        pytest.param(raw(504, "", "text/html"), failures.AnswerLostError, id="504"),
        pytest.param(raw(200, "<html>", "text/html"), failures.AnswerLostError, id="200 HTML"),
        pytest.param(raw(200, '{"ok": tr'), failures.AnswerLostError, id="200 half a JSON"),
        pytest.param(raw(200, "[" * 100_000), failures.AnswerLostError, id="200 deep JSON"),
        pytest.param(raw(200, "[]"), failures.AnswerLostError, id="200 a list"),
        pytest.param(raw(302, ""), NetworkError, id="302"),
        pytest.param(half, failures.AnswerLostError, id="half a body"),
        pytest.param(reset, failures.AnswerLostError, id="reset"),
    ],
)
async def test_bot_gets_the_failure_that_it_is(
    bot: Bot,
    server: BotApiServer,
    answer: Answer,
    kind: type[Exception],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    server.then("sendMessage", answer)
    with pytest.raises(kind) as caught:
        await bot.send_message(7, "secret words")
    assert TOKEN not in said_by(caught.value)
    assert server.base_url not in said_by(caught.value)
    assert not any("html" in record.getMessage() for record in caplog.records)


async def test_a_refused_connection_is_known_to_have_done_nothing(
    request_: AiohttpRequest,
) -> None:
    with pytest.raises(NetworkError) as caught:
        await request_.exchange("POST", URL(f"http://127.0.0.1:{unused_port()}/bot{TOKEN}/x"))
    assert isinstance(caught.value, failures.UndeliveredError)
    assert not isinstance(caught.value, failures.OutcomeUnknownError)
    assert TOKEN not in said_by(caught.value)


async def test_an_unknown_name_is_known_to_have_done_nothing(request_: AiohttpRequest) -> None:
    with pytest.raises(failures.ConnectError) as caught:
        await request_.exchange("POST", URL(f"http://nowhere.invalid/bot{TOKEN}/x"))
    assert TOKEN not in said_by(caught.value)


async def test_a_failed_tls_handshake_is_known_to_have_done_nothing(
    request_: AiohttpRequest, server: BotApiServer
) -> None:
    address = URL(server.base_url).with_scheme("https") / f"bot{TOKEN}/x"
    with pytest.raises(failures.ConnectError) as caught:
        await request_.exchange("POST", address)
    assert TOKEN not in said_by(caught.value)


async def test_an_answer_that_does_not_come_in_time_leaves_the_outcome_open(
    server: BotApiServer,
) -> None:
    server.then("sendMessage", held(asyncio.Event(), ok(True)))
    async with AiohttpRequest(read_seconds=0.1) as quick:
        with pytest.raises(failures.AnswerTimeoutError) as caught:
            await quick.exchange("POST", URL(f"{server.base_url}/bot{TOKEN}/sendMessage"))
    assert isinstance(caught.value, TimedOut | failures.OutcomeUnknownError)
    assert TOKEN not in said_by(caught.value)


async def test_a_connection_that_does_not_come_in_time_did_nothing() -> None:
    """A listener whose queue is full accepts nobody, as a dead host would."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        async with AiohttpRequest(connect_seconds=0.1) as quick:
            port = listener.getsockname()[1]
            with pytest.raises(failures.ConnectTimeoutError) as caught:
                await quick.exchange("POST", URL(f"http://127.0.0.1:{port}/bot{TOKEN}/x"))
        for filler in fillers:
            filler.close()
    assert isinstance(caught.value, failures.UndeliveredError)
    assert TOKEN not in said_by(caught.value)


async def test_a_redirect_is_not_followed(request_: AiohttpRequest, server: BotApiServer) -> None:
    """The token would go to wherever it leads."""
    server.then("a", redirect)
    status, _ = await request_.exchange("POST", URL(f"{server.base_url}/a"))
    assert status == 307
    assert server.methods() == ["a"]


async def test_connections_are_reused(request_: AiohttpRequest, server: BotApiServer) -> None:
    server.then("a", *[raw(200, "x")] * 5)
    for _ in range(5):
        await request_.exchange("POST", URL(f"{server.base_url}/a"))
    session = request_._session
    assert session is not None
    assert session.connector is not None
    assert sum(map(len, session.connector._conns.values())) == 1


async def test_two_hundred_requests_run_at_once(
    request_: AiohttpRequest, server: BotApiServer
) -> None:
    release = asyncio.Event()
    server.then("a", *[held(release, ok(True))] * 200)
    url = URL(f"{server.base_url}/a")
    requests = [asyncio.create_task(request_.exchange("POST", url)) for _ in range(200)]
    await server.has_got(200)
    release.set()
    assert {status for status, _ in await asyncio.gather(*requests)} == {200}


async def test_a_wrong_argument_is_still_a_plain_bad_request(
    bot: Bot, server: BotApiServer
) -> None:
    server.then("sendMessage", error(400, "Bad Request: message text is empty"))
    with pytest.raises(BadRequest, match="Message text is empty") as caught:
        await bot.send_message(7, "x")
    assert type(caught.value) is BadRequest
