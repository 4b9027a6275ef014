"""Sends pictures of formulas: drawn once, uploaded once, then sent by their `file_id`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Unpack

from bot.pictures import Unrenderable
from bot.services.pictures import PictureService
from bot.transport.api import Api, Options, Upload
from bot.transport.clock import Clock
from bot.transport.failures import ChatId, FileGone

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
        self._drawing: dict[str, asyncio.Future[bytes]] = {}

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

    async def _draw(self, key: str, formulas: tuple[str, ...]) -> bytes:
        """One picture after the other in one thread, and each once, however many ask for it."""
        drawing = self._drawing.get(key)
        if drawing is None:
            loop = asyncio.get_running_loop()
            drawing = loop.run_in_executor(self._painter, self._render, formulas)
            self._drawing[key] = drawing
            drawing.add_done_callback(lambda _: self._drawing.pop(key, None))
        return await asyncio.shield(drawing)
