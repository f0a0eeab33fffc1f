// Sign-on: the device says which it is, once; then each worker says who they are.

import { get, post } from "../api.js";
import { button, el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { handBack } from "../hand.js";
import { busy, field, page, waiting } from "../page.js";
import { hasTurn, replay } from "../queue.js";
import { go } from "../router.js";
import { session } from "../session.js";

const BY = "stillage.by";

/** On opening the page: whoever is still signed on goes on. */
export async function start() {
  if (!session.token) {
    go("signOn");
    return;
  }
  waiting("Stillage");
  try {
    await take(await get("/me"));
  } catch (refusal) {
    // Without an answer nobody was signed off: whoever held it goes on.
    if (refusal.unanswered && session.restore()) {
      go("home");
      return;
    }
    // A device that nobody holds was sent to sign on by the answer itself.
    if (!refusal.needsSignOn) go("signOn", { why: refusal.title });
  }
}

/** The first screen; `why` says how one came here when it was not by choice. */
export function signOn({ why = "" } = {}) {
  const note = why && el("p", { class: "warning", role: "alert" }, why);
  if (session.token) worker(note);
  else device(note);
}

function device(note) {
  page({
    verb: "This device",
    back: null,
    body: [
      note,
      el(
        "p",
        { class: "note" },
        "Scan the token of this device, or type it. It is shown once at the desk, under Devices.",
      ),
    ],
    scan: {
      label: "Token",
      onScan: async (text) => {
        session.token = text.trim();
        try {
          await take(await get("/me"));
        } catch (refusal) {
          if (!refusal.needsSignOn) {
            session.token = "";
            await refused(refusal);
          } else if (session.token) good("This device is known.");
        }
      },
    },
  });
}

function worker(note) {
  let sending = false;
  const by = localStorage.getItem(BY) === "badge" ? "badge" : "username";
  const known = (label, value) =>
    button(
      label,
      () => {
        localStorage.setItem(BY, value);
        worker(note);
      },
      { class: "chip", "aria-pressed": String(by === value) },
    );
  const name = field(by === "badge" ? "Badge" : "Name", {
    name: "name",
    autocapitalize: "off",
    spellcheck: "false",
    onkeydown: next,
  });
  const pin = field("PIN", { name: "pin", type: "password", inputmode: "numeric", maxlength: "8", onkeydown: next });
  const [nameInput, pinInput] = [name, pin].map((row) => row.querySelector("input"));

  function next(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    if (event.target === nameInput && !pinInput.value) pinInput.focus();
    else send();
  }

  async function send() {
    const who = nameInput.value.trim();
    if (sending) return;
    if (!who || !pinInput.value) {
      (who ? pinInput : nameInput).focus();
      return;
    }
    sending = true;
    try {
      const me = await busy(() => post("/sign-on", { [by]: who, pin: pinInput.value }));
      await take(me);
      good(`Signed on as ${me.name || me.username}.`);
    } catch (refusal) {
      pinInput.value = "";
      if (refusal.code === "too_many_tries") {
        const minutes = Math.ceil(refusal.facts.retry_after / 60);
        await bad("Locked after too many wrong tries.", [
          `This device takes no PIN for ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
          "Ask your supervisor if you do not know your PIN.",
        ]);
      } else if (refusal.code === "wrong_badge_or_pin") {
        await bad(`The ${by === "badge" ? "badge" : "name"} or the PIN is wrong.`, [
          "Enter them again.",
          "After five wrong tries this device takes none for a while.",
        ]);
      } else await refused(refusal);
      pinInput.focus();
    } finally {
      sending = false;
    }
  }

  page({
    verb: "Sign on",
    back: null,
    body: [note, el("div", { class: "chips" }, [known("By name", "username"), known("By badge", "badge")]), name, pin],
    primary: { label: "Sign on", run: send },
  });
  nameInput.focus();
}

async function take(me) {
  session.restore();
  if (session.worker?.username !== me.username) session.forget();
  session.worker = me;
  const sites = (await get("/warehouses", { is_active: true })).results;
  if (sites.length === 1) [session.warehouse] = sites;
  if (!session.warehouse) {
    session.forget();
    await bad("This device has no warehouse for you.", [
      "Ask your supervisor where you work and where this device is used.",
    ]);
    go("signOn");
    return;
  }
  session.keep();
  replay().catch(() => {});
  go("home");
}

/** Let the device go. */
export async function signOff() {
  if (hasTurn()) await replay().catch(() => {});
  if (hasTurn()) {
    await bad("What you did is not told yet.", ["Go where there is an answer, then sign off."]);
    return;
  }
  try {
    await handBack();
    await post("/sign-off");
    session.forget();
    go("signOn");
  } catch (refusal) {
    await refused(refusal);
  }
}
