"""What the handlers of face 2 share: reading fields, whole-sentence errors, loopback only."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from aiohttp import web

from bot.simulator.errors import ApiError, PersonError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.chats import Chat, User
    from bot.simulator.messages import Message
    from bot.simulator.world import World

Answer = dict[str, Any]
Handler = Callable[["Fields"], Answer | Awaitable[Answer]]
Route = Callable[[web.Request], Awaitable[web.StreamResponse]]
Kind = TypeVar("Kind")
Choice = TypeVar("Choice", bound=str)

LOOPBACK = frozenset({"127.0.0.1", "localhost"})


class Fields:
    """The fields of a request: of the JSON body or, as text, of the query string."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def __contains__(self, name: str) -> bool:
        return self.values.get(name) is not None

    def integer(self, name: str, default: int | None = None) -> int:
        """A whole number.

        Raises:
            PersonError: It is missing or something else.
        """
        value = self.values.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | str):
            raise PersonError(f"The field {name} must be a whole number.")
        try:
            return int(value)
        except ValueError:
            raise PersonError(f"The field {name} must be a whole number.") from None

    def text(self, name: str, default: str | None = None) -> str:
        """A text; errors as for `integer`."""
        return self._typed(name, str, "a text", default)

    def choice(
        self, name: str, options: tuple[Choice, ...], default: Choice | None = None
    ) -> Choice:
        """One of some words; errors as for `integer`."""
        value = self.values.get(name, default)
        for option in options:
            if value == option:
                return option
        raise PersonError(f"The field {name} must be one of {', '.join(options)}.")

    def flag(self, name: str, *, default: bool | None = None) -> bool:
        """True or false; errors as for `integer`."""
        return self._typed(name, bool, "true or false", default)

    def number(self, name: str, default: float | None = None) -> float:
        """A number; errors as for `integer`."""
        value = self.values.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool):
            return float(value)
        return self._typed(name, float, "a number", default)

    def integers(self, name: str) -> list[int]:
        """A list of whole numbers, empty if left out; errors as for `integer`."""
        items = self._typed(name, list, "a list of whole numbers", [])
        if not all(isinstance(item, int) and not isinstance(item, bool) for item in items):
            raise PersonError(f"The field {name} must be a list of whole numbers.")
        return items

    def texts(self, name: str) -> list[str]:
        """A list of texts, empty if left out; errors as for `integer`."""
        items = self._typed(name, list, "a list of texts", [])
        if not all(isinstance(item, str) for item in items):
            raise PersonError(f"The field {name} must be a list of texts.")
        return items

    def mapping(self, name: str) -> dict[str, Any]:
        """An object; errors as for `integer`."""
        return self._typed(name, dict, "an object", None)

    def is_null(self, name: str) -> bool:
        """Whether the field is there and null."""
        return name in self.values and self.values[name] is None

    def _typed(self, name: str, kind: type[Kind], what: str, default: Kind | None) -> Kind:
        value = self.values.get(name, default)
        if not isinstance(value, kind):
            raise PersonError(f"The field {name} must be {what}.")
        return value


class Found:
    """The people, chats and messages that the fields of a request name."""

    def __init__(self, world: World, fields: Fields) -> None:
        self._world = world
        self._fields = fields

    def user(self, name: str = "as") -> User:
        """A person by id.

        Raises:
            PersonError: There is none.
        """
        user_id = self._fields.integer(name)
        if user_id not in self._world.users:
            raise PersonError(f"There is no user {user_id}.")
        return self._world.users[user_id]

    def users(self, name: str) -> list[User]:
        """People by id; errors as for `user`."""
        unknown = set(self._fields.integers(name)) - self._world.users.keys()
        if unknown:
            raise PersonError(f"There is no user {min(unknown)}.")
        return [self._world.users[user_id] for user_id in self._fields.integers(name)]

    def chat(self) -> Chat:
        """A chat by id.

        Raises:
            PersonError: There is none.
        """
        chat_id = self._fields.integer("chat")
        if chat_id not in self._world.chats:
            raise PersonError(f"There is no chat {chat_id}.")
        return self._world.chats[chat_id]

    def message(self, name: str = "message_id") -> Message:
        """A message of the chat by id.

        Raises:
            PersonError: There is none (any more).
        """
        message_id = self._fields.integer(name)
        message = self.chat().messages.get(message_id)
        if message is None:
            raise PersonError(f"There is no message {message_id} in this chat.")
        return message

    def viewed_chat(self) -> tuple[Chat, User]:
        """A chat and a person who may look into it.

        Raises:
            PersonError: They may not.
        """
        chat, viewer = self.chat(), self.user()
        if viewer.id not in chat.people():
            raise PersonError(f"{viewer.first_name} is not in this chat.")
        return chat, viewer


def guarded(route: Route) -> Route:
    """A route for this machine alone, whose errors become sentences with status 400."""

    async def checked(request: web.Request) -> web.StreamResponse:
        try:
            _check_local(request)
            return await route(request)
        except PersonError as problem:
            return _json({"error": str(problem)}, status=400)
        except ApiError as problem:
            return _json({"error": problem.description}, status=400)

    return checked


def served(handler: Handler) -> Route:
    """A handler as a guarded route: fields in, JSON out."""

    async def route(request: web.Request) -> web.StreamResponse:
        answer = handler(await _fields(request))
        return _json(await answer if isinstance(answer, Awaitable) else answer)

    return guarded(route)


def _json(answer: Answer, *, status: int = 200) -> web.Response:
    body = json.dumps(answer, ensure_ascii=False)
    return web.Response(status=status, text=body, content_type="application/json")


async def _fields(request: web.Request) -> Fields:
    if request.method != "POST":
        return Fields(request.query)
    try:
        body = json.loads(await request.read() or b"{}")
    except ValueError:
        raise PersonError("The body must be JSON.") from None
    if not isinstance(body, dict):
        raise PersonError("The body must be a JSON object.")
    return Fields(body)


def _check_local(request: web.Request) -> None:
    """Keep other web pages out, which could otherwise reach a server on this machine."""
    origin = request.headers.get("Origin", f"http://{request.host}")
    for host in (urlsplit(f"//{request.host}").hostname, urlsplit(origin).hostname):
        if host not in LOOPBACK:
            raise PersonError("The simulator answers this machine alone.")
