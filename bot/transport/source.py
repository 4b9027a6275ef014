"""Updates by getUpdates, on the thin path to the Bot API."""

from __future__ import annotations

from collections.abc import Sequence

from bot.transport.api import Api
from bot.transport.dispatch import Json

ANSWER_SECONDS = 10
"""How long the answer may take beyond the long poll itself."""


class TelegramSource:
    """What `Polling` polls."""

    def __init__(self, api: Api, allowed_updates: Sequence[str]) -> None:
        self._api = api
        self._allowed_updates = list(allowed_updates)

    async def get_updates(self, offset: int | None, seconds: int, limit: int) -> Sequence[Json]:
        """The unconfirmed updates from `offset` on; confirms those before it."""
        params = {
            "offset": offset,
            "timeout": seconds,
            "limit": limit,
            "allowed_updates": self._allowed_updates,
        }
        updates: list[Json] = await self._api.post(
            "getUpdates", params, read_seconds=seconds + ANSWER_SECONDS
        )
        return updates

    async def delete_webhook(self) -> None:
        """Removes a webhook and keeps its pending updates."""
        await self._api.call("deleteWebhook", {"drop_pending_updates": False})
