"""Groups and channels, for tests: who is in them, who rules, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from bot.simulator import membership
from bot.simulator.people import Person
from bot.simulator.sights import Seen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.simulator.chats import Chat, ChatType, Status, User
    from bot.simulator.world import World


class Group:
    """A group, supergroup or channel."""

    def __init__(self, world: World, chat: Chat) -> None:
        self.world = world
        self.chat = chat

    @classmethod
    def create(
        cls,
        world: World,
        title: str,
        kind: ChatType,
        members: Sequence[Person],
        admins: Sequence[Person],
        **about: Any,
    ) -> Self:
        """Create one; see `membership.create_group`."""
        chat = membership.create_group(
            world,
            title,
            kind=kind,
            members=[person.user for person in members],
            admins=[person.user for person in admins],
            **about,
        )
        return cls(world, chat)

    @property
    def id(self) -> int:
        """The chat's id."""
        return self.chat.id

    @property
    def messages(self) -> list[Seen]:
        """All messages as they are now, oldest first."""
        return [Seen.of(message) for message in self.chat.messages.values()]

    def add(self, person: Person) -> None:
        """Somebody joins (or another bot is added)."""
        self._change(person.user, "member", by=None if person.user.is_bot else person.user)

    def leave(self, person: Person) -> None:
        """Somebody leaves."""
        self._change(person.user, "left", by=person.user)

    def throw_out(self, person: Person) -> None:
        """Somebody is banned."""
        self._change(person.user, "kicked")

    def promote(self, person: Person, *, anonymous: bool = False) -> None:
        """Somebody becomes an administrator, perhaps an anonymous one."""
        self._change(person.user, "administrator", anonymous=anonymous)

    def demote(self, person: Person) -> None:
        """An administrator becomes an ordinary member."""
        self._change(person.user, "member")

    def add_bot(self) -> None:
        """Add the bot under test."""
        self._change(self.world.bot, "member")

    def promote_bot(self, *, without: Sequence[str] = ()) -> None:
        """Make the bot an administrator, without some of ADMIN_RIGHTS."""
        self._change(self.world.bot, "administrator", lacking=without)

    def kick_bot(self) -> None:
        """Throw the bot out."""
        self._change(self.world.bot, "kicked")

    def remove_bot(self) -> None:
        """Remove the bot so that it may be added again."""
        self._change(self.world.bot, "left")

    def restrict_bot(self, *denied: str) -> None:
        """Keep the bot from sending some of SENDABLE ("messages", "polls", "photos" …)."""
        self._change(self.world.bot, "member", denied=denied)

    def deny(self, *kinds: str) -> None:
        """Keep all ordinary members from sending some of SENDABLE."""
        self.chat.denied = frozenset(kinds)

    def make_read_only(self) -> None:
        """Take the write access from everybody."""
        self.chat.readable_only = True

    def open_topic(self, name: str) -> int:
        """Open a topic; returns its thread id."""
        return membership.open_topic(self.world, self.chat, name, by=self._owner()).id

    def close_topic(self, thread: int) -> None:
        """Close a topic (1 is General)."""
        topic = self.chat.topics[thread]
        membership.close_topic(self.world, self.chat, topic, by=self._owner())

    def reopen_topic(self, thread: int) -> None:
        """Open a closed topic again."""
        topic = self.chat.topics[thread]
        membership.close_topic(self.world, self.chat, topic, by=self._owner(), closed=False)

    def migrate(self) -> Group:
        """Turn a basic group into a supergroup; returns that."""
        return Group(self.world, membership.migrate(self.world, self.chat))

    def delete(self) -> None:
        """Delete the group for everybody."""
        membership.remove_group(self.world, self.chat)

    def _owner(self) -> User:
        return membership.owner_of(self.chat) or self.world.bot

    def _change(self, user: User, status: Status, *, by: User | None = None, **about: Any) -> None:
        author = by or self._owner()
        membership.change_member(self.world, self.chat, user, status, by=author, **about)
