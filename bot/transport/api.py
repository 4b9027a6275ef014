"""What the bot asks of Telegram, with the errors that mean "already so" turned into answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Unpack

from bot.transport.caller import Caller
from bot.transport.failures import MessageGone, NotModified, PollClosed, QueryExpired
from bot.transport.html_split import CAPTION_LIMIT, MESSAGE_LIMIT, split_html, utf16_cut
from bot.transport.pacing import Lane
from bot.transport.sending import Edit, Keyboard, Options, SentFile, SentPoll, Upload

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.transport.failures import ChatId

__all__ = ["Api", "Edit", "Keyboard", "Lane", "Options", "SentFile", "SentPoll", "Upload"]

CALLBACK_TEXT_LIMIT = 200

_NO_PREVIEW = {"is_disabled": True}


class Api(Caller):
    """The Bot API as the bot uses it; for methods without a helper there is `call`.

    Texts and captions are Telegram's HTML, `options` are those of `Options`. The helpers raise
    what `call` raises, apart from the errors that they answer with a value.
    """

    async def send_text(self, chat_id: ChatId, text: str, **options: Unpack[Options]) -> int:
        """Send a text, in several messages if it is too long for one.

        Returns:
            The id of the last message, which bears the buttons.
        """
        return await self._send_parts(chat_id, split_html(text, MESSAGE_LIMIT) or [text], options)

    async def edit_text(
        self, chat_id: ChatId, message_id: int, text: str, **options: Unpack[Options]
    ) -> Edit:
        """Change a message; without a keyboard its buttons go.

        What is too long for it follows in new messages, the buttons below the last of them.
        "Message is not modified" is UNCHANGED; "message to edit not found" and "message can't be
        edited" are GONE, and then nothing is sent.
        """
        first, *rest = split_html(text, MESSAGE_LIMIT) or [text]
        content = {
            "chat_id": chat_id,
            "message_id": message_id,
            "text": first,
            "link_preview_options": _NO_PREVIEW,
        }
        return await self._edit("editMessageText", content, rest, options)

    async def edit_caption(
        self, chat_id: ChatId, message_id: int, caption: str, **options: Unpack[Options]
    ) -> Edit:
        """Change the caption of a photo or document; otherwise as `edit_text`."""
        first, *rest = split_html(caption, CAPTION_LIMIT) or [caption]
        content = {"chat_id": chat_id, "message_id": message_id, "caption": first}
        return await self._edit("editMessageCaption", content, rest, options)

    async def edit_photo(
        self,
        chat_id: ChatId,
        message_id: int,
        photo: Upload | str,
        caption: str = "",
        *,
        keyboard: Keyboard | None = None,
    ) -> Edit:
        """Change the picture of a message and its caption; errors as with `edit_text`.

        What is too long for a caption is cut off.
        """
        first, *_ = split_html(caption, CAPTION_LIMIT) or [""]
        upload = isinstance(photo, Upload)
        media = {
            "type": "photo",
            "media": "attach://photo" if upload else photo,
            "caption": first,
            "parse_mode": "HTML",
        }
        params = {
            "chat_id": chat_id,
            "message_id": message_id,
            "media": media,
            "reply_markup": keyboard,
        }
        files = {"photo": photo} if isinstance(photo, Upload) else None
        return await self._outcome_of_edit("editMessageMedia", params, Lane.PEOPLE, files)

    async def edit_markup(
        self,
        chat_id: ChatId,
        message_id: int,
        keyboard: Keyboard | None = None,
        lane: Lane = Lane.PEOPLE,
    ) -> Edit:
        """Change the buttons below a message or take them away; errors as with `edit_text`."""
        params = {"chat_id": chat_id, "message_id": message_id, "reply_markup": keyboard}
        return await self._outcome_of_edit("editMessageReplyMarkup", params, lane)

    async def delete(self, chat_id: ChatId, message_id: int) -> bool:
        """Delete a message; False for "message to delete not found" and "can't be deleted"."""
        try:
            await self.call("deleteMessage", {"chat_id": chat_id, "message_id": message_id})
        except MessageGone:
            return False
        return True

    async def answer_callback(
        self, query_id: str, text: str = "", *, alert: bool = False, url: str | None = None
    ) -> bool:
        """Answer the press on a button; False for "query is too old".

        Args:
            query_id: The callback query.
            text: Plain text, cut at 200 characters; empty for no word.
            alert: Whether the text is to be confirmed.
            url: A `t.me/<bot>?start=…` link to open.
        """
        params = {
            "callback_query_id": query_id,
            "text": utf16_cut(text, CALLBACK_TEXT_LIMIT) or None,
            "show_alert": alert or None,
            "url": url,
        }
        try:
            await self.call("answerCallbackQuery", params)
        except QueryExpired:
            return False
        return True

    async def send_photo(
        self,
        chat_id: ChatId,
        photo: Upload | str,
        caption: str = "",
        **options: Unpack[Options],
    ) -> SentFile:
        """Send a picture, given as a file or by the `file_id` of one sent before.

        What is too long for the caption follows in messages; the id returned is that of the last
        message, which bears the buttons.
        """
        message, last_id = await self._send_file("photo", chat_id, photo, caption, options)
        return SentFile(last_id, message["photo"][-1]["file_id"])

    async def send_document(
        self,
        chat_id: ChatId,
        document: Upload | str,
        caption: str = "",
        **options: Unpack[Options],
    ) -> SentFile:
        """Send a file; otherwise as `send_photo`."""
        message, last_id = await self._send_file("document", chat_id, document, caption, options)
        return SentFile(last_id, message["document"]["file_id"])

    async def send_poll(
        self,
        chat_id: ChatId,
        poll: Mapping[str, Any],
        files: Mapping[str, Upload] | None = None,
        **options: Unpack[Options],
    ) -> SentPoll:
        """Send a poll.

        Args:
            chat_id: The chat.
            poll: The parameters of `sendPoll` that describe it: `question`, `options`, `type`, ….
            files: Uploads that `poll` refers to by `attach://name`.
            options: As with every message.
        """
        params = {"chat_id": chat_id, **poll, **_message_params(options)}
        message = await self.call("sendPoll", params, files=files, lane=_lane(options))
        option_ids = (option["persistent_id"] for option in message["poll"]["options"])
        return SentPoll(message["message_id"], message["poll"]["id"], tuple(option_ids))

    async def stop_poll(self, chat_id: ChatId, message_id: int) -> dict[str, Any] | None:
        """Close a poll; its final state, or None if it was closed or gone before."""
        params = {"chat_id": chat_id, "message_id": message_id}
        try:
            poll: dict[str, Any] = await self.call("stopPoll", params)
        except (PollClosed, MessageGone):
            return None
        return poll

    async def send_action(
        self, chat_id: ChatId, action: str = "typing", thread_id: int | None = None
    ) -> None:
        """Show that something is being done, for five seconds or until the next message."""
        params = {"chat_id": chat_id, "action": action, "message_thread_id": thread_id}
        await self.call("sendChatAction", params)

    async def _send_parts(self, chat_id: ChatId, parts: Sequence[str], options: Options) -> int:
        message_id = 0
        for number, part in enumerate(parts, start=1):
            params = {
                "chat_id": chat_id,
                "text": part,
                "parse_mode": "HTML",
                "link_preview_options": _NO_PREVIEW,
                **_message_params(options),
            }
            if number > 1:
                params["reply_parameters"] = None
            if number < len(parts):
                params["reply_markup"] = None
            message = await self.call(
                "sendMessage",
                params,
                lane=_lane(options),
                turn_taken=number == 1 and options.get("turn_taken", False),
            )
            message_id = message["message_id"]
        return message_id

    async def _send_file(
        self, kind: str, chat_id: ChatId, file: Upload | str, caption: str, options: Options
    ) -> tuple[dict[str, Any], int]:
        first, *rest = split_html(caption, CAPTION_LIMIT) or [""]
        params = {
            "chat_id": chat_id,
            kind: file if isinstance(file, str) else None,
            "caption": first or None,
            "parse_mode": "HTML",
            **_message_params(options),
        }
        if rest:
            params["reply_markup"] = None
        message: dict[str, Any] = await self.call(
            f"send{kind.capitalize()}",
            params,
            files={kind: file} if isinstance(file, Upload) else None,
            lane=_lane(options),
            turn_taken=options.get("turn_taken", False),
        )
        if not rest:
            return message, message["message_id"]
        return message, await self._send_parts(chat_id, rest, _unaddressed(options))

    async def _edit(
        self, method: str, content: dict[str, Any], rest: Sequence[str], options: Options
    ) -> Edit:
        params = content | {
            "parse_mode": "HTML",
            "reply_markup": None if rest else options.get("keyboard"),
        }
        edit = await self._outcome_of_edit(method, params, _lane(options))
        if rest and edit is not Edit.GONE:
            await self._send_parts(params["chat_id"], rest, _unaddressed(options))
        return edit

    async def _outcome_of_edit(
        self,
        method: str,
        params: Mapping[str, Any],
        lane: Lane,
        files: Mapping[str, Upload] | None = None,
    ) -> Edit:
        try:
            await self.call(method, params, files=files, lane=lane)
        except NotModified:
            return Edit.UNCHANGED
        except MessageGone:
            return Edit.GONE
        return Edit.EDITED


def _lane(options: Options) -> Lane:
    return options.get("lane", Lane.PEOPLE)


def _unaddressed(options: Options) -> Options:
    """The options of what follows a message, which itself answers nothing."""
    return {**options, "reply_to": None, "turn_taken": False}


def _message_params(options: Options) -> dict[str, Any]:
    reply_to = options.get("reply_to")
    return {
        "message_thread_id": options.get("thread_id"),
        "reply_parameters": None
        if reply_to is None
        else {"message_id": reply_to, "allow_sending_without_reply": True},
        "reply_markup": options.get("keyboard"),
        "disable_notification": options.get("silent") or None,
    }
