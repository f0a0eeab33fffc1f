// A truck is unloaded: line by line, an announced pallet by one scan, and what nobody knows is set aside.

import { Command, get, path, post } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, choice, choose, page } from "../page.js";
import { go } from "../router.js";
import { capital, quantity, some } from "../words.js";
import { chooseReason } from "./reasons.js";
import { receiveLine } from "./receiveline.js";
import { goodsIn, notThat } from "./scanning.js";
import { setAside } from "./setaside.js";

const WAYS = [
  { value: "available", label: "All as announced" },
  { value: "damaged", label: "Damaged" },
  { value: "", label: "It goes back with the truck" },
];

export async function unload(receipt, here) {
  const read = () => Promise.all([ordersOf(receipt), receipt.notice ? unitsOf(receipt) : []]);
  let [orders, units] = await read();

  async function refresh() {
    try {
      [orders, units] = await read();
    } catch (refusal) {
      await refused(refusal);
    }
    if (here()) draw();
  }

  const lines = () => orders.flatMap((order) => order.lines.map((line) => ({ ...line, order: order.number })));
  const isOpen = (line) => Number(line.open) > 0;

  function draw() {
    const all = lines();
    const done = all.filter((line) => !isOpen(line));
    page({
      verb: "Receive",
      count: all.length ? `${done.length} of ${all.length}` : "without an order",
      side: [orders.map((order) => order.number).join(", "), `at ${receipt.dock}, ${receipt.number}`]
        .filter(Boolean)
        .join(" "),
      body: el("div", { class: "options" }, [
        ...units.map((unit) =>
          choice(
            {
              label: `${unit.kind} ${unit.sscc}`,
              note: `${some(unit.lines, "line")} announced`,
              state: unit.came ? "done" : null,
            },
            unit.came ? null : () => takeIn(unit),
          ),
        ),
        ...[...all.filter(isOpen), ...done].map((line) =>
          choice(
            {
              label: line.item_name,
              note: orders.length > 1 ? `${line.item}, ${line.order}` : line.item,
              figure: `${line.received} of ${quantity(line.quantity, line.item_unit)}`,
              state: isOpen(line) ? null : "done",
            },
            () => enter(line, {}),
          ),
        ),
      ]),
      scan: { label: "Scan the goods", onScan: scanned },
      primary: { label: "The truck is empty", run: close },
      ways: [{ label: "Set something aside", run: () => aside("") }],
      back: () => go("receive"),
    });
  }

  async function scanned(text) {
    let answer;
    try {
      answer = await busy(() => post("/scan", { code: text }));
    } catch (refusal) {
      if (refusal.code !== "unknown_code") await refused(refusal);
      else if (!(await offerUnit(refusal.facts.parsed)))
        await bad(`Nobody knows ${refusal.facts.parsed.text}.`, [], [
          { label: "Set it aside", run: () => aside(text.trim()) },
        ]);
      return;
    }
    if (!here() || (await offerUnit(answer.parsed))) return;
    const found = goodsIn(answer);
    const fitting = found ? lines().filter((line) => line.item === found.item) : [];
    if (fitting.length) await enter(fitting.find(isOpen) ?? fitting[0], found);
    else if (found && !orders.length) await enter(unordered(found), found);
    else if (found)
      await bad(`This is ${answer.candidates[0].label}.`, ["Nobody ordered it by this truck."], [
        { label: "Count it in all the same", run: () => enter(unordered(found), found) },
      ]);
    else await notThat(answer, "Scan the goods.");
  }

  /** Whether the code is the SSCC of an announced unit, which is then offered to come in. */
  async function offerUnit(parsed) {
    const unit = units.find((each) => each.sscc === (parsed.sscc || parsed.text));
    if (!unit) return false;
    if (unit.came) await bad(`${unit.kind} ${unit.sscc} has come in.`, ["Scan the next one."]);
    else await takeIn(unit);
    return true;
  }

  const taking = new Map();

  async function takeIn(unit) {
    const way = await choose(`${unit.kind} ${unit.sscc}`, WAYS);
    if (way === null) return;
    const body = { sscc: unit.sscc };
    if (way) body.status = way;
    else {
      body.rejected_because = await chooseReason("reject", "Why does it go back?");
      if (body.rejected_because === null) return;
    }
    if (!taking.has(unit.sscc)) taking.set(unit.sscc, new Command());
    try {
      const rows = await busy(() => taking.get(unit.sscc).send(path("receipts", receipt.number, "units"), body));
      good(`${some(rows.length, "line")} of ${unit.sscc} ${way ? "came in" : "go back"}`);
    } catch (refusal) {
      await refused(refusal);
      return;
    }
    await busy(refresh);
  }

  /** Goods of no order's line, as their own screen takes them. */
  const unordered = (found) => ({ line: null, item: found.item, order: "", open: "", received: "0" });

  const enter = (line, found) => receiveLine({ line, found, receipt, back: draw, done: refresh }, here);
  const aside = (code) => setAside({ receipt, code, back: draw }, here);

  const closing = new Command();

  async function close() {
    const open = lines().filter(isOpen).length;
    if (
      open &&
      !(await choose(`${some(open, "line is", "lines are")} not complete. Is the truck empty?`, [
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

  if (here()) draw();
}

const ordersOf = (receipt) => Promise.all(receipt.orders.map((number) => get(path("purchase-orders", number))));

/** The outermost announced units, each with how many lines are on it and whether they have come. */
async function unitsOf(receipt) {
  const notice = await get(path("shipping-notices", receipt.notice));
  const outer = new Map(notice.units.map((unit) => [unit.sscc, unit.inside]));
  const outermost = (sscc) => (outer.get(sscc) ? outermost(outer.get(sscc)) : sscc);
  return notice.units
    .filter((unit) => !unit.inside)
    .map((unit) => {
      const inside = notice.lines.filter((line) => line.sscc && outermost(line.sscc) === unit.sscc);
      const came = inside.some((line) => Number(line.came) > 0);
      return { sscc: unit.sscc, kind: capital(unit.kind), lines: inside.length, came };
    });
}
