// Starts the handheld's page: who holds the device decides which screen comes first.

import { stopped } from "./flash.js";
import { go, register } from "./router.js";
import { keepReady } from "./scanline.js";
import { home } from "./screens/home.js";
import { lookUp } from "./screens/lookup.js";
import { more } from "./screens/more.js";
import { pack } from "./screens/pack.js";
import { receive } from "./screens/receive.js";
import { signOn, start } from "./screens/signon.js";
import { task } from "./screens/task.js";
import { session } from "./session.js";

for (const [name, screen] of Object.entries({ home, signOn, lookUp, task, receive, pack, ...more }))
  register(name, screen);

const line = document.getElementById("line");
session.onHeard = (answered) => {
  line.hidden = answered;
};
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

start();
