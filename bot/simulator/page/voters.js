/** Who has voted in a poll that is not anonymous: faces, and names by option. */

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { counted, fullName } from "./format.js";
import { dialog } from "./overlay.js";
import { person, state } from "./store.js";

const FACES = 5;

const name = (id) => fullName(person(id) ?? state.chats.get(id) ?? {});

/** A few faces, the latest first, and how many have voted; null where votes are secret. */
export function turnout({ poll, voters }) {
  if (!voters?.length) return null;
  const latest = voters.slice(-FACES).reverse();
  return h(
    "span.turnout",
    { title: voters.map(({ id }) => name(id)).join(", ") },
    h(
      "span.turnout-faces",
      { "aria-hidden": "true" },
      latest.map(({ id }) => avatar(id, name(id))),
    ),
    counted(voters.length, poll.type === "quiz" ? "answer" : "vote"),
  );
}

/** The button that opens the names, once this person may see who chose what. */
export function resultsButton(message) {
  if (!message.results_visible || !message.voters?.length) return null;
  const onclick = () => dialog("Results", names(message), { confirm: "Close" });
  return h("button.vote", { type: "button", "data-focus": "voters", onclick }, "View results");
}

function names({ poll, voters }) {
  return poll.options.map((option, index) => {
    const chose = voters.filter(({ options }) => options.includes(index));
    return h(
      "section.choosers",
      {},
      h("h3", { dir: "auto" }, option.text),
      h("p", { dir: "auto" }, chose.map(({ id }) => name(id)).join(", ") || "nobody"),
    );
  });
}
