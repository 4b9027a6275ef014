"""Texts, captions and files of messages, checked against their limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator.errors import bad_request, violation
from bot.simulator.texts import FormattedText, formatted, utf16_length
from bot.simulator.values import Upload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.simulator.files import FileKind, StoredFile
    from bot.simulator.world import World

LONGEST_TEXT = 4_096
LONGEST_CAPTION = 1_024


def text_content(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a text message.

    Raises:
        ApiError: The text is empty, too long or badly marked up.
    """
    words = mentions_resolved(world, formatted(given))
    if not words.text:
        raise bad_request("text must be non-empty")
    if utf16_length(words.text) > LONGEST_TEXT:
        raise bad_request("message is too long")
    content = words.as_message()
    if preview := given.get("link_preview_options"):
        if "url" in preview and "." not in preview["url"]:
            raise bad_request("WEBPAGE_URL_INVALID")
        content["link_preview_options"] = preview
    return content


def caption_content(world: World, given: Mapping[str, Any]) -> dict[str, Any]:
    """The caption fields of a message with a file; none if there is no caption.

    Raises:
        ApiError: The caption is too long or badly marked up.
    """
    words = mentions_resolved(world, formatted(given, "caption"))
    if utf16_length(words.text) > LONGEST_CAPTION:
        raise bad_request("message caption is too long")
    above = {"show_caption_above_media": True} if given.get("show_caption_above_media") else {}
    return words.fields("caption") | above


def media_content(world: World, media: Mapping[str, Any]) -> dict[str, Any]:
    """The content for an InputMedia of type photo or document.

    Raises:
        ApiError: The file or the caption is refused, or the type is not simulated.
    """
    kind: str = media["type"]
    if kind == "photo":
        content = photo_content(world, media["media"])
    elif kind == "document":
        content = document_content(world, media["media"])
    else:
        raise violation(f"media of type {kind} is not simulated")
    spoiler = {"has_media_spoiler": True} if media.get("has_spoiler") else {}
    return content | spoiler | caption_content(world, media)


def photo_content(world: World, value: Upload | str) -> dict[str, Any]:
    """The content field of a photo that is uploaded or known by its id.

    Raises:
        ApiError: It is no picture, or no such file is known.
    """
    return {"photo": _file(world, "photo", value).as_photo()}


def document_content(world: World, value: Upload | str) -> dict[str, Any]:
    """The content field of a document that is uploaded or known by its id.

    Raises:
        ApiError: It is empty or too big, or no such file is known.
    """
    return {"document": _file(world, "document", value).as_document()}


def mentions_resolved(world: World, words: FormattedText) -> FormattedText:
    """Mentions by user id get their user; those of strangers vanish, as on Telegram."""
    entities = []
    for entity in words.entities:
        if entity["type"] == "text_mention":
            user = entity["user"]
            known = world.users.get(user if isinstance(user, int) else user["id"])
            if known is None:
                continue
            entities.append(entity | {"user": known.render()})
        else:
            entities.append(entity)
    return FormattedText(words.text, tuple(entities))


def _file(world: World, kind: FileKind, value: Upload | str) -> StoredFile:
    if isinstance(value, Upload):
        return world.files.add(kind, value)
    if value.startswith(("http://", "https://")):
        raise violation("sending files by URL is not simulated")
    stored = world.files.get(value)
    if stored.kind != kind:
        raise bad_request(
            f"can't use file of type {stored.kind.capitalize()} as {kind.capitalize()}"
        )
    return stored
