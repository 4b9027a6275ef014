"""`try`: the real bot against the simulator over HTTP, with a chat page in the browser."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

from bot.app import Content, run_bot
from bot.settings import Config
from bot.simulator import Simulator
from bot.trial.scene import set_scene

USUAL_PORT = 8081


async def run_trial(
    config: Config,
    content: Content,
    stop: asyncio.Event,
    *,
    port: int | None = None,
    announce: Callable[[str], object],
) -> None:
    """Runs until `stop`; nothing is kept afterwards. `announce` is told the page's address.

    Raises:
        OSError: `port` is taken.
    """
    if port is None:
        port = USUAL_PORT if _is_free(USUAL_PORT) else 0
    with tempfile.TemporaryDirectory(prefix="interview-bot-") as folder:
        async with Simulator(port=port, page=True) as simulator:
            set_scene(simulator, content.bank)
            trial = _on_simulator(config, simulator.base_url, Path(folder))
            await run_bot(
                trial,
                simulator.token,
                content,
                stop,
                on_ready=lambda: announce(simulator.base_url),
            )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _on_simulator(config: Config, base_url: str, folder: Path) -> Config:
    """The same configuration, but on the simulator and with a database of its own."""
    telegram = config.telegram.model_copy(update={"base_url": base_url, "mode": "polling"})
    storage = config.storage.model_copy(update={"url": f"sqlite:///{folder}/trial.db"})
    http = config.http.model_copy(update={"listen": ""})
    return config.model_copy(update={"telegram": telegram, "storage": storage, "http": http})
