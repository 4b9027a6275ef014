/** One message as a row of the log. */

import { avatar } from "./avatar.js";
import { h, icon, iconButton } from "./dom.js";
import { attachment, isBare } from "./content.js";
import { formatted } from "./entities.js";
import { clock, fullName, moment, preview, sender, tint } from "./format.js";
import { keyboard } from "./keyboard.js";
import { messageMenu } from "./message-menu.js";
import { serviceText } from "./service.js";
import { currentChat, emit, isMember } from "./store.js";

/** The row of a message; the log marks it later where it begins or ends a sender's group. */
export function messageRow(message) {
  const service = serviceText(message);
  if (service) {
    return h("div.row.service", { "data-id": message.message_id }, h("span", {}, service));
  }
  const from = sender(message);
  const name = fullName(from);
  const grouped = currentChat().type !== "private" && !message.mine;
  const row = h(
    `article.row${message.mine ? ".mine" : ""}${grouped ? ".grouped" : ""}`,
    {
      "data-id": message.message_id,
      tabindex: -1,
      "aria-label": `${name}, ${clock(message.date)}`,
      oncontextmenu: (event) => openMenu(event, message),
      ondblclick: (event) =>
        event.target.closest("button, a, pre, input") ?? emit("reply", message),
      onkeydown: (event) => event.key === "r" && event.target === row && reply(event, message),
    },
    grouped && avatar(from.id, name, ".small"),
    h("div.stack", {}, body(message, from, name, grouped), keyboard(message)),
    tools(message, grouped),
  );
  return row;
}

/** The menu and, where a reply is the usual answer, the way to it. */
function tools(message, grouped) {
  const tool = (name, label, act) =>
    iconButton(name, label, act, { class: "icon-button row-menu", "data-focus": `tool:${name}` });
  return h(
    "div.row-tools",
    {},
    tool("dots", "Message menu", (event) => messageMenu(event.currentTarget, message)),
    grouped && isMember(currentChat()) && tool("reply", "Reply", () => emit("reply", message)),
  );
}

function body(message, from, name, grouped) {
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  const classes = [
    isBare(message) && "bare",
    message.sticker && "clear",
    message.photo && "pictured",
    message.poll && "polled",
  ]
    .filter(Boolean)
    .map((c) => `.${c}`)
    .join("");
  const admin = currentChat().admins?.includes(from.id);
  return h(
    `div.bubble${classes}`,
    {},
    grouped &&
      h(
        `div.sender.tint-${tint(from.id)}`,
        {},
        h("bdi", {}, name),
        admin && h("span.role", {}, "admin"),
      ),
    quote(message),
    attachment(message),
    h(
      "div.text",
      { dir: "auto" },
      text && formatted(text, entities),
      reactions(message),
      meta(message),
    ),
  );
}

function reactions({ reactions: all = [] }) {
  const counts = new Map();
  for (const { emoji = "⭐" } of all) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  if (!counts.size) return null;
  return h(
    "span.reactions",
    {},
    [...counts].map(([emoji, count]) => h("span.reaction", {}, emoji, count > 1 && ` ${count}`)),
  );
}

function meta(message) {
  return h(
    "span.meta",
    { dir: "ltr" },
    message.edit_date && h("span.edited", { title: moment(message.edit_date) }, "edited"),
    h(
      "time",
      { datetime: new Date(message.date * 1000).toISOString(), title: moment(message.date) },
      clock(message.date),
    ),
    message.mine && icon("check"),
  );
}

function quote(message) {
  const target = message.reply_to_message;
  const isTopicStart =
    target?.forum_topic_created || target?.message_id === message.message_thread_id;
  if (!target || (message.is_topic_message && isTopicStart)) return null;
  const from = sender(target);
  return h(
    `button.quote.tint-${tint(from.id)}`,
    { type: "button", onclick: () => emit("reveal", target.message_id) },
    h("bdi.quote-name", {}, fullName(from)),
    h("span.quote-line", { dir: "auto" }, preview(target)),
  );
}

function openMenu(event, message) {
  if (event.target.closest("a") || String(getSelection())) return;
  event.preventDefault();
  const keyed = event.clientX === 0 && event.clientY === 0;
  messageMenu(keyed ? event.currentTarget : { x: event.clientX, y: event.clientY }, message);
}

function reply(event, message) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  emit("reply", message);
}
