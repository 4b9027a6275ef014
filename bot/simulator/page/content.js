/** What a bubble holds besides text: pictures, documents, stickers, voice, places. */

import { h, icon } from "./dom.js";
import { duration, fileSize } from "./format.js";
import { lightbox } from "./overlay.js";
import { pollView } from "./polls.js";

const PICTURE_WIDTH = 434;
const PICTURE_HEIGHT = 460;
const SMALLEST_WIDTH = 180;
const WAVE = [5, 9, 14, 8, 16, 11, 6, 13, 18, 10, 7, 15, 9, 12, 5, 8, 17, 11, 6, 9, 13, 7];

/** The nodes for a message's attachment; an empty list for plain text. */
export function attachment(message) {
  if (message.photo) return [photo(message)];
  if (message.document) return [file(message)];
  if (message.poll) return [pollView(message)];
  if (message.sticker)
    return [
      h("div.sticker", { role: "img", "aria-label": "Sticker" }, message.sticker.emoji ?? "🙂"),
    ];
  if (message.voice) return [voice(message.voice)];
  if (message.location) return [place(message.location)];
  return [];
}

/** Pictures and stickers bear their time on themselves. */
export const isBare = (message) =>
  Boolean(message.sticker || message.location || (message.photo && !message.caption));

function address(message, id) {
  return message.file_url ?? `/client/file/${encodeURIComponent(id)}`;
}

function photo(message) {
  const best = message.photo.at(-1);
  const source = address(message, best.file_id);
  const largest = Math.max(1, SMALLEST_WIDTH / best.width);
  const scale = Math.min(largest, PICTURE_WIDTH / best.width, PICTURE_HEIGHT / best.height);
  const description = message.caption?.slice(0, 120) ?? "Photo";
  const onclick = () => lightbox(source, description);
  return h(
    "button.picture",
    { type: "button", onclick, title: "Enlarge", "aria-label": "Enlarge the picture" },
    h("img", {
      src: source,
      alt: description,
      width: Math.round(best.width * scale),
      height: Math.round(best.height * scale),
      loading: "lazy",
    }),
  );
}

function file(message) {
  const { file_id: id, file_name: name = "document", file_size: size } = message.document;
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1];
  return h(
    "a.file",
    { href: address(message, id), download: name, title: `Download ${name}` },
    h("span.file-sign", {}, ending ? h("span", {}, ending) : icon("file"), icon("download")),
    h(
      "span.file-words",
      {},
      h("bdi.file-name", {}, name),
      h("span.file-size", {}, fileSize(size)),
    ),
  );
}

function voice({ duration: seconds }) {
  const bars = WAVE.map((height) => {
    const bar = h("i");
    bar.style.height = `${height}px`;
    return bar;
  });
  return h(
    "div.voice",
    {},
    h("span.voice-play", {}, icon("play")),
    h(
      "span",
      {},
      h("span.wave", { "aria-hidden": "true" }, bars),
      h("span.file-size", {}, h("span.visually-hidden", {}, "Voice message "), duration(seconds)),
    ),
  );
}

function place({ latitude, longitude }) {
  const words = `${latitude.toFixed(4)}, ${longitude.toFixed(4)}`;
  return h(
    "div.place",
    { role: "img", "aria-label": `Location ${words}` },
    h("span.map", {}, icon("pin")),
    h("span.file-size", {}, words),
  );
}
