/** Who is who: being several people, groups and their members. */

import { post } from "./api.js";
import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { fullName } from "./format.js";
import { dialog, menu, toast } from "./overlay.js";
import { become, reload } from "./session.js";
import { currentChat, isMember, openChat, people, state } from "./store.js";

const LANGUAGES = {
  en: "English",
  de: "Deutsch",
  es: "Español",
  fr: "Français",
  ru: "Русский",
  ar: "العربية",
};

export function peopleMenu(at) {
  const persons = people().map((user) => ({
    label: fullName(user),
    picked: user.id === state.me,
    act: () => switchTo(user.id),
  }));
  menu(at, [
    ...persons,
    { label: "Add person…", icon: "user", act: addPerson },
    { label: "New group…", icon: "group", act: newGroup },
  ]);
}

export function chatMenu(at) {
  const chat = currentChat();
  if (chat.type === "private") {
    const label = chat.blocked ? "Unblock the bot" : "Stop and block the bot";
    return menu(at, [
      {
        label,
        icon: "stop",
        danger: !chat.blocked,
        act: () => tell("block", { blocked: !chat.blocked }),
      },
    ]);
  }
  menu(at, [
    { label: "Members…", icon: "group", act: () => members(chat) },
    isMember(chat)
      ? {
          label: "Leave group",
          icon: "leave",
          danger: true,
          act: () => tell("leave", { chat: chat.id, user: state.me }),
        }
      : {
          label: "Join group",
          icon: "add",
          act: () => tell("join", { chat: chat.id, user: state.me }),
        },
  ]);
}

async function tell(path, body) {
  try {
    return await post(path, { as: state.me, ...body });
  } catch (error) {
    toast(error.message, "error");
    return null;
  }
}

/** Becomes somebody else, in the group that is open or at their home. */
export const switchTo = (id) => become(id).catch((error) => toast(error.message, "error"));

async function addPerson() {
  const form = await dialog(
    "Add person",
    [
      text("First name", "first_name", { required: true, maxlength: 64 }),
      text("Last name", "last_name", { maxlength: 64 }),
      text("Username", "username", {
        maxlength: 32,
        pattern: "[A-Za-z][A-Za-z0-9_]{3,31}",
        placeholder: "optional",
      }),
      h(
        "label.field",
        {},
        h("span", {}, "Language"),
        h(
          "select",
          { name: "language_code" },
          Object.entries(LANGUAGES).map(([code, name]) => h("option", { value: code }, name)),
        ),
      ),
    ],
    { confirm: "Add", cancel: "Cancel" },
  );
  if (!form) return;
  const filled = Object.fromEntries([...form].filter(([, value]) => value.trim()));
  const made = await tell("users", filled);
  if (made) await switchTo(made.id);
}

async function newGroup() {
  const form = await dialog(
    "New group",
    [
      text("Name", "title", { required: true, maxlength: 128, value: "ML study group" }),
      h(
        "fieldset",
        {},
        h("legend", {}, "Members"),
        state.users.map((user) =>
          check(fullName(user), "members", {
            value: user.id,
            checked: true,
            disabled: user.id === state.me,
          }),
        ),
      ),
      check("The bot is an administrator", "bot", { value: "administrator" }),
      check("With topics", "is_forum", { value: "yes" }),
    ],
    { confirm: "Create", cancel: "Cancel" },
  );
  if (!form) return;
  const made = await tell("groups", {
    title: form.get("title"),
    type: "supergroup",
    is_forum: form.has("is_forum"),
    admins: [state.me],
    members: [state.me, ...form.getAll("members").map(Number)],
    bot: form.get("bot") ?? "member",
  });
  if (!made) return;
  await reload();
  openChat(made.id);
}

function members(chat) {
  const line = (user) => {
    const inside = chat.members.includes(user.id);
    const change = async (event) => {
      const button = event.currentTarget;
      button.disabled = true;
      if (await tell(inside ? "leave" : "join", { chat: chat.id, user: user.id }))
        button.textContent = "✓";
    };
    return h(
      "li",
      {},
      avatar(user.id, fullName(user), ".small"),
      h("bdi", {}, fullName(user)),
      chat.admins.includes(user.id) && h("span.role", {}, "admin"),
      user.simulated && h("span.role", {}, "simulated"),
      h("button.quiet", { type: "button", onclick: change }, inside ? "Remove" : "Add"),
    );
  };
  dialog("Members", h("ul.members", {}, state.users.map(line)), { confirm: "Done" });
}

function text(label, name, props) {
  return h(
    "label.field",
    {},
    h("span", {}, label),
    h("input", { name, autocomplete: "off", dir: "auto", ...props }),
  );
}

function check(label, name, props) {
  return h(
    "label.check",
    {},
    h("input", { type: "checkbox", name, ...props }),
    h("bdi", {}, label),
  );
}
