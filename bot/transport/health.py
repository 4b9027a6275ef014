"""`/livez`, `/readyz` and `/metrics`, for whoever watches the process."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from bot.transport.dispatch import Json, Receiver
from bot.transport.listener import Listener

STALL = 0.25
"""Seconds by which the event loop may be late before that counts as a stall."""

_LOG = logging.getLogger(__name__)


class Metrics:
    """What is counted: one prefix, base units, nothing about anybody."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.updates = Counter(
            "interview_bot_updates_total",
            "Updates that were finished.",
            ("outcome",),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "interview_bot_update_seconds",
            "From taking an update up to its last answer.",
            registry=self.registry,
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
        )
        self.stalls = Counter(
            "interview_bot_loop_stalls_total",
            "Times that the event loop was late by more than 250 ms.",
            registry=self.registry,
        )
        self.stall_seconds = Gauge(
            "interview_bot_loop_longest_stall_seconds",
            "The longest such delay so far.",
            registry=self.registry,
        )

    def stalled(self, seconds: float) -> None:
        """Counts a stall of the event loop."""
        self.stalls.inc()
        longest = self.stall_seconds._value.get()  # noqa: SLF001 — the library has no reader
        self.stall_seconds.set(max(longest, seconds))
        _LOG.warning("the event loop stalled for %.0f ms", seconds * 1000)


class Measured:
    """A receiver whose work is counted and timed."""

    def __init__(self, receiver: Receiver, metrics: Metrics) -> None:
        self._receiver = receiver
        self._metrics = metrics
        self.admits = receiver.admits
        self.tell_outage = receiver.tell_outage

    async def turn_away(self, raw: Json) -> None:
        """See `Receiver.turn_away`."""
        self._metrics.updates.labels("turned_away").inc()
        await self._receiver.turn_away(raw)

    async def handle(self, raw: Json) -> None:
        """See `Receiver.handle`."""
        with self._metrics.seconds.time():
            await self._receiver.handle(raw)
        self._metrics.updates.labels("handled").inc()

    async def give_up(self, raw: Json, error: Exception, error_id: str) -> None:
        """See `Receiver.give_up`."""
        await self._receiver.give_up(raw, error, error_id)
        self._metrics.updates.labels("set_aside").inc()


async def watch_loop(stalled: Callable[[float], None], every: float = 0.1) -> None:
    """Measures by how much the event loop is late, for as long as it runs."""
    while True:
        before = time.monotonic()
        await asyncio.sleep(every)
        late = time.monotonic() - before - every
        if late > STALL:
            stalled(late)


class HealthServer(Listener):
    """Answers on an address of its own, loopback by default."""

    def __init__(
        self, listen: str, metrics: Metrics, readiness: Callable[[], Awaitable[str | None]]
    ) -> None:
        super().__init__(listen)
        self._metrics = metrics
        self._readiness = readiness
        self.add("GET", "/livez", self._livez)
        self.add("GET", "/readyz", self._readyz)
        self.add("GET", "/metrics", self._metrics_text)

    async def _livez(self, _: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def _readyz(self, _: web.Request) -> web.Response:
        trouble = await self._readiness()
        if trouble is None:
            return web.Response(text="ok\n")
        return web.Response(status=503, text=f"{trouble}\n")

    async def _metrics_text(self, _: web.Request) -> web.Response:
        text = generate_latest(self._metrics.registry)
        return web.Response(body=text, headers={"Content-Type": "text/plain; version=0.0.4"})
