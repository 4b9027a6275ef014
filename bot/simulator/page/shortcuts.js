/** Keys for the whole page, while nobody is writing. */

import { focusField } from "./composer.js";
import { byId, h } from "./dom.js";
import { newestQuestion } from "./messages.js";
import { dialog } from "./overlay.js";
import { emit } from "./store.js";

const LETTERS = "ABCDEFGH";
const KEYS = [
  ["A – H or 1 – 8", "answer the newest question"],
  ["Tab, Enter", "go to a button, press it"],
  ["↑ ↓", "walk through the messages"],
  ["R, or Ctrl + ↑ while writing", "reply to the message"],
  ["Alt + 1 – 9", "be somebody else"],
  ["/", "commands"],
  ["Enter", "send"],
  ["Shift + Enter", "new line"],
  ["↑ in an empty field", "edit the last message"],
  ["Esc", "close, or leave the text field"],
  ["?", "this list"],
];

export function startShortcuts() {
  document.addEventListener("keydown", keyed);
  byId("help").addEventListener("click", showKeys);
}

function showKeys() {
  const rows = KEYS.map(([key, meaning]) =>
    h("div", {}, h("dt", {}, h("kbd", {}, key)), h("dd", {}, meaning)),
  );
  dialog("Keys", h("dl.keys", {}, rows), { confirm: "Close" });
}

function keyed(event) {
  const { target, key } = event;
  if (
    event.defaultPrevented ||
    event.ctrlKey ||
    event.metaKey ||
    event.altKey ||
    event.isComposing
  )
    return;
  if (target.matches("input, textarea, select") || document.querySelector("dialog[open], .menu"))
    return;
  if (key === "Escape") return emit("escape");
  if (key === "?") return showKeys();
  if (byId("field").value === "" && answer(key)) return event.preventDefault();
  const activates = key === " " && target.matches("button, a, summary, [role=button]");
  if ([...key].length === 1 && !activates) focusField();
}

/** Presses the option that a letter or digit stands for on the newest question. */
function answer(key) {
  const index = /^[1-8]$/.test(key) ? Number(key) - 1 : LETTERS.indexOf(key.toUpperCase());
  const question = index >= 0 && key.length === 1 ? newestQuestion() : null;
  if (!question) return false;
  const { message, node } = question;
  const button = message.poll
    ? node.querySelectorAll(".choice:enabled")[index]
    : node.querySelector(`[data-focus="key:${LETTERS[index]}"]`);
  if (!button) return false;
  button.focus();
  button.click();
  return true;
}
