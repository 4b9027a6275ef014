"""The command line: run, try, check, db …; one clear message and an exit code for each fault."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import webbrowser
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from bot.content import package_version

if TYPE_CHECKING:  # imported when a command needs them, so that the others start at once
    from bot.app import Content
    from bot.settings import Config
    from bot.storage.operations import Info

T = TypeVar("T")

OK, FINDINGS, USAGE, STORAGE, TOKEN, CONFLICT = range(6)
"""Exit codes: 0 stopped or fine, 1 findings, 2 configuration or usage, 3 storage, 4 token
refused, 5 conflict with another instance."""


class Fault(Exception):
    """Ends the program with one message and an exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit code."""
    given = _parser().parse_args(arguments)
    command: Callable[[argparse.Namespace], int] = given.command
    try:
        return command(given)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return fault.code
    except KeyboardInterrupt:
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ml-interview-bot",
        description="A Telegram bot to practise machine-learning interviews every day.",
        epilog="Exit codes: 0 stopped or fine, 1 findings, 2 configuration or usage, 3 storage, "
        "4 token refused, 5 conflict with another instance.",
    )
    parser.add_argument("--version", action="version", version=package_version())
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--config", type=Path, metavar="FILE", help="instead of config.toml in this folder"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(
        name: str, does: Callable[[argparse.Namespace], int], text: str, to: Any = None
    ) -> Any:
        command = (to or commands).add_parser(name, parents=[shared], help=text, description=text)
        command.set_defaults(command=does)
        return command

    add("run", _run, "run the bot on Telegram")
    attempt = add("try", _try, "run the bot with a chat page in your browser; no token needed")
    attempt.add_argument("--port", type=_port, help="of the page (default: 8081 if it is free)")
    attempt.add_argument("--no-browser", action="store_true", help="do not open the browser")
    add("check", _check, "check configuration, texts, banks and database; offline")
    bank = commands.add_parser("bank", help="for those who write questions")
    tasks = bank.add_subparsers(required=True, metavar="TASK")
    grade = add("grade", _bank_grade, "grade answers with an item's rubric (JSON lines)", tasks)
    grade.add_argument("id", metavar="ID")
    grade.add_argument("--answers", type=Path, required=True, metavar="FILE")
    rubrics = add("grade", _grade, "grade answers with the rubrics of a file (JSON lines)")
    rubrics.add_argument("--rubrics", type=Path, required=True, metavar="FILE")
    rubrics.add_argument("--answers", type=Path, required=True, metavar="FILE")
    database = commands.add_parser("db", help="look after the database")
    actions = database.add_subparsers(required=True, metavar="ACTION")
    add("migrate", _db_migrate, "bring the schema up to date", actions)
    add("info", _db_info, "show what is in the database", actions)
    backup = add("backup", _db_backup, "copy the database, also while the bot runs", actions)
    backup.add_argument("file", type=Path)
    restore = add("restore", _db_restore, "put a backup in place; stop the bot first", actions)
    restore.add_argument("file", type=Path)
    return parser


def _port(text: str) -> int:
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port from 0 (any free one) to 65535")
    return int(text)


def _load_config(given: argparse.Namespace) -> Config:
    from bot.config import ConfigError, load_config

    try:
        return load_config(given.config)
    except ConfigError as error:
        raise Fault(str(error), USAGE) from None


def _load_content(config: Config, *, code: int) -> Content:
    from bot.app import load_content
    from bot.banks.findings import BankErrors
    from bot.texts import TextErrors

    try:
        return load_content(config)
    except (BankErrors, TextErrors) as error:
        raise Fault(str(error), code) from None


def _run(given: argparse.Namespace) -> int:
    from bot.config import ConfigError, find_token, open_to_others
    from bot.redaction import configure_logging

    config = _load_config(given)
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
    content = _load_content(config, code=USAGE)
    return _serve(lambda stop: _run_bot(config, token, content, stop))


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


def _serve(program: Callable[[asyncio.Event], Coroutine[Any, Any, None]]) -> int:
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


def _try(given: argparse.Namespace) -> int:
    from bot.redaction import configure_logging
    from bot.trial import run_trial

    config = _load_config(given)
    configure_logging("ERROR", "text")
    content = _load_content(config, code=USAGE)

    def announce(address: str) -> None:
        print(f"\nThe bot is at {address} (Ctrl+C ends it).\n", flush=True)
        if not given.no_browser:
            webbrowser.open(address)

    return _serve(
        lambda stop: run_trial(config, content, stop, port=given.port, announce=announce)
    )


def _check(given: argparse.Namespace) -> int:
    from bot.storage.operations import info

    config = _load_config(given)
    content = _load_content(config, code=FINDINGS)
    database = _storage(lambda: info(config.storage.url))
    print("configuration: fine")
    print(f"texts: fine ({', '.join(texts.language for texts in content.library)})")
    print(f"banks: fine ({len(content.bank.items)} items)")
    print(f"database: fine ({_schema(database)})")
    return OK


def _bank_grade(given: argparse.Namespace) -> int:
    from bot.authors import Unusable, grade_with_item

    content = _load_content(_load_config(given), code=FINDINGS)
    item = content.bank.items.get(given.id)
    if item is None:
        raise Fault(f"there is no item {given.id}", FINDINGS)
    try:
        grade_with_item(item, given.answers)
    except Unusable as error:
        raise Fault(str(error), USAGE) from None
    return OK


def _grade(given: argparse.Namespace) -> int:
    from bot.authors import Unusable, grade_with_rubrics

    try:
        grade_with_rubrics(given.rubrics, given.answers)
    except Unusable as error:
        raise Fault(str(error), USAGE) from None
    return OK


def _storage(work: Callable[[], T]) -> T:
    """Does something with the database; a fault becomes one message and exit code 3."""
    from bot.storage.errors import StorageError

    try:
        return work()
    except StorageError as error:
        raise Fault(str(error), STORAGE) from None


def _schema(database: Info) -> str:
    """How far the schema is, in words."""
    if database.schema_version == 0:
        return f"{database.where}: not made yet, `run` makes it"
    if database.schema_version < database.newest_version:
        return f"{database.where}: version {database.schema_version}, `run` brings it up to date"
    return f"{database.where}: version {database.schema_version}"


def _db_migrate(given: argparse.Namespace) -> int:
    from bot.storage.operations import migrate

    config = _load_config(given)
    applied = _storage(lambda: migrate(config.storage.url))
    print("\n".join(f"applied {name}" for name in applied) or "nothing to do")
    return OK


def _db_info(given: argparse.Namespace) -> int:
    from bot.storage.operations import info

    config = _load_config(given)
    database = _storage(lambda: info(config.storage.url))
    print(_schema(database))
    print(f"engine: {database.engine}{' (in use)' if database.in_use else ''}")
    if database.size:
        print(f"size: {database.size / 1e6:.1f} MB")
    for table, rows in database.rows.items():
        print(f"{table}: {rows} rows")
    backup = database.last_backup
    print(f"last backup: {backup.isoformat(timespec='seconds') if backup else 'none'}")
    return OK


def _db_backup(given: argparse.Namespace) -> int:
    from bot.storage.operations import backup

    config = _load_config(given)
    _storage(lambda: backup(config.storage.url, given.file))
    print(f"saved as {given.file}")
    return OK


def _db_restore(given: argparse.Namespace) -> int:
    from bot.storage.operations import restore

    config = _load_config(given)
    old = _storage(lambda: restore(config.storage.url, given.file))
    print(f"restored from {given.file}" + (f"; the old one is kept as {old}" if old else ""))
    return OK
