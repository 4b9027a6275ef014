"""A bare Bot API server with people who answer at once: as little work as possible.

It runs in a process of its own, so that it costs the bot under test no time, and parses HTTP by
hand, because a web framework would be the bottleneck. It checks nothing; for that there is the
simulator.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

LIMIT = 100
SHOWING = frozenset(
    {"sendMessage", "sendPhoto", "editMessageText", "editMessageCaption", "editMessageReplyMarkup"}
)
_NAME = re.compile(rb'name="([^"]*)"')


@dataclass
class Counters:
    """What has happened since the start."""

    calls: int = 0
    answered: int = 0
    first_poll_at: float | None = None


@dataclass
class Crowd:
    """People who press the first button that moves things on, as soon as they see it."""

    people: int
    counters: Counters = field(default_factory=Counters)
    queue: deque[dict[str, Any]] = field(default_factory=deque)
    waiter: asyncio.Future[None] | None = None
    update_id: int = 1
    message_id: int = 1

    def begin(self) -> None:
        """Everybody says the command that begins."""
        for person in range(1, self.people + 1):
            self.say(person, "/practice")

    def say(self, person: int, text: str) -> None:
        """A message by a person."""
        message = self.message(person)
        message |= {"from": _user(person), "text": text}
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text)}]
        self.push("message", message)

    def press(self, person: int, message_id: int, data: str) -> None:
        """A press on a button."""
        query = {
            "id": str(self.update_id),
            "from": _user(person),
            "message": self.message(person, message_id),
            "chat_instance": "1",
            "data": data,
        }
        self.push("callback_query", query)

    def push(self, kind: str, content: dict[str, Any]) -> None:
        """Queues an update."""
        self.queue.append({"update_id": self.update_id, kind: content})
        self.update_id += 1
        if self.waiter and not self.waiter.done():
            self.waiter.set_result(None)

    def message(self, chat: int, message_id: int | None = None, text: str = "?") -> dict[str, Any]:
        """A Message as the Bot API gives it."""
        if message_id is None:
            message_id = self.message_id
            self.message_id += 1
        return {
            "message_id": message_id,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "P"},
            "text": text,
        }

    def saw(self, chat: int, message_id: int, params: dict[str, Any], *, new: bool) -> None:
        """A person sees a message and does what comes next."""
        markup = params.get("reply_markup")
        rows = (json.loads(markup) if isinstance(markup, str) else markup or {}).get(
            "inline_keyboard", []
        )
        buttons = {
            button["text"]: button.get("callback_data", "") for row in rows for button in row
        }
        if "A" in buttons:
            self.press(chat, message_id, buttons["A"])
        elif "Submit" in buttons:
            label = "☐ A" if "☐ A" in buttons else "Submit"
            self.press(chat, message_id, buttons[label])
        elif "Next ▶" in buttons:
            self.counters.answered += 1
            self.press(chat, message_id, buttons["Next ▶"])
        elif "▶ Another set" in buttons:
            self.press(chat, message_id, buttons["▶ Another set"])
        elif new and "⏭ Skip" in buttons:
            self.say(chat, "1")

    async def updates(self, offset: int, seconds: float) -> list[dict[str, Any]]:
        """What getUpdates gives."""
        if self.counters.first_poll_at is None:
            self.counters.first_poll_at = time.time()
            asyncio.get_running_loop().call_later(0.3, self.begin)
        while self.queue and self.queue[0]["update_id"] < offset:
            self.queue.popleft()
        if not self.queue and seconds:
            self.waiter = asyncio.get_running_loop().create_future()
            await asyncio.wait((self.waiter,), timeout=seconds)
        return [self.queue[i] for i in range(min(LIMIT, len(self.queue)))]

    def call(self, method: str, params: dict[str, Any]) -> Any:
        """Answers any method but getUpdates."""
        if method == "getMe":
            return {"id": 1, "is_bot": True, "first_name": "B", "username": "bench_bot"}
        if method not in SHOWING:
            self.counters.calls += method == "answerCallbackQuery"
            return True
        self.counters.calls += 1
        chat = int(params["chat_id"])
        new = method.startswith("send")
        message_id = None if new else int(params["message_id"])
        message = self.message(chat, message_id, str(params.get("text", "")))
        if method == "sendPhoto":
            message["photo"] = [{"file_id": "p", "file_unique_id": "p", "width": 1, "height": 1}]
        self.saw(chat, message["message_id"], params, new=new)
        return message


class Connection(asyncio.Protocol):
    """One keep-alive connection; requests come one after another."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._polling: asyncio.Future[None] | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keeps the transport."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Cuts requests out of what has arrived."""
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            head = self._buffer[:end].lower()
            mark = head.find(b"content-length:")
            length = int(head[mark + 15 :].split(b"\r\n", 1)[0]) if mark >= 0 else 0
            if len(self._buffer) < end + 4 + length:
                return
            body = self._buffer[end + 4 : end + 4 + length]
            path = self._buffer[: self._buffer.find(b" HTTP")].split(b" ", 1)[1].decode()
            self._buffer = self._buffer[end + 4 + length :]
            self._serve(path, body, is_json=b"application/json" in head)

    def _serve(self, path: str, body: bytes, *, is_json: bool) -> None:
        method = path.rpartition("/")[2].partition("?")[0]
        params = _params(body, is_json=is_json)
        if method == "stats":
            self._reply(vars(self._crowd.counters) | {"now": time.time()})
        elif method == "getUpdates":
            self._polling = asyncio.ensure_future(self._reply_to_poll(params))
        else:
            self._reply(self._crowd.call(method, params))

    async def _reply_to_poll(self, params: dict[str, Any]) -> None:
        offset, seconds = int(params.get("offset") or 0), float(params.get("timeout", 0))
        self._reply(await self._crowd.updates(offset, seconds))

    def _reply(self, result: Any) -> None:
        body = json.dumps({"ok": True, "result": result}).encode()
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
        if self._transport and not self._transport.is_closing():
            self._transport.write(head % len(body) + body)


def _params(body: bytes, *, is_json: bool) -> dict[str, Any]:
    """The parameters of a request: JSON, a form, or a form with a file, which is left out."""
    if is_json and body:
        params: dict[str, Any] = json.loads(body)
        return params
    if not body.startswith(b"--"):
        return dict(parse_qsl(body.decode()))
    fields = (part.partition(b"\r\n\r\n") for part in body.split(body.split(b"\r\n", 1)[0]))
    return {
        match[1].decode(): content.strip(b"\r\n").decode()
        for head, _, content in fields
        if b"filename" not in head and (match := _NAME.search(head))
    }


def _user(person: int) -> dict[str, Any]:
    return {"id": person, "is_bot": False, "first_name": "P", "language_code": "en"}


async def serve(people: int) -> None:
    """Listens on a free port, which it prints, until the process is ended."""
    crowd = Crowd(people)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(crowd), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=256)
    asyncio.run(serve(parser.parse_args().people))
