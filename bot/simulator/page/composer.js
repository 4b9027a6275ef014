/** Writing: the text field with drafts, replies, corrections, and what stands in its place. */

import { post } from "./api.js";
import { attachMenu } from "./attach.js";
import { startCommands } from "./commands.js";
import { byId, fill, h, icon, iconButton } from "./dom.js";
import { fullName, preview, sender } from "./format.js";
import { say, send } from "./links.js";
import { toast } from "./overlay.js";
import { serviceText } from "./service.js";
import {
  currentChat,
  history,
  isAdmin,
  isMember,
  on,
  shownHistory,
  state,
  topicClosed,
} from "./store.js";

const COUNT_FROM = 400;
const field = byId("field");
const drafts = new Map();
let place = "";
/** What the text belongs to: {kind: "reply"|"edit", message}, or null. */
let about = null;

export function startComposer() {
  startCommands(field, changed); // first, so that its keys win over the field's own
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  field.addEventListener("input", changed);
  field.addEventListener("keydown", keyed);
  byId("attach").addEventListener("click", (event) => attachMenu(event.currentTarget));
  on("selection", switchChat);
  on("world", showGate);
  on("messages", ({ chat }) => chat === state.chat && showGate());
  on("reply", (message) => isMember(currentChat()) && concern({ kind: "reply", message }));
  on("edit", startEdit);
}

/** Puts the cursor into the field, if there is one now. */
export const focusField = () => !byId("form").hidden && field.focus();

function switchChat() {
  const here = `${state.me}:${state.chat}:${state.topic}`;
  if (here !== place) {
    drafts.set(place, about?.kind === "edit" ? "" : field.value);
    place = here;
    field.value = drafts.get(here) ?? "";
    concern(null, false);
  }
  showGate();
  changed();
}

function concern(next, focus = true) {
  if (about?.kind === "edit" && next?.kind !== "edit") field.value = "";
  about = next;
  const bar = byId("about");
  bar.hidden = !about;
  fill(
    bar,
    about && [
      icon(about.kind),
      aboutWords(about),
      iconButton("close", "Cancel", () => concern(null)),
    ],
  );
  changed();
  if (focus) focusField();
}

function aboutWords({ kind, message }) {
  const title = kind === "edit" ? "Edit message" : `Reply to ${fullName(sender(message))}`;
  return h(
    "span.about-words",
    {},
    h("bdi.quote-name", {}, title),
    h("span.quote-line", { dir: "auto" }, preview(message)),
  );
}

function startEdit(message) {
  concern({ kind: "edit", message });
  field.value = message.text;
  changed();
  field.setSelectionRange(field.value.length, field.value.length);
}

function changed() {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
  const left = state.limit - field.value.length;
  const counter = byId("counter");
  counter.hidden = left > COUNT_FROM;
  counter.classList.toggle("over", left < 0);
  fill(counter, String(left));
  byId("send").disabled = !field.value.trim() || left < 0;
}

function keyed(event) {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "Escape") {
    if (about) concern(null);
    else field.blur();
  } else if (event.key === "ArrowUp" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    replyFurtherUp();
  } else if (event.key === "ArrowUp" && !field.value && !about) {
    const last = shownHistory().findLast((m) => m.mine && m.text);
    if (!last) return;
    event.preventDefault();
    startEdit(last);
  }
}

/** Replies to the newest message of others, then to the one before it … */
function replyFurtherUp() {
  const below = about?.kind === "reply" ? about.message.message_id : Infinity;
  const message = shownHistory().findLast(
    (m) => !m.mine && m.message_id < below && !serviceText(m),
  );
  if (message) concern({ kind: "reply", message });
}

async function submit() {
  const text = field.value.trim();
  if (!text || text.length > state.limit) return;
  const [was, here] = [about, place];
  field.value = "";
  concern(null);
  if (await deliver(text, was)) return;
  if (here !== place) drafts.set(here, text);
  else if (!field.value) {
    concern(was);
    field.value = text;
    changed();
  }
}

function deliver(text, was) {
  if (was?.kind === "edit") return correct(was.message, text);
  const reply = was?.message.message_id;
  return send({ chat: state.chat, text, reply_to: reply, thread: state.topic || undefined });
}

async function correct(message, text) {
  if (text === message.text) return true;
  try {
    await post("edit", {
      as: state.me,
      chat: message.chat.id,
      message_id: message.message_id,
      text,
    });
    return true;
  } catch (error) {
    toast(error.message, "error");
    return false;
  }
}

/** Instead of the field: START, RESTART, JOIN, or why nothing can be said. */
function showGate() {
  const chat = currentChat();
  if (!chat || !state.loaded) return;
  const gate = gateFor(chat);
  const [box, form] = [byId("gate"), byId("form")];
  const unchanged = form.hidden === Boolean(gate) && box.textContent === (gate?.textContent ?? "");
  if (unchanged) return;
  if (gate && form.contains(document.activeElement)) document.activeElement.blur();
  form.hidden = Boolean(gate);
  box.hidden = !gate;
  fill(box, gate);
}

function gateFor(chat) {
  if (chat.type === "private" && chat.blocked) return button("Restart", restart);
  if (chat.type === "private" && !history().length) return button("Start", () => say("/start"));
  if (!isMember(chat)) return button("Join group", join);
  if (topicClosed(chat, state.topic) && !isAdmin(chat))
    return h("p", {}, icon("lock"), "This topic is closed");
  return null;
}

function button(label, act) {
  const onclick = () => act().catch((error) => toast(error.message, "error"));
  return h("button.gate-button", { type: "button", onclick }, label);
}

async function restart() {
  await post("block", { as: state.me, blocked: false });
  await say("/start");
}

const join = () => post("join", { as: state.me, chat: state.chat, user: state.me });
