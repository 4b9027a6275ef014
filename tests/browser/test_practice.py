"""A set, played through by clicking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import expect

if TYPE_CHECKING:
    from tests.browser.chat import Chat

FIRST_OPTION = re.compile(r"^(☐ )?A$")
SCORE = re.compile(r"\b\d(\.\d{1,2})?/5\b")


async def test_from_start_to_the_summary(chat: Chat) -> None:
    await chat.page.get_by_role("button", name="Start", exact=True).click()
    await expect(chat.messages).to_have_count(2)
    await chat.say("/practice")
    for number in range(1, 6):
        await expect(chat.messages.last).to_contain_text(f"{number}/5")
        await answer(chat)
        await chat.press("Next ▶")
    await expect(chat.messages.last).not_to_contain_text("●")
    await expect(chat.messages.last).to_contain_text(SCORE)
    await expect(chat.button("Next ▶")).to_have_count(0)


async def answer(chat: Chat) -> None:
    """The first option of whatever is asked; what wants words is skipped."""
    question = chat.messages.last
    if not await question.get_by_role("button", name=FIRST_OPTION).count():
        await chat.press("⏭ Skip")
        return
    several = await question.get_by_role("button", name="Submit").count()
    await chat.press(FIRST_OPTION)
    if several:
        await expect(chat.button("☑ A")).to_be_visible()
        await chat.press("Submit")
