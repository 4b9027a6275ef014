"""`/progress`: how a person stands, as a picture and in words."""

from __future__ import annotations

from bot.chat.context import Turn
from bot.chat.pictures import progress_screen
from bot.drawing.canvas import drawable


async def progress(turn: Turn) -> None:
    """`/progress`."""
    standing = await turn.house.services.progress.standing(turn.who, turn.what)
    await turn.beside_answer(turn.send(progress_screen(turn.texts, standing, _name(turn))))


async def theme_pressed(turn: Turn) -> None:
    """`🌙` or `☀`: the same picture in the other colours, and all later ones."""
    theme = turn.pressed().id
    service = turn.house.services.progress
    await service.set_theme(turn.who, turn.what, theme if theme == "dark" else "light")
    standing = await service.standing(turn.who, turn.what)
    await turn.show(progress_screen(turn.texts, standing, _name(turn)), turn.message_id)


def _name(turn: Turn) -> str:
    """The person's name, if it can be drawn."""
    return turn.name if drawable(turn.name) else ""
