"""Waiting for something to become true, told by events instead of asking again and again."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Found = TypeVar("Found")


class Signal:
    """Something that changes, and everybody who waits for it to change into what they want."""

    def __init__(self) -> None:
        self._waiters: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """It changed: everybody looks again."""
        for waiter in self._waiters:
            if not waiter.done():
                waiter.set_result(None)

    def wait(self) -> asyncio.Future[None]:
        """Done at the next change, counted from now and not from when it is awaited."""
        waiter = asyncio.get_running_loop().create_future()
        self._waiters.add(waiter)
        waiter.add_done_callback(self._waiters.discard)
        return waiter

    async def until(
        self, look: Callable[[], Found | None], within: float, what: Callable[[], str]
    ) -> Found:
        """The first thing that `look` finds, looking now and after each change.

        Raises:
            AssertionError: Nothing was found for `within` real seconds; the message is
                `what()`, made then.
        """
        try:
            async with asyncio.timeout(within):
                while (found := look()) is None:
                    await self.wait()
                return found
        except TimeoutError:
            raise AssertionError(f"nothing within {within:g} s: {what()}") from None


async def first_of(*waits: Awaitable[object]) -> None:
    """Return when the first of several waits ends; the others are cancelled."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
