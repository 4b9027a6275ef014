/** The list of chats, the head of the open one, its topics, and the banner of the connection. */

import { avatar } from "./avatar.js";
import { byId, fill, h, icon } from "./dom.js";
import { counted, fullName, initials, listTime, preview, sender, tint } from "./format.js";
import { serviceText } from "./service.js";
import {
  currentChat,
  isMember,
  lastMessage,
  on,
  openChat,
  person,
  select,
  state,
  topicsOf,
  typingIn,
  unreadCount,
  visibleChats,
} from "./store.js";
import { chatMenu, peopleMenu } from "./people.js";

const QUIET_MILLISECONDS = 700;
const ACTIONS = {
  typing: "typing…",
  upload_photo: "sending a picture…",
  upload_document: "sending a file…",
  record_voice: "recording…",
  choose_sticker: "choosing a sticker…",
  find_location: "picking a place…",
};
let bannerTimer;

export function startSidebar() {
  for (const kind of ["world", "selection", "messages"]) on(kind, draw);
  on("typing", draw);
  on("connection", banner);
  on("opened", () => showList(false));
  byId("you").addEventListener("click", (event) => peopleMenu(event.currentTarget));
  byId("chat-menu").addEventListener("click", (event) => chatMenu(event.currentTarget));
  byId("back").addEventListener("click", () => showList(true));
}

/** On narrow screens either the list or the chat is on show. */
export function showList(shown) {
  document.body.classList.toggle("show-list", shown);
  if (shown) byId("chats").querySelector("[aria-current]")?.focus();
}

function draw() {
  const chat = currentChat();
  if (!chat) return;
  you();
  keepFocus(byId("chats"), () => fill(byId("chats"), inOrder().map(entry)));
  header(chat);
  keepFocus(byId("topics"), () => topics(chat));
  const waiting = waitingIn(visibleChats());
  document.title = `${waiting ? `(${waiting}) ` : ""}${state.bot.first_name}`;
}

/** Redraws a list whose entries have ids without the focused one losing the focus. */
function keepFocus(box, redraw) {
  const id = box.contains(document.activeElement) && document.activeElement.id;
  redraw();
  if (id) byId(id)?.focus();
}

function you() {
  const me = person(state.me);
  fill(
    byId("you"),
    avatar(me.id, fullName(me), ".small"),
    h("span.you-words", {}, h("small", {}, "You are"), h("bdi", {}, fullName(me))),
    icon("down"),
  );
}

function inOrder() {
  const weight = (chat) => lastMessage(chat.id)?.date ?? (chat.type === "private" ? Infinity : 0);
  return visibleChats().sort((a, b) => weight(b) - weight(a));
}

function entry(chat) {
  const last = lastMessage(chat.id);
  const waiting = unreadCount(chat.id);
  return h(
    "button.entry",
    {
      type: "button",
      id: `entry-${chat.id}`,
      onclick: () => openChat(chat.id),
      "aria-current": chat.id === state.chat ? "true" : undefined,
    },
    avatar(chat.type === "private" ? state.bot.id : chat.id, chat.title),
    h(
      "span.entry-words",
      {},
      h(
        "span.entry-top",
        {},
        chat.is_forum && icon("forum"),
        chat.type !== "private" && !chat.is_forum && icon("group"),
        h("bdi.entry-title", {}, chat.title),
        last && h("time", {}, listTime(last.date)),
      ),
      h(
        "span.entry-bottom",
        {},
        h("span.entry-line", {}, lastLine(chat, last)),
        waiting > 0 && h("span.badge", { "aria-label": `${waiting} unread` }, String(waiting)),
      ),
    ),
  );
}

function lastLine(chat, last) {
  const action = typingIn(chat.id);
  if (action) return h("em.typing", {}, ACTIONS[action] ?? "typing…");
  if (!isMember(chat)) return "You are not a member";
  if (!last) return chat.type === "private" ? "Press Start to begin" : "No messages yet";
  const service = serviceText(last);
  if (service) return service;
  const words = h("bdi", {}, preview(last));
  if (chat.type === "private" && !last.mine) return words;
  return [h("bdi", {}, last.mine ? "You" : fullName(sender(last))), ": ", words];
}

function header(chat) {
  const id = chat.type === "private" ? state.bot.id : chat.id;
  const face = byId("face");
  face.className = `avatar tint-${tint(id)}`;
  fill(face, initials(chat.title));
  fill(byId("title"), chat.title);
  const action = typingIn(chat.id);
  byId("status").classList.toggle("typing", Boolean(action));
  fill(byId("status"), action ? dots(chat, action) : still(chat));
  fill(byId("elsewhere"), String(waitingIn(visibleChats().filter((c) => c.id !== chat.id)) || ""));
}

/** What is said about a chat in which nothing goes on. */
function still(chat) {
  if (chat.type !== "private") return counted(chat.members.length, "member");
  return chat.blocked ? "bot, stopped" : "bot";
}

const waitingIn = (chats) => chats.reduce((sum, chat) => sum + unreadCount(chat.id), 0);

function dots(chat, action) {
  const words = (ACTIONS[action] ?? "typing…").replace("…", "");
  const who = chat.type === "private" ? "" : `${state.bot.first_name} is `;
  return [`${who}${words}`, h("span.dots", { "aria-hidden": "true" }, h("i"), h("i"), h("i"))];
}

function topics(chat) {
  const bar = byId("topics");
  bar.hidden = !chat.is_forum || !isMember(chat);
  if (bar.hidden) return;
  fill(
    bar,
    topicsOf(chat).map(({ id, name, closed }) => {
      const waiting = unreadCount(chat.id, id);
      return h(
        "button.topic",
        {
          type: "button",
          id: `topic-${id}`,
          "aria-current": id === state.topic ? "true" : undefined,
          onclick: () => select(chat.id, id),
        },
        h("bdi", {}, name),
        closed && icon("lock"),
        waiting > 0 && h("span.badge", {}, String(waiting)),
      );
    }),
  );
}

/** A lost connection is only worth a word if it does not come back at once. */
function banner() {
  clearTimeout(bannerTimer);
  if (state.connected) byId("banner").hidden = true;
  else
    bannerTimer = setTimeout(() => {
      byId("banner").hidden = false;
    }, QUIET_MILLISECONDS);
}
