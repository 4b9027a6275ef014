/** Polls and quizzes: choosing, voting, results, explanation and the time that is left. */

import { post } from "./api.js";
import { h, icon, iconButton, svg } from "./dom.js";
import { formatted } from "./entities.js";
import { counted, duration } from "./format.js";
import { toast } from "./overlay.js";
import { now, put, state } from "./store.js";
import { resultsButton, turnout } from "./voters.js";

const RING = 2 * Math.PI * 9;
const HURRY_SECONDS = 5;
const TICK_MILLISECONDS = 250;
/** What a person has ticked before "Vote", and which explanations they keep open. */
const choices = new Map();
const opened = new Set();
/** How long the bars were when last shown. */
const shares = new Map();
const own = (poll) => `${state.me}:${poll.id}`;

export const hasVoted = (message) => (message.my_vote?.length ?? 0) > 0;
const isOpen = (message) => !message.poll.is_closed && !hasVoted(message);

/** A poll event brings the poll as this person may see it now; other people's votes are quiet. */
export function pollChanged({ chat, poll, my_vote, results_visible, voters }, message) {
  if (!message) return;
  const quiet =
    message.poll.is_closed === poll.is_closed && message.results_visible === results_visible;
  put(chat, { ...message, poll, my_vote, results_visible, voters }, { quiet });
}

export function pollView(message) {
  const { poll } = message;
  const results = message.results_visible;
  return h(
    `div.poll${results ? ".results" : ""}`,
    { role: "group", "aria-label": poll.question },
    poll.media?.photo &&
      h("img.poll-picture", { src: `/client/file/${poll.media.photo.at(-1).file_id}`, alt: "" }),
    h("div.poll-question", { dir: "auto" }, formatted(poll.question, poll.question_entities)),
    poll.description &&
      h(
        "div.poll-description",
        { dir: "auto" },
        formatted(poll.description, poll.description_entities),
      ),
    h("div.poll-kind", {}, h("span", {}, kind(poll)), countdown(message), bulb(message, results)),
    h(
      "div.poll-options",
      {},
      optionOrder(poll).map((index) =>
        (results ? result : choice)(message, poll.options[index], index),
      ),
    ),
    explanation(message, results),
    voteButton(message, results),
    foot(message, results),
    resultsButton(message),
  );
}

/** Everybody's own order, the same at every look, where the poll wants its options shuffled. */
function optionOrder({ id, options, shuffle_options: shuffled }) {
  const order = [...options.keys()];
  if (!shuffled) return order;
  const seed = [...`${id}:${state.me}`].reduce((sum, c) => (sum * 31 + c.codePointAt(0)) >>> 0, 7);
  const weight = (index) => Math.imul(seed ^ (index * 0x9e3779b1), 0x85ebca6b) >>> 0;
  return order.sort((a, b) => weight(a) - weight(b));
}

function kind(poll) {
  if (poll.is_closed) return "Final results";
  const name = poll.type === "quiz" ? "Quiz" : "Poll";
  const several = poll.allows_multiple_answers ? " · several answers" : "";
  return (poll.is_anonymous ? `Anonymous ${name}` : name) + several;
}

function choice(message, option, index) {
  const { poll } = message;
  const several = poll.allows_multiple_answers;
  const picked = message.my_vote?.includes(index) ?? choices.get(own(poll))?.has(index) ?? false;
  const onclick = () => (several ? tick(message, index) : vote(message, [index]));
  return h(
    `button.option.choice${picked ? ".picked" : ""}`,
    {
      type: "button",
      onclick,
      disabled: !isOpen(message),
      "data-focus": `option:${index}`,
      "aria-pressed": several ? String(picked) : undefined,
    },
    h(`span.mark${several ? ".square" : ""}`, {}, picked && icon("check")),
    h("span.option-text", { dir: "auto" }, formatted(option.text, option.text_entities)),
  );
}

function result(message, option, index) {
  const { poll } = message;
  const voters = poll.total_voter_count;
  const share = voters ? Math.round((100 * option.voter_count) / voters) : 0;
  const { mine, word, sign } = verdict(message, index);
  const gauge = h("span.gauge");
  grow(gauge, `${poll.id}:${index}`, share);
  const spoken = [mine && "your choice", word].filter(Boolean).join(", ");
  return h(
    `div.option.result${word && `.${word}`}`,
    {},
    h("span.share", {}, `${share}%`),
    h(
      "span.option-text",
      { dir: "auto" },
      formatted(option.text, option.text_entities),
      spoken && h("span.visually-hidden", {}, ` (${spoken})`),
    ),
    h("span.mark", {}, sign && icon(sign)),
    gauge,
  );
}

/** Whether this person chose the option, whether a quiz calls it right or wrong, and its sign. */
function verdict({ poll, my_vote: vote }, index) {
  const mine = vote?.includes(index) ?? false;
  if (poll.type !== "quiz") return { mine, word: "", sign: mine && "check" };
  if (poll.correct_option_ids?.includes(index)) return { mine, word: "right", sign: "check" };
  return mine ? { mine, word: "wrong", sign: "cross" } : { mine, word: "", sign: null };
}

function grow(gauge, key, share) {
  gauge.style.setProperty("--share", shares.get(key) ?? 0);
  shares.set(key, share);
  requestAnimationFrame(() =>
    requestAnimationFrame(() => gauge.style.setProperty("--share", share)),
  );
}

function tick(message, index) {
  const picked = choices.get(own(message.poll)) ?? new Set();
  if (!picked.delete(index)) picked.add(index);
  choices.set(own(message.poll), picked);
  put(message.chat.id, { ...message });
}

async function vote(message, options) {
  const {
    chat: { id: chat },
    message_id: id,
  } = message;
  try {
    await post("vote", { as: state.me, chat, message_id: id, options });
    choices.delete(own(message.poll));
  } catch (error) {
    toast(error.message, "error");
  }
}

/** Takes a vote back, where the poll allows it. */
export const retract = (message) => vote(message, []);

function voteButton(message, results) {
  const { poll } = message;
  if (results || hasVoted(message) || !poll.allows_multiple_answers) return null;
  const picked = [...(choices.get(own(poll)) ?? [])].sort((a, b) => a - b);
  return h(
    "button.vote",
    {
      type: "button",
      disabled: !picked.length,
      "data-focus": "vote",
      onclick: () => vote(message, picked),
    },
    "Vote",
  );
}

function foot(message, results) {
  const { poll } = message;
  const noun = poll.type === "quiz" ? "answer" : "vote";
  const count = poll.total_voter_count ? counted(poll.total_voter_count, noun) : `No ${noun}s yet`;
  const waits = !results && hasVoted(message);
  return h(
    "div.poll-count",
    {},
    turnout(message) ?? (waits ? null : count),
    waits && h("span", {}, "Results when the poll ends"),
  );
}

function isWrong({ poll, my_vote: mine }) {
  const right = poll.correct_option_ids ?? [];
  return (
    (mine?.length ?? 0) > 0 &&
    (mine.length !== right.length || mine.some((i) => !right.includes(i)))
  );
}

function bulb(message, results) {
  const { poll } = message;
  if (!results || !poll.explanation) return null;
  return iconButton(
    "bulb",
    "Explanation",
    () => {
      const box = document.getElementById(`explanation-${poll.id}`);
      box.hidden = !box.hidden;
      opened[box.hidden ? "delete" : "add"](own(poll));
    },
    { "data-focus": "bulb" },
  );
}

function explanation(message, results) {
  const { poll } = message;
  if (!results || !poll.explanation) return null;
  const hidden = !opened.has(own(poll)) && !isWrong(message);
  return h(
    "div.explanation",
    { id: `explanation-${poll.id}`, hidden, dir: "auto" },
    formatted(poll.explanation, poll.explanation_entities),
  );
}

function countdown(message) {
  const { poll, date } = message;
  const ends = poll.close_date ?? (poll.open_period ? date + poll.open_period : 0);
  if (poll.is_closed || !ends) return null;
  const whole = poll.open_period ?? Math.max(1, ends - date);
  const arc = svg("circle", { cx: 12, cy: 12, r: 9, class: "ring", "stroke-dasharray": RING });
  const text = h("span");
  const node = h(
    "span.countdown",
    { role: "timer", title: "Time left", "data-ends": ends, "data-whole": whole },
    text,
    svg("svg", { viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true" }, arc),
  );
  showTimeLeft(node);
  return node;
}

function showTimeLeft(node) {
  const { ends, whole } = node.dataset;
  const left = Math.max(0, ends - now());
  node.firstChild.textContent = duration(Math.ceil(left));
  node.classList.toggle("hurry", left < HURRY_SECONDS);
  node
    .querySelector("circle")
    .setAttribute("stroke-dashoffset", RING * (1 - Math.min(1, left / whole)));
}

setInterval(
  () => document.querySelectorAll(".countdown").forEach(showTimeLeft),
  TICK_MILLISECONDS,
);
