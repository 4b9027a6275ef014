"""The real bot on the simulator, inside the test's loop: people talk, the test reads along."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import load_content, run_bot
from bot.config import load_config
from bot.simulator import Flood, Person, Seen, Simulator
from bot.transport.clock import SystemClock

BANK = Path(__file__).parent / "bank"
FAST = {"BOT_TELEGRAM__MESSAGES_PER_SECOND": "10000"} | {
    "BOT_TELEGRAM__CHAT_MESSAGES_PER_SECOND": "10000"
}


ALREADY_SO = re.compile(
    "message is not modified|message to edit not found|message can't be edited|query is too old"
    "|wrong file_id|there is no caption in the message to edit"
)
"""Refusals that only say that what was asked for is the case, or no longer possible."""


class SharedClock(SystemClock):
    """The simulator's time of day, so that a test can let days pass for both."""

    def __init__(self, simulator: Simulator) -> None:
        self._simulator = simulator

    def now(self) -> datetime:
        return datetime.fromtimestamp(self._simulator.clock.now(), UTC)


@dataclass
class Stage:
    """A simulator, and the bot that runs on it until `stop`."""

    simulator: Simulator
    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    _starts: int = 0
    _stop: asyncio.Event = field(default_factory=asyncio.Event)
    _running: asyncio.Task[None] | None = None

    @property
    def database(self) -> Path:
        return self.folder / "bot.db"

    async def start(self, **settings: str) -> None:
        environment = {
            "BOT_TELEGRAM__BASE_URL": self.simulator.base_url,
            "BOT_STORAGE__URL": f"sqlite:///{self.database}",
            "BOT_CONTENT__BANKS": str(BANK),
            "BOT_HTTP__LISTEN": "",
            **FAST,
            **self.settings,
            **settings,
        }
        config = load_config(None, environment)
        ready = asyncio.Event()
        self._starts += 1
        self._stop = asyncio.Event()
        self._running = asyncio.create_task(
            run_bot(
                config,
                self.simulator.token,
                load_content(config),
                self._stop,
                clock=SharedClock(self.simulator),
                dice=random.Random(self._starts),
                on_ready=ready.set,
            )
        )
        waiting = asyncio.create_task(ready.wait())
        await asyncio.wait((waiting, self._running), return_when=asyncio.FIRST_COMPLETED)
        if self._running.done():
            await self._running
        waiting.cancel()

    async def stop(self) -> None:
        self._stop.set()
        if self._running:
            await self._running
        self._running = None

    async def restart(self, **settings: str) -> None:
        await self.stop()
        await self.start(**settings)

    async def next_day(self, days: int = 1) -> None:
        await self.simulator.settled()
        self.simulator.clock.advance(days * 86_400)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with Simulator(flood=Flood(enabled=False)) as simulator:
        stage = Stage(simulator, tmp_path)
        await stage.start()
        yield stage
        await stage.stop()
        assert simulator.violations == []
        refused = [c.description for c in simulator.calls if c.outcome == "refused"]
        assert [words for words in refused if not ALREADY_SO.search(words or "")] == []


@pytest.fixture
def ann(stage: Stage) -> Person:
    return stage.simulator.person("Ann")


def letter_of(seen: Seen, option: str) -> str:
    """The letter under which an option was dealt."""
    for line in seen.text.splitlines():
        letter, bracket, text = line.partition(") ")
        if bracket and text == option:
            return letter
    raise AssertionError(f"no option {option!r} in {seen.text!r}")


async def pressed(person: Person, label: str, on: Seen | None = None) -> Seen:
    """Presses a button and gives what changes; the press is answered."""
    person.skip()
    press = await person.press(label, on)
    change = await person.next_change()
    await press.answer()
    return change


async def go_on(person: Person) -> Seen:
    """Presses `Next ▶` and gives the new message: a question or the summary."""
    person.skip()
    press = await person.press("Next ▶")
    message = await person.next_message()
    await press.answer()
    return message
