"""What a person's app gets to know: chats and messages as face 2 shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.simulator.chats import Chat, User
    from bot.simulator.feed import Event
    from bot.simulator.messages import Message
    from bot.simulator.polls import Poll
    from bot.simulator.world import World

HISTORY = 500
LONGEST_MESSAGE = 4_096


def world_view(world: World) -> dict[str, Any]:
    """The bot, the people, the chats and the limits."""
    bot = world.bot
    return {
        "bot": {
            "id": bot.id,
            "first_name": world.profile.name.get("") or bot.first_name,
            "username": bot.username,
        },
        "users": [
            user.render() | {"simulated": user.simulated}
            for user in world.users.values()
            if not user.is_bot
        ],
        "chats": [
            chat_view(world, chat)
            for chat in world.chats.values()
            if not chat.migrated_to and not chat.deleted
        ],
        "limits": {"message": LONGEST_MESSAGE},
        "now": world.now(),
    }


def chat_view(world: World, chat: Chat) -> dict[str, Any]:
    """A chat with its topics and members; a private one is titled with the bot's name."""
    bot_name = world.profile.name.get("") or world.bot.first_name
    present = [member for member in chat.members.values() if member.present]
    return {
        "id": chat.id,
        "type": chat.type,
        "title": bot_name if chat.person else chat.title,
        "is_forum": chat.is_forum,
        "topics": [
            {"id": topic.id, "name": topic.name, "closed": topic.closed}
            for topic in chat.topics.values()
        ],
        "members": [chat.person.id] if chat.person else [member.user.id for member in present],
        "admins": [member.user.id for member in present if member.admin],
        "blocked": chat.blocked,
    }


def message_view(message: Message, viewer: User) -> dict[str, Any]:
    """A message as this person's app shows it."""
    shown = message.render()
    shown["mine"] = message.author is viewer
    if file_id := _file_id(message):
        shown["file_url"] = f"/client/file/{file_id}"
    if message.poll:
        shown |= _poll_view(message.poll, viewer)
    if message.reactions:
        shown["reactions"] = [
            reaction for reactions in message.reactions.values() for reaction in reactions
        ]
    return shown


def history_view(chat: Chat, viewer: User) -> list[dict[str, Any]]:
    """The newest messages of a chat, oldest first."""
    return [message_view(message, viewer) for message in [*chat.messages.values()][-HISTORY:]]


def event_view(world: World, event: Event, viewer: User) -> dict[str, Any]:
    """An event as face 2 streams it."""
    shown: dict[str, Any] = {"type": event.kind, **(event.data or {})}
    if event.kind == "chat" and event.chat:
        return shown | {"chat": chat_view(world, event.chat)}
    if event.chat:
        shown["chat"] = event.chat.id
    message = event.message
    if message is None:
        return shown
    match event.kind:
        case "message" | "edited" | "reaction":
            if message.deleted:
                return shown | {"type": "deleted", "message_id": message.id}
            return shown | {"message": message_view(message, viewer)}
        case "poll" if message.poll:
            return shown | {"message_id": message.id, **_poll_view(message.poll, viewer)}
    return shown | {"message_id": message.id}


def _poll_view(poll: Poll, viewer: User) -> dict[str, Any]:
    vote = poll.votes.get(viewer.id)
    visible = poll.results_visible_to(viewer.id)
    shown: dict[str, Any] = {
        "poll": poll.render_for(viewer.id),
        "my_vote": None if vote is None else list(vote),
        "results_visible": visible,
    }
    if not poll.rules.anonymous:
        shown["voters"] = [
            {"id": voter, "options": list(chosen) if visible else []}
            for voter, chosen in poll.votes.items()
        ]
    return shown


def _file_id(message: Message) -> str | None:
    for kind in ("photo", "document", "sticker", "voice"):
        if found := message.content.get(kind):
            file: dict[str, Any] = found[-1] if kind == "photo" else found
            file_id: str = file["file_id"]
            return file_id
    return None
