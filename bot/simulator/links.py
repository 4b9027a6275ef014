"""Links as Telegram checks and normalises them (TDLib's ``LinkManager::check_link``)."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit, urlunsplit

WEB = frozenset({"http", "https"})
OWN = frozenset({"tg", "ton", "tonsite"})
USER_LINK = re.compile(r"tg://user\?id=(\d{1,19})", re.IGNORECASE)
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)


class BadLinkError(ValueError):
    """A link that Telegram refuses; the message says why in its words."""


def normalised(link: str) -> str:
    """The link as Telegram stores it: with a scheme, a lower-case host and a path.

    Raises:
        BadLinkError: It is none.
    """
    link = link.strip()
    scheme = SCHEME.match(link)
    if scheme and scheme[1].lower() in OWN:
        return link
    if scheme and "://" in link and scheme[1].lower() not in WEB:
        raise BadLinkError("Unsupported URL protocol")
    parts = urlsplit(link if "://" in link else f"http://{link}")
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        raise BadLinkError("Wrong HTTP URL") from None
    if not host:
        raise BadLinkError("URL host is empty")
    if " " in link or "." not in host.strip("."):
        raise BadLinkError("Wrong HTTP URL")
    netloc = host + (f":{port}" if port else "")
    return urlunsplit(
        (parts.scheme.lower(), netloc, parts.path or "/", parts.query, parts.fragment)
    )


def link_entity(link: str) -> dict[str, Any] | None:
    """The entity for an ``<a>`` tag: a link, a mention of a user id, or None for a bad link."""
    if user := USER_LINK.fullmatch(link.strip()):
        return {"type": "text_mention", "user": int(user[1])}
    try:
        return {"type": "text_link", "url": normalised(link)}
    except BadLinkError:
        return None
