/** Sending what is not text, for trying out how the bot takes it. */

import { post } from "./api.js";
import { menu, toast } from "./overlay.js";
import { state } from "./store.js";

const BERLIN = { latitude: 52.52, longitude: 13.405 };

export function attachMenu(at) {
  const entry = (label, name, kind, extra) => ({
    label,
    icon: name,
    act: () => attach(kind, extra),
  });
  menu(at, [
    entry("Sticker", "sticker", "sticker", { emoji: "🤓" }),
    entry("Photo", "photo", "photo"),
    entry("Voice message", "voice", "voice"),
    entry("Location", "pin", "location", BERLIN),
  ]);
}

async function attach(kind, extra) {
  try {
    await post(kind, {
      as: state.me,
      chat: state.chat,
      thread: state.topic || undefined,
      ...extra,
    });
  } catch (error) {
    toast(error.message, "error");
  }
}
