"""A place to show screens: a chat, or a topic of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.house import House
from bot.chat.screen import Rows, Screen, keyboard
from bot.transport.api import Edit, Lane, Options
from bot.transport.failures import NoText


@dataclass(frozen=True, slots=True)
class Spot:
    """Sends and edits messages there; raises what the Bot API refuses."""

    house: House
    chat_id: int
    thread_id: int | None = None

    async def send(
        self,
        screen: Screen,
        *,
        reply_to: int | None = None,
        lane: Lane = Lane.PEOPLE,
        turn_taken: bool = False,
    ) -> int:
        """Sends a new message; gives its id. `turn_taken`: see `Caller.turn`."""
        text = str(screen.text)
        options: Options = {
            "keyboard": screen.markup,
            "thread_id": self.thread_id,
            "reply_to": reply_to,
            "lane": lane,
            "turn_taken": turn_taken,
        }
        gallery = self.house.gallery
        sent = None
        if screen.drawing:
            sent = await gallery.send_drawing(self.chat_id, screen.drawing, text, **options)
        elif screen.formulas:
            sent = await gallery.send(self.chat_id, screen.formulas, text, **options)
        if sent is not None:
            return sent
        return await self.house.api.send_text(self.chat_id, text, **options)

    async def edit(
        self, screen: Screen, *message_ids: int | None, lane: Lane = Lane.PEOPLE
    ) -> bool:
        """Edits a message and its copies; gives whether any is still there."""
        there = False
        for message_id in dict.fromkeys(message_ids):
            if message_id is not None:
                there |= await self._edit_one(screen, message_id, lane) is not Edit.GONE
        return there

    async def set_rows(self, message_id: int | None, rows: Rows = ()) -> None:
        """Changes the buttons below a message; whether that works changes nothing."""
        if message_id is not None:
            await self.house.api.edit_markup(self.chat_id, message_id, keyboard(rows))

    async def _edit_one(self, screen: Screen, message_id: int, lane: Lane) -> Edit:
        """Edits the caption of a picture, or the text of a message that could have none."""
        api = self.house.api
        if screen.drawing:
            return await self.house.gallery.redraw(
                self.chat_id, message_id, screen.drawing, str(screen.text), screen.markup
            )
        ways = [api.edit_text, api.edit_caption]
        if screen.formulas:
            ways.reverse()
        text = str(screen.text)
        options: Options = {"keyboard": screen.markup, "lane": lane}
        try:
            return await ways[0](self.chat_id, message_id, text, **options)
        except NoText:
            return await ways[1](self.chat_id, message_id, text, **options)
