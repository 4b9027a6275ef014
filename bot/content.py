"""Where banks, texts and what can be made again lie."""

from __future__ import annotations

import os
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGE = Path(__file__).parent


def content_folder(name: str) -> Path:
    """The folder `question_banks` or `prompts` that came with the package."""
    installed = _PACKAGE / "content" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def cache_folder() -> Path:
    """Where the person who runs this keeps what can be made again (XDG Base Directory)."""
    given = os.environ.get("XDG_CACHE_HOME", "")
    try:
        base = Path(given) if Path(given).is_absolute() else Path.home() / ".cache"
    except RuntimeError:  # a user without a home
        base = Path(".cache")
    return base / "ml-interview-bot"


def compiled_folder(banks: Path) -> Path:
    """Where the compiled form of the bank in the folder `banks` is kept."""
    name = blake2b(str(banks.absolute()).encode(), digest_size=8).hexdigest()
    return cache_folder() / "banks" / name


def package_version() -> str:
    """The version of the distribution; `0` where it is not installed."""
    try:
        return version("ml-interview-bot")
    except PackageNotFoundError:
        return "0"
