// The answer to a scan: green and gone by itself, or red until somebody has read it.

import { button, el } from "./dom.js";
import { high, low } from "./sound.js";
import { advice, say } from "./words.js";

const said = document.getElementById("said");
const bar = document.getElementById("good");
const stop = document.getElementById("bad");

/** Green over the whole width, with what was done. */
export function good(text) {
  high();
  const words = say(text);
  said.textContent = words;
  const fresh = el("div", { class: "good-bar" }, el("span", { "aria-hidden": "true" }, "✓ "), words);
  fresh.addEventListener("animationend", () => fresh.remove());
  bar.replaceChildren(fresh);
}

/** Whether a red one waits to be read; scans are not taken meanwhile. */
export function stopped() {
  return stop.open;
}

/**
 * Red over the whole screen, until it is acknowledged. `ways` are other things to do about it: {label, run}.
 * Resolves when it was read, after the way chosen has begun.
 */
export function bad(title, lines = [], ways = []) {
  low();
  bar.replaceChildren();
  return new Promise((resolve) => {
    const leave = (run) => () => {
      stop.close();
      stop.replaceChildren();
      run?.();
      resolve();
    };
    stop.replaceChildren(
      el("div", { class: "bad-text", id: "bad-text", tabindex: "-1" }, [
        el("p", { class: "bad-sign", "aria-hidden": "true" }, "✕"),
        el("h2", {}, say(title)),
        lines.map((line) => el("p", {}, say(line))),
      ]),
      el("div", { class: "bad-ways" }, [
        ways.map((way) => button(say(way.label), leave(way.run), { class: "way" })),
        button(say("Understood"), leave(), { class: "primary" }),
      ]),
    );
    if (!stop.open) stop.showModal();
    // Not on a button: the Enter of the next scan would press it unread.
    document.getElementById("bad-text").focus();
  });
}

/** A refusal of the warehouse: what happened, and what may be done next. */
export function refused(refusal, ways = []) {
  if (refusal.needsSignOn) return Promise.resolve(); // the sign-on page says it
  if (!("code" in refusal)) throw refusal; // a mistake of this program, for its console
  const fields = Object.entries(refusal.errors ?? {}).map(([name, why]) => `${name} ${[why].flat().join(" ")}`.trim());
  return bad(refusal.title, [...fields, ...advice(refusal.recover)], ways);
}

stop.addEventListener("cancel", (event) => event.preventDefault()); // Escape does not count as having read it
