// A truck at the dock: its order, the receipt, and line by line what came in.

import { Command, get, item, path, post } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, choice, choose, field, page, stepper, waiting } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { lotLine, packs, quantity } from "../words.js";
import { goodsIn, meaningOf } from "./scanning.js";

const OPEN = ["approved", "receiving"];
const DOCKS = ["dock", "staging"];
const CONDITIONS = [
  { value: "available", label: "Good" },
  { value: "damaged", label: "Damaged" },
  { value: "inspection", label: "To be inspected" },
];

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
      el("p", { class: "note" }, orders.length ? "Scan the order on the delivery note, or choose it." : "No order waits for goods here."),
      el("div", { class: "options" }, orders.map((each) => choice({ label: each.number, note: `${each.supplier}, ${each.lines.length} lines`, state: each.state }, () => go("receive", { order: each.number })))),
    ],
    scan: {
      label: "Scan the purchase order",
      onScan: async (text) => {
        const answer = await meaningOf(text);
        if (!answer || !here()) return;
        const found = answer.candidates.find((each) => ["purchase_order", "receipt"].includes(each.kind));
        if (!found) await bad(`This is ${answer.candidates[0].label}.`, ["Scan a purchase order."]);
        else if (found.kind === "purchase_order") go("receive", { order: found.number });
        else go("receive", { order: (await get(path("receipts", found.number))).order });
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
  const found = await Promise.all(DOCKS.map((kind) => get("/locations", { warehouse: order.warehouse, kind, is_active: true, page_size: 50 })));
  if (!here()) return;
  const docks = found.flatMap((each) => each.results).map((each) => each.code);
  const command = new Command();
  const open = async (dock) => {
    try {
      const receipt = await busy(() => command.send("/receipts", { order: order.number, dock }));
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
    body: el("div", { class: "options" }, docks.map((dock) => choice({ label: dock }, () => open(dock)))),
    scan: { label: "Scan the dock", onScan: (text) => open(docks.find((dock) => dock.toUpperCase() === text.trim().toUpperCase()) ?? text.trim()) },
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
      await bad(`This is ${answer.candidates[0].label}.`, [`It is not on ${order.number}.`, "Put it aside and ask your supervisor."]);
      return;
    }
    await enter(lines.find((line) => Number(line.open) > 0) ?? lines[0], found);
  }

  /** What came in of a line: how many, and as the item needs it the lot, its expiry, the serial numbers. */
  async function enter(line, found) {
    let thing;
    try {
      thing = await item(line.item);
    } catch (refusal) {
      await refused(refusal);
      return;
    }
    if (!here()) return;
    const command = new Command();
    const byLot = ["lot", "both"].includes(thing.tracking);
    const bySerial = ["serial", "both"].includes(thing.tracking);
    const draft = {
      quantity: bySerial ? "" : line.open,
      lot: found.lot ?? "",
      expiresOn: found.expiresOn ?? "",
      madeOn: found.producedOn ?? "",
      serials: found.serial ? [found.serial] : [],
      status: "available",
    };

    function form() {
      const amount = bySerial ? String(draft.serials.length) : draft.quantity;
      page({
        verb: "Receive",
        count: `line ${line.line}`,
        what: [thing.name, [thing.number, thing.colour, thing.size].filter(Boolean).join(", "), draft.status !== "available" && CONDITIONS.find(({ value }) => value === draft.status).label],
        howMany: { amount: quantity(line.open, thing.unit), note: ["open", packs(line.open, thing)].filter(Boolean).join(", ") },
        body: [
          byLot && field("Lot", { name: "lot", value: draft.lot, autocapitalize: "characters", oninput: (event) => (draft.lot = event.target.value.trim()) }),
          byLot && (thing.expires || draft.expiresOn) && field("Expires on", { name: "expires", type: "date", value: draft.expiresOn, oninput: (event) => (draft.expiresOn = event.target.value) }),
          bySerial
            ? el("div", { class: "options" }, draft.serials.map((serial) => choice({ label: serial, note: "Tap to take it off" }, () => drop(serial))))
            : stepper({ amount, unit: thing.unit, onChange: (value) => (draft.quantity = value) }),
        ],
        scan: { label: bySerial ? "Scan each serial number" : "Scan the label for lot and expiry", onScan: label },
        primary: { label: bySerial ? `Take in ${quantity(amount, thing.unit)}` : "Take it in", run: send },
        ways: [{ label: "Condition", run: condition }],
        back: draw,
      });
    }

    function drop(serial) {
      draft.serials = draft.serials.filter((each) => each !== serial);
      form();
    }

    async function condition() {
      draft.status = (await choose("In which condition?", CONDITIONS)) ?? draft.status;
      form();
    }

    /** A label tells lot and expiry, or a serial number; a serial that nobody knows yet is new, as it should be. */
    async function label(text) {
      const answer = await meaningOfLabel(text);
      if (!answer || !here()) return;
      const read = goodsIn({ parsed: answer.parsed, candidates: answer.candidates }) ?? {};
      if (read.item && read.item !== line.item) {
        await bad(`This is ${answer.candidates[0].label}.`, [`Expected ${thing.name} (${line.item}).`]);
        return;
      }
      if (byLot && (answer.parsed.lot || read.lot)) draft.lot = answer.parsed.lot || read.lot;
      if (byLot && (answer.parsed.expires_on || read.expiresOn)) draft.expiresOn = answer.parsed.expires_on || read.expiresOn;
      if (bySerial) {
        const serial = answer.parsed.serial || read.serial || (read.item ? "" : answer.parsed.text);
        if (serial && draft.serials.includes(serial)) {
          await bad(`${serial} is on the list already.`, ["Scan the next one."]);
          return;
        }
        if (serial) draft.serials.push(serial);
      }
      good([thing.name, lotLine(draft.lot, draft.expiresOn)].filter(Boolean).join(", "));
      form();
    }

    async function send() {
      const body = { line: line.line, quantity: bySerial ? String(draft.serials.length) : draft.quantity, status: draft.status };
      if (byLot) Object.assign(body, { lot: draft.lot, ...(draft.expiresOn && { expires_on: draft.expiresOn }), ...(draft.madeOn && { made_on: draft.madeOn }) });
      if (bySerial) body.serials = draft.serials;
      try {
        await busy(() => command.send(path("receipts", receipt.number, "lines"), body));
      } catch (refusal) {
        await refused(refusal);
        if (refusal.code === "receipt_closed") go("receive", { order: order.number });
        return;
      }
      good(`${quantity(body.quantity, thing.unit)} ${thing.name} came in`);
      await busy(refresh);
    }

    form();
  }

  const closing = new Command();

  async function close() {
    const open = order.lines.filter((line) => Number(line.open) > 0).length;
    if (open && !(await choose(`${open} ${open === 1 ? "line is" : "lines are"} not complete. Is the truck empty?`, [{ label: "Yes, close the receipt", value: true }]))) return;
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

/** A label of goods that come in: a code that nobody knows yet is no mistake, its parts are read all the same. */
async function meaningOfLabel(text) {
  try {
    return await post("/scan", { code: text });
  } catch (refusal) {
    if (refusal.code === "unknown_code") return { parsed: refusal.facts.parsed, candidates: [] };
    await refused(refusal);
    return null;
  }
}
