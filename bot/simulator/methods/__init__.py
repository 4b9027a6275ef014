"""The methods of the Bot API that the simulator carries out: the whole map on one page.

getUpdates and the webhook methods, which wait or talk to the network, are in ``receiving``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from bot.simulator.methods import chats, deleting, editing, polling, replies, sending, settings

if TYPE_CHECKING:
    from bot.simulator.world import World

Handler = Callable[["World", Mapping[str, Any]], Any]

METHODS: dict[str, Handler] = {
    "getMe": settings.get_me,
    "sendMessage": sending.send_message,
    "sendPhoto": sending.send_photo,
    "sendDocument": sending.send_document,
    "sendChatAction": sending.send_chat_action,
    "sendPoll": polling.send_poll,
    "stopPoll": polling.stop_poll,
    "editMessageText": editing.edit_message_text,
    "editMessageCaption": editing.edit_message_caption,
    "editMessageMedia": editing.edit_message_media,
    "editMessageReplyMarkup": editing.edit_message_reply_markup,
    "deleteMessage": deleting.delete_message,
    "deleteMessages": deleting.delete_messages,
    "answerCallbackQuery": replies.answer_callback_query,
    "setMessageReaction": replies.set_message_reaction,
    "getFile": replies.get_file,
    "getChat": chats.get_chat,
    "getChatMember": chats.get_chat_member,
    "getChatAdministrators": chats.get_chat_administrators,
    "getChatMemberCount": chats.get_chat_member_count,
    "leaveChat": chats.leave_chat,
    "pinChatMessage": chats.pin_chat_message,
    "unpinChatMessage": chats.unpin_chat_message,
    "setMyCommands": settings.set_my_commands,
    "getMyCommands": settings.get_my_commands,
    "deleteMyCommands": settings.delete_my_commands,
    "setMyName": settings.set_my_name,
    "getMyName": settings.get_my_name,
    "setMyDescription": settings.set_my_description,
    "getMyDescription": settings.get_my_description,
    "setMyShortDescription": settings.set_my_short_description,
    "getMyShortDescription": settings.get_my_short_description,
    "setChatMenuButton": settings.set_chat_menu_button,
    "getChatMenuButton": settings.get_chat_menu_button,
}
