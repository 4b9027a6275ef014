"""Where banks and texts lie: beside the package in a checkout, inside it when installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGE = Path(__file__).parent


def content_folder(name: str) -> Path:
    """The folder `question_banks` or `prompts` that came with the package."""
    installed = _PACKAGE / "content" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name


def package_version() -> str:
    """The version of the distribution; `0` where it is not installed."""
    try:
        return version("ml-interview-bot")
    except PackageNotFoundError:
        return "0"
