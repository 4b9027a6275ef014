"""Server-Sent Events: what happens in somebody's chats, live and after a reconnection."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from aiohttp import web

from bot.simulator import view
from bot.simulator.face import Fields, Found

if TYPE_CHECKING:
    from bot.simulator.chats import User
    from bot.simulator.feed import Event
    from bot.simulator.world import World

PING_SECONDS = 15.0


class EventStream:
    """Serves ``/client/events``."""

    def __init__(self, world: World) -> None:
        self._world = world

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """Stream events; with Last-Event-ID what was missed first, or ``world`` if forgotten."""
        viewer = Found(self._world, Fields(request.query)).user()
        queue: asyncio.Queue[Event] = asyncio.Queue()
        stream = web.StreamResponse(
            headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
        )
        self._world.feed.listeners.append(queue.put_nowait)
        try:
            await stream.prepare(request)
            await self._replay(request, stream, viewer)
            while True:
                try:
                    event = await asyncio.wait_for(queue.get(), PING_SECONDS)
                except TimeoutError:
                    await stream.write(b": ping\n\n")
                else:
                    await self._write(stream, event, viewer)
        finally:
            self._world.feed.listeners.remove(queue.put_nowait)

    async def _replay(
        self, request: web.Request, stream: web.StreamResponse, viewer: User
    ) -> None:
        last = request.headers.get("Last-Event-ID", "")
        if not last:
            await stream.write(b": hello\n\n")
            return
        missed = self._world.feed.since(int(last)) if last.isdecimal() else None
        if missed is None:
            await stream.write(b'data: {"type": "world"}\n\n')
        for event in missed or []:
            await self._write(stream, event, viewer)

    async def _write(self, stream: web.StreamResponse, event: Event, viewer: User) -> None:
        if event.seen_by(viewer.id):
            data = json.dumps(view.event_view(self._world, event, viewer), ensure_ascii=False)
            await stream.write(f"id: {event.id}\ndata: {data}\n\n".encode())
