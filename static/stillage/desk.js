/* The search box from anywhere: Ctrl-K or Command-K puts the cursor into it. Without this the box works as well. */
"use strict";

document.addEventListener("keydown", (event) => {
  const box = document.querySelector("[data-desk-search]");
  if (!box || event.key !== "k" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  box.focus();
  box.select();
});
