"""How people respond to messages in their apps: press, vote, react."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.simulator.errors import PersonError
from bot.simulator.world import CHANNEL_STAND_IN, CallbackQuery

if TYPE_CHECKING:
    from bot.simulator.chats import Chat, User
    from bot.simulator.messages import Message
    from bot.simulator.polls import Poll
    from bot.simulator.world import World


def callback_data(message: Message, row: int, column: int) -> str:
    """The data of a callback button.

    Raises:
        PersonError: There is no such button, or it is of another kind.
    """
    rows = (message.markup or {}).get("inline_keyboard", [])
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise PersonError("There is no such button on this message.")
    if "callback_data" not in rows[row][column]:
        raise PersonError("The app itself deals with this button.")
    data: str = rows[row][column]["callback_data"]
    return data


def press(
    world: World, who: User, pressed: Message, data: str, *, message_inaccessible: bool = False
) -> CallbackQuery:
    """Press a button with that data, be it there or, as a forged app could, not.

    With `message_inaccessible` the bot is told of the message as if it were too old to be seen;
    of a deleted one it is told like that anyway.

    Raises:
        PersonError: They are not in the chat.
    """
    if who.id not in pressed.chat.people():
        raise PersonError(f"{who.first_name} is not in this chat.")
    query = CallbackQuery(f"{who.id << 32 | world.serial()}", who, pressed, world.now())
    world.queries[query.id] = query
    hidden = message_inaccessible or pressed.deleted
    shown = pressed.render_inaccessible() if hidden else pressed.render()
    world.push(
        "callback_query",
        {
            "id": query.id,
            "from": who.render(),
            "message": shown,
            "chat_instance": str(pressed.chat.id * 7_919),
            "data": data,
        },
    )
    return query


def vote(
    world: World,
    who: User,
    voted: Message,
    options: list[int],
    *,
    in_name_of: Chat | None = None,
) -> None:
    """Vote in a poll, change the vote, or take it back with no options.

    Raises:
        PersonError: There is no poll, or it does not take this vote.
    """
    if voted.poll is None:
        raise PersonError("This message is no poll.")
    if who.id not in voted.chat.people():
        raise PersonError(f"{who.first_name} is not in this chat.")
    poll = voted.poll
    if in_name_of is None and voted.chat.is_group and voted.chat.member(who).anonymous:
        in_name_of = voted.chat
    poll.vote(in_name_of.id if in_name_of else who.id, tuple(options))
    if not poll.rules.anonymous:
        world.push("poll_answer", _poll_answer(poll, who, in_name_of))
    world.push("poll", poll.render())
    world.feed.publish("poll", voted.chat, voted)


def _poll_answer(poll: Poll, who: User, voter_chat: Chat | None) -> dict[str, Any]:
    """The Bot API's PollAnswer; a chat's vote names Telegram's stand-in as the user, too."""
    chosen = poll.votes.get(voter_chat.id if voter_chat else who.id, ())
    user = CHANNEL_STAND_IN if voter_chat else who
    return {
        "poll_id": poll.id,
        "user": user.render(),
        **({"voter_chat": voter_chat.render()} if voter_chat else {}),
        "option_ids": list(chosen),
        "option_persistent_ids": [poll.options[number].persistent_id for number in chosen],
    }


def react(world: World, who: User, to: Message, emoji: list[str]) -> None:
    """Set somebody's reactions to a message; an empty list removes them."""
    old = to.reactions.get(who.id, [])
    new = [{"type": "emoji", "emoji": sign} for sign in emoji]
    to.reactions[who.id] = new
    if to.chat.person or world.bot_member(to.chat).admin:
        world.push(
            "message_reaction",
            {
                "chat": to.chat.render(),
                "message_id": to.id,
                "user": who.render(),
                "date": int(world.now()),
                "old_reaction": old,
                "new_reaction": new,
            },
        )
    world.feed.publish("reaction", to.chat, to)
