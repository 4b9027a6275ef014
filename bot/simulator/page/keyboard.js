/** Inline keyboards: their buttons, presses on the way, and the answers to presses. */

import { post } from "./api.js";
import { h, icon } from "./dom.js";
import { follow } from "./links.js";
import { alertBox, copyText, toast } from "./overlay.js";
import { state } from "./store.js";

const PATIENCE_MILLISECONDS = 15_000;
const STYLES = new Set(["primary", "success", "danger"]);
/** Presses without an answer yet: query id → button. */
const pending = new Map();
/** Answers that overtook the reply to their press: query id → answer. */
const early = new Map();
let onTheirWay = 0;

/** The keyboard of a message, or null. */
export function keyboard(message) {
  const rows = message.reply_markup?.inline_keyboard ?? [];
  if (!rows.some((row) => row.length)) return null;
  return h(
    "div.keyboard",
    { role: "group", "aria-label": "Buttons" },
    rows.map((row, y) =>
      h(
        "div.keyboard-row",
        {},
        row.map((button, x) => key(message, button, y, x)),
      ),
    ),
  );
}

function key(message, button, row, column) {
  const style = STYLES.has(button.style) ? `.${button.style}` : "";
  const mark = button.url ? "arrow" : button.copy_text ? "copy" : null;
  const node = h(
    `button.key${style}`,
    {
      type: "button",
      title: button.text,
      "data-focus": `key:${unticked(button.text)}`,
      onclick: () => act(message, button, row, column, node),
    },
    h("span.key-text", { dir: "auto" }, button.text),
    mark && icon(mark),
  );
  return node;
}

async function act(message, button, row, column, node) {
  if (button.url) return follow(button.url);
  if (button.copy_text) return copyText(button.copy_text.text);
  if (!button.callback_data) return toast("This kind of button is not simulated.");
  if (!node.classList.contains("waiting")) await press(message, row, column, node);
}

async function press(message, row, column, node) {
  wait(node, true);
  onTheirWay += 1;
  try {
    const place = { chat: message.chat.id, message_id: message.message_id, row, column };
    const { query_id: id } = await post("press", { as: state.me, ...place });
    pending.set(String(id), node);
    setTimeout(() => settle(String(id)), PATIENCE_MILLISECONDS);
    if (early.has(String(id))) queryAnswered(early.get(String(id)));
  } catch (error) {
    wait(node, false);
    toast(error.message, "error");
  }
  onTheirWay -= 1;
  if (!onTheirWay) early.clear();
}

/** Shows a callback query's answer, if it was this page that asked. */
export function queryAnswered(answer) {
  const id = String(answer.query_id);
  if (!pending.has(id)) {
    if (onTheirWay) early.set(id, answer);
    return;
  }
  settle(id);
  if (answer.url) follow(answer.url);
  if (!answer.text) return;
  if (answer.show_alert) alertBox(answer.text);
  else toast(answer.text);
}

function settle(id) {
  if (pending.has(id)) wait(pending.get(id), false);
  pending.delete(id);
}

function wait(node, waiting) {
  node.classList.toggle("waiting", waiting);
  node.setAttribute("aria-busy", String(waiting));
}

/** A button's label without its tick: "☑ B" → "B"; by it a button is found again after an edit. */
export const unticked = (label) => label.replace(/^[☐☑✅✔]\s*/u, "").trim();
