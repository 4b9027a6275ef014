"""Sends pictures: drawn once, uploaded once, then sent by their `file_id`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import Unpack

from bot.chat.screen import Drawing
from bot.pictures import Unrenderable
from bot.services.pictures import PictureService
from bot.transport.api import Api, Edit, Keyboard, Options, Upload
from bot.transport.clock import Clock
from bot.transport.failures import ChatId, FileGone

PERSONAL_KEPT = 2_000
"""So many of people's own pictures are sent again without an upload."""

_LOG = logging.getLogger(__name__)


class Gallery:
    """Pictures with captions; where one cannot be drawn, there is none, and the caller goes on."""

    def __init__(
        self,
        api: Api,
        service: PictureService,
        clock: Clock,
        bot_username: str,
        render: Callable[[tuple[str, ...]], bytes],
    ) -> None:
        self._api = api
        self._service = service
        self._clock = clock
        self._bot_username = bot_username
        self._render = render
        self._painter = ThreadPoolExecutor(1, thread_name_prefix="painter")
        self._drawing: dict[Hashable, asyncio.Future[bytes]] = {}
        self._personal: dict[Hashable, str] = {}

    async def send(
        self,
        chat_id: ChatId,
        formulas: tuple[str, ...],
        caption: str,
        **options: Unpack[Options],
    ) -> int | None:
        """Sends the picture; gives its message's id, `None` where it cannot be drawn."""
        key = self._service.key(self._bot_username, formulas)
        file_id = await self._service.find(key)
        if file_id is not None:
            try:
                return (
                    await self._api.send_photo(chat_id, file_id, caption, **options)
                ).message_id
            except FileGone:
                await self._service.drop(key)
        try:
            content = await self._draw(key, formulas)
        except Unrenderable as error:
            _LOG.warning("A formula is shown as text: %s", error)
            return None
        picture = Upload("formula.png", content, "image/png")
        sent = await self._api.send_photo(chat_id, picture, caption, **options)
        await self._service.keep(key, sent.file_id, self._clock.now())
        return sent.message_id

    async def formula(
        self, formulas: tuple[str, ...], *, anew: bool = False
    ) -> Upload | str | None:
        """The picture for a poll: its `file_id`, or (always if `anew`) the picture itself.

        None where it cannot be drawn.
        """
        key = self._service.key(self._bot_username, formulas)
        if anew:
            await self._service.drop(key)
        elif file_id := await self._service.find(key):
            return file_id
        try:
            content = await self._draw(key, formulas)
        except Unrenderable as error:
            _LOG.warning("A formula is shown as text: %s", error)
            return None
        return Upload("formula.png", content, "image/png")

    async def send_drawing(
        self, chat_id: ChatId, drawing: Drawing, caption: str, **options: Unpack[Options]
    ) -> int | None:
        """Sends a person's picture; gives its message's id, `None` where it cannot be drawn.

        Their `file_id`s stay in this process: what is erased leaves nothing behind.
        """
        key = drawing.name, drawing.content
        file_id = self._personal.get(key)
        if file_id is not None:
            try:
                sent = await self._api.send_photo(chat_id, file_id, caption, **options)
            except FileGone:
                self._personal.pop(key, None)
            else:
                return sent.message_id
        picture = await self._drawn(key, drawing)
        if picture is None:
            return None
        sent = await self._api.send_photo(chat_id, picture, caption, **options)
        self._remember(key, sent.file_id)
        return sent.message_id

    async def redraw(
        self,
        chat_id: ChatId,
        message_id: int,
        drawing: Drawing,
        caption: str,
        keyboard: Keyboard | None,
    ) -> Edit:
        """Puts another picture into a message that has one."""
        key = drawing.name, drawing.content
        picture = await self._drawn(key, drawing)
        if picture is None:
            return await self._api.edit_caption(chat_id, message_id, caption, keyboard=keyboard)
        return await self._api.edit_photo(chat_id, message_id, picture, caption, keyboard=keyboard)

    async def _drawn(self, key: Hashable, drawing: Drawing) -> Upload | None:
        """The picture; whatever keeps it from being drawn, the words are still to be said."""
        try:
            content = await self._paint(key, drawing.draw)
        except Exception:  # noqa: BLE001 — see above; the trace is logged
            _LOG.exception("A picture (%s) is left out", drawing.name)
            return None
        return Upload(f"{drawing.name}.png", content, "image/png")

    def _remember(self, key: Hashable, file_id: str) -> None:
        self._personal[key] = file_id
        while len(self._personal) > PERSONAL_KEPT:
            del self._personal[next(iter(self._personal))]

    async def _draw(self, key: str, formulas: tuple[str, ...]) -> bytes:
        return await self._paint(key, lambda: self._render(formulas))

    async def _paint(self, key: Hashable, draw: Callable[[], bytes]) -> bytes:
        """One picture after the other in one thread, and each once, however many ask for it."""
        drawing = self._drawing.get(key)
        if drawing is None:
            loop = asyncio.get_running_loop()
            drawing = loop.run_in_executor(self._painter, draw)
            self._drawing[key] = drawing
            drawing.add_done_callback(lambda _: self._drawing.pop(key, None))
        return await asyncio.shield(drawing)
