"""Checks inline keyboards beyond their types: one action a button, sizes, styles, links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator.errors import bad_request, violation
from bot.simulator.links import BadLinkError, normalised

if TYPE_CHECKING:
    from collections.abc import Mapping

Button = dict[str, Any]

ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
MAY_BE_EMPTY = frozenset({"switch_inline_query", "switch_inline_query_current_chat"})
STYLES = frozenset({"danger", "success", "primary"})
MOST_BUTTONS = 100
LONGEST_DATA = 64
LONGEST_COPY = 256


def inline_keyboard(markup: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The keyboard that a message keeps: a checked inline one, or none.

    Reply keyboards and forced replies are accepted; they are not part of a message.

    Raises:
        ApiError: A button is malformed, or there are too many.
    """
    rows = (markup or {}).get("inline_keyboard", [])
    checked = [[_button(button) for button in row] for row in rows if row]
    if sum(map(len, checked)) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": checked} if checked else None


def _button(button: Button) -> Button:
    actions = [a for a in ACTIONS if a in button and (button[a] != "" or a in MAY_BE_EMPTY)]
    if not actions:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if len(actions) > 1:
        raise violation(f"an inline keyboard button has several actions: {', '.join(actions)}")
    if not button["text"].strip():
        raise bad_request("inline keyboard button text must be non-empty")
    if button.get("style", "primary") not in STYLES:
        raise bad_request("can't parse inline keyboard button: invalid button style specified")
    return _with_action(button, actions[0])


def _with_action(button: Button, action: str) -> Button:
    match action:
        case "callback_data":
            if len(button[action].encode()) > LONGEST_DATA:
                raise bad_request("BUTTON_DATA_INVALID")
        case "url":
            return button | {"url": _link(button["url"])}
        case "copy_text":
            if not 0 < len(button[action]["text"]) <= LONGEST_COPY:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
        case "web_app":
            url = button[action]["url"]
            if not url.lower().startswith("https://"):
                raise bad_request(
                    f"inline keyboard button Web App URL '{url}' is invalid: "
                    "Only HTTPS links are allowed"
                )
        case "callback_game" | "pay":
            raise bad_request("BUTTON_TYPE_INVALID")
        case "login_url":
            raise bad_request("BOT_DOMAIN_INVALID")
    return dict(button)


def _link(url: str) -> str:
    try:
        return normalised(url)
    except BadLinkError as problem:
        raise bad_request(f"inline keyboard button URL '{url}' is invalid: {problem}") from problem
