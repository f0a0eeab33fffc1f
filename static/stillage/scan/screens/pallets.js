// Closed cartons are stacked on a pallet, new or begun, to be loaded with one scan.

import { Command, get, path } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, choice, choose, page } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { say, some } from "../words.js";
import { meaningOf, notThat } from "./scanning.js";

export function pallets(_, here) {
  /** The pallet that was scanned, if any, and the cartons that are not on it yet. */
  let pallet = null;
  let cartons = [];
  let command = new Command();

  function draw() {
    const on = pallet?.cartons ?? [];
    page({
      verb: "Pallet",
      count: pallet ? pallet.sscc.slice(-6) : "",
      what: [pallet ? say("Pallet {sscc}", pallet) : say("A new pallet")],
      howMany: pallet || cartons.length ? { amount: some(on.length + cartons.length, say("carton"), say("cartons")) } : null,
      body: el("div", { class: "options" }, [
        cartons.map((sscc) => choice({ label: sscc, note: "Tap to leave it off", state: "ready" }, () => leaveOff(sscc))),
        on.map((sscc) => choice({ label: sscc, note: "Tap to take it off", state: "done" }, () => takeOff(sscc))),
        !pallet && !cartons.length && el("p", { class: "note" }, say("Scan closed cartons, or a pallet to put more onto it.")),
      ]),
      scan: { label: "Scan a carton or pallet", onScan: scanned },
      primary: cartons.length ? { label: pallet ? "Put them onto it" : "Make the pallet", run: stack } : null,
      ways: pallet ? [{ label: "Another pallet", run: () => go("pallets") }] : [],
    });
  }

  function leaveOff(sscc) {
    cartons = cartons.filter((each) => each !== sscc);
    draw();
  }

  async function scanned(text) {
    const answer = await meaningOf(text);
    if (!answer || !here()) return;
    const unit = answer.candidates.find((each) => each.kind === "handling_unit");
    if (!unit) {
      await notThat(answer, "Scan a carton.");
      return;
    }
    const sscc = unit.number;
    if (cartons.includes(sscc) || pallet?.cartons.includes(sscc)) {
      await bad(say("{carton} is on it already.", { carton: sscc }), ["Scan the next one."]);
      return;
    }
    try {
      const known = await get(path("pallets", sscc)).catch((refusal) => {
        if (refusal.status === 404) return null;
        throw refusal;
      });
      if (known) pallet = known;
      else {
        const carton = await get(path("cartons", sscc));
        if (!carton.closed_at) {
          await bad(say("Carton {carton} is open.", { carton: sscc }), ["Close it first."]);
          return;
        }
        cartons.push(sscc);
      }
    } catch (refusal) {
      await refused(refusal);
      return;
    }
    if (!here()) return;
    good(sscc);
    draw();
  }

  async function stack() {
    try {
      pallet = await busy(() =>
        pallet
          ? command.send(path("pallets", pallet.sscc, "stack"), { cartons })
          : command.send("/pallets", { warehouse: session.warehouse.code, cartons }),
      );
    } catch (refusal) {
      await refused(refusal);
      return;
    }
    good(say("{n} on pallet {sscc}", { n: some(cartons.length, say("carton"), say("cartons")), sscc: pallet.sscc }));
    cartons = [];
    command = new Command();
    if (here()) draw();
  }

  async function takeOff(sscc) {
    const sure = await choose(say("Take {carton} off the pallet?", { carton: sscc }), [{ label: "Yes, it comes off", value: true }]);
    if (!sure) return;
    try {
      await busy(() => new Command().send(path("cartons", sscc, "unstack")));
      pallet = await get(path("pallets", pallet.sscc));
    } catch (refusal) {
      await refused(refusal);
      return;
    }
    good(say("{carton} is off", { carton: sscc }));
    if (here()) draw();
  }

  draw();
}
