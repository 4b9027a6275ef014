/** The log of the open chat: rows in order, grouped by sender, and where it is scrolled to. */

import { messageRow } from "./bubble.js";
import { byId, fill, h } from "./dom.js";
import { counted, dayName, dayNumber, sender } from "./format.js";
import { holdWhilePressed } from "./holding.js";
import { serviceText } from "./service.js";
import { currentChat, find, markRead, on, select, shownHistory, state, topicOf } from "./store.js";
import { nothing } from "./welcome.js";

const GROUP_SECONDS = 600;
const NEAR_PIXELS = 80;
const log = byId("log");
const scroller = byId("scroller");
const toBottom = byId("to-bottom");
/** Rows on show: message id → {message, node}; only a changed message gets a new row. */
const rows = new Map();
const days = new Map();
let place = "";
let missed = 0;
let pinned = true;
const held = holdWhilePressed(log, () => refresh());

export function startLog() {
  on("selection", open);
  on("messages", ({ chat, arrived, quiet }) => chat === state.chat && refresh(arrived, quiet));
  on("reveal", reveal);
  scroller.addEventListener("scroll", scrolled, { passive: true });
  new ResizeObserver(() => pinned && jump("instant")).observe(scroller);
  new ResizeObserver(() => pinned && jump("instant")).observe(log);
  toBottom.addEventListener("click", glide);
  document.addEventListener("visibilitychange", seen);
  log.addEventListener("keydown", moveInLog);
}

function open() {
  const here = `${state.me}:${state.chat}:${state.topic}`;
  if (here === place) return refresh();
  place = here;
  rows.clear();
  days.clear();
  fill(log);
  quietly(draw);
  pinned = true;
  jump("instant");
  seen();
}

/** Draws what assistive technology need not read out. */
function quietly(act) {
  log.setAttribute("aria-live", "off");
  act();
  requestAnimationFrame(() => log.setAttribute("aria-live", "polite"));
}

function refresh(arrived, quiet = false) {
  if (held()) return;
  const follows = pinned || arrived?.mine;
  if (quiet) quietly(draw);
  else draw(arrived);
  if (follows) {
    pinned = true;
    jump("instant");
    seen();
  } else if (arrived && rows.has(arrived.message_id)) {
    missed += 1;
    showButton();
  }
}

function draw(arrived) {
  const messages = shownHistory();
  const wanted = [];
  messages.forEach((message, index) => {
    const before = messages[index - 1];
    const newDay = !before || dayNumber(before.date) !== dayNumber(message.date);
    if (newDay) wanted.push(dayRow(message.date));
    const node = row(message, message === arrived);
    node.classList.toggle("first", newDay || !together(before, message));
    node.classList.toggle("last", !together(message, messages[index + 1]));
    wanted.push(node);
  });
  if (!messages.length) wanted.push(nothing());
  arrange(wanted);
}

function row(message, isNew) {
  const known = rows.get(message.message_id);
  if (known?.message === message) return known.node;
  const node = messageRow(message);
  if (isNew) node.classList.add("arriving");
  if (known) replace(known.node, node);
  rows.set(message.message_id, { message, node });
  return node;
}

/**
 * Puts a new row in an old one's place. A focused button hands the focus to its namesake, or to
 * the first button that is new; never to one that was there before and means something else.
 */
function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const before = new Set(focusNames(old).keys());
  old.replaceWith(fresh);
  if (!focused) return;
  const now = focusNames(fresh);
  const next = now.get(focused.dataset.focus) ?? [...now].find(([name]) => !before.has(name))?.[1];
  (next ?? fresh).focus({ preventScroll: true });
}

function focusNames(row) {
  return new Map(
    [...row.querySelectorAll("[data-focus]")].map((node) => [node.dataset.focus, node]),
  );
}

function arrange(wanted) {
  const kept = new Set(wanted);
  [...log.children].filter((node) => !kept.has(node)).forEach((node) => node.remove());
  const shown = new Set(wanted.map((node) => Number(node.dataset.id)));
  [...rows.keys()].filter((id) => !shown.has(id)).forEach((id) => rows.delete(id));
  let cursor = log.firstChild;
  for (const node of wanted) {
    if (node === cursor) cursor = cursor.nextSibling;
    else log.insertBefore(node, cursor);
  }
}

function together(one, two) {
  if (!one || !two || serviceText(one) || serviceText(two)) return false;
  return (
    sender(one).id === sender(two).id &&
    two.date - one.date < GROUP_SECONDS &&
    dayNumber(one.date) === dayNumber(two.date)
  );
}

function dayRow(seconds) {
  const number = dayNumber(seconds);
  if (!days.has(number))
    days.set(number, h("div.day", { role: "separator" }, h("span", {}, dayName(seconds))));
  return days.get(number);
}

function atBottom() {
  return scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_PIXELS;
}

function jump(behavior) {
  scroller.scrollTo({ top: scroller.scrollHeight, behavior });
  missed = 0;
  showButton();
}

/** Scrolls down smoothly, but never through more than a screenful. */
function glide() {
  const nearby = scroller.scrollHeight - 2 * scroller.clientHeight;
  if (scroller.scrollTop < nearby) scroller.scrollTo({ top: nearby, behavior: "instant" });
  jump("auto");
}

function scrolled() {
  pinned = atBottom();
  if (pinned) {
    missed = 0;
    seen();
  }
  showButton();
}

function seen() {
  if (pinned && !document.hidden && currentChat()) markRead();
}

function showButton() {
  toBottom.hidden = atBottom() && !missed;
  fill(byId("missed"), missed ? String(missed) : "");
  toBottom.setAttribute(
    "aria-label",
    missed ? `${counted(missed, "new message")}, scroll down` : "Scroll down",
  );
}

/** Scrolls to a message and lights it up for a moment; changes the topic if it is in another. */
function reveal(id) {
  const target = find(state.chat, id);
  if (target && !rows.has(id) && currentChat().is_forum) select(state.chat, topicOf(target));
  const node = rows.get(id)?.node;
  if (!node) return;
  pinned = false;
  node.scrollIntoView({ block: "center" });
  node.classList.remove("lit");
  requestAnimationFrame(() => node.classList.add("lit"));
}

/** Arrow keys walk from message to message. */
function moveInLog(event) {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const current = document.activeElement;
  if (!step || (current !== log && !current.classList.contains("row"))) return;
  const all = [...log.querySelectorAll("article.row")];
  const index = current === log ? all.length : all.indexOf(current);
  const next = all[index + step];
  if (!next) return;
  event.preventDefault();
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

/** The newest message of the bot that can be answered by a button or a vote, and its row. */
export function newestQuestion() {
  const message = shownHistory().findLast(
    (m) => m.reply_markup?.inline_keyboard?.length || m.poll,
  );
  return message ? { message, node: rows.get(message.message_id).node } : null;
}
