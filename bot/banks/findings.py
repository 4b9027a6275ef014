"""What is wrong with a bank, said so that its author can mend it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

Where = tuple[str | int, ...]


class Complaint(NamedTuple):
    """A fault inside one item: where (keys and indices), what it is, how to mend it."""

    where: Where
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with its place; `item_id` is empty where a whole file or folder is at fault."""

    path: Path
    line: int
    item_id: str
    what: str
    mend: str

    def __str__(self) -> str:
        item = f"{self.item_id}: " if self.item_id else ""
        place = f"{short(self.path)}:{self.line}" if self.line else str(short(self.path))
        text = f"{place}: {item}{self.what} ({self.mend})"
        return "".join(
            char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in text
        )


class BankErrors(Exception):
    """A bank that cannot be loaded, with every finding of it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(findings)
        self.findings = findings

    def __str__(self) -> str:
        return "\n".join(map(str, self.findings))


def short(path: Path) -> Path:
    """`path` as seen from the working directory, where it lies below it."""
    absolute = path.absolute()
    return absolute.relative_to(Path.cwd()) if absolute.is_relative_to(Path.cwd()) else path
