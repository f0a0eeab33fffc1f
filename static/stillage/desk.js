/* The search box from anywhere: "/" or Ctrl-K (Command-K) puts the cursor into it. Without this the box works as well. */
"use strict";

document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-desk-search]");
  const at = document.activeElement;
  const typing = at !== box && at?.matches("input, textarea, select, [contenteditable]");
  const asked = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing && at !== box);
  if (!box || !asked) return;
  event.preventDefault();
  box.focus();
  box.select();
});
