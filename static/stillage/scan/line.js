// The bar above every screen: whether the warehouse answers, what waits to be told and for how long, what was refused.

import { button, el } from "./dom.js";
import { refusals, untold } from "./queue.js";
import { go } from "./router.js";
import { session } from "./session.js";
import { some } from "./words.js";

const bar = document.getElementById("line");

/** "3 min", "2 h"; how long ago the device's clock said that. */
export function age(instant) {
  const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(instant)) / 60_000));
  if (minutes < 1) return "just now";
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h`;
}

export function drawLine() {
  const [waiting, refused] = [untold(), refusals()];
  bar.hidden = !session.away && !waiting.length && !refused.length;
  bar.classList.toggle("wrong", refused.length > 0);
  if (bar.hidden) return;
  const said = [
    session.away && (waiting.length ? "No answer." : "No answer from the warehouse. What you do is kept."),
    waiting.length > 0 && `${waiting.length} not told yet`,
    waiting.length > 0 && el("span", { "aria-hidden": "true" }, `(oldest ${age(waiting[0].occurredAt)})`),
    refused.length > 0 && some(refused.length, "conflict"),
  ].filter(Boolean);
  const show = waiting.length + refused.length > 0 && button("Show", () => go("untold"));
  bar.replaceChildren(...[el("p", {}, said.flatMap((each) => [each, " "])), show].filter(Boolean));
}
