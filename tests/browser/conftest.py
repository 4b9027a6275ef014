"""`try` as a program of its own, and Chromium without a window in front of it."""

from __future__ import annotations

import os
import shutil
import sys
from asyncio import create_subprocess_exec, subprocess
from typing import TYPE_CHECKING

import pytest
from playwright.async_api import async_playwright

from bot.simulator.waiting import first_of
from tests.browser.chat import Chat
from tests.process.harness import INHERITED, Program, free_address

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SETTINGS = {"BOT_PRACTICE__SET_SIZE": "5"}
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
STARTING_SECONDS = 60.0


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser that this machine has; none is downloaded."""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    pytest.fail("Chromium is missing; on Debian: apt-get install chromium", pytrace=False)


@pytest.fixture
async def address(tmp_path: Path) -> AsyncIterator[str]:
    """Where `try` serves its page."""
    port = free_address().rpartition(":")[2]
    own = {name: value for name, value in os.environ.items() if name in INHERITED}
    process = await create_subprocess_exec(
        *(sys.executable, "-m", "bot", "try", "--no-browser", "--port", port),
        cwd=tmp_path,
        env=own | SETTINGS,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    program = Program(process)
    try:
        await first_of(
            program.out.wait("(Ctrl+C ends it)", STARTING_SECONDS), program.process.wait()
        )
        assert program.running, program.text
        yield f"http://127.0.0.1:{port}/"
        assert await program.stop() == 0
    finally:
        program.kill()
        await program.ended()
    assert program.err.text == ""


@pytest.fixture
async def chat(chromium: str, address: str) -> AsyncIterator[Chat]:
    """The page as somebody first sees it; it must not complain in the browser's console."""
    as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    complaints: list[str] = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=chromium, args=["--disable-dev-shm-usage", *as_root]
        )
        page = await browser.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda line: complaints.append(line.text) if line.type == "error" else None,
        )
        await page.goto(address)
        yield Chat(page)
        await browser.close()
    assert complaints == []
