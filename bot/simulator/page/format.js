/** How times, sizes, names and one-line previews are written. */

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long" });
const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const SHORT = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "medium" });
const DAY_SECONDS = 86_400;
const TINTS = 7;
const LINE_LENGTH = 200;

const date = (seconds) => new Date(seconds * 1000);

/** Days from the epoch in local time, so that equal numbers mean the same local day. */
export function dayNumber(seconds) {
  return Math.floor(seconds / DAY_SECONDS - date(seconds).getTimezoneOffset() / 1440);
}

export const clock = (seconds) => CLOCK.format(date(seconds));
export const moment = (seconds) => MOMENT.format(date(seconds));

export function dayName(seconds, now = Date.now() / 1000) {
  const ago = dayNumber(now) - dayNumber(seconds);
  if (ago === 0) return "Today";
  if (ago === 1) return "Yesterday";
  const sameYear = date(now).getFullYear() === date(seconds).getFullYear();
  return (sameYear ? DAY : DATE).format(date(seconds));
}

/** The time for today's messages, the date for older ones. */
export function listTime(seconds, now = Date.now() / 1000) {
  return dayNumber(now) === dayNumber(seconds) ? clock(seconds) : SHORT.format(date(seconds));
}

export function fileSize(bytes) {
  if (bytes === undefined) return "";
  if (bytes < 1000) return `${bytes} B`;
  const units = ["kB", "MB", "GB"];
  let value = bytes / 1000;
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit += 1) value /= 1000;
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Seconds as m:ss. */
export function duration(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function fullName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ") || person.title || "?";
}

export const sender = (message) => message.sender_chat ?? message.from ?? message.chat;

/** Up to two initials; emoji and scripts outside the BMP stay whole. */
export function initials(name) {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.map((word) => [...word][0].toUpperCase());
  return letters.length > 1 ? letters[0] + letters.at(-1) : (letters[0] ?? "?");
}

export const tint = (id) => Math.abs(id) % TINTS;

export const counted = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

/** What stands for a message without words: its field, a sign, a name. */
const KINDS = [
  ["photo", "🖼", () => "Photo"],
  ["document", "📎", (document) => document.file_name ?? "Document"],
  ["poll", "📊", (poll) => poll.question],
  ["sticker", "", (sticker) => `${sticker.emoji ?? ""} Sticker`],
  ["voice", "🎤", () => "Voice message"],
  ["location", "📍", () => "Location"],
];

/** What a message is, in one line of plain text, for the chat list and for quotes. */
export function preview(message) {
  const known = KINDS.find(([field]) => message[field]);
  const [field, sign, name] = known ?? ["", "", () => "Message"];
  const words = message.text ?? message.caption ?? name(message[field]);
  return `${sign} ${words}`.slice(0, LINE_LENGTH).replace(/\s+/g, " ").trim();
}
