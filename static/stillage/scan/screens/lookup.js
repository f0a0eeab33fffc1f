// Look up: what a code stands for, and what is known about it.

import { Refusal, get, openPaper, path, post } from "../api.js";
import { el } from "../dom.js";
import { good, refused } from "../flash.js";
import { badge, choice, page } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { capital, day, lotLine, quantity } from "../words.js";

const MOST = 100;

/** The likeliest meaning first; the only one is shown at once. */
export async function lookUp({ text = "" }, here) {
  if (text) await scanned(text, here);
  else ask();
  function ask() {
    page({
      verb: "Look up",
      body: [el("p", { class: "note" }, "An item, a bin, a lot, a carton, an order, a task: scan or type it.")],
      scan: { label: "Scan anything", onScan: (code) => scanned(code, here) },
    });
  }
}

async function scanned(text, here) {
  let answer;
  try {
    answer = await post("/scan", { code: text });
  } catch (refusal) {
    if (here()) {
      if (!document.getElementById("scan") || document.querySelector(".primary")) go("lookUp");
      await refused(refusal);
    }
    return;
  }
  if (!here()) return;
  const { candidates, parsed } = answer;
  if (candidates.length === 1) await show(candidates[0], parsed, here);
  else listed(candidates, parsed, here);
}

function listed(candidates, parsed, here) {
  good(`${candidates.length} things have this code`);
  page({
    verb: "Which one?",
    body: [
      el(
        "div",
        { class: "options" },
        candidates.map((each) =>
          choice({ label: each.label, note: kindOf(each), state: each.detail.state }, () => show(each, parsed, here)),
        ),
      ),
    ],
    scan: { label: "Scan anything", onScan: (code) => scanned(code, here) },
  });
}

const kindOf = (candidate) => capital(candidate.kind.replaceAll("_", " "));

/** What is known of one thing. */
async function show(candidate, parsed, here) {
  const known = SHOWS[candidate.kind] ?? plain;
  let shown;
  try {
    shown = await known(candidate, parsed);
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    await refused(refusal);
    return;
  }
  if (!here()) return;
  good(candidate.label);
  page({
    verb: kindOf(candidate),
    what: [candidate.label],
    ...shown,
    body: [candidate.detail.state && badge(candidate.detail.state), shown.body],
    scan: { label: "Scan anything", onScan: (code) => scanned(code, here) },
  });
}

function plain() {
  return { body: [] };
}

async function item(candidate, parsed) {
  const [known, rows] = await Promise.all([get(path("items", candidate.number)), balances({ item: candidate.number })]);
  const sheets = known.hazard_class ? await get(path("items", candidate.number, "safety-sheets")) : [];
  return {
    what: [
      known.name,
      [known.number, known.colour, known.size].filter(Boolean).join(", "),
      known.hazard_class && `Hazard ${known.hazard_class}`,
      read(parsed),
    ],
    howMany: { amount: quantity(total(rows), known.unit), note: "here" },
    body: [
      sheets.map((sheet) =>
        choice(
          { label: "Safety data sheet", note: `${sheet.language.toUpperCase()}, revision ${sheet.revision}` },
          () => openPaper(path("safety-sheets", sheet.number, "file")).catch(refused),
        ),
      ),
      known.hazard_class && sheets.length === 0 && el("p", { class: "note" }, "No safety data sheet is on file."),
      stock(rows, (row) => [row.location, lotLine(row.lot ?? "", row.expires_on), row.serial], known.unit),
    ],
  };
}

async function location(candidate) {
  const rows = await balances({ location: candidate.number, warehouse: candidate.detail.warehouse });
  return {
    where: candidate.number,
    what: [capital(candidate.detail.kind.replaceAll("_", " ")), !candidate.detail.is_active && "Not in use"],
    body: goods(rows, "Nothing stands here."),
  };
}

async function lot(candidate) {
  const rows = await balances({ lot: candidate.number, item: candidate.detail.item });
  return {
    what: [candidate.label, candidate.detail.expires_on && `Expires ${day(candidate.detail.expires_on)}`],
    body: [candidate.detail.held && badge("held"), stock(rows, (row) => [row.location, row.serial])],
  };
}

async function serial(candidate) {
  const rows = await balances({ serial: candidate.number, item: candidate.detail.item });
  return {
    what: [candidate.label, lotLine(candidate.detail.lot)],
    body: stock(rows, (row) => [row.location]),
    ways: [{ label: "Genuine?", run: () => go("genuine", { code: candidate.number }) }],
  };
}

async function handlingUnit(candidate) {
  const rows = await balances({ unit: candidate.number });
  const { detail } = candidate;
  return { what: [candidate.label, detail.location && `At ${detail.location}`], body: goods(rows, "It is empty.") };
}

async function purchaseOrder(candidate) {
  const order = await get(path("purchase-orders", candidate.number));
  const open = ["approved", "receiving"].includes(order.state);
  return {
    what: [order.number, `${order.supplier}, due ${day(order.due_on)}`],
    body: lines(order.lines, (line) => `${line.received} of ${line.quantity}`, "received"),
    primary: open ? { label: "Receive it", run: () => go("receive", { order: order.number }) } : null,
  };
}

async function receipt(candidate) {
  const paper = await get(path("receipts", candidate.number));
  const open = paper.state === "open";
  return {
    what: [paper.number, `${paper.order} at ${paper.dock}`],
    body: lines(
      paper.lines.filter((line) => !line.undone),
      (line) => line.quantity,
      "came in",
    ),
    primary: open ? { label: "Go on receiving", run: () => go("receive", { order: paper.order }) } : null,
  };
}

async function salesOrder(candidate) {
  const order = await get(path("sales-orders", candidate.number));
  return {
    what: [order.number, `${order.customer}, due ${day(order.due_on)}`],
    body: lines(order.lines, (line) => `${line.picked} of ${line.quantity}`, "picked"),
    primary: order.state === "picked" ? { label: "Pack it", run: () => go("pack", { order: order.number }) } : null,
  };
}

async function shipment(candidate) {
  const paper = await get(path("shipments", candidate.number));
  return {
    what: [paper.number, `${paper.document} to ${paper.ship_to || paper.party || ""}`],
    body: [
      el(
        "div",
        { class: "options" },
        paper.cartons.map((carton) =>
          choice({ label: `Carton ${carton.sequence}`, note: carton.sscc, state: stage(carton) }),
        ),
      ),
    ],
    primary: paper.state === "packing" ? { label: "Pack it", run: () => go("pack", { shipment: paper.number }) } : null,
  };
}

const stage = (carton) => (carton.loaded_at ? "loaded" : carton.closed_at ? "closed" : "open");

async function task(candidate) {
  const job = await get(path("tasks", candidate.number));
  const open = ["ready", "assigned"].includes(job.state);
  return {
    where: job.target ?? job.source,
    what: [job.item_name ?? "All that is there", lotLine(job.lot, job.expires_on)],
    body: [job.assigned_to && el("p", { class: "note" }, `In the hands of ${job.assigned_to}.`)],
    primary: open ? { label: "Do it now", run: () => go("task", { number: job.number }) } : null,
  };
}

const SHOWS = {
  item,
  location,
  lot,
  serial,
  handling_unit: handlingUnit,
  purchase_order: purchaseOrder,
  receipt,
  sales_order: salesOrder,
  shipment,
  task,
};

async function balances(where) {
  const answer = await get("/balances", { warehouse: session.warehouse.code, ...where, page_size: MOST });
  return answer.results;
}

const total = (rows) => String(Math.round(rows.reduce((sum, row) => sum + Number(row.on_hand), 0) * 1e6) / 1e6);

/** Rows of one item: where, of which lot, how much, and what of it is spoken for. */
function stock(rows, words, unit = "") {
  return list(rows, "None is here.", (row) => {
    const [label, ...more] = words(row).filter(Boolean);
    return choice({
      label,
      note: [...more, Number(row.reserved) > 0 && `${row.reserved} reserved`].filter(Boolean).join(", "),
      figure: quantity(row.on_hand, unit || row.item_unit),
      state: row.status === "available" ? null : row.status,
    });
  });
}

/** Rows of one place: which item, of which lot, how much. */
function goods(rows, none) {
  return list(rows, none, (row) =>
    choice({
      label: row.item_name,
      note: [row.item, lotLine(row.lot, row.expires_on), row.serial].filter(Boolean).join(", "),
      figure: quantity(row.on_hand, row.item_unit),
      state: row.status === "available" ? null : row.status,
    }),
  );
}

function lines(rows, amount, word) {
  return list(rows, "No lines.", (line) =>
    choice({
      label: line.item_name ?? line.item,
      note: line.item_name ? line.item : "",
      figure: `${amount(line)} ${word}`,
    }),
  );
}

function list(rows, none, row) {
  return rows.length ? el("div", { class: "options" }, rows.map(row)) : el("p", { class: "note" }, none);
}

/** What a label says beside its item. */
function read(parsed) {
  return lotLine(parsed.lot, parsed.expires_on);
}
