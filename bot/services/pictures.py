"""Which pictures Telegram has: looked up once, remembered in the process and in the database."""

from __future__ import annotations

import logging
from datetime import datetime

from bot.pictures import picture_key
from bot.storage.errors import StorageError
from bot.storage.store import Store

_LOG = logging.getLogger(__name__)


class PictureService:
    """The `file_id`s of pictures; those of another bot are worth nothing to this one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, str] = {}

    @staticmethod
    def key(bot_username: str, formulas: tuple[str, ...]) -> str:
        """What a picture of these formulas goes by."""
        return f"{bot_username}/{picture_key(formulas)}"

    async def find(self, key: str) -> str | None:
        """The `file_id`, if the picture was sent before."""
        if key not in self._known:
            file_id = await self._store.transact(lambda unit: unit.pictures.find(key))
            if file_id is None:
                return None
            self._known[key] = file_id
        return self._known[key]

    async def keep(self, key: str, file_id: str, now: datetime) -> None:
        """Remembers what a picture was sent as.

        Where the database fails, only this process remembers: the picture is in the chat, and
        an error would have it sent again.
        """
        self._known[key] = file_id
        try:
            await self._store.transact(lambda unit: unit.pictures.keep(key, file_id, now))
        except StorageError as error:
            _LOG.warning("A picture's file_id is not kept: %s", error)

    async def drop(self, key: str) -> None:
        """Forgets a `file_id` that Telegram does not know any more."""
        self._known.pop(key, None)
        await self._store.transact(lambda unit: unit.pictures.drop(key))
