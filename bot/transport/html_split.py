"""Splits a text in Telegram's HTML into messages of allowed length, each of them well-formed.

Lengths are what Telegram counts: UTF-16 units of the text without its tags, an entity such as
`&amp;` being one (https://core.telegram.org/bots/api#html-style).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate

MESSAGE_LIMIT = 4_096
CAPTION_LIMIT = 1_024

_TOKEN = re.compile(
    r"""(?P<tag></?[a-zA-Z](?:[^<>"']|"[^"]*"|'[^']*')*>)
      | (?P<entity>&(?:\#[0-9]{1,7}|\#x[0-9a-fA-F]{1,6}|(?:lt|gt|amp|quot)(?![a-zA-Z]));?)
      | (?P<character>.)""",
    re.VERBOSE | re.DOTALL,
)
_TAG_NAME = re.compile(r"</?([a-zA-Z-]+)")
_JOINER = "\u200d"
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")
_LONGEST_CLUSTER = 32


def utf16_len(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_cut(text: str, limit: int) -> str:
    """A plain text, shortened with an ellipsis if it is longer than `limit` UTF-16 units."""
    if utf16_len(text) <= limit:
        return text
    kept = [length <= limit - 1 for length in accumulate(map(utf16_len, text))]
    return text[: kept.index(False)].rstrip() + "…"


def split_html(text: str, limit: int = MESSAGE_LIMIT) -> list[str]:
    """Split a text in Telegram's HTML into parts of at most `limit` UTF-16 units.

    A part ends before a paragraph, else a line, else a word, else anywhere, but never within a
    tag, an entity or a character with its accents. Tags open at its end are closed and opened
    again in the next part. White space at a cut is dropped.

    Args:
        text: The text; what is not well-formed stays so.
        limit: At least 2.

    Returns:
        The parts in order, none empty; an empty list for an empty text.
    """
    if utf16_len(text) <= limit:
        return [text] if text else []
    source = _Source.read(text)
    parts: list[str] = []
    opened: list[str] = []
    start = 0
    while start < len(source.atoms):
        cut = source.cut(start, limit)
        following = source.skip_space(cut)
        if part := source.write(start, cut, following, opened):
            parts.append(part)
        start = following
    return parts


@dataclass(slots=True)
class _Source:
    """A text as atoms, which are characters and entities, and the tags before each of them."""

    raw: list[str] = field(default_factory=list)
    atoms: list[str] = field(default_factory=list)
    tags: defaultdict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def read(cls, text: str) -> _Source:
        source = cls()
        for token in _TOKEN.finditer(text):
            raw = token.group()
            if token.lastgroup == "tag":
                source.tags[len(source.atoms)].append(raw)
            elif token.lastgroup == "entity" and (character := _decoded(raw)):
                source.raw.append(raw)
                source.atoms.append(character)
            else:
                source.raw.extend(raw)
                source.atoms.extend(raw)
        return source

    def cut(self, start: int, limit: int) -> int:
        """Where the part that begins at `start` ends."""
        end = self._reach(start, limit)
        if end == len(self.atoms):
            return end
        # Breaks between paragraphs and lines count only if they leave no part half empty.
        for wanted in (["\n", "\n"], ["\n"]):
            for position in range(end, (start + end + 1) // 2, -1):
                if self.atoms[position : position + len(wanted)] == wanted:
                    return position
        return self._before_word(start, end) or self._before_letter(start, max(end, start + 1))

    def skip_space(self, position: int) -> int:
        """Past the white space at a cut, but not past a line's indentation."""
        if position < len(self.atoms) and self.atoms[position] != "\n":
            while position < len(self.atoms) and self.atoms[position] in " \t":
                position += 1
        while position < len(self.atoms) and self.atoms[position] == "\n":
            position += 1
        return position

    def write(self, start: int, end: int, following: int, opened: list[str]) -> str:
        """The part from `start` to `end`; `opened` is brought up to `following`.

        Tags are opened only when a character follows, so no part holds an empty element.
        """
        while end > start and self.atoms[end - 1].isspace():
            end -= 1
        written: list[str] = []
        depth = 0
        last = following if following < len(self.atoms) else following + 1
        for position in range(start, last):
            for tag in self.tags.get(position, ()):
                depth = _apply(tag, opened, depth, written)
            if position < end:
                written.extend(opened[depth:])
                depth = len(opened)
                written.append(self.raw[position])
        written.extend(_closing(tag) for tag in reversed(opened[:depth]))
        return "".join(written) if end > start else ""

    def _reach(self, start: int, limit: int) -> int:
        """How far the limit reaches."""
        length = 0
        for position in range(start, len(self.atoms)):
            length += utf16_len(self.atoms[position])
            if length > limit:
                return position
        return len(self.atoms)

    def _before_word(self, start: int, end: int) -> int | None:
        """The last white space up to `end` with something before it."""
        position = end
        while position > start and not self.atoms[position].isspace():
            position -= 1
        while position > start and self.atoms[position - 1].isspace():
            position -= 1
        return position if position > start else None

    def _before_letter(self, start: int, end: int) -> int:
        """The last position up to `end` that parts no letter from its accents."""
        for position in range(end, max(start, end - _LONGEST_CLUSTER), -1):
            if not _continues(self.atoms[position - 1], self.atoms[position]):
                return position
        return end


def _apply(tag: str, opened: list[str], depth: int, written: list[str]) -> int:
    """Take note of a tag; of the `opened`, the first `depth` are written already."""
    if not tag.startswith("</"):
        opened.append(tag)
        return depth
    if not opened or _name(opened[-1]) != _name(tag):
        written.append(tag)
        return depth
    opened.pop()
    if depth > len(opened):
        written.append(tag)
    return min(depth, len(opened))


def _continues(before: str, character: str) -> bool:
    return (
        _JOINER in {before, character}
        or unicodedata.category(character).startswith("M")
        or _SKIN_TONES[0] <= character <= _SKIN_TONES[1]
    )


def _closing(tag: str) -> str:
    return f"</{_name(tag)}>"


def _name(tag: str) -> str:
    match = _TAG_NAME.match(tag)
    return match.group(1).lower() if match else ""


def _decoded(entity: str) -> str | None:
    name = entity[1:].removesuffix(";")
    if not name.startswith("#"):
        return {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}[name]
    digits = name[1:]
    code = int(f"0{digits}", 0) if digits.startswith("x") else int(digits)
    return chr(code) if 0 < code <= 0x10FFFF else None
