"""The program as whoever runs it has it: started, watched, signalled, killed."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from bot.simulator import Flood, Simulator
from bot.simulator.faults import Fault
from bot.simulator.waiting import Signal

T = TypeVar("T")

PATIENCE = 20.0
"""Seconds after which a test gives up waiting; far more than anything here takes."""
FAST = {
    "BOT_TELEGRAM__MESSAGES_PER_SECOND": "10000",
    "BOT_TELEGRAM__CHAT_MESSAGES_PER_SECOND": "10000",
}
INHERITED = {"PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV"} | {
    "XDG_CACHE_HOME"
}
"""The variables of the environment that a program is given."""


class Output:
    """What a program writes to one of its streams, as it comes."""

    def __init__(self, stream: asyncio.StreamReader) -> None:
        self._written = bytearray()
        self._changed = Signal()
        self.complete = asyncio.create_task(self._read(stream))

    async def _read(self, stream: asyncio.StreamReader) -> None:
        while piece := await stream.read(1 << 16):
            self._written += piece
            self._changed.notify()

    @property
    def text(self) -> str:
        """Everything so far."""
        return self._written.decode()

    @property
    def records(self) -> list[dict[str, Any]]:
        """The log, where it is written as JSON; fails if a whole line is anything else."""
        return [json.loads(line) for line in self.text.split("\n")[:-1]]

    async def wait(self, words: str, within: float = PATIENCE) -> None:
        """Returns once that is written."""
        await self._changed.until(
            lambda: words in self.text or None, within, lambda: f"no {words!r} in:\n{self.text}"
        )


class Program:
    """One run of the program: what it writes, how it is stopped, how it ends."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdout
        assert process.stderr
        self.process = process
        self.pid = process.pid
        self.out = Output(process.stdout)
        self.err = Output(process.stderr)

    @property
    def text(self) -> str:
        """Everything it has written, wherever to."""
        return self.out.text + self.err.text

    @property
    def running(self) -> bool:
        return self.process.returncode is None

    def signal(self, number: signal.Signals) -> None:
        self.process.send_signal(number)

    def kill(self) -> None:
        """`kill -9`, if it is not too late."""
        if self.running:
            self.process.kill()

    async def ended(self, within: float = PATIENCE) -> int:
        """Its exit code, once it has ended by itself.

        Raises:
            AssertionError: it still runs after so many seconds.
        """
        try:
            async with asyncio.timeout(within):
                code = await self.process.wait()
                await asyncio.gather(self.out.complete, self.err.complete)
        except TimeoutError:
            raise AssertionError(f"still running after {within:g} s:\n{self.text}") from None
        return code

    async def stop(self) -> int:
        """Asks it to stop and gives its exit code."""
        self.signal(signal.SIGTERM)
        return await self.ended()


@dataclass
class Site:
    """A folder, a simulated Telegram, and the programs that run on them."""

    simulator: Simulator
    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    programs: list[Program] = field(default_factory=list)

    @property
    def database(self) -> Path:
        return self.folder / "bot.db"

    async def launch(self, *arguments: str, **settings: str) -> Program:
        """Starts the command line; `settings` are variables of its environment."""
        own = {name: value for name, value in os.environ.items() if name in INHERITED}
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "bot",
            *arguments,
            cwd=self.folder,
            env=own | self.settings | settings,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        program = Program(process)
        self.programs.append(program)
        return program

    async def run(self, *arguments: str, **settings: str) -> Program:
        """Runs a command to its end."""
        program = await self.launch(*arguments, **settings)
        await program.ended()
        return program

    async def start(self, *arguments: str, **settings: str) -> Program:
        """Starts the bot; returns when it takes updates."""
        calls = self.simulator.calls
        before = len(calls)
        mode = (self.settings | settings).get("BOT_TELEGRAM__MODE", "polling")
        ready = "setWebhook" if mode == "webhook" else "getUpdates"
        program = await self.launch("run", *arguments, **settings)
        polling = asyncio.ensure_future(
            calls.wait(lambda call: call.number > before and call.method == ready, PATIENCE)
        )
        ending = asyncio.ensure_future(program.process.wait())
        await asyncio.wait((polling, ending), return_when=asyncio.FIRST_COMPLETED)
        if not polling.done():
            polling.cancel()
            await program.ended()
            raise AssertionError(f"ended with {ending.result()}:\n{program.text}")
        ending.cancel()
        polling.result()
        return program

    async def close(self) -> None:
        """Ends whatever still runs."""
        for program in self.programs:
            program.kill()
        for program in self.programs:
            await program.ended()


def settings_for(simulator: Simulator, folder: Path, bank: Path) -> dict[str, str]:
    """A configuration in the environment: the given simulator, folder and questions."""
    return {
        "BOT_TELEGRAM__TOKEN": simulator.token,
        "BOT_TELEGRAM__BASE_URL": simulator.base_url,
        "BOT_STORAGE__URL": f"sqlite:///{folder / 'bot.db'}",
        "BOT_CONTENT__BANKS": str(bank),
        "BOT_HTTP__LISTEN": "",
        **FAST,
    }


def refuse(
    simulator: Simulator,
    description: str,
    *methods: str,
    status: int = 400,
    chat: int | None = None,
    times: int | None = 1,
) -> Fault:
    """Has Telegram refuse calls, in its own words."""
    body = json.dumps({"ok": False, "error_code": status, "description": description})
    return simulator.faults.add(
        "status",
        *methods,
        status=status,
        body=body,
        content_type="application/json",
        chat=chat,
        times=times,
    )


@asynccontextmanager
async def a_site(folder: Path, bank: Path) -> AsyncIterator[Site]:
    """A site in that folder; whatever still runs on it in the end is killed."""
    async with Simulator(flood=Flood(enabled=False)) as simulator:
        site = Site(simulator, folder, settings_for(simulator, folder, bank))
        try:
            yield site
        finally:
            await site.close()
        assert simulator.violations == []


def free_address() -> str:
    """An address of this machine at which nothing listens."""
    with closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{listener.getsockname()[1]}"


def read_database(database: Path, look: Callable[[sqlite3.Connection], T]) -> T:
    """Looks into a database whose program does not run."""
    with closing(sqlite3.connect(database)) as connection:
        return look(connection)
