// Pick rounds: which one to take, its cart with an empty tote in each slot, and what is done with the totes afterwards.

import { Command, get, path } from "../api.js";
import { el } from "../dom.js";
import { good, refused } from "../flash.js";
import { busy, choice, offer, page, waiting } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { capital, say, some } from "../words.js";
import { begin } from "./begin.js";
import { placeOf } from "./scanning.js";
import { walk } from "./walk.js";

const METHODS = { single: "One order", cluster: "Cluster", batch: "Batch", zone: "Zone" };

/** The rounds that wait, and the worker's own first. */
export async function rounds(_, here) {
  const warehouse = session.warehouse.code;
  const wanted = () =>
    Promise.all([
      get("/pick-rounds", { warehouse, state: "picking", picker: session.worker.username, page_size: 20 }),
      get("/pick-rounds", { warehouse, state: "ready", page_size: 50 }),
    ]);
  const answers = await begin("Pick rounds", wanted, here);
  if (!answers) return;
  const [own, free] = answers.map((each) => each.results);
  const all = [...own, ...free.reverse()];
  page({
    verb: "Pick rounds",
    body: [
      el("p", { class: "note" }, say(all.length ? "Choose a round, or scan its pick list." : "No round waits here.")),
      el(
        "div",
        { class: "options" },
        all.map((each) =>
          choice({ label: each.number, note: [kind(each), metres(each)].filter(Boolean).join(", "), state: each.state }, () =>
            go("round", { number: each.number }),
          ),
        ),
      ),
    ],
    scan: { label: "Scan the pick list", onScan: (text) => go("round", { number: text.trim().toUpperCase() }) },
    ways: [
      { label: "Sort a batch", run: () => go("sort") },
      { label: "Bring together", run: () => go("together") },
    ],
  });
}

const kind = (cart) => [say(METHODS[cart.method] ?? capital(cart.method)), cart.zone && say("zone {zone}", cart)].filter(Boolean).join(", ");

const metres = (cart) => (cart.length_mm ? say("{metres} m to walk", { metres: Math.round(cart.length_mm / 1000) }) : "");

/** One round, wherever it stands: to be taken, to be given totes, to be walked, or done. */
export async function round({ number }, here) {
  waiting("Pick round");
  let cart;
  try {
    cart = await get(path("pick-rounds", number));
  } catch (refusal) {
    if (here()) go("rounds");
    await refused(refusal);
    return;
  }
  if (here()) show(cart, here);
}

function show(cart, here) {
  const mine = cart.state === "picking" && cart.picker === session.worker.username;
  const empty = cart.slots.find((each) => !each.tote);
  if (cart.state === "done") finished(cart);
  else if (!mine) head(cart, here);
  else if (empty) totes(cart, empty, here);
  else walk(cart, { show, pause: pause(cart), here });
}

const openStops = (cart) => cart.stops.filter((each) => each.pick.state === "to_pick");

const slotRows = (cart) =>
  cart.slots.map((each) =>
    choice({
      label: say("Slot {slot}", each),
      note: each.order ?? say("All orders"),
      figure: each.tote ?? "",
      state: each.tote ? null : "waiting",
    }),
  );

/** What the round is, before somebody takes it. */
function head(cart, here) {
  const open = openStops(cart).length;
  const command = new Command();
  const take = async () => {
    try {
      const mine = await busy(() => command.send(path("pick-rounds", cart.number, "claim")));
      good(say("{round} is yours", { round: cart.number }));
      if (here()) show(mine, here);
    } catch (refusal) {
      await refused(refusal);
      if (here()) go("rounds");
    }
  };
  page({
    verb: "Round",
    count: cart.number,
    what: [kind(cart), metres(cart), cart.picker && say("In the hands of {worker}.", { worker: cart.picker })],
    howMany: { amount: some(open, say("pick"), say("picks")), note: some(cart.slots.length, say("tote"), say("totes")) },
    body: el("div", { class: "options" }, slotRows(cart)),
    primary: { label: cart.picker ? "Take it over" : "Take this round", run: take },
    back: () => go("rounds"),
  });
}

/** An empty tote for each slot, by scan, in the order of the slots or in another. */
function totes(cart, slot, here) {
  const command = new Command();
  const put = async (text) => {
    const found = await placeOf(text, { warehouse: cart.warehouse }, "");
    if (!found || !here()) return;
    try {
      const now = await command.send(path("pick-rounds", cart.number, "totes"), { slot: slot.slot, tote: found.number });
      good(say("{tote} stands in slot {slot}", { tote: found.number, slot: slot.slot }));
      if (here()) show(now, here);
    } catch (refusal) {
      await refused(refusal);
    }
  };
  const missing = cart.slots.filter((each) => !each.tote);
  page({
    verb: "Put totes",
    count: say("{n} of {all}", { n: cart.slots.length - missing.length + 1, all: cart.slots.length }),
    where: say("Slot {slot}", slot),
    side: slot.order ? say("For {order}", slot) : say("For all orders"),
    body: el("div", { class: "options" }, slotRows(cart)),
    scan: { label: say("Scan an empty tote for slot {slot}", slot), onScan: put },
    ways:
      missing.length > 1
        ? [
            {
              label: "Another slot first",
              run: () =>
                offer(
                  "Which slot?",
                  missing.map((each) => ({
                    label: say("Slot {slot}", each),
                    note: each.order ?? "",
                    run: () => totes(cart, each, here),
                  })),
                ),
            },
          ]
        : [],
    problems: [pause(cart)],
    back: () => go("rounds"),
  });
}

/** A picker leaves: another goes on with what is not picked. */
const pause = (cart) => ({
  label: "Pause: hand the round back",
  note: "Another goes on where you stop",
  run: async () => {
    try {
      await busy(() => new Command().send(path("pick-rounds", cart.number, "hand-back")));
      good(say("{round} is handed back", { round: cart.number }));
      go("home");
    } catch (refusal) {
      await refused(refusal);
    }
  },
});

/** All is picked: where the totes go now. */
function finished(cart) {
  const short = cart.stops.filter((each) => each.pick.state === "short").length;
  const next = {
    batch: { label: "Sort the goods", run: () => go("sort", { tote: cart.slots[0]?.tote ?? "" }) },
    zone: { label: "Bring the totes together", run: () => go("together") },
  }[cart.method] ?? { label: "Pack", run: () => go("pack") };
  page({
    verb: "Round done",
    count: cart.number,
    what: [
      say("{n} picked", { n: cart.stops.filter((each) => Number(each.pick.picked) > 0).length }),
      short > 0 && say("{n} short", { n: short }),
    ],
    body: el("div", { class: "options" }, slotRows(cart)),
    primary: next,
    ways: [{ label: "Next round", run: () => go("rounds") }],
  });
}
