/** Service messages in words. */

import { fullName, preview, sender } from "./format.js";

/** A name apart, so that its direction does not turn the sentence around. */
const apart = (name) => `\u2068${name}\u2069`;
const named = (person) => apart(fullName(person));
const names = (people) => people.map(named).join(", ");

const SENTENCES = {
  new_chat_members: (m, who) =>
    m.new_chat_members.length === 1 && m.new_chat_members[0].id === m.from?.id
      ? `${who} joined the group`
      : `${who} added ${names(m.new_chat_members)}`,
  left_chat_member: (m, who) =>
    m.left_chat_member.id === m.from?.id
      ? `${who} left the group`
      : `${who} removed ${named(m.left_chat_member)}`,
  group_chat_created: (m, who) => `${who} created the group “${apart(m.chat.title)}”`,
  supergroup_chat_created: (m) => `The group “${apart(m.chat.title)}” was created`,
  channel_chat_created: () => "The channel was created",
  new_chat_title: (m, who) => `${who} renamed the group to “${apart(m.new_chat_title)}”`,
  new_chat_photo: (_, who) => `${who} changed the group's picture`,
  delete_chat_photo: (_, who) => `${who} removed the group's picture`,
  migrate_to_chat_id: () => "The group was upgraded to a supergroup",
  migrate_from_chat_id: () => "This supergroup was a group before",
  pinned_message: (m, who) => `${who} pinned “${apart(preview(m.pinned_message))}”`,
  forum_topic_created: (m, who) =>
    `${who} created the topic “${apart(m.forum_topic_created.name)}”`,
  forum_topic_edited: (m, who) =>
    `${who} renamed the topic to “${apart(m.forum_topic_edited.name ?? "")}”`,
  forum_topic_closed: (_, who) => `${who} closed the topic`,
  forum_topic_reopened: (_, who) => `${who} reopened the topic`,
  general_forum_topic_hidden: (_, who) => `${who} hid the General topic`,
  general_forum_topic_unhidden: (_, who) => `${who} showed the General topic again`,
};

/** The sentence for a service message; null for a message that somebody wrote. */
export function serviceText(message) {
  const kind = Object.keys(SENTENCES).find((field) => message[field] !== undefined);
  return kind ? SENTENCES[kind](message, named(sender(message))) : null;
}
