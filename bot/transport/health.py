"""`/livez`, `/readyz` and `/metrics`, for whoever watches the process."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

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


async def watch_loop(stalled: Callable[[float], None], every: float = 0.1) -> None:
    """Measures by how much the event loop is late, for as long as it runs."""
    while True:
        before = time.monotonic()
        await asyncio.sleep(every)
        late = time.monotonic() - before - every
        if late > STALL:
            stalled(late)


class HealthServer:
    """A small HTTP server on an address of its own."""

    def __init__(
        self, listen: str, metrics: Metrics, readiness: Callable[[], Awaitable[str | None]]
    ) -> None:
        host, _, port = listen.rpartition(":")
        self._address = (host, int(port))
        self._metrics = metrics
        self._readiness = readiness
        application = web.Application()
        application.router.add_get("/livez", self._livez)
        application.router.add_get("/readyz", self._readyz)
        application.router.add_get("/metrics", self._metrics_text)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.5)

    async def start(self) -> None:
        """Begins to listen.

        Raises:
            OSError: the address is taken or not ours.
        """
        await self._runner.setup()
        await web.TCPSite(self._runner, *self._address).start()

    async def close(self) -> None:
        """Stops listening."""
        await self._runner.cleanup()

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
