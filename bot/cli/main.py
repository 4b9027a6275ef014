"""All commands on one page."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.cli import bank, database, program
from bot.cli.common import OK, Fault, port
from bot.content import package_version

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; gives its exit code."""
    given = _parser().parse_args(arguments)
    command: Command = given.command
    try:
        return command(given)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return fault.code
    except KeyboardInterrupt:
        return OK
    except BrokenPipeError:  # `bank stats | head`
        sys.stderr.close()
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

    def add(name: str, does: Command, text: str, to: Any = None) -> Any:
        command = (to or commands).add_parser(name, parents=[shared], help=text, description=text)
        command.set_defaults(command=does)
        return command

    add("run", program.run_command, "run the bot on Telegram")
    attempt = add(
        "try", program.try_command, "run the bot with a chat page in your browser; no token needed"
    )
    attempt.add_argument("--port", type=port, help="of the page (default: 8081 if it is free)")
    attempt.add_argument("--no-browser", action="store_true", help="do not open the browser")
    add("check", program.check_command, "check configuration, texts, banks and database; offline")
    tasks = commands.add_parser("bank", help="for those who write questions").add_subparsers(
        required=True, metavar="TASK"
    )
    _add_bank(lambda name, does, text: add(name, does, text, tasks))
    rubrics = add("grade", bank.grade_lines, "grade answers with the rubrics of a file")
    rubrics.add_argument("--rubrics", type=Path, required=True, metavar="FILE")
    rubrics.add_argument("--answers", type=Path, required=True, metavar="FILE")
    actions = commands.add_parser("db", help="look after the database").add_subparsers(
        required=True, metavar="ACTION"
    )
    add("migrate", database.db_migrate, "bring the schema up to date", actions)
    add("info", database.db_info, "show what is in the database", actions)
    backup = add(
        "backup", database.db_backup, "copy the database, also while the bot runs", actions
    )
    backup.add_argument("file", type=Path)
    restore = add(
        "restore", database.db_restore, "put a backup in place; stop the bot first", actions
    )
    restore.add_argument("file", type=Path)
    return parser


def _add_bank(add: Callable[[str, Command, str], Any]) -> None:
    """The tasks of `bank`."""
    add("lint", bank.lint_command, "tell what gives keys away, and what else to mend")
    verify = add("verify", bank.verify_command, "prove the keys by running their proofs")
    verify.add_argument("ids", nargs="*", metavar="ID", help="only these items, topics or areas")
    verify.add_argument("--fresh", action="store_true", help="prove again what was proved before")
    verify.add_argument("--workers", type=_workers, metavar="N", help="processes (default: cores)")
    add("stats", bank.stats_command, "count items by area, topic, type and difficulty")
    show = add("show", bank.show_command, "show an item with its key, proof and variants")
    show.add_argument("id", metavar="ID")
    preview = add("preview", bank.preview_command, "show what the chat makes of an item")
    preview.add_argument("id", metavar="ID")
    preview.add_argument("--variant", type=int, default=0, metavar="N", help="of a param item")
    preview.add_argument("--picture", type=Path, metavar="FILE", help="save its formulas as PNG")
    preview.add_argument("--browser", action="store_true", help="play it on the chat page")
    preview.add_argument("--port", type=port, help="of the page (default: 8081 if it is free)")
    grade = add("grade", bank.grade_item, "grade answers with an item's rubric (JSON lines)")
    grade.add_argument("id", metavar="ID")
    grade.add_argument("--answers", type=Path, required=True, metavar="FILE")


def _workers(text: str) -> int:
    if not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError("a number from 1 to 256")
    return int(text)
