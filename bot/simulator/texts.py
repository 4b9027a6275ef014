"""Formatted text: cleaned, trimmed and measured as Telegram does after parsing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.simulator.errors import bad_request, violation
from bot.simulator.parse_mode import Entity, parse_html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FOUND_BY_ITSELF = (
    (
        "bot_command",
        re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])"),
    ),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z][A-Za-z0-9_]{3,31}(?!\w)")),
    ("hashtag", re.compile(r"(?<![\w#&])#(?=\w*[^\W\d])\w{1,256}(?![\w#])")),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[A-Za-z]{2,}(?!\w)")),
    ("url", re.compile(r"(?<![\w@.])https?://[^\s<>\"']*[^\s<>\"'.,;:!?)\]}]", re.IGNORECASE)),
)
MARKS = frozenset(
    [
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "pre",
        "text_link",
        "text_mention",
        "custom_emoji",
        "date_time",
    ]
)
IGNORED = frozenset(
    ["mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"]
)
OPAQUE = frozenset({"code", "pre", "text_link", "text_mention", "custom_emoji"})
REMOVED = frozenset("\r\u2028\u2029\u202a\u202b\u202c\u202d\u202e")
UNCLEAN = re.compile(f"[\\x00-\\t\\v-\\x1f{''.join(sorted(REMOVED))}]")
INVISIBLE = " \t\n\u00a0\u200b\u200c\u200d\u2060\ufeff"


@dataclass(frozen=True, slots=True)
class FormattedText:
    """Text with its entities, ready to be shown."""

    text: str
    entities: tuple[Entity, ...] = ()

    def fields(self, name: str) -> dict[str, Any]:
        """As two fields of a Bot API object, ``name`` and ``name_entities``, if not empty."""
        shown: dict[str, Any] = {name: self.text} if self.text else {}
        return shown | ({f"{name}_entities": list(self.entities)} if self.entities else {})

    def as_message(self) -> dict[str, Any]:
        """As the content of a text message, whose fields are ``text`` and ``entities``."""
        shown: dict[str, Any] = {"text": self.text}
        return shown | ({"entities": list(self.entities)} if self.entities else {})


def utf16_length(text: str) -> int:
    """The length in UTF-16 code units, Telegram's measure."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def formatted(
    given: Mapping[str, Any], name: str = "text", mode: str = "parse_mode"
) -> FormattedText:
    """Read a text parameter together with its parse mode or its explicit entities.

    Raises:
        ApiError: The parse mode is unknown, or the markup is wrong.
    """
    source = given.get(name, "")
    entities_name = "entities" if name == "text" else f"{name}_entities"
    match given.get(mode, "").lower():
        case "html":
            text, entities = parse_html(source)
        case "":
            text, entities = source, _checked(source, given.get(entities_name, []))
        case "markdown" | "markdownv2":
            raise violation(f"parse mode {given[mode]} is not simulated, use HTML")
        case _:
            raise bad_request("unsupported parse_mode")
    return _trimmed(*_cleaned(text, entities))


def plain(text: str) -> FormattedText:
    """What a person typed: trimmed, with commands, mentions and links found in it."""
    return _trimmed(*_cleaned(text, []))


def _checked(text: str, entities: Sequence[Entity]) -> list[Entity]:
    size = utf16_length(text)
    for entity in entities:
        offset, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] not in MARKS | IGNORED:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
        if offset < 0:
            raise bad_request(f"receive an entity with incorrect offset {offset}")
        if entity["length"] < 0:
            raise bad_request(f"receive an entity with incorrect length {entity['length']}")
        if offset > size:
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
        if end > size:
            raise bad_request(
                f"entity beginning at UTF-16 offset {offset} "
                f"ends after the end of the text at UTF-16 offset {end}"
            )
    return [dict(entity) for entity in entities if entity["type"] in MARKS and entity["length"]]


def _cleaned(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Drop or blank out characters that Telegram does not keep; entities move along."""
    if not UNCLEAN.search(text):
        return text, entities
    kept: list[str] = []
    moved = [0]
    for character in text:
        units = 2 if character > "\uffff" else 1
        if character in REMOVED:
            moved.append(moved[-1])
            continue
        control = character < " " and character != "\n"
        kept.append(" " if control else character)
        moved += [moved[-1] + unit for unit in range(1, units + 1)]
    return "".join(kept), [
        entity
        | {
            "offset": moved[entity["offset"]],
            "length": moved[entity["offset"] + entity["length"]] - moved[entity["offset"]],
        }
        for entity in entities
    ]


def _trimmed(text: str, entities: list[Entity]) -> FormattedText:
    """Cut white space off both ends; on the left only up to the first entity."""
    if not text.strip(INVISIBLE):
        return FormattedText("")
    right = text.rstrip(" \n")
    spaces = len(right) - len(right.lstrip(" \n"))
    left = min([spaces, *(entity["offset"] for entity in entities)])
    text = right[left:]
    size = utf16_length(text)
    kept: list[Entity] = []
    for entity in entities:
        offset = entity["offset"] - left
        length = min(entity["length"], size - offset)
        if length > 0 and utf16_slice(text, offset, length).strip():
            kept.append(entity | {"offset": offset, "length": length})
    kept += _found(text, kept)
    kept.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return FormattedText(text, tuple(kept))


def _found(text: str, marked: Sequence[Entity]) -> list[Entity]:
    taken = [(e["offset"], e["offset"] + e["length"]) for e in marked if e["type"] in OPAQUE]
    found: list[Entity] = []
    for kind, pattern in FOUND_BY_ITSELF:
        for match in pattern.finditer(text):
            start = utf16_length(text[: match.start()])
            end = start + utf16_length(match[0])
            if all(end <= begin or start >= stop for begin, stop in taken):
                taken.append((start, end))
                found.append({"type": kind, "offset": start, "length": end - start})
    return found
