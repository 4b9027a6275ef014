/** Starts the page: puts the parts together and becomes the first person. */

import { startCompany } from "./company.js";
import { startComposer } from "./composer.js";
import { byId, fill, h, icon } from "./dom.js";
import { startLog } from "./messages.js";
import { become } from "./session.js";
import { startShortcuts } from "./shortcuts.js";
import { showList, startSidebar } from "./sidebar.js";
import { on, state } from "./store.js";

const RETRY_MILLISECONDS = 1500;

document.querySelectorAll("[data-icon]").forEach((node) => node.prepend(icon(node.dataset.icon)));
startSidebar();
startLog();
startCompany();
startComposer();
startShortcuts();
startTheme();
on("selection", remember);
on("escape", () => matchMedia("(max-width: 720px)").matches && showList(true));
enter();

async function enter() {
  const address = new URLSearchParams(location.search);
  try {
    await become(Number(address.get("as")), Number(address.get("chat")) || undefined);
  } catch {
    byId("banner").hidden = false;
    setTimeout(enter, RETRY_MILLISECONDS);
  }
}

/** The address says who and where, so that a reload or a second tab finds the place again. */
function remember() {
  const place = new URLSearchParams({ as: state.me, chat: state.chat });
  window.history.replaceState(null, "", `?${place}`);
}

function startTheme() {
  const button = byId("theme");
  const show = () => {
    const label = globalThis.theme.isDark() ? "Light colours" : "Dark colours";
    fill(
      button,
      icon(globalThis.theme.isDark() ? "sun" : "moon"),
      h("span.visually-hidden", {}, label),
    );
    button.title = label;
  };
  button.addEventListener("click", () => {
    globalThis.theme.toggle();
    show();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  show();
}
