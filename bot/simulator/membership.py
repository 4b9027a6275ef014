"""Groups and channels: who comes and goes, who rules, topics, and the move to a supergroup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

from bot.simulator.chats import GENERAL, Chat, ChatType, Member, Status, Topic, User
from bot.simulator.errors import PersonError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.simulator.world import World

BotRole = Literal["member", "administrator", "absent"]
BOT_ROLES: tuple[BotRole, ...] = get_args(BotRole)
STATUSES: tuple[Status, ...] = get_args(Status)
TOPIC_COLOUR = 7_322_096


def create_group(
    world: World,
    title: str,
    *,
    kind: ChatType = "supergroup",
    members: Iterable[User] = (),
    admins: Iterable[User] = (),
    bot: BotRole = "member",
    is_forum: bool = False,
    username: str | None = None,
    chat_id: int = 0,
) -> Chat:
    """Create a group or channel; the first administrator (or member) owns it and adds the bot."""
    chat = Chat(chat_id, kind, title, username, is_forum=is_forum)
    if is_forum:
        chat.topics[GENERAL] = Topic(GENERAL, "General")
    chat.members = {person.id: Member(person) for person in members}
    chat.members |= {person.id: Member(person, "administrator") for person in admins}
    owner = next(iter([*admins, *members]), None)
    if owner:
        chat.members[owner.id].status = "creator"
    world.add_chat(chat)
    if bot != "absent":
        change_member(world, chat, world.bot, bot, by=owner or world.bot)
    return chat


def change_member(
    world: World,
    chat: Chat,
    user: User,
    status: Status,
    *,
    by: User,
    anonymous: bool = False,
    denied: Iterable[str] = (),
    lacking: Iterable[str] = (),
) -> None:
    """Let somebody join, leave, be added, promoted, restricted or thrown out.

    `denied` (of SENDABLE) makes them restricted; `lacking` (of ADMIN_RIGHTS) is for
    administrators. The bot hears of itself by ``my_chat_member``, and of others by service
    messages and, as an administrator who asked for it, by ``chat_member``.
    """
    old = chat.member(user)
    new = Member(
        user,
        "restricted" if denied else status,
        anonymous,
        frozenset(denied),
        frozenset(lacking),
    )
    chat.members[user.id] = new
    change = {
        "chat": chat.render(),
        "from": by.render(),
        "date": int(world.now()),
        "old_chat_member": old.render(),
        "new_chat_member": new.render(),
    }
    if user is world.bot:
        world.push("my_chat_member", change)
    elif world.bot_member(chat).admin:
        world.push("chat_member", change)
    if chat.is_group and new.present and not old.present:
        world.post(chat, {"new_chat_members": [user.render()]}, author=by)
    if chat.is_group and old.present and not new.present:
        world.post(chat, {"left_chat_member": user.render()}, author=by)
    world.feed.publish("chat", chat, audience=frozenset(chat.people() | {user.id}))


def join(world: World, chat: Chat, user: User, *, by: User) -> None:
    """Somebody comes in, or is brought by a member.

    Raises:
        PersonError: It is no group, or nobody in it brings them.
    """
    if chat.person:
        raise PersonError("A private chat has no members.")
    if by is not user and not chat.member(by).present:
        raise PersonError(f"{by.first_name} is not in this chat.")
    if not chat.member(user).present:
        change_member(world, chat, user, "member", by=by)


def leave(world: World, chat: Chat, user: User, *, by: User) -> None:
    """Somebody leaves, or is thrown out by an administrator.

    Raises:
        PersonError: They are not there, or the other is no administrator.
    """
    if not chat.member(user).present:
        raise PersonError(f"{user.first_name} is not in this chat.")
    if by is not user and not chat.member(by).admin:
        raise PersonError("Only administrators throw people out.")
    change_member(world, chat, user, "left" if by is user else "kicked", by=by)


def owner_of(chat: Chat) -> User | None:
    """The creator, if there is one."""
    return next((m.user for m in chat.members.values() if m.status == "creator"), None)


def migrate(world: World, group: Chat) -> Chat:
    """Turn a basic group into a supergroup under a new id; the old one answers with it."""
    supergroup = Chat(0, "supergroup", group.title, members=dict(group.members))
    world.add_chat(supergroup)
    author = owner_of(group) or world.bot
    group.migrated_to = supergroup.id
    world.post(group, {"migrate_to_chat_id": supergroup.id}, author=author)
    world.post(supergroup, {"migrate_from_chat_id": group.id}, author=author)
    group.members = {}
    world.feed.publish("world")
    return supergroup


def open_topic(world: World, chat: Chat, name: str, *, by: User) -> Topic:
    """Open a topic in a forum; its id is that of the message saying so."""
    created = {"forum_topic_created": {"name": name, "icon_color": TOPIC_COLOUR}}
    message = world.post(chat, created, author=by)
    message.thread = message.id
    topic = chat.topics[message.id] = Topic(message.id, name)
    world.feed.publish("chat", chat)
    return topic


def close_topic(world: World, chat: Chat, topic: Topic, *, by: User, closed: bool = True) -> None:
    """Close a topic for those who are no administrators, or open it again."""
    topic.closed = closed
    thread = None if topic.id == GENERAL else topic.id
    event = "forum_topic_closed" if closed else "forum_topic_reopened"
    world.post(chat, {event: {}}, author=by, thread=thread)
    world.feed.publish("chat", chat)


def remove_group(world: World, group: Chat) -> None:
    """Delete a group for everybody; the bot is not told."""
    group.deleted = True
    group.members = {}
    world.feed.publish("world")
