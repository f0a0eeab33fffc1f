// What is to be put back: picked goods that nobody wants any more go from their tote to a bin that is scanned.

import { Command, get, item, path } from "../api.js";
import { wayTo } from "../aisle.js";
import { el } from "../dom.js";
import { good, refused } from "../flash.js";
import { named } from "../goods.js";
import { busy, choice, page, stepper } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { lotLine, packs, quantity, say } from "../words.js";
import { begin } from "./begin.js";
import { placeOf } from "./scanning.js";

export async function putBacks(_, here) {
  const warehouse = session.warehouse.code;
  const wanted = async () => {
    const { results } = await get("/put-backs", { warehouse, open: true, page_size: 100 });
    const numbers = [...new Set(results.map((row) => row.item))];
    return { rows: results, things: new Map(await Promise.all(numbers.map(async (number) => [number, await item(number)]))) };
  };
  const found = await begin("Put back", wanted, here);
  if (!found) return;
  const { rows, things } = found;
  page({
    verb: "Put back",
    count: rows.length ? String(rows.length) : "",
    body: [
      el("p", { class: "note" }, say(rows.length ? "Scan the tote, or choose." : "Nothing is to be put back.")),
      el("div", { class: "options" }, rows.map((row) => choice(shown(row), () => carry(row)))),
    ],
    scan: rows.length
      ? {
          label: "Scan the tote",
          onScan: async (text) => {
            const found = await placeOf(text, { warehouse }, "");
            if (!found || !here()) return;
            const there = rows.find((row) => row.tote === found.number);
            if (there) carry(there);
            else good(say("Nothing in {tote} is to be put back.", { tote: found.number }));
          },
        }
      : null,
  });

  function left(row) {
    return String(Math.round((Number(row.quantity) - Number(row.returned)) * 1e6) / 1e6);
  }

  function shown(row) {
    const thing = things.get(row.item);
    return {
      label: thing.name,
      note: [lotLine(row.lot), say("in {tote}", row), row.order].filter(Boolean).join(", "),
      figure: quantity(left(row), thing.unit),
    };
  }

  /** Where it came from is where it best goes back to; another bin may be scanned. */
  function carry(row) {
    const thing = things.get(row.item);
    const command = new Command();
    let amount = left(row);
    page({
      verb: "Put back",
      count: row.order,
      where: row.came_from,
      side: say("From {tote}, or scan another bin", row),
      map: wayTo(row.came_from, warehouse),
      what: [named(thing), [thing.number, lotLine(row.lot)].filter(Boolean).join(", "), row.reason],
      body: [
        stepper({ amount, unit: thing.unit, most: left(row), onChange: (value) => (amount = value) }),
        packs(left(row), thing) && el("p", { class: "note" }, packs(left(row), thing)),
      ],
      scan: {
        label: "Scan the bin it goes to",
        onScan: async (text) => {
          const found = await placeOf(text, { warehouse }, row.came_from);
          if (!found || !here()) return;
          try {
            await busy(() => command.send(path("picks", row.pick, "put-back"), { location: found.number, quantity: amount }));
          } catch (refusal) {
            await refused(refusal);
            return;
          }
          session.place = found.number;
          good(say("{amount} back in {code}", { amount: quantity(amount, thing.unit), code: found.number }));
          go("putBacks");
        },
      },
      back: () => go("putBacks"),
    });
  }
}
