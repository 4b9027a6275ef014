"""A screen: text and buttons, before anything of Telegram is known."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Literal

from bot.chat.buttons import Press, encode

Style = Literal["primary", "success", "danger"]


@dataclass(frozen=True, slots=True)
class Button:
    """A button that either sends a press or opens an address."""

    label: str
    press: Press | None = None
    url: str | None = None
    style: Style | None = None

    def to_api(self) -> dict[str, Any]:
        """The InlineKeyboardButton of the Bot API."""
        button: dict[str, Any] = {"text": self.label}
        if self.press is not None:
            button["callback_data"] = encode(self.press)
        if self.url is not None:
            button["url"] = self.url
        if self.style is not None:
            button["style"] = self.style
        return button


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that is drawn when it is needed; the same `content` gives the same picture."""

    name: str
    content: Hashable
    draw: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Screen:
    """HTML text with rows of buttons below it.

    With `formulas` or a `drawing`, it is the caption of their picture.
    """

    text: str
    rows: Rows = ()
    formulas: tuple[str, ...] = ()
    drawing: Drawing | None = None

    @property
    def markup(self) -> dict[str, Any] | None:
        """The InlineKeyboardMarkup of the Bot API; `None` without buttons."""
        return keyboard(self.rows)


def keyboard(rows: Rows) -> dict[str, Any] | None:
    """The InlineKeyboardMarkup of the Bot API; `None` without buttons."""
    filled = [[button.to_api() for button in row] for row in rows if row]
    return {"inline_keyboard": filled} if filled else None
