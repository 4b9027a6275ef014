"""A small HTTP server on one address."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Listener:
    """Serves a few paths in plain HTTP; TLS is the work of whatever stands in front."""

    def __init__(self, listen: str, *, body_cap: int = 1 << 20) -> None:
        """Prepares a server.

        Args:
            listen: `host:port`.
            body_cap: Bytes of a request's body at most.
        """
        host, _, port = listen.rpartition(":")
        self._address = (host, int(port))
        self._application = web.Application(client_max_size=body_cap)
        self._runner = web.AppRunner(self._application, access_log=None, shutdown_timeout=0.5)

    def add(self, method: str, path: str, answer: Answer) -> None:
        """Answers requests with this method and path; before `start`."""
        self._application.router.add_route(method, path, answer)

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
