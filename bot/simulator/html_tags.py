"""Reads one tag of Telegram's HTML at a time, with TDLib's rules and error messages."""

from __future__ import annotations

import string
from dataclasses import dataclass

from bot.simulator.errors import ApiError, bad_request

END = "\0"
SPACES = frozenset(" \t\r\n\0\v")
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
LONGEST_REFERENCE = 10
NAME_TOKEN = frozenset(string.ascii_letters + string.digits + ".-")
STYLE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
}
TAGS = STYLE_TAGS.keys() | {"a", "code", "pre", "blockquote", "tg-emoji"}


def cannot_parse(what: str) -> ApiError:
    """400: the entities cannot be parsed."""
    return bad_request(f"can't parse entities: {what}")


def lower(name: str) -> str:
    """Lower-case ASCII letters alone, as the server does."""
    return "".join(c.lower() if c in string.ascii_uppercase else c for c in name)


@dataclass(slots=True)
class Cursor:
    """A place in the source, which ends with a sentinel."""

    source: str
    at: int = 0

    @property
    def char(self) -> str:
        """The character here; the sentinel at the end."""
        return self.source[self.at]

    def offset_in_bytes(self, at: int) -> int:
        """How many UTF-8 bytes stand before an index."""
        return len(self.source[:at].encode("utf-8", "surrogatepass"))

    def skip_spaces(self) -> None:
        """Move to the next character that is no space."""
        while self.char in SPACES and self.char != END:
            self.at += 1

    def word(self, stops: str) -> str:
        """Read up to a space, one of the stops or the end."""
        start = self.at
        while self.char not in SPACES and self.char not in stops:
            self.at += 1
        return self.source[start : self.at]

    def character(self) -> str:
        """Read one character, decoding a character reference."""
        decoded = self._reference() if self.char == "&" else None
        if decoded is None:
            decoded = self.char, self.at + 1
        self.at = decoded[1]
        return decoded[0]

    def _reference(self) -> tuple[str, int] | None:
        end = self.at + 1
        if self.source[end] == "#":
            return self._numeric_reference(end + 1)
        while self.source[end] in string.ascii_letters:
            end += 1
        character = NAMED.get(self.source[self.at + 1 : end])
        return (character, end + (self.source[end] == ";")) if character else None

    def _numeric_reference(self, start: int) -> tuple[str, int] | None:
        digits, base = string.digits, 10
        if self.source[start] == "x":
            start, digits, base = start + 1, string.hexdigits, 16
        end = start
        while self.source[end] in digits:
            end += 1
        if end == start or end - self.at >= LONGEST_REFERENCE:
            return None
        code = int(self.source[start:end], base)
        if not 0 < code < 0x10FFFF:
            return None
        return chr(code), end + (self.source[end] == ";")


def read_start_tag(cursor: Cursor) -> tuple[str, str]:
    """Read a start tag and move behind it.

    Returns:
        The tag's name and the one attribute that matters for it: the link, the language, the
        emoji's id, ``expandable``; empty if there is none.

    Raises:
        ApiError: The tag is unknown or malformed.
    """
    begin = cursor.at
    here = f"at byte offset {cursor.offset_in_bytes(begin)}"
    cursor.at += 1
    tag = lower(cursor.word(">"))
    if cursor.char == END:
        raise cannot_parse(f"Unclosed start tag {here}")
    if tag not in TAGS:
        raise cannot_parse(f'Unsupported start tag "{tag}" {here}')
    argument = ""
    while True:
        cursor.skip_spaces()
        if cursor.char == ">":
            break
        name, value = _attribute(cursor, tag, here)
        argument = _argument(tag, name, value) or argument
    if tag == "span" and argument != "spoiler":
        raise cannot_parse(f'Tag "span" must have class "tg-spoiler" {here}')
    cursor.at += 1
    return tag, argument


def read_end_tag(cursor: Cursor) -> str:
    """Read an end tag, move behind it and return its name, empty for ``</>``.

    Raises:
        ApiError: It has no ``>``.
    """
    begin = cursor.at
    cursor.at += 2
    name = lower(cursor.word(">"))
    cursor.skip_spaces()
    if cursor.char != ">":
        raise cannot_parse(f"Unclosed end tag at byte offset {cursor.offset_in_bytes(begin)}")
    cursor.at += 1
    return name


def _argument(tag: str, name: str, value: str) -> str:
    match tag, name:
        case ("a", "href") | ("tg-emoji", "emoji-id") | ("blockquote", "expandable"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
    return ""


def _attribute(cursor: Cursor, tag: str, here: str) -> tuple[str, str]:
    flag = tag == "blockquote"
    name = cursor.word("=>" if flag else "=")
    if not name:
        raise cannot_parse(f'Empty attribute name in the tag "{tag}" {here}')
    cursor.skip_spaces()
    if cursor.char != "=":
        if flag and name == "expandable" and cursor.char != END:
            return name, name
        raise cannot_parse(
            f'Expected equal sign in declaration of an attribute of the tag "{tag}" {here}'
        )
    cursor.at += 1
    cursor.skip_spaces()
    if cursor.char == END:
        raise cannot_parse(f'Unclosed start tag "{tag}" {here}')
    value = _quoted(cursor) if cursor.char in "'\"" else _name_token(cursor)
    if cursor.char == END:
        raise cannot_parse(f"Unclosed start tag {here}")
    return name, value


def _quoted(cursor: Cursor) -> str:
    quote = cursor.char
    cursor.at += 1
    value: list[str] = []
    while cursor.char not in (quote, END):
        value.append(cursor.character())
    if cursor.char == quote:
        cursor.at += 1
    return "".join(value)


def _name_token(cursor: Cursor) -> str:
    start = cursor.at
    while cursor.char in NAME_TOKEN:
        cursor.at += 1
    if cursor.char not in SPACES | {">"}:
        offset = cursor.offset_in_bytes(start)
        raise cannot_parse(f"Unexpected end of name token at byte offset {offset}")
    return lower(cursor.source[start : cursor.at])
