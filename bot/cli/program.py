"""`run`, `try` and `check`."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import webbrowser
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from bot.cli.common import (
    CONFLICT,
    FINDINGS,
    OK,
    STORAGE,
    TOKEN,
    USAGE,
    Fault,
    load_config_of,
    load_content_of,
    storage,
)
from bot.cli.database import schema_of

if TYPE_CHECKING:  # imported when a command needs them, so that the others start at once
    from bot.app import Content
    from bot.settings import Config


def run_command(given: argparse.Namespace) -> int:
    """The bot on Telegram, until a signal."""
    from bot.config import ConfigError, find_token, open_to_others
    from bot.redaction import configure_logging

    config = load_config_of(given)
    try:
        token = find_token(config)
    except ConfigError as error:
        raise Fault(str(error), USAGE) from None
    secrets = (token, config.telegram.webhook.secret.get_secret_value())
    configure_logging(config.logging.level, config.logging.format, secrets=secrets)
    if open_file := open_to_others(given.config):
        print(
            f"warning: {open_file} holds the token and others may read it; chmod 600 {open_file}",
            file=sys.stderr,
        )
    content = load_content_of(config, code=USAGE)
    return serve(lambda stop: _run_bot(config, token, content, stop))


async def _run_bot(config: Config, token: str, content: Content, stop: asyncio.Event) -> None:
    from bot.app import calm_collector, run_bot
    from bot.transport.sd_notify import keep_watchdog, notify

    calm_collector()
    watchdog = asyncio.create_task(keep_watchdog(), name="watchdog")
    try:
        await run_bot(config, token, content, stop, on_ready=lambda: notify("READY=1"))
    finally:
        notify("STOPPING=1")
        watchdog.cancel()


def serve(program: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> int:
    """Runs until a signal; maps what can end a bot to exit codes."""
    from bot.app import WebhookRefused
    from bot.storage.errors import StorageError
    from bot.transport.polling import ConflictPersists, TokenRefused

    try:
        asyncio.run(_until_signal(program))
    except StorageError as error:
        raise Fault(str(error), STORAGE) from None
    except TokenRefused:
        raise Fault(
            "Telegram refuses the token (401 or 404). Ask @BotFather for the current one.", TOKEN
        ) from None
    except ConflictPersists:
        raise Fault(
            "Another instance has been polling with this token for more than 30 s. "
            "Stop it, or give this one a token of its own.",
            CONFLICT,
        ) from None
    except WebhookRefused as error:
        raise Fault(str(error), USAGE) from None
    except OSError as error:
        raise Fault(f"an address to listen on cannot be used: {error}", USAGE) from None
    return OK


async def _until_signal(program: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> None:
    """The first signal asks the program to finish, the second ends the process at once."""
    stop = asyncio.Event()

    def on_signal() -> None:
        if stop.is_set():
            os._exit(OK)  # committed is committed; what was not will be delivered again
        stop.set()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, on_signal)
        except NotImplementedError:  # Windows: Ctrl+C arrives as KeyboardInterrupt
            break
    await program(stop)


def try_command(given: argparse.Namespace) -> int:
    """The bot with a chat page in the browser."""
    config = load_config_of(given)
    content = load_content_of(config, code=USAGE)
    return try_with(config, content, port=given.port, browser=not given.no_browser)


def try_with(config: Config, content: Content, *, port: int | None, browser: bool) -> int:
    """The bot with a chat page, on any content."""
    from bot.redaction import configure_logging
    from bot.trial import run_trial

    configure_logging("ERROR", "text")

    def announce(address: str) -> None:
        print(f"\nThe bot is at {address} (Ctrl+C ends it).\n", flush=True)
        if browser:
            webbrowser.open(address)

    return serve(lambda stop: run_trial(config, content, stop, port=port, announce=announce))


def check_command(given: argparse.Namespace) -> int:
    """Checks everything that can be checked offline."""
    from bot.storage.operations import info

    config = load_config_of(given)
    content = load_content_of(config, code=FINDINGS)
    database = storage(lambda: info(config.storage.url))
    print("configuration: fine")
    print(f"texts: fine ({', '.join(texts.language for texts in content.library)})")
    print(f"banks: fine ({len(content.bank.items)} items)")
    print(f"database: fine ({schema_of(database)})")
    return OK
