"""What the commands share: exit codes, faults, and what they load."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:  # imported when a command needs them, so that the others start at once
    from bot.app import Content
    from bot.settings import Config

T = TypeVar("T")

OK, FINDINGS, USAGE, STORAGE, TOKEN, CONFLICT = range(6)
"""Exit codes: 0 stopped or fine, 1 findings, 2 configuration or usage, 3 storage, 4 token
refused, 5 conflict with another instance."""


class Fault(Exception):
    """Ends the program with one message and an exit code."""

    def __init__(self, message: str, code: int) -> None:
        super().__init__(message)
        self.code = code


def port(text: str) -> int:
    """A port as an argument: 0 for any free one."""
    if not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("a port from 0 (any free one) to 65535")
    return int(text)


def load_config_of(given: argparse.Namespace) -> Config:
    """The configuration; a fault of it ends the program with 2."""
    from bot.config import ConfigError, load_config

    try:
        return load_config(given.config)
    except ConfigError as error:
        raise Fault(str(error), USAGE) from None


def load_content_of(config: Config, *, code: int) -> Content:
    """Texts and banks; a fault of them ends the program with `code`."""
    from bot.app import load_content
    from bot.banks.findings import BankErrors
    from bot.texts import TextErrors

    try:
        return load_content(config)
    except (BankErrors, TextErrors) as error:
        raise Fault(str(error), code) from None


def storage(work: Callable[[], T]) -> T:
    """Does something with the database; a fault becomes one message and exit code 3."""
    from bot.storage.errors import StorageError

    try:
        return work()
    except StorageError as error:
        raise Fault(str(error), STORAGE) from None
