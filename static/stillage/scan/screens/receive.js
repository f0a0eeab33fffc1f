// A truck at the dock: its order, the receipt, and line by line what came in.

import { Command, get, path } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, choice, choose, page, waiting } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { quantity } from "../words.js";
import { receiveLine } from "./receiveline.js";
import { goodsIn, meaningOf } from "./scanning.js";

const OPEN = ["approved", "receiving"];
const DOCKS = ["dock", "staging"];

export async function receive({ order = "" }, here) {
  waiting("Receive");
  try {
    if (order) await unload(await get(path("purchase-orders", order)), here);
    else await chooseOrder(here);
  } catch (refusal) {
    if (here()) go("home");
    await refused(refusal);
  }
}

async function chooseOrder(here) {
  const warehouse = session.warehouse.code;
  const orders = (await get("/purchase-orders", { warehouse, state: OPEN, page_size: 20 })).results;
  if (!here()) return;
  page({
    verb: "Receive",
    body: [
      el(
        "p",
        { class: "note" },
        orders.length ? "Scan the order on the delivery note, or choose it." : "No order waits for goods here.",
      ),
      el(
        "div",
        { class: "options" },
        orders.map((each) =>
          choice({ label: each.number, note: `${each.supplier}, ${each.lines.length} lines`, state: each.state }, () =>
            go("receive", { order: each.number }),
          ),
        ),
      ),
    ],
    scan: {
      label: "Scan the purchase order",
      onScan: async (text) => {
        const answer = await meaningOf(text);
        if (!answer || !here()) return;
        const found = answer.candidates.find((each) => ["purchase_order", "receipt"].includes(each.kind));
        if (!found) await bad(`This is ${answer.candidates[0].label}.`, ["Scan a purchase order."]);
        else if (found.kind === "purchase_order") go("receive", { order: found.number });
        else {
          try {
            go("receive", { order: (await get(path("receipts", found.number))).orders[0] });
          } catch (refusal) {
            await refused(refusal);
          }
        }
      },
    },
  });
}

/** Go on with the receipt that is open, or open one at a dock. */
async function unload(order, here) {
  const open = (await get("/receipts", { order: order.number, state: "open" })).results;
  if (!here()) return;
  if (open.length) receiveLines(order, open[0], here);
  else if (OPEN.includes(order.state)) await chooseDock(order, here);
  else {
    go("receive");
    await bad(`Nothing can be received against ${order.number}.`, [`It is ${order.state.replaceAll("_", " ")}.`]);
  }
}

async function chooseDock(order, here) {
  const found = await Promise.all(
    DOCKS.map((kind) => get("/locations", { warehouse: order.warehouse, kind, is_active: true, page_size: 50 })),
  );
  if (!here()) return;
  const docks = found.flatMap((each) => each.results).map((each) => each.code);
  const command = new Command();
  const open = async (dock) => {
    try {
      const receipt = await busy(() => command.send("/receipts", { orders: [order.number], dock }));
      good(`${receipt.number} at ${dock}`);
      receiveLines(order, receipt, here);
    } catch (refusal) {
      await refused(refusal);
    }
  };
  page({
    verb: "Receive",
    count: order.number,
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

function receiveLines(first, receipt, here) {
  let order = first;

  async function refresh() {
    try {
      order = await get(path("purchase-orders", order.number));
    } catch (refusal) {
      await refused(refusal);
    }
    if (here()) draw();
  }

  function draw() {
    const left = order.lines.filter((line) => Number(line.open) > 0);
    const done = order.lines.filter((line) => Number(line.open) <= 0);
    page({
      verb: "Receive",
      count: `${done.length} of ${order.lines.length}`,
      side: `${order.number} at ${receipt.dock}, ${receipt.number}`,
      body: el(
        "div",
        { class: "options" },
        [...left, ...done].map((line) =>
          choice(
            {
              label: line.item_name,
              note: line.item,
              figure: `${line.received} of ${quantity(line.quantity, line.item_unit)}`,
              state: Number(line.open) > 0 ? null : "done",
            },
            () => enter(line, {}),
          ),
        ),
      ),
      scan: { label: "Scan the goods", onScan: scanned },
      primary: { label: "The truck is empty", run: close },
      back: () => go("receive"),
    });
  }

  async function scanned(text) {
    const answer = await meaningOf(text);
    if (!answer || !here()) return;
    const found = goodsIn(answer);
    const lines = found ? order.lines.filter((line) => line.item === found.item) : [];
    if (!lines.length) {
      await bad(`This is ${answer.candidates[0].label}.`, [
        `It is not on ${order.number}.`,
        "Put it aside and ask your supervisor.",
      ]);
      return;
    }
    await enter(lines.find((line) => Number(line.open) > 0) ?? lines[0], found);
  }

  const enter = (line, found) => receiveLine({ line, found, order, receipt, back: draw, done: refresh }, here);

  const closing = new Command();

  async function close() {
    const open = order.lines.filter((line) => Number(line.open) > 0).length;
    if (
      open &&
      !(await choose(`${open} ${open === 1 ? "line is" : "lines are"} not complete. Is the truck empty?`, [
        { label: "Yes, close the receipt", value: true },
      ]))
    )
      return;
    try {
      await busy(() => closing.send(path("receipts", receipt.number, "close")));
      good(`${receipt.number} is closed; the goods can be put away`);
      go("home");
    } catch (refusal) {
      await refused(refusal);
    }
  }

  refresh();
}
