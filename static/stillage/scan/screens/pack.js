// Packing: an order's picked goods into cartons, carton by carton, until all is packed.

import { Command, get, path } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, choice, chooseText, field, page, stepper, waiting } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { lotLine, quantity } from "../words.js";
import { goodsIn, isOf, meaningOf, notThat } from "./scanning.js";

const MOST = 200;
const HEAVIER = ["Counted again: all is right", "More filling than usual", "The item's weight on file is wrong"];

export async function pack({ order = "", shipment = "" }, here) {
  waiting("Pack");
  try {
    if (shipment) await bench(await get(path("shipments", shipment)), here);
    else if (order) await openFor(order, here);
    else await chooseOrder(here);
  } catch (refusal) {
    if (here()) go("home");
    await refused(refusal);
  }
}

async function chooseOrder(here) {
  const warehouse = session.warehouse.code;
  const [picked, packing] = await Promise.all([
    get("/sales-orders", { warehouse, state: "picked", page_size: 20 }),
    get("/shipments", { warehouse, state: "packing", page_size: 20 }),
  ]);
  if (!here()) return;
  const begun = new Set(packing.results.map((each) => each.document));
  const fresh = picked.results.filter((each) => !begun.has(each.number));
  page({
    verb: "Pack",
    body: [
      el(
        "p",
        { class: "note" },
        fresh.length || begun.size
          ? "Scan the order on the tote, or choose it."
          : "Nothing is picked and waits to be packed.",
      ),
      el("div", { class: "options" }, [
        packing.results.map((each) =>
          choice(
            { label: each.document, note: `${each.number}, ${each.cartons.length} cartons`, state: each.state },
            () => go("pack", { shipment: each.number }),
          ),
        ),
        fresh.map((each) =>
          choice({ label: each.number, note: each.ship_to || each.customer, state: each.state }, () =>
            go("pack", { order: each.number }),
          ),
        ),
      ]),
    ],
    scan: {
      label: "Scan the order or shipment",
      onScan: async (text) => {
        const answer = await meaningOf(text);
        if (!answer || !here()) return;
        const found = answer.candidates.find((each) => ["sales_order", "shipment"].includes(each.kind));
        if (!found) await notThat(answer, "Scan an order or a shipment.");
        else go("pack", found.kind === "shipment" ? { shipment: found.number } : { order: found.number });
      },
    },
  });
}

/** Go on with the shipment that is being packed, or open one. */
async function openFor(order, here) {
  const open = (await get("/shipments", { document: order, state: "packing" })).results;
  const shipment = open.length ? open[0] : await new Command().send("/shipments", { order });
  if (here()) await bench(shipment, here);
}

async function bench(first, here) {
  let shipment = first;
  let picks = [];

  if (shipment.state !== "packing") {
    go("pack");
    await bad(`${shipment.number} is ${shipment.state}.`, ["There is nothing to pack."]);
    return;
  }

  async function refresh() {
    const [now, rows] = await Promise.all([
      get(path("shipments", shipment.number)),
      get("/picks", { order: shipment.document, page_size: MOST }),
    ]);
    shipment = now;
    picks = rows.results.filter((pick) => Number(left(pick)) > 0);
    if (here()) draw();
  }

  function draw() {
    const carton = shipment.cartons.find((each) => !each.closed_at);
    const all = picks.length === 0;
    page({
      verb: "Pack",
      count: shipment.document,
      side: carton ? `Carton ${carton.sequence}, SSCC ${carton.sscc}` : `${shipment.cartons.length} cartons closed`,
      what: [all ? "All is in cartons" : carton ? "Put these into the carton" : "Take a carton"],
      body: el(
        "div",
        { class: "options" },
        picks.map((pick) =>
          choice(
            {
              label: pick.item_name,
              note: [pick.item, lotLine(pick.lot), pick.tote && `in ${pick.tote}`].filter(Boolean).join(", "),
              figure: quantity(left(pick), pick.item_unit),
            },
            carton ? () => enter(pick, carton) : null,
          ),
        ),
      ),
      scan: carton && !all ? { label: "Scan the goods", onScan: (text) => scanned(text, carton) } : null,
      primary: primary(carton, all),
      ways: carton && !all ? [{ label: "Close the carton", run: () => close(carton) }] : [],
      back: () => go("pack"),
    });
  }

  function primary(carton, all) {
    if (carton)
      return all
        ? { label: "Close the carton", run: () => close(carton) }
        : {
            label: "All of it goes in",
            run: () =>
              put(
                picks.map((pick) => ({ pick: pick.number, quantity: left(pick) })),
                carton,
              ),
          };
    return all ? { label: "All is packed", run: complete } : { label: "New carton", run: open };
  }

  const commands = { open: new Command(), put: new Command(), close: new Command(), complete: new Command() };

  /** Does it, shows what stands now, and says so; a refusal is shown instead. */
  async function act(name, where, body, done, ways = () => []) {
    try {
      await busy(async () => {
        const answer = await commands[name].send(where, body);
        commands[name] = new Command();
        good(done(answer));
        await refresh();
      });
    } catch (refusal) {
      await refused(refusal, ways(refusal));
      if (here() && refusal.recover?.includes("refresh")) await refresh().catch(refused);
    }
  }

  const open = () =>
    act(
      "open",
      path("shipments", shipment.number, "cartons"),
      {},
      (carton) => `Carton ${carton.sequence}: SSCC ${carton.sscc}`,
    );

  const put = (contents, carton) =>
    act("put", path("cartons", carton.sscc, "pack"), { contents }, () => `Packed into carton ${carton.sequence}`);

  async function scanned(text, carton) {
    const answer = await meaningOf(text);
    if (!answer || !here()) return;
    const found = goodsIn(answer);
    const ours = found
      ? picks.filter((pick) => isOf(found, pick))
      : [];
    if (ours.length) enter(ours[0], carton);
    else await notThat(answer, `It is not to be packed for ${shipment.document}.`);
  }

  function enter(pick, carton) {
    let amount = left(pick);
    page({
      verb: "Pack",
      count: `carton ${carton.sequence}`,
      what: [pick.item_name, pick.item, lotLine(pick.lot)],
      howMany: { amount: quantity(left(pick), pick.item_unit), note: "left" },
      body: stepper({ amount, unit: pick.item_unit, most: left(pick), onChange: (value) => (amount = value) }),
      primary: { label: "Into the carton", run: () => put([{ pick: pick.number, quantity: amount }], carton) },
      back: draw,
    });
  }

  function close(carton) {
    const weight = field("Weight in grams", { name: "weight", inputmode: "decimal" });
    const input = weight.querySelector("input");
    const send = (more = {}) => {
      const weighed = input.value.trim().replace(",", ".");
      return act(
        "close",
        path("cartons", carton.sscc, "close"),
        { ...(weighed && { weight_g: weighed }), ...more },
        () => `Carton ${carton.sequence} is closed`,
        overruled,
      );
    };
    // A supervisor may say why it weighs something else.
    const overruled = (refusal) =>
      refusal.code === "weight_differs" ? [{ label: "The weight is right: say why", run: sayWhy }] : [];
    const sayWhy = async () => {
      const reason = await chooseText("Why does it weigh something else?", HEAVIER);
      if (reason) await send({ override_reason: reason });
    };
    input.addEventListener("keydown", (event) => event.key === "Enter" && send());
    page({
      verb: "Close carton",
      count: String(carton.sequence),
      what: [`SSCC ${carton.sscc}`, "Put it on the scale"],
      body: weight,
      primary: { label: "Close the carton", run: () => send() },
      back: draw,
    });
    input.focus();
  }

  async function complete() {
    try {
      await busy(() => commands.complete.send(path("shipments", shipment.number, "pack")));
      good(`${shipment.number} is packed`);
      go("pack");
    } catch (refusal) {
      await refused(refusal);
    }
  }

  await refresh();
}

/** What of a pick is in no carton yet. */
function left(pick) {
  return pick.unpacked;
}
