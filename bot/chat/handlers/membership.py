"""The bot's own place in a chat: blocked, unblocked, added, removed."""

from __future__ import annotations

from telegram import ChatMember

from bot.chat.context import Turn


async def mine_changed(turn: Turn) -> None:
    """In private: a block turns delivery off, its end turns it on again.

    In a group: without the bot there is no quiz.
    """
    change = turn.update.my_chat_member
    if change is None:
        return
    if not turn.is_private:
        if change.new_chat_member.status in {ChatMember.BANNED, ChatMember.LEFT}:
            await turn.house.services.quizzes.expelled(turn.chat.id, turn.what.now)
        return
    people = turn.house.services.people
    if change.new_chat_member.status == ChatMember.BANNED:
        await people.set_unreachable(turn.person_id)
    else:
        await people.greet(turn.who, turn.what)
