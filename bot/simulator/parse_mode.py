"""Telegram's HTML: the text and the entities that a message in parse mode HTML stands for.

Follows ``parse_html`` of TDLib (td/telegram/MessageEntity.cpp), its error messages included.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.simulator.html_tags import (
    END,
    STYLE_TAGS,
    Cursor,
    cannot_parse,
    read_end_tag,
    read_start_tag,
)
from bot.simulator.links import link_entity

Entity = dict[str, Any]


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Parse text with Telegram's HTML tags.

    Returns:
        The bare text and its entities, outer ones first; offsets and lengths in UTF-16 units.
        A ``text_mention`` names its user by id alone.

    Raises:
        ApiError: ``can't parse entities: …`` with the byte offset in the source.
    """
    return _Parser(source).run()


@dataclass(frozen=True, slots=True)
class _Open:
    """A start tag whose end tag has not come yet."""

    tag: str
    argument: str
    offset: int
    text_at: int


class _Parser:
    def __init__(self, source: str) -> None:
        self.cursor = Cursor(source.replace(END, " ") + END)
        self.text: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        cursor = self.cursor
        while cursor.char != END:
            if cursor.char != "<":
                character = cursor.character()
                self.text.append(character)
                self.offset += 2 if character > "\uffff" else 1
            elif cursor.source[cursor.at + 1] == "/":
                self._end()
            else:
                tag, argument = read_start_tag(cursor)
                self.open.append(_Open(tag, argument, self.offset, len(self.text)))
        if self.open:
            tag = self.open[-1].tag
            raise cannot_parse(f'Can\'t find end tag corresponding to start tag "{tag}"')
        return self._result()

    def _result(self) -> tuple[str, list[Entity]]:
        text = "".join(self.text)
        if any("\ud800" <= character <= "\udfff" for character in text):
            raise cannot_parse(
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            )
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        self.entities.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return text, self.entities

    def _end(self) -> None:
        offset = self.cursor.offset_in_bytes(self.cursor.at)
        if not self.open:
            raise cannot_parse(f"Unexpected end tag at byte offset {offset}")
        found = read_end_tag(self.cursor)
        opened = self.open.pop()
        if found and found != opened.tag:
            raise cannot_parse(
                f"Unmatched end tag at byte offset {offset}, "
                f'expected "</{opened.tag}>", found "</{found}>"'
            )
        if self.offset > opened.offset:
            self._close(opened)

    def _close(self, opened: _Open) -> None:
        """Add the entity; code inside pre (or pre inside code) makes one, with a language."""
        length = self.offset - opened.offset
        last = self.entities[-1] if self.entities else {}
        same = (last.get("offset"), last.get("length")) == (opened.offset, length)
        if same and opened.tag == "pre" and last["type"] == "code" and "language" in last:
            last["type"] = "pre"
        elif same and opened.tag == "code" and last["type"] == "pre" and opened.argument:
            last["language"] = opened.argument
        elif kind := self._kind(opened):
            place = {"offset": opened.offset, "length": length}
            self.entities.append({"type": kind.pop("type"), **place, **kind})

    def _kind(self, opened: _Open) -> Entity | None:
        match opened.tag:
            case "a":
                return link_entity(opened.argument or "".join(self.text[opened.text_at :]))
            case "tg-emoji":
                return {"type": "custom_emoji", "custom_emoji_id": _emoji_id(opened.argument)}
            case "blockquote":
                return {"type": "expandable_blockquote" if opened.argument else "blockquote"}
            case "code" if opened.argument:
                return {"type": "code", "language": opened.argument}
            case "code" | "pre":
                return {"type": opened.tag}
        return {"type": STYLE_TAGS[opened.tag]}


def _emoji_id(argument: str) -> str:
    try:
        number = int(argument)
    except ValueError:
        number = 0
    if not 0 < abs(number) < 2**63:
        raise cannot_parse("Invalid custom emoji identifier specified")
    return str(number)
