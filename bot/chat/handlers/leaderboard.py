"""`/leaderboard`: in a group its own, in private that of all one's groups."""

from __future__ import annotations

from bot.chat import quiz_views
from bot.chat.context import Turn


async def leaderboard(turn: Turn) -> None:
    """This group's points, or those of the people whom the person plays with."""
    boards = turn.house.services.leaderboards
    if turn.is_private:
        board = await boards.of_companions(turn.who, turn.what)
        await turn.send(quiz_views.companions(turn.texts, board))
    else:
        here = await boards.of_group(turn.chat.id, turn.what)
        await turn.send(quiz_views.leaderboard(turn.texts, here))


async def listing_pressed(turn: Turn) -> None:
    """Somebody wants to be on the list, or no longer."""
    listed = turn.pressed().id == "on"
    name = (turn.name or turn.texts.plain("nameless")) if listed else None
    board = await turn.house.services.leaderboards.list_as(turn.who, turn.what, name)
    await turn.show(quiz_views.companions(turn.texts, board), turn.message_id)
