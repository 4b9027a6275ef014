"""Calls of Bot API methods: one exchange, and the policy of waiting and repeating around it."""

from __future__ import annotations

import asyncio
import json
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

import aiohttp
from telegram.error import ChatMigrated, TelegramError
from yarl import URL

from bot.transport import failures
from bot.transport.clock import Clock, SystemClock
from bot.transport.failures import ChatId, FloodWait
from bot.transport.pacing import Lane, Pacer
from bot.transport.request import UPLOAD_SECONDS, AiohttpRequest
from bot.transport.retries import Backoff, Dice, flood_jitter, is_paced, worth_repeating

if TYPE_CHECKING:
    from bot.transport.sending import Upload

MigrationHook = Callable[[int, int], Awaitable[None]]
"""Told the old and the new id of a group that became a supergroup. It must not send to the old
id, whose messages wait for it."""

FLOOD_PATIENCE = 300.0
"""Seconds that a call waits for floods to pass; with more to wait it raises FloodWait."""

_JSON = {"Content-Type": "application/json"}
_LOG = logging.getLogger(__name__)
_encode = json.JSONEncoder(separators=(",", ":")).encode


class Caller:
    """The thin path to the Bot API: parameters in, the raw `result` out.

    PTB's Bot parses the message that each send returns into objects, which costs as much as
    everything else together; most callers need no more of it than an id.
    """

    def __init__(
        self,
        request: AiohttpRequest,
        token: str,
        *,
        base_url: str = "https://api.telegram.org",
        pacer: Pacer | None = None,
        clock: Clock | None = None,
        dice: Dice = random.random,
        backoff: Backoff | None = None,
        on_migrated: MigrationHook | None = None,
    ) -> None:
        """Make the path; `request` must be initialised before the first call.

        Args:
            request: The HTTP session, which may be shared with PTB's Bot.
            token: The bot's token.
            base_url: The server without `/bot…`.
            pacer: The flood limits; by default Telegram's, on `clock`.
            clock: What waits are measured and slept with.
            dice: Jitter.
            backoff: How failures are repeated.
            on_migrated: Awaited once per migration, before the call is repeated.
        """
        self._request = request
        self._root = f"{base_url.rstrip('/')}/bot{token}/"
        self._urls: dict[str, URL] = {}
        self._clock = clock or SystemClock()
        self._pacer = pacer or Pacer(clock=self._clock)
        self._dice = dice
        self._backoff = backoff or Backoff()
        self._on_migrated = on_migrated
        self._moved: dict[ChatId, int] = {}
        self._moving = asyncio.Lock()
        self._lines: WeakValueDictionary[tuple[ChatId, Lane], asyncio.Lock] = WeakValueDictionary()

    async def call(
        self,
        method: str,
        params: Mapping[str, Any] | None = None,
        *,
        files: Mapping[str, Upload] | None = None,
        lane: Lane = Lane.PEOPLE,
        read_seconds: float | None = None,
        turn_taken: bool = False,
    ) -> Any:
        """Call a method at the allowed pace and see it through floods, failures and migrations.

        Messages to one chat go out one after another within a lane, so their order is kept even
        if one of them has to be repeated.

        Args:
            method: E.g. `sendMessage`.
            params: Its parameters as JSON values; those that are None are left out.
            files: Uploads by the name of the parameter, or of an `attach://` reference.
            lane: PEOPLE for what a person waits for, BROADCAST for what nobody asked for.
            read_seconds: How long to wait for each answer.
            turn_taken: Whether the caller has waited for its turn (see `turn`) already.

        Returns:
            The `result` of the answer.

        Raises:
            ChatRefusal: Unreachable, NoRights or TopicGone: no message gets there.
            OutcomeUnknownError: It was perhaps carried out and must not be repeated.
            TelegramError: Anything else by PTB's types, after the tries are used up.
        """
        given = dict(params or {})
        chat = given.get("chat_id")
        if chat is None or not is_paced(method, chat):
            return await self._persist(method, given, files, lane, read_seconds)
        line = self._lines.get((chat, lane))
        if line is None:
            line = self._lines[chat, lane] = asyncio.Lock()
        async with line:
            return await self._persist(
                method, given, files, lane, read_seconds, turn_taken=turn_taken
            )

    async def turn(self, chat_id: ChatId, lane: Lane) -> None:
        """Wait until a message to this chat may go out, and take that turn.

        For a caller who has something to decide at the last moment: whoever then sends within
        that moment does so with `turn_taken`; a turn that is not used is lost.
        """
        await self._pacer.turn(self._moved.get(chat_id, chat_id), lane)

    async def post(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        files: Mapping[str, Upload] | None = None,
        read_seconds: float | None = None,
    ) -> Any:
        """Call a method once: no pace, no second try. For long polls; otherwise see `call`.

        Raises:
            TelegramError: By PTB's types, finer as in `bot.transport.failures`.
        """
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = URL(self._root + method)
        given = {name: value for name, value in params.items() if value is not None}
        if files:
            status, payload = await self._request.exchange(
                "POST", url, body=_form(given, files), read_seconds=read_seconds or UPLOAD_SECONDS
            )
        else:
            status, payload = await self._request.exchange(
                "POST",
                url,
                body=_encode(given).encode(),
                headers=_JSON,
                read_seconds=read_seconds,
            )
        if status >= 300:
            raise failures.failure_of(status, payload, params.get("chat_id"))
        return self._request.parse_json_payload(payload)["result"]

    async def room(self, chat: int, messages: int, within: float) -> None:
        """Wait until a group may get so many messages within so many seconds."""
        await self._pacer.room(self.home_of(chat), messages, within)

    def home_of(self, chat: int) -> int:
        """Where messages to that chat go by now: a supergroup, if it has become one."""
        return self._moved.get(chat, chat)

    async def _persist(
        self,
        method: str,
        params: dict[str, Any],
        files: Mapping[str, Upload] | None,
        lane: Lane,
        read_seconds: float | None,
        *,
        turn_taken: bool = False,
    ) -> Any:
        waits = self._backoff.waits(self._dice)
        flooded = spent = 0.0  # seconds; waiting for a turn is no failure and counts for neither
        while True:
            if not turn_taken:
                await self._wait_for_turn(method, params, lane)
            turn_taken = False  # another try takes another turn
            began = self._clock.monotonic()
            try:
                return await self.post(method, params, files=files, read_seconds=read_seconds)
            except ChatMigrated as moved:
                await self._follow(params, moved)
            except FloodWait as flood:
                flooded += await self._sit_out(flood, params.get("chat_id"), flooded)
            except TelegramError as error:
                wait = next(waits, None) if worth_repeating(error, method, lane) else None
                spent += self._clock.monotonic() - began
                if wait is None or spent + wait > self._backoff.patience:
                    raise
                spent += wait
                _LOG.warning("%s failed, next try in %.1f s: %s", method, wait, error)
                await self._clock.sleep(wait)

    async def _wait_for_turn(self, method: str, params: dict[str, Any], lane: Lane) -> None:
        chat = params.get("chat_id")
        if chat is None:
            return
        if self._moved:
            chat = params["chat_id"] = self._moved.get(chat, chat)
        if is_paced(method, chat):
            await self._pacer.turn(chat, lane)
        else:
            await self._pacer.calm(chat)

    async def _sit_out(self, flood: FloodWait, chat: ChatId | None, flooded: float) -> float:
        """Make the chat wait, or without a chat the call; the seconds that it takes."""
        wait = flood.retry_after.total_seconds() + flood_jitter(self._dice)
        if chat is not None:
            self._pacer.pause(chat, wait)
        if flooded + wait > FLOOD_PATIENCE:
            raise flood
        _LOG.warning("Flood control: chat %s waits %.1f s", chat, wait)
        if chat is None:
            await self._clock.sleep(wait)
        return wait

    async def _follow(self, params: dict[str, Any], moved: ChatMigrated) -> None:
        """Turn the call to the supergroup that the group became; tell of it once."""
        old, new = params.get("chat_id"), moved.new_chat_id
        if old is None or old == new or new in self._moved:
            raise moved  # following it would lead in a circle
        async with self._moving:
            if old not in self._moved:
                if self._on_migrated is not None:
                    await self._on_migrated(old, new)
                self._moved[old] = new
                _LOG.info("Group %s became supergroup %s", old, new)


def _form(params: Mapping[str, Any], files: Mapping[str, Upload]) -> aiohttp.FormData:
    form = aiohttp.FormData(quote_fields=False)  # the Bot API takes names as they are
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else _encode(value))
    for name, file in files.items():
        form.add_field(name, file.content, filename=file.name, content_type=file.mime_type)
    return form
