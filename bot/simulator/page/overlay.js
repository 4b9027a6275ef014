/** What lies above the chat: toasts, alerts, dialogs, menus, enlarged pictures. */

import { byId, h, icon, iconButton } from "./dom.js";

const READING_MILLISECONDS = 60;
/** The menu on show: {at, close}, or null. */
let opened = null;

/** A passing notice; longer texts stay longer. */
export function toast(text, kind = "plain") {
  const note = h(`div.toast.${kind}`, { dir: "auto" }, text);
  byId("toasts").append(note);
  setTimeout(
    () => {
      note.classList.add("leaving");
      setTimeout(() => note.remove(), 250);
    },
    2500 + READING_MILLISECONDS * text.length,
  );
}

/** Puts a text on the clipboard and says so. */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast("Copied");
  } catch {
    toast("The browser does not allow copying here.", "error");
  }
}

/** Shows a dialog above all else; promises the form's data, or null if it is dismissed. */
export function dialog(title, content, { confirm = "OK", cancel = null, kind = "dialog" } = {}) {
  const form = h(
    "form",
    { method: "dialog" },
    title && h("h2", {}, title),
    content,
    h(
      "div.dialog-buttons",
      {},
      cancel && h("button", { type: "button", onclick: () => box.close() }, cancel),
      h("button.primary", { value: "ok" }, confirm),
    ),
  );
  const box = h(`dialog.${kind}`, title ? { "aria-label": title } : {}, form);
  return present(box, () => (box.returnValue === "ok" ? new FormData(form) : null));
}

export function alertBox(text) {
  return dialog(null, h("p", { dir: "auto" }, text), { kind: "alert" });
}

export function lightbox(source, description) {
  const image = h("img", { src: source, alt: description });
  const box = h(
    "dialog.lightbox",
    { "aria-label": description },
    iconButton("close", "Close", () => box.close(), { class: "icon-button lightbox-close" }),
    image,
  );
  return present(box, () => null);
}

function present(box, result) {
  document.body.append(box);
  box.addEventListener("click", (event) => {
    if (event.target === box) box.close();
  });
  box.showModal();
  return new Promise((resolve) => {
    box.addEventListener("close", () => {
      resolve(result());
      box.remove();
    });
  });
}

/**
 * Opens a menu at a button or at a point.
 * @param {Element|{x: number, y: number}} at
 * @param {Array<Object|null|false>} items {label, act} and, if wanted, icon, picked, danger
 */
export function menu(at, items) {
  const again = opened?.at === at;
  opened?.close();
  const entries = items.filter(Boolean).map(menuItem);
  if (again || !entries.length) return;
  const box = h("div.menu", { role: "menu", popover: "manual", onkeydown: moveInMenu }, entries);
  document.body.append(box);
  box.showPopover();
  place(box, at);
  const before = document.activeElement;
  (entries.find((entry) => entry.getAttribute("aria-checked") === "true") ?? entries[0]).focus();
  const outside = (event) =>
    box.contains(event.target) || (at instanceof Node && at.contains(event.target)) || close();
  const close = () => {
    opened = null;
    document.removeEventListener("pointerdown", outside, true);
    window.removeEventListener("resize", close);
    if (box.contains(document.activeElement)) before.focus({ preventScroll: true });
    box.remove();
  };
  document.addEventListener("pointerdown", outside, true);
  window.addEventListener("resize", close);
  opened = { at, close };
}

function menuItem({ label, icon: name, picked, danger, act }) {
  const role = picked === undefined ? "menuitem" : "menuitemradio";
  const onclick = () => {
    opened.close();
    act();
  };
  return h(
    `button.menu-item${danger ? ".danger" : ""}`,
    {
      type: "button",
      role,
      tabindex: -1,
      onclick,
      "aria-checked": picked === undefined ? undefined : String(picked),
    },
    name && icon(name),
    h("bdi", {}, label),
    picked && icon("check"),
  );
}

function moveInMenu(event) {
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    return opened.close();
  }
  const entries = [...event.currentTarget.children];
  const at = entries.indexOf(document.activeElement);
  const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  entries.at(next % entries.length).focus();
}

function place(box, at) {
  const margin = 8;
  const target = at instanceof Element ? at.getBoundingClientRect() : null;
  const { width, height } = box.getBoundingClientRect();
  const left = target ? target.left : at.x;
  const below = target ? target.bottom + 4 : at.y;
  const above = (target ? target.top - 4 : at.y) - height;
  const top = below + height + margin > innerHeight ? Math.max(margin, above) : below;
  box.style.left = `${Math.max(margin, Math.min(left, innerWidth - width - margin))}px`;
  box.style.top = `${top}px`;
}
