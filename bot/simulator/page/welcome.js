/** What stands in an empty chat: who the bot is, or that nothing was said yet. */

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { currentChat, openChat, state, visibleChats } from "./store.js";

export function nothing() {
  const { type } = currentChat();
  if (type !== "private") return h("p.nothing", {}, "No messages here yet");
  return h(
    "div.welcome",
    {},
    avatar(state.bot.id, state.bot.first_name, ".large"),
    h("strong", {}, state.bot.first_name),
    h("span", {}, `@${state.bot.username}`),
    h("p", {}, "Press Start to say hello."),
    invitation(),
  );
}

/** The way to the group in which others play along. */
function invitation() {
  const group = visibleChats().find(({ members }) =>
    state.crowd.members.some((id) => members.includes(id)),
  );
  if (!group) return null;
  const onclick = () => openChat(group.id);
  return h("button.invitation", { type: "button", onclick }, `or play a quiz in ${group.title}`);
}
