"""Pictures that Telegram has, inside one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.storage.records import to_millis


@dataclass(frozen=True, slots=True)
class Pictures:
    """The `file_id` of what was sent before, by what it shows."""

    queries: Any

    def find(self, key: str) -> str | None:
        """The `file_id`, if the picture was sent before."""
        row = self.queries.find_picture(id=key)
        return str(row["file_id"]) if row else None

    def keep(self, key: str, file_id: str, now: datetime) -> None:
        """Remembers what a picture was sent as."""
        self.queries.keep_picture(id=key, file_id=file_id, now=to_millis(now))

    def drop(self, key: str) -> None:
        """Forgets a `file_id` that Telegram does not know any more."""
        self.queries.drop_picture(id=key)
