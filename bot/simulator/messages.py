"""A message: who sent what where, and how the Bot API shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.simulator.chats import Chat, User
    from bot.simulator.polls import Poll

SERVICE = frozenset(
    [
        "new_chat_members",
        "left_chat_member",
        "group_chat_created",
        "supergroup_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "forum_topic_created",
        "forum_topic_closed",
        "forum_topic_reopened",
        "new_chat_title",
    ]
)
MEDIA = frozenset({"photo", "document"})


@dataclass(slots=True, eq=False)
class Message:
    """One message of a chat.

    Attributes:
        content: The Bot API fields that say what it holds (text, photo, service fields …).
        sender: The user who wrote it; for anonymous administrators and channels Telegram's
            stand-in account; None for channel posts.
        author: The person who really wrote it; None for the bot under test.
        markup: Its inline keyboard.
        thread: The id of its topic or, in supergroups without topics, of its reply thread.
    """

    chat: Chat
    id: int
    date: int
    content: dict[str, Any]
    sender: User | None = None
    sender_chat: Chat | None = None
    author: User | None = None
    edit_date: int | None = None
    reply_to: Message | None = None
    thread: int | None = None
    markup: dict[str, Any] | None = None
    poll: Poll | None = None
    deleted: bool = False
    reactions: dict[int, list[dict[str, Any]]] = field(default_factory=dict)

    @property
    def is_service(self) -> bool:
        """Whether it reports an event of the chat instead of carrying a message."""
        return not SERVICE.isdisjoint(self.content)

    @property
    def has_media(self) -> bool:
        """Whether it carries a file, so that its words are a caption."""
        return not MEDIA.isdisjoint(self.content)

    @property
    def words(self) -> str:
        """The text or the caption; empty if it has neither."""
        text: str = self.content.get("text") or self.content.get("caption") or ""
        return text

    def render(self, *, with_reply: bool = True) -> dict[str, Any]:
        """The Bot API's Message; the message that it replies to shows no further reply."""
        shown: dict[str, Any] = {"message_id": self.id}
        if self.sender:
            shown["from"] = self.sender.render()
        if self.sender_chat:
            shown["sender_chat"] = self.sender_chat.render()
        shown |= {"chat": self.chat.render(), "date": self.date}
        if self.edit_date:
            shown["edit_date"] = self.edit_date
        if self.thread:
            shown["message_thread_id"] = self.thread
            if self.chat.is_forum:
                shown["is_topic_message"] = True
        if with_reply and self.reply_to and not self.reply_to.deleted:
            shown["reply_to_message"] = self.reply_to.render(with_reply=False)
        shown |= self.content
        if self.poll:
            shown["poll"] = self.poll.render()
        if self.markup:
            shown["reply_markup"] = self.markup
        return shown

    def render_inaccessible(self) -> dict[str, Any]:
        """The Bot API's InaccessibleMessage."""
        return {"chat": self.chat.render(), "message_id": self.id, "date": 0}
