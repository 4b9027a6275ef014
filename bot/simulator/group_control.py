"""Rules groups from another process: the bot's place in them, topics, migration, deletion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.simulator import membership
from bot.simulator.errors import PersonError
from bot.simulator.face import Answer, Fields, Found, Handler, served

if TYPE_CHECKING:
    from aiohttp import web

    from bot.simulator.world import World


class GroupControl:
    """The handlers under ``/client/groups/``."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve them."""
        acting: dict[str, Handler] = {
            "bot": self.change_bot,
            "migrate": self.migrate,
            "topics": self.open_topic,
            "topics/close": self.close_topic,
            "delete": self.delete_group,
        }
        for name, handler in acting.items():
            router.add_post(f"/client/groups/{name}", served(handler))

    def change_bot(self, fields: Fields) -> Answer:
        """Give the bot a ``status`` in a group, and what it is ``denied`` or ``lacking``."""
        chat = self._found(fields).chat()
        owner = membership.owner_of(chat) or self._world.bot
        membership.change_member(
            self._world,
            chat,
            self._world.bot,
            fields.choice("status", membership.STATUSES, "member"),
            by=owner,
            denied=fields.texts("denied"),
            lacking=fields.texts("lacking"),
        )
        return {}

    def migrate(self, fields: Fields) -> Answer:
        """Turn a basic group into a supergroup; ``id`` is the new one."""
        return {"id": membership.migrate(self._world, self._found(fields).chat()).id}

    def open_topic(self, fields: Fields) -> Answer:
        """Open a topic; ``thread`` is its id."""
        chat = self._found(fields).chat()
        owner = membership.owner_of(chat) or self._world.bot
        topic = membership.open_topic(self._world, chat, fields.text("name"), by=owner)
        return {"thread": topic.id}

    def close_topic(self, fields: Fields) -> Answer:
        """Close a topic, or with ``closed`` false open it again."""
        chat = self._found(fields).chat()
        topic = chat.topics.get(fields.integer("thread"))
        if topic is None:
            raise PersonError("There is no such topic.")
        owner = membership.owner_of(chat) or self._world.bot
        closed = fields.flag("closed", default=True)
        membership.close_topic(self._world, chat, topic, by=owner, closed=closed)
        return {}

    def delete_group(self, fields: Fields) -> Answer:
        """Delete a group for everybody."""
        membership.remove_group(self._world, self._found(fields).chat())
        return {}

    def _found(self, fields: Fields) -> Found:
        return Found(self._world, fields)
