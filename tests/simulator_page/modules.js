/** What the page's pure functions promise; run by test_page.py beside copies of the modules. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { nest } from "./entities.js";
import { dayName, dayNumber, duration, fileSize, initials, preview } from "./format.js";
import { languageName, tokens } from "./highlight.js";
import { holdWhilePressed } from "./holding.js";
import { unticked } from "./keyboard.js";
import { safeAddress, startPayload } from "./links.js";
import { serviceText } from "./service.js";
import { now, people, setWorld, state } from "./store.js";

const flat = (nodes) =>
  nodes.map((node) => (typeof node === "string" ? node : flat(node.children))).join("");
const kinds = (code, language) =>
  tokens(code, language)
    .filter(([kind]) => kind)
    .map(([kind, text]) => `${kind} ${text}`);

test("entities nest, count UTF-16 units, and never lose text", () => {
  const text = "👋 Hello, world";
  const [first, bold, rest] = nest(text, [
    { type: "italic", offset: 5, length: 2 },
    { type: "bold", offset: 3, length: 5 },
  ]);
  assert.equal(first, "👋 ");
  assert.equal(bold.text, "Hello");
  assert.deepEqual(
    bold.children.map((child) => child.text ?? child),
    ["He", "ll", "o"],
  );
  assert.equal(rest, ", world");
});

test("overlapping, empty and overlong entities keep the text whole", () => {
  const text = "abcdefgh";
  const cases = [
    [
      { type: "bold", offset: 1, length: 4 },
      { type: "italic", offset: 3, length: 9 },
    ],
    [{ type: "bold", offset: 2, length: 0 }],
    [{ type: "bold", offset: 20, length: 3 }],
    [
      { type: "bold", offset: 0, length: 8 },
      { type: "code", offset: 0, length: 8 },
    ],
    [],
  ];
  for (const entities of cases) assert.equal(flat(nest(text, entities)), text);
});

test("tokens joined are the code again, in every language, even broken off", () => {
  const code = 'def f(x):  # a \'b\n  s = """t\n\' /* -- $x @y 0x1f 1e-3 \\';
  for (const language of ["python", "sql", "c++", "java", "r", "sh", "brainfuck", undefined]) {
    for (let end = 0; end <= code.length; end += 1) {
      const part = code.slice(0, end);
      assert.equal(
        tokens(part, language)
          .map(([, text]) => text)
          .join(""),
        part,
      );
    }
  }
});

test("tokens are told apart as their language does", () => {
  assert.deepEqual(kinds("for x in range(3): f('#')  # no", "py"), [
    "keyword for",
    "keyword in",
    "constant range",
    "number 3",
    "call f",
    "string '#'",
    "comment # no",
  ]);
  assert.deepEqual(kinds("SELECT max(a) -- b", "sql"), [
    "keyword SELECT",
    "constant max",
    "comment -- b",
  ]);
  assert.deepEqual(kinds("#include <a>\nint x = 0x1F; // y", "c++"), [
    "special #include",
    "constant int",
    "number 0x1F",
    "comment // y",
  ]);
  assert.deepEqual(kinds("x <- mean(a.b, TRUE)", "R"), [
    "special <-",
    "constant mean",
    "constant TRUE",
  ]);
  assert.deepEqual(kinds('echo "$a" ${b} # c', "bash"), [
    "constant echo",
    'string "$a"',
    "special ${b}",
    "comment # c",
  ]);
  assert.equal(languageName("postgresql"), "SQL");
  assert.equal(languageName("brainfuck"), "brainfuck");
});

test("only harmless addresses are followed", () => {
  assert.equal(safeAddress("example.org/a"), "https://example.org/a");
  assert.equal(safeAddress("mailto:a@example.org"), "mailto:a@example.org");
  for (const bad of [
    "javascript:alert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "http://[",
  ]) {
    assert.equal(safeAddress(bad), null);
  }
});

test("a deep link to the bot is told from other links", () => {
  assert.equal(startPayload("https://t.me/My_bot?start=practice-x", "my_bot"), "practice-x");
  assert.equal(startPayload("tg://resolve?domain=my_bot&start=daily", "my_bot"), "daily");
  assert.equal(startPayload("https://t.me/my_bot", "my_bot"), "");
  assert.equal(startPayload("https://t.me/other?start=x", "my_bot"), null);
  assert.equal(startPayload("https://example.org/my_bot?start=x", "my_bot"), null);
});

test("a button keeps its name when it is ticked", () => {
  assert.deepEqual(["☐ A", "☑ A", "A", "✅ A "].map(unticked), ["A", "A", "A", "A"]);
  assert.deepEqual(["Next ▶", "💡 Hint", "☐"].map(unticked), ["Next ▶", "💡 Hint", ""]);
});

test("days, sizes, durations and names are written for people", () => {
  const noon = new Date(2026, 0, 10, 12).getTime() / 1000;
  assert.equal(dayName(noon, noon), "Today");
  assert.equal(dayName(noon - 86_400, noon), "Yesterday");
  assert.equal(dayName(noon - 86_400 * 20, noon), "21 December 2025");
  const midnight = new Date(2026, 0, 10).getTime() / 1000;
  assert.equal(dayNumber(midnight) - dayNumber(midnight - 1), 1);
  assert.deepEqual([999, 1500, 13_500, 2_000_000].map(fileSize), [
    "999 B",
    "1.5 kB",
    "14 kB",
    "2.0 MB",
  ]);
  assert.deepEqual([0, 65, 600].map(duration), ["0:00", "1:05", "10:00"]);
  assert.deepEqual(["Ann", "Ann Mary Lee", "🦊 Fox", " "].map(initials), ["A", "AL", "🦊F", "?"]);
});

test("every message has a line for the chat list", () => {
  assert.equal(preview({ text: "two\nlines" }), "two lines");
  assert.equal(preview({ photo: [{}], caption: "Progress" }), "🖼 Progress");
  assert.equal(preview({ document: { file_name: "a.json" } }), "📎 a.json");
  assert.equal(preview({ sticker: { emoji: "👍" } }), "👍 Sticker");
  assert.equal(preview({ dice: {} }), "Message");
});

test("service messages say who did what, names apart from the sentence's direction", () => {
  const ann = { id: 1, first_name: "Ann" };
  const bob = { id: 2, first_name: "Bob" };
  const plain = (message) =>
    serviceText({ from: ann, ...message })?.replace(/[\u2068\u2069]/g, "");
  assert.equal(plain({ new_chat_members: [ann] }), "Ann joined the group");
  assert.equal(plain({ new_chat_members: [bob] }), "Ann added Bob");
  assert.equal(plain({ left_chat_member: bob }), "Ann removed Bob");
  assert.equal(plain({ text: "hello" }), undefined);
});

test("nothing is redrawn between the press and the release of a pointer", async () => {
  globalThis.document = new EventTarget();
  globalThis.window = new EventTarget();
  const box = new EventTarget();
  let drawn = 0;
  const held = holdWhilePressed(box, () => (drawn += 1));
  const after = () => new Promise((resolve) => setTimeout(resolve, 5));

  assert.equal(held(), false);
  box.dispatchEvent(new Event("pointerdown"));
  assert.equal(held(), true);
  assert.equal(held(), true);
  document.dispatchEvent(new Event("pointerup"));
  assert.equal(drawn, 0, "the click comes first");
  await after();
  assert.equal(drawn, 1);
  assert.equal(held(), false);

  box.dispatchEvent(new Event("pointerdown"));
  document.dispatchEvent(new Event("pointercancel"));
  await after();
  assert.equal(drawn, 1, "nothing was put off");
});

test("one can be everybody but the simulated, by the simulator's clock", () => {
  const bot = { id: 9, first_name: "Bot" };
  const users = [
    { id: 1, first_name: "Ann", simulated: false },
    { id: 2, first_name: "Dana", simulated: true },
  ];
  const crowd = { members: [2], playing: true };
  setWorld({ bot, users, chats: [], now: Date.now() / 1000 + 3600 }, crowd);
  assert.deepEqual(people(), [users[0]]);
  assert.equal(state.crowd, crowd);
  assert.ok(Math.abs(now() - Date.now() / 1000 - 3600) < 1);
});
