"""The crowd's switch, for the page and for other processes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.simulator.face import Answer, Fields, served

if TYPE_CHECKING:
    from aiohttp import web

    from bot.simulator.crowd import Crowd


class CrowdControl:
    """The handlers of ``/client/crowd``."""

    def __init__(self, crowd: Crowd) -> None:
        self._crowd = crowd

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve them."""
        router.add_get("/client/crowd", served(self.show))
        router.add_post("/client/crowd", served(self.switch))

    def show(self, _fields: Fields) -> Answer:
        """Who the simulated members are, and whether they play along."""
        members = [user.id for user in self._crowd.users]
        return {"members": members, "playing": self._crowd.playing}

    def switch(self, fields: Fields) -> Answer:
        """Have them play along or not."""
        self._crowd.play(playing=fields.flag("playing"))
        return self.show(fields)
