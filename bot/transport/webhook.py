"""Exactly-once intake by webhook: 200 is said only after the update has taken effect."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from urllib.parse import urlsplit

from aiohttp import web

from bot.transport.dispatch import Dispatcher, Json
from bot.transport.listener import Listener

BODY_CAP = 1 << 20
"""Bytes of an update at most."""
PATIENCE = 25.0
"""Seconds for which Telegram is kept waiting before it is told to come again."""
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 — a header's name

_LOG = logging.getLogger(__name__)


class Webhook(Listener):
    """Serves the path of the public address in plain HTTP; TLS is the balancer's."""

    def __init__(self, dispatcher: Dispatcher, *, url: str, listen: str, secret: str) -> None:
        super().__init__(listen, body_cap=BODY_CAP)
        self._dispatcher = dispatcher
        self._secret = secret.encode()
        self.add("POST", urlsplit(url).path or "/", self._receive)

    async def _receive(self, request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=403)
        if (request.content_length or 0) > BODY_CAP:
            return web.Response(status=413)
        raw = _update(await request.read())
        if raw is None:
            return web.Response(status=400)
        task = self._dispatcher.submit(raw)
        done, _ = await asyncio.wait((task,), timeout=PATIENCE)
        if not done or task.cancelled() or task.exception():
            return web.Response(status=503)  # Telegram delivers it again
        return web.Response()


def _update(body: bytes) -> Json | None:
    """The update; `None` if it is none."""
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        _LOG.warning("a webhook request held no JSON")
        return None
    if not isinstance(raw, dict) or not isinstance(raw.get("update_id"), int):
        return None
    return raw
