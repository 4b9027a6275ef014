"""Where things stand in a TOML source: a scan that finds the line of every key.

`tomllib` gives values without lines. The scan follows TOML's nesting far enough to know the
path of each key and array element; whether the source is valid is for `tomllib` to say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from bot.banks.findings import Where

_TOKEN = re.compile(
    r"""
      (?P<newline> \n )
    | (?P<skip> [ \t]++ | \#[^\n]*+ )
    | (?P<word> \"{3} (?: [^"\\] | \\. | "(?!"") )*+ (?: \"{3,5} | \Z )
              | '{3} (?: [^'] | '(?!'') )*+ (?: '{3,5} | \Z )
              | " (?: [^"\\\n] | \\[^\n] )*+ "?
              | ' [^'\n]*+ '?
              | [^\s\[\]{}=,.\#"']++ )
    | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)


class TooDeep(Exception):
    """Brackets or dotted keys nested beyond the limit; `line` is where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Mode(Enum):
    KEY = auto()
    HEADER = auto()
    VALUE = auto()


@dataclass(slots=True)
class _Frame:
    """An open array (`index` counts its elements) or inline table (`index` is None)."""

    path: Where
    index: int | None


def locate(text: str, max_depth: int) -> Mapping[Where, int]:
    """The line of every table, key and array element of `text`, by path.

    Raises:
        TooDeep: Brackets or dotted keys go deeper than `max_depth`.
    """
    scan = _Scan(max_depth)
    line = 1
    for token in _TOKEN.finditer(text):
        if token.lastgroup == "newline":
            line += 1
            scan.end_of_line()
        elif token.lastgroup == "word":
            scan.word(token[0], line)
            line += token[0].count("\n")
        elif token.lastgroup == "mark":
            scan.mark(token[0], line)
    return scan.lines


class _Scan:
    """The state of the scan between two tokens."""

    def __init__(self, max_depth: int) -> None:
        self.lines: dict[Where, int] = {}
        self._max_depth = max_depth
        self._tables: dict[Where, int] = {}
        self._section: Where = ()
        self._stack: list[_Frame] = []
        self._mode = _Mode.KEY
        self._parts: list[str] = []
        self._repeated = False

    def end_of_line(self) -> None:
        """A statement ends with its line unless a bracket is open."""
        if not self._stack:
            self._mode = _Mode.KEY
            self._parts = []

    def word(self, text: str, line: int) -> None:
        """A string, a bare key, or a number."""
        if self._mode is _Mode.VALUE:
            self._begin_element(line)
            return
        self._parts.append(text.strip("\"'"))
        self._check_depth(len(self._parts), line)

    def mark(self, sign: str, line: int) -> None:
        """One of TOML's signs."""
        if self._mode is _Mode.HEADER:
            self._header_sign(sign, line)
        elif self._mode is _Mode.KEY:
            self._key_sign(sign, line)
        else:
            self._value_sign(sign, line)

    def _header_sign(self, sign: str, line: int) -> None:
        if sign == "[":
            self._repeated = True
        elif sign == "]" and self._parts:
            self._enter_section(line)
            self._mode = _Mode.VALUE

    def _key_sign(self, sign: str, line: int) -> None:
        if sign == "=":
            base = self._stack[-1].path if self._stack else self._section
            self.lines.setdefault(base + tuple(self._parts), line)
            self._mode = _Mode.VALUE
        elif sign == "[" and not self._stack:
            self._mode, self._parts, self._repeated = _Mode.HEADER, [], False
        elif sign == "}" and self._stack:
            self._close()

    def _value_sign(self, sign: str, line: int) -> None:
        if sign in "[{":
            self._begin_element(line)
            self._open(sign, line)
        elif sign in "]}" and self._stack:
            self._close()
        elif sign == "," and self._stack:
            top = self._stack[-1]
            if top.index is None:
                self._mode, self._parts = _Mode.KEY, []
            else:
                top.index += 1

    def _begin_element(self, line: int) -> None:
        if self._stack and self._stack[-1].index is not None:
            self.lines.setdefault(self._target(), line)

    def _target(self) -> Where:
        if not self._stack:
            return self._section + tuple(self._parts)
        top = self._stack[-1]
        return top.path + (tuple(self._parts) if top.index is None else (top.index,))

    def _open(self, sign: str, line: int) -> None:
        path = self._target()
        self._stack.append(_Frame(path, 0 if sign == "[" else None))
        self._check_depth(len(self._stack), line)
        if sign == "{":
            self._mode, self._parts = _Mode.KEY, []

    def _close(self) -> None:
        self._stack.pop()
        self._mode = _Mode.VALUE

    def _enter_section(self, line: int) -> None:
        path = (*self._resolve(self._parts[:-1]), self._parts[-1])
        if self._repeated:
            self._tables[path] = self._tables.get(path, 0) + 1
        self._section = self._resolve(self._parts)
        self.lines.setdefault(self._section, line)

    def _resolve(self, parts: list[str]) -> Where:
        """The path of a header's `parts`: a repeated table means its latest element."""
        path: Where = ()
        for part in parts:
            path += (part,)
            if path in self._tables:
                path += (self._tables[path] - 1,)
        return path

    def _check_depth(self, depth: int, line: int) -> None:
        if depth > self._max_depth:
            raise TooDeep(line)
