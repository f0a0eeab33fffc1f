// Where scans arrive. A wedge types them; Enter ends one. A burst is taken one after the other, none is lost.
// The camera is second, the keyboard third.

import { look as lookThrough } from "./camera.js";
import { button, el } from "./dom.js";
import { stopped } from "./flash.js";
import { say } from "./words.js";

const SEPARATOR = "\x1d"; // GS1's FNC1 between elements
/** A scan that no screen asked for within this time was for one that is gone. */
const FRESH = 10_000;

/** Scans that came while the one before was being looked at, {text, at}. */
const waiting = [];
/** The line of the screen that is shown: {input, onScan}. */
let line = null;
let looking = false;
/** What a wedge typed while the screen could not take it, and when it typed last. */
let typed = "";
let lastKey = 0;
/** A wedge types faster, even into a busy device; what stands longer was left by a person and belongs to no scan. */
const PAUSE = 2000;

/** The line, always ready: `onScan(text)` gets what came before Enter, control characters and all. */
export function scanLine({ label, onScan }) {
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
    onkeydown: onKey,
    // A scan that was begun on the screen before is ended on this one.
    value: begun(),
  });
  line = { input, onScan };

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
    lookThrough.possible &&
    button("", () => lookThrough(label, arrived), { class: "keyboard lens", "aria-label": say("Use the camera") });
  queueMicrotask(look); // what came before this screen is for it
  return el("div", { class: "scan-line" }, [
    el("label", { for: "scan" }, say(label)),
    el("div", { class: "scan-field" }, [input, camera, keyboard]),
  ]);
}

/** What a wedge has typed of a scan so far; taken out of where it was. */
function begun() {
  const text = Date.now() - lastKey < PAUSE ? (line?.input.value ?? "") + typed : "";
  if (line) line.input.value = "";
  typed = "";
  return text;
}

function isSeparator(event) {
  return event.key === "GroupSeparator" || (event.ctrlKey && event.key === "]");
}

function arrived(text) {
  if (!text.trim() || stopped()) return;
  waiting.push({ text, at: Date.now() });
  look();
}

/** One at a time and in order; what comes after a red one was scanned without having read it, and is dropped. */
async function look() {
  if (looking) return;
  looking = true;
  try {
    while (waiting.length && line?.input.isConnected) {
      const { text, at } = waiting.shift();
      if (Date.now() - at > FRESH) continue;
      await line.onScan(text);
      if (stopped()) waiting.length = 0;
    }
  } finally {
    looking = false;
  }
}

/** Bring scans back to the line after a tap elsewhere; a field that is being filled keeps them. */
export function keepReady(event) {
  const input = document.getElementById("scan");
  const active = document.activeElement;
  const pressed = event?.type === "keydown";
  if (stopped()) return;
  // A field keeps the focus for a moment after the screen is held still, and takes nothing any more.
  const held = active?.closest("[inert]");
  if (active && !held && active.matches("input, select, textarea, button, a, summary")) {
    if (pressed) lastKey = Date.now();
    return;
  }
  if (input && !input.closest("[inert]")) {
    if (typed) input.value = begun();
    input.focus({ preventScroll: true });
  } else if (pressed) collect(event);
  if (pressed) lastKey = Date.now();
}

/** No line to type into at this moment: the scan is read from the keys themselves; Tab and the like are the browser's. */
function collect(event) {
  const separator = isSeparator(event);
  const character = event.key.length === 1 && !event.ctrlKey;
  if (event.isComposing || event.altKey || event.metaKey || !(separator || character || event.key === "Enter")) return;
  event.preventDefault();
  event.stopPropagation();
  typed = begun();
  if (event.key === "Enter") {
    arrived(typed);
    typed = "";
  } else typed += separator ? SEPARATOR : event.key;
}
