"""One TOML file of a bank: read within limits, parsed, and every key's line known."""

from __future__ import annotations

import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.banks.findings import Finding, Where
from bot.banks.lines import TooDeep, locate

MAX_BYTES = 2 * 1024 * 1024
MAX_DEPTH = 8

_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


class FaultyFile(Exception):
    """A file that cannot be read as TOML; carries the finding."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding)
        self.finding = finding


@dataclass(frozen=True, slots=True)
class Source:
    """A parsed file and the line on which each of its keys stands."""

    path: Path
    data: Mapping[str, Any]
    lines: Mapping[Where, int]

    def line(self, where: Where) -> int:
        """The line of `where`, or of the nearest thing around it that has one."""
        for end in range(len(where), 0, -1):
            if where[:end] in self.lines:
                return self.lines[where[:end]]
        return 1


def read_bytes(path: Path) -> bytes:
    """The bytes of a regular file of at most `MAX_BYTES`.

    Raises:
        FaultyFile: It is larger, no regular file, or the system refuses.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise _refusal(path, "is not a regular file", "put an ordinary file here")
        if status.st_size > MAX_BYTES:
            raise _too_large(path, status.st_size)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise _refusal(
            path, f"cannot be read: {reason}", "check the file and its rights"
        ) from error
    if len(content) > MAX_BYTES:
        raise _too_large(path, len(content))
    return content


def parse(path: Path, content: bytes) -> Source:
    """The parsed file.

    Raises:
        FaultyFile: It is not UTF-8, not TOML, or nested too deeply.
    """
    text = _decode(path, content)
    try:
        lines = locate(text, MAX_DEPTH)
        return Source(path, tomllib.loads(text), lines)
    except TooDeep as error:
        what = f"is nested more than {MAX_DEPTH} levels deep"
        raise _refusal(path, what, "write it flatter", error.line) from error
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(path, text, str(error)) from error
    except ValueError as error:  # an integer of thousands of digits
        raise _refusal(path, f"holds a value out of range: {error}", "shorten it") from error


def _decode(path: Path, content: bytes) -> str:
    if content.startswith(b"\xef\xbb\xbf"):
        mend = "save it as UTF-8 without BOM"
        raise _refusal(path, "begins with a byte order mark (BOM)", mend)
    try:
        return content.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        what = f"is not valid UTF-8: byte 0x{content[error.start]:02x}"
        raise _refusal(path, what, "save the file as UTF-8", line) from error


def _not_toml(path: Path, text: str, message: str) -> FaultyFile:
    position = _POSITION.search(message)
    last = text.count("\n") + 1
    line = int(position[1]) if position and position[1] else last
    what = f"is not valid TOML: {_POSITION.sub('', message)}"
    mend = "look at this line and the one before: quotes, brackets, commas, a key given twice"
    return _refusal(path, what, mend, line)


def _too_large(path: Path, size: int) -> FaultyFile:
    what = f"is too large: {size / 2**20:.1f} MiB, at most {MAX_BYTES // 2**20} MiB are allowed"
    return _refusal(path, what, "split the topic's items or drop what does not belong here")


def _refusal(path: Path, what: str, mend: str, line: int = 1) -> FaultyFile:
    return FaultyFile(Finding(path, line, "", f"the file {what}", mend))
