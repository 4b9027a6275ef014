/** A person's or chat's picture: initials on a colour of their own. */

import { h } from "./dom.js";
import { initials, tint } from "./format.js";

export function avatar(id, name, size = "") {
  return h(`span.avatar.tint-${tint(id)}${size}`, { "aria-hidden": "true" }, initials(name));
}
