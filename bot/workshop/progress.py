"""A progress bar on a terminal; nothing elsewhere."""

from __future__ import annotations

from typing import Any, Self

from tqdm import tqdm

from bot.domain.questions import Item
from bot.workshop.proving import Outcome


class Progress:
    """Shows how many items are done."""

    def __init__(self, total: int) -> None:
        self._bar: tqdm[Any] = tqdm(
            total=total, unit=" items", disable=None, leave=False, dynamic_ncols=True
        )

    def advance(self, item: Item, _outcome: Outcome) -> None:
        """One item more is done."""
        self._bar.set_postfix_str(item.topic_id, refresh=False)
        self._bar.update()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.close()
