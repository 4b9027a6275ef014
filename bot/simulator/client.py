"""Face 2, for people: what their apps show and do, as a JSON API with live events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from aiohttp import web

from bot.simulator import actions, membership, responses, samples, view
from bot.simulator.chats import CHAT_TYPES
from bot.simulator.errors import PersonError
from bot.simulator.event_stream import EventStream
from bot.simulator.face import Answer, Fields, Found, Handler, guarded, served

if TYPE_CHECKING:
    from bot.simulator.world import World

PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class ClientApi:
    """The handlers under ``/client``."""

    def __init__(self, world: World) -> None:
        self._world = world

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Serve this face."""
        reading: dict[str, Handler] = {
            "world": lambda _fields: view.world_view(self._world),
            "history": self.history,
            "commands": self.commands,
        }
        acting: dict[str, Handler] = {
            "send": self.send,
            "edit": self.edit,
            "delete": self.delete,
            "press": self.press,
            "vote": self.vote,
            "join": self.join,
            "leave": self.leave,
            "block": self.block,
            "users": self.add_user,
            "groups": self.add_group,
        }
        for name, handler in reading.items():
            router.add_get(f"/client/{name}", served(handler))
        for name, handler in acting.items():
            router.add_post(f"/client/{name}", served(handler))
        for kind in samples.KINDS:
            router.add_post(f"/client/{kind}", served(self._sender(kind)))
        router.add_get("/client/events", guarded(EventStream(self._world).serve))
        router.add_get("/client/file/{file_id}", guarded(self.file))

    def history(self, fields: Fields) -> Answer:
        """The newest messages of a chat."""
        chat, viewer = self._found(fields).viewed_chat()
        return {"messages": view.history_view(chat, viewer)}

    def commands(self, fields: Fields) -> Answer:
        """The commands that the app offers there."""
        chat, viewer = self._found(fields).viewed_chat()
        return {"commands": self._world.profile.commands_for(viewer, chat)}

    def send(self, fields: Fields) -> Answer:
        """Send a text message."""
        return self._send(fields, fields.text("text"))

    def edit(self, fields: Fields) -> Answer:
        """Change one's own message."""
        found = self._found(fields)
        actions.edit(self._world, found.user(), found.message(), fields.text("text"))
        return {}

    def delete(self, fields: Fields) -> Answer:
        """Delete a message for everybody."""
        found = self._found(fields)
        actions.delete(self._world, found.user(), found.message())
        return {}

    def press(self, fields: Fields) -> Answer:
        """Press a callback button, or (with ``data``) send any callback data."""
        found = self._found(fields)
        who, message = found.user(), found.message()
        hidden = fields.flag("message_inaccessible", default=False)
        if "data" in fields:
            data = fields.text("data")
        else:
            data = responses.callback_data(
                message, fields.integer("row"), fields.integer("column")
            )
        query = responses.press(self._world, who, message, data, message_inaccessible=hidden)
        return {"query_id": query.id}

    def vote(self, fields: Fields) -> Answer:
        """Vote in a poll; an empty list takes the vote back."""
        found = self._found(fields)
        responses.vote(self._world, found.user(), found.message(), fields.integers("options"))
        return {}

    def join(self, fields: Fields) -> Answer:
        """Somebody comes in, by themselves or brought by ``as``."""
        found = self._found(fields)
        membership.join(self._world, found.chat(), found.user("user"), by=found.user())
        return {}

    def leave(self, fields: Fields) -> Answer:
        """Somebody leaves, or is thrown out by ``as``."""
        found = self._found(fields)
        membership.leave(self._world, found.chat(), found.user("user"), by=found.user())
        return {}

    def block(self, fields: Fields) -> Answer:
        """Block the bot or allow it again."""
        who = self._found(fields).user()
        actions.set_blocked(self._world, who, blocked=fields.flag("blocked"))
        return {}

    def add_user(self, fields: Fields) -> Answer:
        """Create a person."""
        about = {
            name: fields.text(name)
            for name in ("last_name", "username", "language_code")
            if name in fields
        }
        wanted = fields.integer("id", 0) or None
        if wanted in self._world.users:
            raise PersonError(f"There is a user {wanted} already.")
        user = self._world.add_user(fields.text("first_name"), user_id=wanted, **about)
        return {"id": user.id}

    def add_group(self, fields: Fields) -> Answer:
        """Create a group."""
        found = self._found(fields)
        chat = membership.create_group(
            self._world,
            fields.text("title"),
            kind=fields.choice("type", CHAT_TYPES, "supergroup"),
            members=found.users("members"),
            admins=found.users("admins"),
            bot=fields.choice("bot", membership.BOT_ROLES, "member"),
            is_forum=fields.flag("is_forum", default=False),
        )
        return {"id": chat.id}

    async def file(self, request: web.Request) -> web.Response:
        """The bytes of a file; only pictures are shown in place, all else is saved."""
        stored = self._world.files.get(request.match_info["file_id"])
        picture = stored.mime_type in PICTURES
        kind = stored.mime_type if picture else "application/octet-stream"
        disposition = "inline" if picture else "attachment"
        headers = {
            "Content-Disposition": f"{disposition}; filename*=UTF-8''{quote(stored.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        return web.Response(body=stored.data, content_type=kind, headers=headers)

    def _found(self, fields: Fields) -> Found:
        return Found(self._world, fields)

    def _sender(self, kind: samples.Kind) -> Handler:
        return lambda fields: self._send(fields, samples.content(self._world, kind, fields))

    def _send(self, fields: Fields, content: dict[str, Any] | str) -> Answer:
        found = self._found(fields)
        message = actions.say(
            self._world,
            found.user(),
            found.chat(),
            content,
            reply_to=found.message("reply_to") if "reply_to" in fields else None,
            thread=fields.integer("thread") if "thread" in fields else None,
        )
        return {"message_id": message.id}
