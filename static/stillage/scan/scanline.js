// Where scans arrive. A wedge types them; Enter ends one. The camera is second, the keyboard third.

import { look } from "./camera.js";
import { button, el } from "./dom.js";
import { stopped } from "./flash.js";
import { say } from "./words.js";

const SEPARATOR = "\x1d"; // GS1's FNC1 between elements

/** Codes that wait for their turn: a wedge is quicker than an answer. */
const waiting = [];
/** What is being taken now; the trigger pulled twice types it again. */
let taking = null;
/** What the line on the screen does with a code, and what was typed while there was no line. */
let take = null;
let early = "";
let earlyAt = 0;
/** Milliseconds in which a wedge goes on typing; what is older was no part of a code. */
const BURST = 1000;

/** The line, always ready: `onScan(text)` gets what came before Enter, control characters and all. */
export function scanLine({ label, onScan }) {
  const before = document.getElementById("scan");
  const input = el("input", {
    id: "scan",
    type: "text",
    autocomplete: "off",
    autocapitalize: "off",
    autocorrect: "off",
    spellcheck: "false",
    enterkeyhint: "go",
    // The keyboard of the screen stays away: it would hide half of it, and most scans come from the trigger.
    inputmode: "none",
    value: (before?.value ?? "") + typedEarly(), // half a code, typed while the screen changed
    onkeydown: onKey,
  });
  take = onScan;
  queueMicrotask(next);

  function onKey(event) {
    if (isSeparator(event)) {
      event.preventDefault();
      input.setRangeText(SEPARATOR, input.selectionStart, input.selectionEnd, "end");
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    const text = input.value;
    input.value = "";
    arrived(text);
  }

  const keyboard = button(
    "⌨",
    () => {
      input.inputMode = input.inputMode === "none" ? "text" : "none";
      input.blur();
      input.focus();
    },
    { class: "keyboard", "aria-label": say("Type instead of scanning") },
  );
  const camera =
    look.possible &&
    button("", () => look(label, arrived), { class: "keyboard lens", "aria-label": say("Use the camera") });
  return el("div", { class: "scan-line" }, [
    el("label", { for: "scan" }, say(label)),
    el("div", { class: "scan-field" }, [input, camera, keyboard]),
  ]);
}

/** The screen that comes has no line: what is scanned waits for the next one that has. */
export function noLine() {
  take = null;
}

/** What was typed while there was no line to type into, if it was just now. */
function typedEarly() {
  const typed = performance.now() - earlyAt < BURST ? early : "";
  early = "";
  return typed;
}

const isSeparator = (event) => event.key === "GroupSeparator" || (event.ctrlKey && event.key === "]");

/** A code was read. Nothing is taken while a red answer waits to be read, and a trigger pulled twice counts once. */
function arrived(text) {
  if (!text.trim() || stopped() || text === taking || text === waiting.at(-1)) return;
  waiting.push(text);
  next();
}

/** One at a time, in the order in which they came; after a red answer the rest is scanned anew. */
async function next() {
  if (taking !== null || !take || !waiting.length) return;
  taking = waiting.shift();
  try {
    await take(taking);
  } finally {
    taking = null;
    if (stopped()) waiting.length = 0;
    next();
  }
}

/** Bring scans back to the line after a tap elsewhere; a field that is being filled keeps them. */
export function keepReady() {
  const input = document.getElementById("scan");
  const active = document.activeElement;
  if (!input || stopped()) return;
  if (active && active !== document.body && active.matches("input, select, textarea, button, a, summary")) return;
  input.focus({ preventScroll: true });
}

// While a screen is about to change there is no line to type into: what comes then is kept for it.
document.addEventListener("keydown", (event) => {
  const working = document.getElementById("app").inert || !document.getElementById("scan");
  if (!working || document.activeElement?.matches("input, button, select") || stopped()) return;
  if (event.key === "Enter") {
    const line = document.getElementById("scan");
    const text = (line?.value ?? "") + typedEarly();
    if (line) line.value = "";
    arrived(text);
    return;
  }
  const typed = isSeparator(event) ? SEPARATOR : event.key;
  if (typed.length !== 1 || (typed !== SEPARATOR && (event.ctrlKey || event.metaKey || event.altKey))) return;
  early = typedEarly() + typed;
  earlyAt = performance.now();
});
