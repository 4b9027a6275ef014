/** The menu of one message: reply, copy, edit, delete, retract a vote. */

import { post } from "./api.js";
import { copyText, menu, toast } from "./overlay.js";
import { hasVoted, retract } from "./polls.js";
import { currentChat, emit, isAdmin, isMember, state } from "./store.js";

export function messageMenu(at, message) {
  const chat = currentChat();
  const text = message.text ?? message.caption ?? message.poll?.question;
  const { poll } = message;
  const mayDelete = message.mine || chat.type === "private" || isAdmin(chat);
  menu(at, [
    isMember(chat) && { label: "Reply", icon: "reply", act: () => emit("reply", message) },
    text && { label: "Copy text", icon: "copy", act: () => copyText(text) },
    message.mine &&
      message.text && { label: "Edit", icon: "edit", act: () => emit("edit", message) },
    poll &&
      hasVoted(message) &&
      !poll.is_closed &&
      poll.allows_revoting !== false &&
      poll.type !== "quiz" && {
        label: "Retract vote",
        icon: "reply",
        act: () => retract(message),
      },
    mayDelete && { label: "Delete", icon: "trash", danger: true, act: () => erase(chat, message) },
  ]);
}

async function erase(chat, message) {
  try {
    await post("delete", { as: state.me, chat: chat.id, message_id: message.message_id });
  } catch (error) {
    toast(error.message, "error");
  }
}
