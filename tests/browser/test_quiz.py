"""A group quiz with the members who play along, played through by clicking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.async_api import expect

if TYPE_CHECKING:
    from playwright.async_api import Locator

    from tests.browser.chat import Chat

ROUNDS = 5
QUIZ = f"/quiz {ROUNDS} 8"
LIMIT = 60_000
"""Milliseconds that a round with all that belongs to it may take."""
PODIUM = re.compile(r"1\. \w+ · \d+ · \d/5 · \d+ s")
OTHERS = ("Dana", "Emeka", "Farah", "Goran", "Hana", "Ivo")
MOST_PLAY = 4


async def test_from_the_lobby_to_the_podium(chat: Chat) -> None:
    await chat.page.get_by_role("button", name=re.compile("play a quiz in")).click()
    await expect(chat.page.get_by_role("switch", name="6 members play along")).to_be_checked()
    await chat.say(QUIZ)
    await chat.press("✋ Join")
    await expect(chat.messages.last).to_contain_text("Ann")
    await expect(chat.messages.last).to_contain_text("Dana")
    await chat.press("▶ Start")
    polls, replies = await play(chat)
    assert (polls, replies) == (ROUNDS - 1, 1)

    podium = await chat.messages.filter(has_text=PODIUM).inner_text()
    assert re.search(r"^\d+\. Ann · \d+ · \d/5 · \d+ s$", podium, re.MULTILINE), podium
    there = [name for name in OTHERS if f". {name} · " in podium]
    assert len(there) >= MOST_PLAY, podium
    assert not re.search(r"^1\. \w+ · 0 ·", podium, re.MULTILINE), podium

    await chat.be("Ben")
    await expect(chat.messages.filter(has_text=PODIUM)).to_be_visible()
    await expect(chat.messages.filter(has_text=QUIZ)).to_contain_text("Ann")


async def play(chat: Chat) -> tuple[int, int]:
    """Answer whatever comes until the podium is there; how many polls and open questions."""
    unvoted = chat.log.locator(".choice:enabled")
    open_question = chat.messages.filter(has_text="Reply to this message")
    podium = chat.messages.filter(has_text=PODIUM)
    polls, replies = 0, 0
    for _ in range(ROUNDS):
        what_comes = unvoted.or_(podium) if replies else unvoted.or_(podium).or_(open_question)
        await what_comes.first.wait_for(timeout=LIMIT)
        if await unvoted.count():
            await vote(chat, unvoted)
            polls += 1
        elif await open_question.count():
            await reply(chat, open_question)
            replies += 1
    await podium.wait_for(timeout=LIMIT)
    return polls, replies


async def vote(chat: Chat, options: Locator) -> None:
    """The first option; where there may be several, that one alone."""
    several = await chat.button("Vote").count()
    await options.first.click()
    if several:
        await chat.press("Vote")
    await expect(options).to_have_count(0)


async def reply(chat: Chat, question: Locator) -> None:
    await question.hover()
    await question.get_by_role("button", name="Reply").click()
    await chat.say("I would measure it first")
    mine = chat.messages.filter(has_text="I would measure it first")
    await expect(mine.locator(".quote")).to_be_visible()
