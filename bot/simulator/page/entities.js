/** Text with the Bot API's entities → nodes. Offsets count UTF-16 units, as JavaScript does. */

import { fill, h, iconButton } from "./dom.js";
import { follow, safeAddress, say } from "./links.js";
import { languageName, tokens } from "./highlight.js";
import { copyText } from "./overlay.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SIMPLE = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  hashtag: "span.link",
  cashtag: "span.link",
  mention: "span.link",
  text_mention: "span.link",
  custom_emoji: "span",
  date_time: "span",
  phone_number: "span.link",
};
const LINKS = {
  url: (text) => text,
  text_link: (_, entity) => entity.url,
  email: (text) => `mailto:${text}`,
};

/**
 * Entities as a tree: strings and {entity, text, children}.
 * Where entities overlap without nesting, the later one is cut; the text is always whole.
 */
export function nest(text, entities = []) {
  const queue = entities
    .filter((e) => e.length > 0)
    .sort((a, b) => a.offset - b.offset || b.length - a.length);
  const within = (start, end) => {
    const nodes = [];
    let at = start;
    while (queue.length && queue[0].offset < end) {
      const entity = queue.shift();
      const from = Math.max(at, entity.offset);
      const to = Math.min(end, entity.offset + entity.length);
      if (to <= from) continue;
      if (from > at) nodes.push(text.slice(at, from));
      nodes.push({ entity, text: text.slice(from, to), children: within(from, to) });
      at = to;
    }
    if (at < end) nodes.push(text.slice(at, end));
    return nodes;
  };
  return within(0, text.length);
}

/** The text as a fragment, ready to be shown. */
export function formatted(text, entities) {
  const fragment = document.createDocumentFragment();
  fragment.append(...render(nest(text, entities)));
  return fragment;
}

function render(nodes) {
  let afterBlock = false;
  return nodes.map((node) => {
    // A block ends its line itself: the line feed behind it would show as an empty line.
    const plain = typeof node === "string";
    const shown = plain ? (afterBlock ? node.replace(/^\n/, "") : node) : element(node);
    afterBlock = !plain && BLOCKS.has(node.entity.type);
    return shown;
  });
}

function element({ entity, text, children }) {
  const { type } = entity;
  if (type === "pre") return codeBlock(text, entity.language);
  if (type === "spoiler") return spoiler(render(children));
  if (type === "blockquote") return h("blockquote", { dir: "auto" }, render(children));
  if (type === "expandable_blockquote") return expandable(render(children));
  if (type === "bot_command")
    return h("button.link", { type: "button", onclick: () => say(text) }, text);
  if (type in LINKS) return link(LINKS[type](text, entity), render(children));
  return h(SIMPLE[type] ?? "span", type === "code" ? { dir: "ltr" } : {}, render(children));
}

function link(target, children) {
  const address = safeAddress(target);
  if (!address) return h("span", {}, children);
  const onclick = (event) => {
    event.preventDefault();
    follow(address);
  };
  const props = {
    href: address,
    title: address,
    target: "_blank",
    rel: "noopener noreferrer",
    onclick,
  };
  return h("a.link", props, children);
}

function codeBlock(text, language) {
  const source = h("code", { dir: "ltr" });
  for (const [kind, part] of tokens(text, language)) {
    source.append(kind ? h(`span.tok-${kind}`, {}, part) : part);
  }
  const copy = iconButton("copy", "Copy code", () => copyText(text));
  const label = language ? languageName(language) : "Code";
  return h(
    "div.code-block",
    {},
    h("div.code-head", {}, h("span", {}, label), copy),
    h("pre", { tabindex: 0, "aria-label": `${label} code` }, source),
  );
}

function spoiler(children) {
  const node = h(
    "span.spoiler",
    { role: "button", tabindex: 0, "aria-label": "Hidden text; press to show" },
    h("span", {}, children),
  );
  const reveal = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", reveal, { once: true });
  node.addEventListener("keydown", reveal);
  return node;
}

function expandable(children) {
  const inner = h("div.quote-text", {}, children);
  const toggle = h(
    "button.quote-toggle",
    { type: "button", "aria-expanded": "false" },
    "Show more",
  );
  const quote = h("blockquote.expandable.collapsed", { dir: "auto" }, inner, toggle);
  toggle.addEventListener("click", () => {
    const open = !quote.classList.toggle("collapsed");
    toggle.setAttribute("aria-expanded", String(open));
    fill(toggle, open ? "Show less" : "Show more");
  });
  requestAnimationFrame(() => {
    if (inner.scrollHeight <= inner.clientHeight + 2) toggle.hidden = true;
  });
  return quote;
}
