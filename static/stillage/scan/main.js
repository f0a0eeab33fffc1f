// Starts the handheld's page: who holds the device decides which screen comes first.

import { stopped } from "./flash.js";
import { readHand } from "./hand.js";
import { drawLine } from "./line.js";
import { onQueue, replay, startQueue, untold } from "./queue.js";
import { go, register } from "./router.js";
import { keepReady } from "./scanline.js";
import { home } from "./screens/home.js";
import { lookUp } from "./screens/lookup.js";
import { pack } from "./screens/pack.js";
import { receive } from "./screens/receive.js";
import { signOn, start } from "./screens/signon.js";
import { task } from "./screens/task.js";
import { notTold } from "./screens/untold.js";
import { session } from "./session.js";

const SCREENS = { home, signOn, lookUp, task, receive, pack, untold: notTold };
for (const [name, screen] of Object.entries(SCREENS)) register(name, screen);

let away = false;
session.onHeard = (answered) => {
  if (answered && away && untold().length) replay().catch(() => {});
  away = !answered;
  drawLine();
};
onQueue(drawLine);
session.onLost = (refusal, held) => {
  if (refusal.status === 401) session.token = "";
  go("signOn", { why: held || refusal.status === 401 ? refusal.title : "" });
};

// A wedge types wherever the focus is, so it is brought to the scan line before the first character.
document.addEventListener("keydown", keepReady, { capture: true });
document.addEventListener("click", (event) => {
  if (event.detail === 0 || stopped() || event.target.closest("input, select, dialog")) return;
  if (document.activeElement instanceof HTMLButtonElement) document.activeElement.blur();
  keepReady();
});

// The shell of the page, for where no answer comes. Only a secure page may have one; it works without.
navigator.serviceWorker?.register("/scan/worker.js", { scope: "/scan/" }).catch(() => {});

// A browser that keeps nothing still works while there is an answer.
await Promise.allSettled([startQueue(), readHand()]);
start();
