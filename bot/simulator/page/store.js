/** What the page knows: who you are, the chats and their messages; changes are announced. */

export const state = {
  bot: null,
  users: [],
  chats: new Map(),
  limit: 4096,
  /** Simulated people: their ids, and whether they take part. */
  crowd: { members: [], playing: false },
  /** Seconds by which the simulator's clock is ahead of this computer's. */
  ahead: 0,
  me: 0,
  chat: 0,
  topic: 0,
  connected: false,
  loaded: false,
};

const GENERAL_TOPIC = 1;
const TYPING_MILLISECONDS = 6000;
const histories = new Map();
const unread = new Map();
const newestSeen = new Map();
const typing = new Map();
const listeners = new Map();

export function on(kind, listener) {
  if (!listeners.has(kind)) listeners.set(kind, []);
  listeners.get(kind).push(listener);
}

/**
 * Kinds: "world", "selection", "messages" {chat, arrived?, quiet?}, "typing" (a chat),
 * "connection", and what somebody wants: "reply", "edit" (a message), "reveal" (a message id),
 * "opened", "escape".
 */
export function emit(kind, detail) {
  for (const listener of listeners.get(kind) ?? []) listener(detail);
}

export const currentChat = () => state.chats.get(state.chat);
/** Those whom one can be. */
export const people = () => state.users.filter((user) => !user.simulated);
/** Unix time where the bot lives. */
export const now = () => Date.now() / 1000 + state.ahead;
export const person = (id) => state.users.find((user) => user.id === id);
export const isMember = (chat) => chat.type === "private" || chat.members.includes(state.me);
export const isAdmin = (chat) => chat.admins?.includes(state.me) ?? false;

/** Private chat first, then groups; other people's private chats are theirs alone. */
export function visibleChats() {
  return [...state.chats.values()].filter(
    (chat) => chat.type !== "private" || chat.id === state.me,
  );
}

export function history(chat = state.chat) {
  return [...(histories.get(chat)?.values() ?? [])].sort((a, b) => a.message_id - b.message_id);
}

export const find = (chat, id) => histories.get(chat)?.get(id);
export const lastMessage = (chat) => history(chat).at(-1);

/** The forum topic that a message belongs to; 0 is General and every chat without topics. */
export function topicOf(message) {
  const thread = message.is_topic_message ? message.message_thread_id : 0;
  return thread === GENERAL_TOPIC ? 0 : thread;
}

/** A forum's topics, General first, under the numbers of `topicOf`. */
export function topicsOf(chat) {
  const named = chat.topics.filter((topic) => topic.id !== GENERAL_TOPIC);
  const general = chat.topics.find((topic) => topic.id === GENERAL_TOPIC);
  return [{ name: "General", closed: false, ...general, id: 0 }, ...named];
}

export function topicClosed(chat, id) {
  return chat.is_forum && topicsOf(chat).some((topic) => topic.id === id && topic.closed);
}

export function shownHistory() {
  const all = history();
  return currentChat()?.is_forum ? all.filter((m) => topicOf(m) === state.topic) : all;
}

export function setWorld(world, crowd) {
  Object.assign(state, {
    bot: world.bot,
    users: world.users,
    limit: world.limits?.message ?? 4096,
    ahead: world.now - Date.now() / 1000,
    crowd,
  });
  state.chats = new Map(world.chats.map((chat) => [chat.id, chat]));
  if (!state.chats.has(state.me)) {
    state.chats.set(state.me, {
      id: state.me,
      type: "private",
      title: world.bot.first_name,
      is_forum: false,
      topics: [],
      members: [state.me],
      admins: [],
      blocked: false,
    });
  }
}

/** Takes a chat's messages from the server; what came since this person last looked is unread. */
export function setHistory(chat, messages) {
  const key = mark(chat);
  const before = newestSeen.get(key);
  const known = histories.get(chat);
  const same = (m, old) => old && JSON.stringify(m) === JSON.stringify(old);
  // An unchanged message stays the same object, so that its row stays as it is.
  const kept = messages.map((m) =>
    same(m, known?.get(m.message_id)) ? known.get(m.message_id) : m,
  );
  histories.set(chat, new Map(kept.map((m) => [m.message_id, m])));
  if (before !== undefined) {
    messages.filter((m) => m.message_id > before && !m.mine).forEach((m) => noteUnread(m, chat));
  }
  newestSeen.set(key, Math.max(before ?? 0, ...messages.map((m) => m.message_id)));
}

/** Adds or replaces a message; a quiet change is none that has to be announced. */
export function put(chat, message, { quiet = false } = {}) {
  if (!histories.has(chat)) histories.set(chat, new Map());
  const arrived = !histories.get(chat).has(message.message_id);
  histories.get(chat).set(message.message_id, message);
  if (arrived) {
    newestSeen.set(mark(chat), Math.max(newestSeen.get(mark(chat)) ?? 0, message.message_id));
    if (!message.mine) noteUnread(message, chat);
    if (message.from?.is_bot) typing.delete(chat);
  }
  emit("messages", { chat, arrived: arrived ? message : undefined, quiet });
}

export function remove(chat, id) {
  histories.get(chat)?.delete(id);
  unread.get(mark(chat))?.delete(id);
  emit("messages", { chat });
}

export function forgetMessages() {
  histories.clear();
  typing.clear();
}

/** How many messages wait, in a chat or in one of its topics. */
export function unreadCount(chat, topic) {
  const ids = [...(unread.get(mark(chat)) ?? [])];
  if (topic === undefined) return ids.length;
  return ids.filter((id) => topicOf(find(chat, id) ?? {}) === topic).length;
}

/** Everything shown now has been seen. */
export function markRead() {
  const ids = unread.get(mark(state.chat));
  const read = shownHistory().filter((m) => ids?.delete(m.message_id));
  if (read.length) emit("messages", { chat: state.chat });
}

export function setTyping(chat, action) {
  const until = Date.now() + TYPING_MILLISECONDS;
  typing.set(chat, { action, until });
  emit("typing", chat);
  setTimeout(() => emit("typing", chat), TYPING_MILLISECONDS + 50);
}

export function typingIn(chat) {
  const current = typing.get(chat);
  return current && current.until > Date.now() ? current.action : null;
}

export function select(chat, topic = 0) {
  Object.assign(state, { chat, topic });
  emit("selection");
}

/** Selects a chat because somebody asked for it: on narrow screens it comes to the front. */
export function openChat(chat) {
  select(chat);
  emit("opened");
}

const mark = (chat) => `${state.me}:${chat}`;

function noteUnread(message, chat) {
  const key = mark(chat);
  if (!unread.has(key)) unread.set(key, new Set());
  unread.get(key).add(message.message_id);
}
