/** The bar of a group: who you are there, and whether the simulated members play along. */

import { post } from "./api.js";
import { avatar } from "./avatar.js";
import { byId, fill, h } from "./dom.js";
import { fullName } from "./format.js";
import { say } from "./links.js";
import { toast } from "./overlay.js";
import { switchTo } from "./people.js";
import { currentChat, isMember, on, people, person, shownHistory, state } from "./store.js";

const SUGGESTED = "/quiz 5 20";

export function startCompany() {
  for (const kind of ["world", "selection"]) on(kind, draw);
  on("messages", ({ chat }) => chat === state.chat && suggest());
  document.addEventListener("keydown", keyed);
}

function draw() {
  const chat = currentChat();
  if (!chat) return;
  const bar = byId("company");
  bar.hidden = chat.type === "private";
  const focused = bar.contains(document.activeElement) && document.activeElement.id;
  fill(bar, faces(), playAlong(chat));
  if (focused) byId(focused)?.focus();
  suggest();
}

function faces() {
  return h(
    "div.faces",
    { role: "group", "aria-label": "You are" },
    h("span.faces-title", { "aria-hidden": "true" }, "You are"),
    people().map((user, index) => {
      const mine = user.id === state.me;
      const key = index < 9 ? ` (Alt + ${index + 1})` : "";
      return h(
        "button.face",
        {
          type: "button",
          id: `face-${user.id}`,
          title: `${mine ? "You are" : "Be"} ${fullName(user)}${key}`,
          "aria-label": fullName(user),
          "aria-pressed": String(mine),
          onclick: () => mine || switchTo(user.id),
        },
        avatar(user.id, fullName(user), ".small"),
      );
    }),
  );
}

/** The switch of the crowd, where some of it are in this group. */
function playAlong(chat) {
  const company = state.crowd.members.filter((id) => chat.members.includes(id));
  if (!company.length) return null;
  const { playing } = state.crowd;
  const names = company.map((id) => fullName(person(id))).join(", ");
  return h(
    "button.switch",
    {
      type: "button",
      id: "play-along",
      role: "switch",
      "aria-checked": String(playing),
      title: `${names} ${playing ? "join in by themselves" : "only watch"}`,
      onclick: () => tell({ playing: !playing }),
    },
    h("span", {}, String(company.length), h("span.word", {}, " members"), " play along"),
    h("span.knob", { "aria-hidden": "true" }),
  );
}

async function tell(body) {
  try {
    await post("crowd", body);
  } catch (error) {
    toast(error.message, "error");
  }
}

/** Offers a first quiz, until somebody has begun one here. */
function suggest() {
  const chat = currentChat();
  const box = byId("suggestion");
  const begun = () => shownHistory().some(({ text }) => /^\/quiz\b/.test(text ?? ""));
  const fits = chat && chat.type !== "private" && isMember(chat) && state.loaded && !begun();
  box.hidden = !fits;
  if (!fits || box.firstChild) return;
  fill(
    box,
    h(
      "button.suggested",
      { type: "button", onclick: () => say(SUGGESTED) },
      h("strong", {}, SUGGESTED),
      h("span", {}, "a quiz: 5 questions, 20 seconds each"),
    ),
  );
}

/** Alt and a digit make you another person, wherever you are. */
function keyed(event) {
  const digit = /^Digit([1-9])$/.exec(event.code)?.[1];
  if (!digit || !event.altKey || event.ctrlKey || event.metaKey) return;
  const user = people()[digit - 1];
  if (!user || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  if (user.id !== state.me) switchTo(user.id);
}
