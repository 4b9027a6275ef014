"""People, bots and chats: who they are, who belongs where, and how the Bot API shows them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

if TYPE_CHECKING:
    from bot.simulator.messages import Message

ChatType = Literal["private", "group", "supergroup", "channel"]
Status = Literal["creator", "administrator", "member", "restricted", "left", "kicked"]

CHAT_TYPES: tuple[ChatType, ...] = get_args(ChatType)
PRESENT = frozenset({"creator", "administrator", "member", "restricted"})
ADMINS = frozenset({"creator", "administrator"})
GENERAL = 1
SENDABLE = (
    "messages",
    "audios",
    "documents",
    "photos",
    "videos",
    "video_notes",
    "voice_notes",
    "polls",
    "other_messages",
)
ADMIN_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_pin_messages",
    "can_manage_topics",
    "can_post_messages",
    "can_edit_messages",
)
MEMBER_RIGHTS = (
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_edit_tag",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)


@dataclass(slots=True, eq=False)
class User:
    """A person or a bot.

    Attributes:
        simulated: A member of the crowd: nobody is at their app.
    """

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = "en"
    is_bot: bool = False
    deactivated: bool = False
    simulated: bool = False

    def render(self) -> dict[str, Any]:
        """The Bot API's User."""
        shown: dict[str, Any] = {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
        }
        if self.last_name:
            shown["last_name"] = self.last_name
        if self.username:
            shown["username"] = self.username
        if self.language_code and not self.is_bot:
            shown["language_code"] = self.language_code
        return shown


@dataclass(slots=True, eq=False)
class Member:
    """Somebody's place in a group or channel.

    Attributes:
        denied: For restricted members, what of SENDABLE they may not send.
        lacking: For administrators, what of ADMIN_RIGHTS they do not have.
    """

    user: User
    status: Status = "member"
    anonymous: bool = False
    denied: frozenset[str] = frozenset()
    lacking: frozenset[str] = frozenset()

    @property
    def present(self) -> bool:
        """Whether they are in the chat now."""
        return self.status in PRESENT

    @property
    def admin(self) -> bool:
        """Whether they are its owner or an administrator."""
        return self.status in ADMINS

    def may(self, right: str) -> bool:
        """Whether an administrator has one of ADMIN_RIGHTS."""
        return self.status == "creator" or (
            self.status == "administrator" and right not in self.lacking
        )

    def render(self) -> dict[str, Any]:
        """The Bot API's ChatMember."""
        shown: dict[str, Any] = {"status": self.status, "user": self.user.render()}
        match self.status:
            case "creator":
                shown["is_anonymous"] = self.anonymous
            case "administrator":
                shown |= {"can_be_edited": False, "is_anonymous": self.anonymous}
                shown |= {right: right not in self.lacking for right in ADMIN_RIGHTS}
            case "restricted":
                shown |= {"is_member": True, "until_date": 0}
                shown |= {f"can_send_{kind}": kind not in self.denied for kind in SENDABLE}
                shown |= dict.fromkeys(MEMBER_RIGHTS, False)
            case "kicked":
                shown["until_date"] = 0
        return shown


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is that of the service message that opened it."""

    id: int
    name: str
    closed: bool = False


@dataclass(slots=True, eq=False)
class Chat:
    """A conversation with everything in it.

    Attributes:
        person: The other side of a private chat.
        started: Private chats: the person has written to the bot at least once.
        denied: Groups: what of SENDABLE ordinary members may not send.
        readable_only: Nobody but the owner may write.
        migrated_to: Basic groups: the supergroup that took over.
        last_bot: The bot that spoke last; commands for nobody in particular are its.
    """

    id: int
    type: ChatType
    title: str = ""
    username: str | None = None
    person: User | None = None
    is_forum: bool = False
    started: bool = False
    blocked: bool = False
    deleted: bool = False
    readable_only: bool = False
    denied: frozenset[str] = frozenset()
    migrated_to: int | None = None
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    last_message_id: int = 0
    last_bot: User | None = None

    @property
    def is_group(self) -> bool:
        """Whether several people talk here."""
        return self.type in ("group", "supergroup")

    def member(self, user: User) -> Member:
        """Somebody's place here; whoever never came has left."""
        return self.members.get(user.id) or Member(user, "left")

    def people(self) -> set[int]:
        """The ids of those who see what happens here, the bots apart."""
        if self.person:
            return {self.person.id}
        return {m.user.id for m in self.members.values() if m.present and not m.user.is_bot}

    def render(self) -> dict[str, Any]:
        """The Bot API's Chat."""
        shown: dict[str, Any] = {"id": self.id}
        if self.person:
            shown["first_name"] = self.person.first_name
            if self.person.last_name:
                shown["last_name"] = self.person.last_name
        else:
            shown["title"] = self.title
        if username := self.person.username if self.person else self.username:
            shown["username"] = username
        shown["type"] = self.type
        if self.is_forum:
            shown["is_forum"] = True
        return shown
