"""The command line: one clear message and an exit code for each fault."""

from bot.cli.main import main

__all__ = ["main"]
