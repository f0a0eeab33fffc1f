// After the walk: goods of a batch are sorted into totes of their orders, and totes of several zones come together.

import { Command, get, path } from "../api.js";
import { el } from "../dom.js";
import { good, refused } from "../flash.js";
import { busy, choice, page } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { lotLine, quantity, say } from "../words.js";
import { begin } from "./begin.js";
import { goodsIn, isOf, meaningOf, notThat, placeOf } from "./scanning.js";

const MOST = 200;

/** Sorting: the tote of a batch, its goods one after another, each into a tote of its own order. */
export async function sort({ tote = "" }, here) {
  if (tote) {
    await empty(tote, here);
    return;
  }
  page({
    verb: "Sort",
    body: el("p", { class: "note" }, say("Goods that were picked for several orders go into a tote for each.")),
    scan: {
      label: "Scan the tote to sort",
      onScan: async (text) => {
        const found = await placeOf(text, site(), "");
        if (found && here()) await empty(found.number, here);
      },
    },
    back: () => go("rounds"),
  });
}

const site = () => ({ warehouse: session.warehouse.code });

async function empty(tote, here) {
  const warehouse = session.warehouse.code;
  const answer = await begin("Sort", () => get("/picks", { warehouse, on_its_way_out: true, page_size: MOST }), here, "rounds");
  if (!answer) return;
  const rows = answer.results;
  const left = rows
    .filter((pick) => pick.tote === tote && Number(pick.unpacked) > 0)
    .sort((one, other) => one.number.localeCompare(other.number));
  page({
    verb: "Sort",
    count: tote,
    what: [say(left.length ? "Scan a piece: it says which tote" : "All is sorted")],
    body: el(
      "div",
      { class: "options" },
      left.map((pick) =>
        choice(
          {
            label: pick.item_name,
            note: [pick.order, lotLine(pick.lot)].filter(Boolean).join(", "),
            figure: quantity(pick.unpacked, pick.item_unit),
          },
          () => into(pick),
        ),
      ),
    ),
    scan: left.length ? { label: "Scan the goods", onScan: scanned } : null,
    primary: left.length ? null : { label: "Pack", run: () => go("pack") },
    back: () => go("rounds"),
  });

  async function scanned(text) {
    const answer = await meaningOf(text);
    if (!answer || !here()) return;
    const found = goodsIn(answer);
    const ours = found && left.find((pick) => isOf(found, pick));
    if (ours) into(ours);
    else await notThat(answer, say("It is not to be sorted from {tote}.", { tote }));
  }

  function into(pick) {
    const home = rows.find((each) => each.order === pick.order && each.tote && each.tote !== tote && Number(each.unpacked) > 0)?.tote;
    const command = new Command();
    page({
      verb: "Sort",
      count: pick.order,
      where: home ?? say("A tote"),
      side: home ? say("The order's goods are there") : say("An empty one, for this order"),
      what: [pick.item_name, lotLine(pick.lot)],
      howMany: { amount: quantity(pick.unpacked, pick.item_unit) },
      scan: {
        label: home ? say("Scan {code}", { code: home }) : "Scan the order's tote",
        onScan: async (text) => {
          const found = await placeOf(text, site(), home ?? "");
          if (!found || !here()) return;
          try {
            await busy(() => command.send(path("picks", pick.number, "sort"), { tote: found.number }));
          } catch (refusal) {
            await refused(refusal);
            return;
          }
          good(say("{order} into {tote}", { order: pick.order, tote: found.number }));
          await empty(tote, here);
        },
      },
      back: () => empty(tote, here),
    });
  }
}

/** Consolidation: a tote from a zone, then the place where its order is put together. */
export function together(_, here) {
  const command = new Command();
  const first = () =>
    page({
      verb: "Bring together",
      body: el("p", { class: "note" }, say("Totes of one order from several zones go to one place, where it is packed.")),
      scan: {
        label: "Scan the tote",
        onScan: async (text) => {
          const found = await placeOf(text, site(), "");
          if (found && here()) await second(found.number);
        },
      },
      back: () => go("rounds"),
    });

  async function second(tote) {
    const { results } = await get("/picks", { ...site(), on_its_way_out: true, page_size: MOST }).catch(() => ({ results: [] }));
    if (!here()) return;
    const orders = [...new Set(results.filter((pick) => pick.tote === tote).map((pick) => pick.order))];
    page({
      verb: "Bring together",
      what: [tote, orders.join(", ") || say("Nothing in it waits to be packed.")],
      scan: {
        label: "Scan the place",
        onScan: async (text) => {
          const found = await placeOf(text, site(), "");
          if (!found || !here()) return;
          let spots;
          try {
            spots = await busy(() => command.send("/consolidations", { ...site(), tote, place: found.number }));
          } catch (refusal) {
            await refused(refusal);
            return;
          }
          const whole = spots.filter((each) => each.done_at).map((each) => each.order);
          good(
            whole.length
              ? say("{order} is together at {place}", { order: whole.join(", "), place: found.number })
              : say("{tote} is at {place}; more is to come", { tote, place: found.number }),
          );
          first();
        },
      },
      back: first,
    });
  }

  first();
}
