/** Building elements: every text becomes a text node, never markup. */

/**
 * Makes an element.
 * @param {string} tag name and classes: "div.row.mine"
 * @param {Object} [props] attributes; "onclick" and the like become listeners; null, undefined
 *   and false leave an attribute out, true sets it empty
 * @param {...(Node|string|number|null|false|Array)} children
 */
export function h(tag, props, ...children) {
  const [name, ...classes] = tag.split(".");
  const node = document.createElement(name);
  if (classes.length) node.className = classes.join(" ");
  for (const [key, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...present(children));
  return node;
}

/** Replaces what a node holds. */
export function fill(node, ...children) {
  node.replaceChildren(...present(children));
}

export const byId = (id) => document.getElementById(id);

function present(children) {
  return children.flat(Infinity).filter((c) => c !== null && c !== undefined && c !== false);
}

const SVG = "http://www.w3.org/2000/svg";

export function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...children);
  return node;
}

const ICONS = {
  add: "M12 5v14M5 12h14",
  arrow: "M7 17 17 7M9 7h8v8",
  attach: "m20 11-8.2 8.2a5 5 0 0 1-7-7L13.5 3.5a3.3 3.3 0 0 1 4.7 4.7l-8.4 8.4a1.6 1.6 0 0 1-2.3-2.3L15 6.8",
  back: "M19 12H5m6-6-6 6 6 6",
  bulb: "M9.5 18h5M10.5 21h3M12 3a6 6 0 0 0-3.5 10.9c.6.5 1 1.2 1 2V16h5v-.1c0-.8.4-1.5 1-2A6 6 0 0 0 12 3Z",
  check: "m5 12.5 4.5 4.5L19 7.5",
  close: "M6 6l12 12M18 6 6 18",
  copy: "M9 9h10v10H9zM5 15V5h10",
  cross: "M7 7l10 10M17 7 7 17",
  dots: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  down: "m6 9.5 6 6 6-6",
  download: "M12 4v11m-5-4.5 5 5 5-5M5 20h14",
  edit: "M4 20h4L19 9l-4-4L4 16zM13 7l4 4",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  flag: "M6 21V4h11l-2 4 2 4H6",
  forum: "M4 5h12v8H9l-3 3v-3H4zM19 9h1v9h-1.5v2.5L16 18h-5v-1.5",
  group: "M9 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM3 19c0-3 2.7-5 6-5s6 2 6 5M16 11a2.6 2.6 0 1 0-1.2-5M17 14.2c2.3.5 4 2.3 4 4.8",
  help: "M9 9.3a3 3 0 1 1 4.5 2.6c-1 .6-1.5 1.2-1.5 2.3M12 17.8v.01",
  leave: "M14 4H6v16h8M11 12h10m-4-4 4 4-4 4",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
  photo: "M4 5h16v14H4zM4 16l5-5 4 4 2.5-2.5L20 17M15.5 9.5v.01",
  pin: "M12 21s6.5-6 6.5-11a6.5 6.5 0 0 0-13 0C5.5 15 12 21 12 21ZM12 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z",
  play: "M8 5.5v13l10.5-6.5z",
  reply: "M10 6 4 12l6 6v-4c5 0 8 1.5 10 4.5C19.5 13 16 10 10 10z",
  send: "M4 12 3 4l18 8L3 20l1-8Zm0 0h8",
  slash: "M14.5 5.5l-5 13",
  sticker: "M12 20.5A8.5 8.5 0 1 1 20.5 12c-5 0-8.5 3.5-8.5 8.5ZM20.3 12 12 20.4M9 10v.01M15 10v.01",
  stop: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM6 6l12 12",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5",
  user: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20c0-3.5 3.4-5.5 7.5-5.5s7.5 2 7.5 5.5",
  voice: "M12 14a3 3 0 0 0 3-3V6a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3ZM6 11a6 6 0 0 0 12 0M12 17v4",
};

/** A line drawing; purely decorative, so assistive technology skips it. */
export function icon(name) {
  const frame = { viewBox: "0 0 24 24", class: `icon icon-${name}`, "aria-hidden": "true" };
  return svg("svg", frame, svg("path", { d: ICONS[name] }));
}

/** A round button with an icon and a spoken label. */
export function iconButton(name, label, onclick, props = {}) {
  return h("button.icon-button", { type: "button", title: label, "aria-label": label, onclick, ...props },
    icon(name));
}
