/** The bot's commands: a menu behind "/" and completion while a command is being written. */

import { get } from "./api.js";
import { byId, fill, h } from "./dom.js";
import { say } from "./links.js";
import { currentChat, isMember, on, state } from "./store.js";

const list = byId("commands");
let field;
let changed;
let known = [];
let offered = [];
let picked = 0;

export function startCommands(textField, onChange) {
  field = textField;
  changed = onChange;
  on("selection", learn);
  field.addEventListener("input", complete);
  field.addEventListener("keydown", keyed);
  field.addEventListener("blur", () =>
    setTimeout(() => list.contains(document.activeElement) || close(), 0),
  );
  byId("slash").addEventListener("pointerdown", (event) => event.preventDefault());
  byId("slash").addEventListener("click", toggle);
}

/** What can be written after "/": commands that begin so, then those that contain it. */
function matching(commands, typed) {
  const part = typed.toLowerCase();
  const begins = commands.filter(({ command }) => command.startsWith(part));
  const contains = commands.filter(
    ({ command }) => !command.startsWith(part) && command.includes(part),
  );
  return [...begins, ...contains];
}

async function learn() {
  close();
  known = [];
  if (!isMember(currentChat())) return;
  const place = { chat: state.chat, as: state.me };
  const { commands } = await get("commands", place).catch(() => ({ commands: [] }));
  if (place.chat === state.chat && place.as === state.me) known = commands;
}

async function toggle() {
  if (!list.hidden) return close();
  await learn();
  if (field.value && !field.value.startsWith("/")) return offer(known);
  field.value = "/";
  field.focus();
  changed();
  complete();
}

function complete() {
  const typed = /^\/([a-z0-9_]*)$/i.exec(field.value)?.[1];
  offer(typed === undefined ? [] : matching(known, typed));
}

function offer(commands) {
  offered = commands;
  picked = 0;
  list.hidden = !commands.length;
  fill(
    list,
    commands.map(({ command, description }, index) =>
      h(
        "button.command",
        {
          type: "button",
          role: "option",
          id: `command-${index}`,
          tabindex: -1,
          onclick: () => take(command),
          onpointerdown: (event) => event.preventDefault(),
        },
        h("strong", {}, `/${command}`),
        h("span", { dir: "auto" }, description),
      ),
    ),
  );
  mark();
}

function mark() {
  [...list.children].forEach((node, index) =>
    node.setAttribute("aria-selected", String(index === picked)),
  );
  const node = list.children[picked];
  if (!node) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", node.id);
  node.scrollIntoView({ block: "nearest" });
}

function keyed(event) {
  if (list.hidden || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) picked = (picked + step + offered.length) % offered.length;
  else if (event.key === "Enter" && !event.shiftKey) take(offered[picked].command);
  else if (event.key === "Tab" && !event.shiftKey) write(`/${offered[picked].command} `);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
  mark();
}

function take(command) {
  write("");
  const isGroup = currentChat().type !== "private";
  say(isGroup ? `/${command}@${state.bot.username}` : `/${command}`);
}

function write(text) {
  field.value = text;
  close();
  changed();
  field.focus();
}

function close() {
  offer([]);
}
