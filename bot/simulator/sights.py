"""What a person's app shows at one moment: a message, or the answer to a press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.simulator.texts import utf16_slice

if TYPE_CHECKING:
    from bot.simulator.messages import Message


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as somebody's app showed it at one moment.

    Attributes:
        text: The text, the caption or the poll's question.
        raw: The Bot API's Message.
        event: What showed it: message, edited or poll; empty if somebody just looked.
        message: The message itself, which may have changed since.
    """

    id: int
    text: str
    raw: dict[str, Any]
    event: str
    message: Message

    @classmethod
    def of(cls, message: Message, event: str = "") -> Seen:
        """The message as it is now."""
        text = message.poll.question.text if message.poll else message.words
        return cls(message.id, text, message.render(), event, message)

    @property
    def edited(self) -> bool:
        """Whether this is the sight of an edit."""
        return self.event == "edited"

    @property
    def deleted(self) -> bool:
        """Whether the message is gone by now."""
        return self.message.deleted

    @property
    def keyboard(self) -> list[list[dict[str, Any]]]:
        """The rows of buttons."""
        rows: list[list[dict[str, Any]]] = self.raw.get("reply_markup", {}).get(
            "inline_keyboard", []
        )
        return rows

    @property
    def buttons(self) -> list[list[str]]:
        """The labels of the buttons, row by row."""
        return [[button["text"] for button in row] for row in self.keyboard]

    @property
    def labels(self) -> list[str]:
        """The labels of all buttons."""
        return [label for row in self.buttons for label in row]

    @property
    def poll(self) -> dict[str, Any] | None:
        """The Bot API's Poll, if it is one."""
        return self.raw.get("poll")

    def button(self, label: str) -> dict[str, Any] | None:
        """The button with that label, if there is one."""
        return next((b for row in self.keyboard for b in row if b["text"] == label), None)

    def marked(self, kind: str) -> list[str]:
        """The parts of the text with an entity of that type, such as ``bold`` or ``pre``."""
        entities = self.raw.get("entities") or self.raw.get("caption_entities") or []
        return [
            utf16_slice(self.text, entity["offset"], entity["length"])
            for entity in entities
            if entity["type"] == kind
        ]


@dataclass(frozen=True, slots=True)
class Answer:
    """The bot's answer to a press: a toast, an alert, or nothing to be seen."""

    query_id: str
    text: str | None
    show_alert: bool
    url: str | None
