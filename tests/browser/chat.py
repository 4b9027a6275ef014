"""The chat page as whoever sits in front of it uses it: by what is written on things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.async_api import expect

if TYPE_CHECKING:
    from re import Pattern

    from playwright.async_api import Locator, Page

expect.set_options(timeout=20_000)


class Chat:
    """The page, one chat of which is open."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.log = page.get_by_role("log", name="Messages")
        self.messages = self.log.get_by_role("article")

    def button(self, label: str | Pattern[str]) -> Locator:
        """The newest button of a message with that label."""
        return self.log.get_by_role("button", name=label, exact=True).last

    async def press(self, label: str | Pattern[str]) -> None:
        """Press it once it is there."""
        await self.button(label).click()

    async def say(self, text: str) -> None:
        """Write a message and send it."""
        await self.page.get_by_role("textbox", name="Message").fill(text)
        await self.page.get_by_role("button", name="Send", exact=True).click()

    async def be(self, name: str) -> None:
        """Become somebody else, in the same group."""
        await self.page.get_by_role("button", name=name, exact=True).click()
