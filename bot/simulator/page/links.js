/** What happens when somebody follows a link or a command in a message. */

import { post } from "./api.js";
import { currentChat, openChat, state } from "./store.js";
import { toast } from "./overlay.js";

const SCHEMES = new Set(["http:", "https:", "mailto:", "tel:", "tg:"]);
const TELEGRAM = new Set(["t.me", "telegram.me", "telegram.dog"]);

/** The address with its scheme, or null where a browser had better not go. */
export function safeAddress(address) {
  const whole = /^[a-z][a-z\d+.-]*:/i.test(address) ? address : `https://${address}`;
  try {
    const url = new URL(whole);
    return SCHEMES.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** The payload of a deep link to this bot ("" without one), null for any other address. */
export function startPayload(address, username) {
  const url = new URL(address);
  const name = url.protocol === "tg:" ? url.searchParams.get("domain") : url.pathname.slice(1);
  const known = url.protocol === "tg:" ? url.host === "resolve" : TELEGRAM.has(url.host);
  if (!known || name?.toLowerCase() !== username.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}

export async function follow(address) {
  const safe = safeAddress(address);
  if (!safe) return toast("This link cannot be opened here.");
  const payload = startPayload(safe, state.bot.username);
  if (payload !== null) {
    openChat(state.me);
    return send({ chat: state.me, text: `/start ${payload}`.trim() });
  }
  if (safe.startsWith("tg:")) return toast("This link only works in Telegram.");
  window.open(safe, "_blank", "noopener");
}

/** Sends a command as it was clicked, to the chat that is open. */
export async function say(text) {
  const thread = state.topic || undefined;
  await send({ chat: currentChat().id, text, thread });
}

/** Sends a text message; a refusal is shown, and told by the answer false. */
export async function send(message) {
  try {
    await post("send", { as: state.me, ...message });
    return true;
  } catch (error) {
    toast(error.message, "error");
    return false;
  }
}
