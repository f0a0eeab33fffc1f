// What a truck at the dock brings: goods of orders, or what a shipping notice announced; then it is unloaded.

import { Command, get, path } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, choice, page, waiting } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { some } from "../words.js";
import { meaningOf, notThat } from "./scanning.js";
import { unload } from "./unload.js";

const OPEN = ["approved", "receiving"];
const DOCKS = ["dock", "staging"];
const DELIVERIES = ["purchase_order", "receipt", "shipping_notice"];

export async function receive({ order = "", receipt = "", notice = "" }, here) {
  waiting("Receive");
  try {
    if (receipt) await unload(await get(path("receipts", receipt)), here);
    else if (order) await ofOrder(await get(path("purchase-orders", order)), here);
    else if (notice) await ofNotice(await get(path("shipping-notices", notice)), here);
    else await chooseDelivery(here);
  } catch (refusal) {
    if (here()) go("home");
    await refused(refusal);
  }
}

async function chooseDelivery(here) {
  const warehouse = session.warehouse.code;
  const [orders, notices, blind] = await Promise.all([
    get("/purchase-orders", { warehouse, state: OPEN, page_size: 20 }),
    get("/shipping-notices", { warehouse, state: ["announced", "arrived"], page_size: 20 }),
    get("/receipts", { warehouse, state: "open", blind: true, page_size: 20 }),
  ]).then((answers) => answers.map((each) => each.results));
  if (!here()) return;
  const all = [
    ...notices.map((each) =>
      choice(
        { label: each.number, note: `${each.supplier}, ${some(each.units.length, "unit")} announced`, state: each.state },
        () => go("receive", { notice: each.number }),
      ),
    ),
    ...blind.map((each) =>
      choice({ label: each.number, note: `${each.supplier}, without an order`, state: each.state }, () =>
        go("receive", { receipt: each.number }),
      ),
    ),
    ...orders.map((each) =>
      choice({ label: each.number, note: `${each.supplier}, ${some(each.lines.length, "line")}`, state: each.state }, () =>
        go("receive", { order: each.number }),
      ),
    ),
  ];
  page({
    verb: "Receive",
    body: [
      el(
        "p",
        { class: "note" },
        all.length
          ? "Scan the order on the delivery note, or a pallet that was announced, or choose."
          : "No order waits for goods here.",
      ),
      el("div", { class: "options" }, all),
    ],
    scan: { label: "Scan the order or pallet", onScan: scanned },
  });

  async function scanned(text) {
    const answer = await meaningOf(text);
    if (!answer || !here()) return;
    const found = answer.candidates.find((each) => DELIVERIES.includes(each.kind));
    if (!found) await notThat(answer, "Scan a purchase order.");
    else if (found.kind === "purchase_order") go("receive", { order: found.number });
    else if (found.kind === "shipping_notice") go("receive", { notice: found.number });
    else {
      try {
        await unload(await get(path("receipts", found.number)), here);
      } catch (refusal) {
        await refused(refusal);
      }
    }
  }
}

/** Go on with the receipt of an order that is open, or open one at a dock. */
async function ofOrder(order, here) {
  const open = (await get("/receipts", { order: order.number, state: "open" })).results;
  if (!here()) return;
  if (open.length) await unload(open[0], here);
  else if (OPEN.includes(order.state)) await chooseDock(order, { orders: [order.number] }, here);
  else await nothingComes(order);
}

/** The same for what a notice announced. */
async function ofNotice(notice, here) {
  const open = (await get("/receipts", { notice: notice.number, state: "open" })).results;
  if (!here()) return;
  if (open.length) await unload(open[0], here);
  else if (notice.state === "announced") await chooseDock(notice, { notice: notice.number }, here);
  else await nothingComes(notice);
}

async function nothingComes(document) {
  go("receive");
  await bad(`Nothing can be received against ${document.number}.`, [`It is ${document.state.replaceAll("_", " ")}.`]);
}

async function chooseDock(document, opening, here) {
  const found = await Promise.all(
    DOCKS.map((kind) => get("/locations", { warehouse: document.warehouse, kind, is_active: true, page_size: 50 })),
  );
  if (!here()) return;
  const docks = found.flatMap((each) => each.results).map((each) => each.code);
  const command = new Command();
  const open = async (dock) => {
    try {
      const receipt = await busy(() => command.send("/receipts", { ...opening, dock }));
      good(`${receipt.number} at ${dock}`);
      await unload(receipt, here);
    } catch (refusal) {
      await refused(refusal);
    }
  };
  page({
    verb: "Receive",
    count: document.number,
    what: ["Where does the truck stand?"],
    body: el(
      "div",
      { class: "options" },
      docks.map((dock) => choice({ label: dock }, () => open(dock))),
    ),
    scan: {
      label: "Scan the dock",
      onScan: (text) => open(docks.find((dock) => dock.toUpperCase() === text.trim().toUpperCase()) ?? text.trim()),
    },
    back: () => go("receive"),
  });
}
