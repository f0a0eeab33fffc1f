// A round is walked: pick by pick in its turn, each into the tote of its slot.

import { Command, get, item, path } from "../api.js";
import { good, refused } from "../flash.js";
import { busy, page, waiting } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { say } from "../words.js";
import { moveGoods } from "./move.js";

/** The next open pick of a round that this worker has; `show` draws the round as it is, `pause` hands it back. */
export async function walk(cart, { show, pause, here }) {
  const open = cart.stops.filter((each) => each.pick.state === "to_pick");
  if (!open.length) {
    await nothingLeft(cart, show, here);
    return;
  }
  const [stop] = open;
  waiting("Pick");
  let job;
  let thing;
  try {
    [job, thing] = await Promise.all([get(path("tasks", stop.pick.task)), item(stop.pick.item)]);
  } catch (refusal) {
    if (here()) go("rounds");
    await refused(refusal);
    return;
  }
  if (!here()) return;
  const slot = cart.slots.find((each) => each.slot === stop.slot);
  const again = () => go("round", { number: cart.number });
  const command = new Command();
  moveGoods(
    {
      job,
      thing,
      slot: { slot: slot.slot, tote: slot.tote },
      pick: stop.pick.number,
      progress: say("{n} of {all}", { n: cart.stops.length - open.length + 1, all: cart.stops.length }),
      kinds: [],
      resume: again,
      async confirm(body, done) {
        try {
          await busy(() => command.send(path("tasks", job.number, "confirm"), { version: job.version, ...body }));
        } catch (refusal) {
          await refused(refusal);
          if (refusal.code === "task_stale" || refusal.code === "round_taken") again();
          return false;
        }
        session.place = job.source;
        good(done);
        again();
        return true;
      },
      problems: [pause],
    },
    here,
  );
}

/** Its last picks were called off: there is nothing to walk, and the round says so. */
async function nothingLeft(cart, show, here) {
  try {
    const done = await busy(() => new Command().send(path("pick-rounds", cart.number, "finish")));
    if (here()) show(done, here);
  } catch (refusal) {
    if (here())
      page({ verb: "Pick round", count: cart.number, primary: { label: "Pick rounds", run: () => go("rounds") } });
    await refused(refusal);
  }
}
