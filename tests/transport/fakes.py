"""A clock that tests move, and a Bot API server on loopback that does what a test tells it."""

from __future__ import annotations

import asyncio
import datetime as dtm
import heapq
import json
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

TOKEN = "123456789:AAHs-4fWq_0123456789abcdefghijklmno"

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeClock:
    """Time stands still until `advance`; with `jumps`, a sleep ends at once and moves the time."""

    def __init__(self, *, jumps: bool = False) -> None:
        self.time = 1_000.0
        self.slept: list[float] = []
        self._jumps = jumps
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._numbers = count()
        self._fell_asleep = asyncio.Event()

    def now(self) -> dtm.datetime:
        return dtm.datetime.fromtimestamp(self.time, tz=dtm.UTC)

    def monotonic(self) -> float:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if self._jumps:
            self.time += seconds
            await asyncio.sleep(0)
            return
        wake: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.time + seconds, next(self._numbers), wake))
        self._fell_asleep.set()
        await wake

    async def somebody_sleeps(self) -> None:
        """Wait until something sleeps on this clock."""
        while not any(not wake.done() for _, _, wake in self._sleepers):
            self._fell_asleep.clear()
            async with asyncio.timeout(5):
                await self._fell_asleep.wait()

    async def advance(self, seconds: float) -> None:
        """Move the time on and wake the sleepers in order, each at its own instant."""
        end = self.time + seconds
        await settle()
        while self._sleepers and self._sleepers[0][0] <= end:
            self.time, _, wake = heapq.heappop(self._sleepers)
            if not wake.done():
                wake.set_result(None)
                await settle()
        self.time = end
        await settle()


async def settle() -> None:
    """Let everything run that needs neither time nor the network."""
    for _ in range(10):
        await asyncio.sleep(0)


@dataclass(frozen=True, slots=True)
class Call:
    """A request as the server got it; `files` holds name, content and type of each upload."""

    method: str
    params: dict[str, Any]
    files: dict[str, tuple[str, bytes, str]]
    headers: dict[str, str]

    @property
    def content_type(self) -> str:
        return self.headers.get("Content-Type", "").partition(";")[0]


class BotApiServer:
    """Answers `{"ok": true, "result": …}` unless a test has told it otherwise for a method."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self._answers: defaultdict[str, deque[Answer]] = defaultdict(deque)
        self._chats: dict[int | str, Answer] = {}
        self._message_ids = count(1)
        self._got_one = asyncio.Event()
        application = web.Application()
        application.router.add_route("*", "/{path:.*}", self._serve)
        self._server = TestServer(application)

    async def __aenter__(self) -> BotApiServer:
        await self._server.start_server()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.close()

    @property
    def base_url(self) -> str:
        return str(self._server.make_url("")).rstrip("/")

    def then(self, method: str, *answers: Answer) -> None:
        """Answer the next calls of the method so."""
        self._answers[method].extend(answers)

    def always_to(self, chat_id: int, answer: Answer) -> None:
        """Answer every call for the chat so, once the answers given by `then` are used up."""
        self._chats[chat_id] = answer

    def methods(self) -> list[str]:
        return [call.method for call in self.calls]

    def texts(self) -> list[str]:
        return [call.params["text"] for call in self.calls if "text" in call.params]

    async def has_got(self, calls: int) -> None:
        """Wait until so many calls have come in."""
        async with asyncio.timeout(5):
            while len(self.calls) < calls:
                self._got_one.clear()
                await self._got_one.wait()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.path.rpartition("/")[2]
        params, files = await _decoded(request)
        self.calls.append(Call(method, params, files, dict(request.headers)))
        self._got_one.set()
        if self._answers[method]:
            return await self._answers[method].popleft()(request)
        if (answer := self._chats.get(params.get("chat_id", 0))) is not None:
            return await answer(request)
        return await ok(self._result(method, params))(request)

    def _result(self, method: str, params: dict[str, Any]) -> object:
        if method.startswith(("answer", "delete", "set")) or method == "sendChatAction":
            return True
        message: dict[str, Any] = {
            "message_id": params.get("message_id") or next(self._message_ids),
            "date": 1_767_225_600,
            "chat": {"id": int(params.get("chat_id", 0)), "type": "private", "first_name": "Ann"},
        }
        if method == "sendPhoto":
            message["photo"] = [{"file_id": "small"}, {"file_id": "large"}]
        if method == "sendDocument":
            message["document"] = {"file_id": "document"}
        if method == "sendPoll":
            options = [
                {"persistent_id": f"p{n}"} for n, _ in enumerate(_listed(params["options"]))
            ]
            message["poll"] = {"id": "poll", "options": options}
        return message


def _listed(value: str | list[Any]) -> list[Any]:
    """A list as JSON bodies carry it, or as text in a form."""
    return list(json.loads(value) if isinstance(value, str) else value)


def ok(result: object) -> Answer:
    """A success."""
    return raw(200, json.dumps({"ok": True, "result": result}))


def error(status: int, description: str, **parameters: int) -> Answer:
    """A refusal in the Bot API's shape."""
    body: dict[str, Any] = {"ok": False, "error_code": status, "description": description}
    if parameters:
        body["parameters"] = parameters
    return raw(status, json.dumps(body))


def raw(status: int, body: str, content_type: str = "application/json") -> Answer:
    """Any status with any body."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, text=body, content_type=content_type)

    return answer


async def reset(request: web.Request) -> web.StreamResponse:
    """The connection breaks after the request was read: whatever it asked for is done."""
    assert request.transport is not None
    request.transport.close()
    return web.Response()


async def half(request: web.Request) -> web.StreamResponse:
    """The connection breaks in the middle of the answer."""
    response = web.StreamResponse(headers={"Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b'{"ok": true, "resu')
    assert request.transport is not None
    request.transport.close()
    return response


def held(until: asyncio.Event, then: Answer) -> Answer:
    """No answer before the event."""

    async def answer(request: web.Request) -> web.StreamResponse:
        with suppress(asyncio.CancelledError):
            await until.wait()
        return await then(request)

    return answer


async def _decoded(
    request: web.Request,
) -> tuple[dict[str, Any], dict[str, tuple[str, bytes, str]]]:
    if request.content_type == "application/json":
        return json.loads(await request.read()), {}
    params: dict[str, Any] = {}
    files: dict[str, tuple[str, bytes, str]] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, web.FileField):
            files[name] = (value.filename, value.file.read(), value.content_type)
        else:
            params[name] = value
    return params, files
