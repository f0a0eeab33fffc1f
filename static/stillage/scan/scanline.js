// Where scans arrive. A wedge types them; Enter ends one.

import { button, el } from "./dom.js";
import { stopped } from "./flash.js";

const SEPARATOR = "\x1d"; // GS1's FNC1 between elements

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
  });

  async function onKey(event) {
    if (event.key === "GroupSeparator" || (event.ctrlKey && event.key === "]")) {
      event.preventDefault();
      input.setRangeText(SEPARATOR, input.selectionStart, input.selectionEnd, "end");
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    const text = input.value;
    input.value = "";
    if (!text.trim() || stopped() || input.readOnly) return;
    // One at a time: a second trigger before the answer would be taken for the next step.
    input.readOnly = true;
    try {
      await onScan(text);
    } finally {
      input.readOnly = false;
    }
  }

  const keyboard = button(
    "⌨",
    () => {
      input.inputMode = input.inputMode === "none" ? "text" : "none";
      input.blur();
      input.focus();
    },
    { class: "keyboard", "aria-label": "Type instead of scanning" },
  );
  return el("div", { class: "scan-line" }, [
    el("label", { for: "scan" }, label),
    el("div", { class: "scan-field" }, [input, keyboard]),
  ]);
}

/** Bring scans back to the line after a tap elsewhere; a field that is being filled keeps them. */
export function keepReady() {
  const input = document.getElementById("scan");
  const active = document.activeElement;
  if (!input || stopped()) return;
  if (active && active !== document.body && active.matches("input, select, textarea, button, a, summary")) return;
  input.focus({ preventScroll: true });
}
