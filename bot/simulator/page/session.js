/** Being somebody: loads what this person sees and keeps it up to date. */

import { get, listen } from "./api.js";
import { pollChanged } from "./polls.js";
import { queryAnswered } from "./keyboard.js";
import {
  emit,
  find,
  forgetMessages,
  isMember,
  lastMessage,
  put,
  remove,
  select,
  setHistory,
  setTyping,
  setWorld,
  state,
  visibleChats,
} from "./store.js";
import { toast } from "./overlay.js";

let stream;
let waiting = null;
let turn = 0;

/**
 * Becomes a person; an unknown number means the first there is. A group that is open stays open
 * if they are in it.
 */
export async function become(user, chat) {
  stream?.close();
  forgetMessages();
  const world = await get("world");
  state.me = world.users.some((u) => u.id === user) ? user : world.users[0].id;
  const shared = world.chats.find(({ id }) => id === (chat ?? state.chat));
  state.chat =
    shared?.type !== "private" && shared?.members.includes(state.me) ? shared.id : state.me;
  state.topic = 0;
  stream = listen(state.me, {
    onopen: () => {
      connection(true);
      reload();
    },
    onlost: () => connection(false),
    onevent: (event) => (waiting ? waiting.push(event) : apply(event)),
  });
}

/** Reads everything anew; what happens meanwhile is applied afterwards. */
export async function reload() {
  const mine = (turn += 1);
  waiting ??= [];
  try {
    setWorld(await get("world"));
    const chats = visibleChats().filter(isMember);
    visibleChats()
      .filter((chat) => !isMember(chat))
      .forEach((chat) => setHistory(chat.id, []));
    const pages = await Promise.all(
      chats.map((chat) => get("history", { chat: chat.id, as: state.me })),
    );
    if (mine !== turn) return;
    chats.forEach((chat, index) => setHistory(chat.id, pages[index].messages));
  } catch (error) {
    toast(error.message);
  }
  if (mine !== turn) return;
  const missed = waiting;
  waiting = null;
  state.loaded = true;
  stay();
  emit("world");
  missed.forEach(apply);
}

/** Stays in the chat, goes along to the supergroup that it became, or else home. */
function stay() {
  const moved = lastMessage(state.chat)?.migrate_to_chat_id;
  const place = [state.chat, moved].find((id) => state.chats.has(id)) ?? state.me;
  select(place, place === state.chat ? state.topic : 0);
}

function connection(connected) {
  state.connected = connected;
  emit("connection");
}

const EFFECTS = {
  message: arrived,
  edited: ({ chat, message }) => put(chat, message),
  reaction: ({ chat, message }) => put(chat, message),
  deleted: ({ chat, message_id: id }) => remove(chat, id),
  poll: (event) => pollChanged(event, find(event.chat, event.message_id)),
  typing: ({ chat, action }) => setTyping(chat, action),
  callback_answer: queryAnswered,
  chat: ({ chat }) => chatChanged(chat),
  world: reload,
};

function arrived({ chat, message }) {
  put(chat, message);
  // Who is no longer in a group hears nothing more of it, not even that.
  if (message.left_chat_member?.id === state.me) reload();
}

function apply(event) {
  EFFECTS[event.type]?.(event);
}

async function chatChanged(chat) {
  const known = state.chats.get(chat.id);
  state.chats.set(chat.id, chat);
  const joined = isMember(chat) && (!known || !isMember(known));
  if (joined && chat.type !== "private") {
    const { messages } = await get("history", { chat: chat.id, as: state.me });
    setHistory(chat.id, messages);
  }
  emit("world");
  if (chat.id === state.chat) emit("selection");
}
