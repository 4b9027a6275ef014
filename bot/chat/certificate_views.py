"""Practice certificates → Screen; pure, and nothing of Telegram."""

from __future__ import annotations

from bot.chat.buttons import Kind, Press
from bot.chat.screen import Button, Rows, Screen
from bot.chat.views import percent
from bot.services.certificates import Issued
from bot.texts import Texts


def ask_for_name(texts: Texts, mock_id: str, name: str) -> Screen:
    """Which name is to stand on it; `name` is the one that is known, if it can be drawn."""
    rows: Rows = ()
    if name:
        rows = ((Button(texts.button("use_name", name=name), Press(Kind.NAME, mock_id)),),)
    return Screen(texts.html("which_name"), rows)


def certificate(texts: Texts, issued: Issued) -> Screen:
    """The certificate in words; the picture says the same."""
    return Screen(
        texts.screen(
            "certificate",
            name=issued.certified.name,
            date=issued.certified.day,
            percent=percent(issued.certified.score),
            code=issued.code,
        )
    )


def genuine(texts: Texts, issued: Issued) -> Screen:
    """What a genuine certificate says."""
    return Screen(
        texts.screen(
            "verified",
            name=issued.certified.name,
            date=issued.certified.day,
            percent=percent(issued.certified.score),
            areas=[(area.title, percent(area.share)) for area in issued.areas],
        )
    )
