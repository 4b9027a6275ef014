/** Being somebody: loads what this person sees and keeps it up to date. */

import { get, listen } from "./api.js";
import { pollChanged } from "./polls.js";
import { queryAnswered } from "./keyboard.js";
import {
  emit,
  find,
  forgetMessages,
  isMember,
  put,
  remove,
  select,
  setHistory,
  setTyping,
  setWorld,
  state,
  visibleChats,
} from "./store.js";

const RETRY_MILLISECONDS = 1500;
/** Groups that became supergroups: old chat → new chat. */
const moves = new Map();
let stream;
let waiting = null;
let turn = 0;

/**
 * Becomes a person; an unknown number means the first there is. A group that is open stays open
 * if they are in it.
 */
export async function become(user, chat) {
  const world = await get("world");
  stream?.close();
  forgetMessages();
  const before = chat ?? state.chat;
  state.me = world.users.some((u) => u.id === user) ? user : world.users[0].id;
  const group = world.chats.find(({ id, type }) => id === before && type !== "private");
  state.chat = group?.members.includes(state.me) ? before : state.me;
  state.topic = 0;
  stream = listen(state.me, {
    onopen: reload,
    onlost: () => connection(false),
    onevent: heard,
  });
}

/** Reads everything anew; what happens meanwhile is applied afterwards. */
export async function reload() {
  const mine = (turn += 1);
  waiting ??= [];
  try {
    setWorld(...(await Promise.all([get("world"), get("crowd")])));
    const [inside, outside] = [true, false].map((member) =>
      visibleChats().filter((chat) => isMember(chat) === member),
    );
    const pages = await Promise.all(
      inside.map((chat) => get("history", { chat: chat.id, as: state.me })),
    );
    if (mine !== turn) return;
    inside.forEach((chat, index) => setHistory(chat.id, pages[index].messages));
    outside.forEach((chat) => setHistory(chat.id, []));
  } catch {
    connection(false);
    setTimeout(() => mine === turn && reload(), RETRY_MILLISECONDS);
    return;
  }
  const missed = waiting;
  waiting = null;
  state.loaded = true;
  connection(true);
  stay();
  emit("world");
  missed.forEach(apply);
}

/** Stays in the chat, goes along to the supergroup that it became, or else home. */
function stay() {
  const place = [state.chat, moves.get(state.chat)].find((id) => state.chats.has(id)) ?? state.me;
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

function heard(event) {
  if (event.message?.migrate_to_chat_id) moves.set(event.chat, event.message.migrate_to_chat_id);
  if (waiting) waiting.push(event);
  else apply(event);
}

function apply(event) {
  EFFECTS[event.type]?.(event);
}

function chatChanged(chat) {
  const known = state.chats.get(chat.id);
  state.chats.set(chat.id, chat);
  if (isMember(chat) && !(known && isMember(known))) return reload();
  emit("world");
  if (chat.id === state.chat) emit("selection");
}
