// A transfer from another of our sites comes in: whole cartons and pallets by their label, or line by line.

import { Command, get, path } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, choice, choose, page, stepper, waiting } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { day, lotLine, quantity, say, some } from "../words.js";
import { begin } from "./begin.js";
import { chooseReason } from "./reasons.js";
import { goodsIn, isOf, meaningOf, notThat } from "./scanning.js";

const STAGES = ["in_transit", "part_received"];
const DOCKS = ["dock", "staging"];
const OUTCOMES = [
  { value: "lost", label: "Lost on the way" },
  { value: "left_behind", label: "Never loaded: the sender has it" },
  { value: "damaged", label: "Damaged, thrown away" },
];

/** What is on the road to this site. */
export async function arrivals(_, here) {
  const destination = session.warehouse.code;
  const wanted = () =>
    Promise.all([
      ...STAGES.map((stage) => get("/transfers", { destination, stage, page_size: 50 })),
      get("/in-transit", { destination }),
    ]);
  const answers = await begin("Transfers in", wanted, here);
  if (!answers) return;
  const road = answers.pop();
  const all = answers.flatMap((each) => each.results);
  page({
    verb: "Transfers in",
    body: [
      el("p", { class: "note" }, say(all.length ? "Scan a carton or a pallet of it, or choose." : "Nothing is on the road to here.")),
      el(
        "div",
        { class: "options" },
        all.map((each) => {
          const rows = road.filter((row) => row.transfer === each.number);
          const due = rows.map((row) => row.due_on).sort()[0];
          const count = new Set(rows.map((row) => row.carton)).size;
          return choice(
            {
              label: each.number,
              note: [say("from {site}", { site: each.origin }), due && say("due {day}", { day: day(due) })].filter(Boolean).join(", "),
              figure: some(count, say("carton"), say("cartons")),
              state: rows.some((row) => row.days_late > 0) ? "late" : null,
            },
            () => go("arrival", { number: each.number }),
          );
        }),
      ),
    ],
    scan: all.length ? { label: "Scan a carton or the transfer", onScan: scanned } : null,
  });

  async function scanned(text) {
    const answer = await meaningOf(text);
    if (!answer || !here()) return;
    const paper = answer.candidates.find((each) => each.kind === "transfer");
    const row = road.find((each) => each.carton === (answer.parsed.sscc || text.trim()));
    if (paper || row) await go("arrival", { number: paper?.number ?? row.transfer });
    else await notThat(answer, "It is not on the road to here.");
  }
}

/** One transfer at the dock where it is unloaded. */
export async function arrival({ number, dock = "" }, here) {
  waiting("Transfers in");
  let transfer;
  let road;
  const read = async () => {
    const [now, rows] = await Promise.all([
      get(path("transfers", number)),
      get("/in-transit", { destination: session.warehouse.code }),
    ]);
    transfer = now;
    road = rows.filter((row) => row.transfer === number);
  };
  try {
    await read();
  } catch (refusal) {
    if (here()) go("arrivals");
    await refused(refusal);
    return;
  }
  async function chooseDock() {
    let docks;
    try {
      const found = await Promise.all(
        DOCKS.map((kind) => get("/locations", { warehouse: transfer.destination, kind, is_active: true, page_size: 50 })),
      );
      docks = found.flatMap((each) => each.results).map((each) => each.code);
    } catch (refusal) {
      await refused(refusal);
      return;
    }
    if (!here()) return;
    const at = (code) => {
      dock = code;
      good(code);
      draw();
    };
    page({
      verb: "Transfers in",
      count: number,
      what: ["Where is it unloaded?"],
      body: el("div", { class: "options" }, docks.map((code) => choice({ label: code }, () => at(code)))),
      scan: {
        label: "Scan the dock",
        onScan: async (text) => {
          const code = docks.find((each) => each.toUpperCase() === text.trim().toUpperCase());
          if (code) at(code);
          else await bad(say("{code} is no dock here.", { code: text.trim() }), ["Scan the dock."]);
        },
      },
      back: () => go("arrivals"),
    });
  }

  /** What is still on the road, by carton. */
  function byCarton() {
    const cartons = new Map();
    for (const row of road) cartons.set(row.carton, [...(cartons.get(row.carton) ?? []), row]);
    return [...cartons];
  }

  function draw() {
    const cartons = byCarton();
    page({
      verb: "Transfers in",
      count: number,
      side: say("From {site}, at {dock}", { site: transfer.origin, dock }),
      howMany: cartons.length ? { amount: some(cartons.length, say("carton"), say("cartons")), note: say("still on the road") } : null,
      what: cartons.length ? [] : [say("All of it is here")],
      body: el("div", { class: "options" }, [
        cartons.map(([sscc, rows]) => choice({ label: sscc, note: contents(rows) }, () => opened(sscc, rows))),
        transfer.lines
          .filter((line) => Number(line.received) > 0)
          .map((line) =>
            choice({
              label: line.item_name,
              note: Number(line.damaged) > 0 ? say("{n} damaged", { n: line.damaged }) : line.item,
              figure: say("{n} of {all}", { n: line.received, all: quantity(line.dispatched, line.unit) }),
              state: Number(line.in_transit) > 0 ? null : "done",
            }),
          ),
      ]),
      scan: cartons.length ? { label: "Scan a carton, a pallet or goods", onScan: scanned } : null,
      primary: cartons.length ? null : { label: "Done", run: () => go("arrivals") },
      problems: cartons.length ? [{ label: "The rest does not come", note: "A supervisor says what became of it", run: explain }] : [],
      back: () => go("arrivals"),
    });
  }

  const contents = (rows) => rows.map((row) => `${quantity(row.quantity, row.unit)} ${row.item_name}`).join(", ");

  const commands = new Map();

  /** Sends it, says what came and shows what is left; whether it was done. */
  async function act(verb, body, done) {
    const key = `${verb} ${JSON.stringify(body)}`;
    if (!commands.has(key)) commands.set(key, new Command());
    try {
      await busy(async () => {
        await commands.get(key).send(path("transfers", number, verb), body);
        commands.delete(key);
        await read();
      });
    } catch (refusal) {
      await refused(refusal);
      return false;
    }
    good(done);
    if (here()) draw();
    return true;
  }

  async function scanned(text) {
    const answer = await meaningOf(text);
    if (!answer || !here()) return;
    const sscc = answer.parsed.sscc || (answer.candidates.find((each) => each.kind === "handling_unit")?.number ?? "");
    if (sscc) {
      await act("receive-cartons", { location: dock, cartons: [sscc] }, say("{carton} came in", { carton: sscc }));
      return;
    }
    const found = goodsIn(answer);
    const row = found && road.find((each) => isOf(found, each));
    if (row) enter(row);
    else await notThat(answer, say("It is not on the road by {transfer}.", { transfer: number }));
  }

  /** A carton by hand: as it left, or what is really in it. */
  function opened(sscc, rows) {
    page({
      verb: "Carton",
      count: sscc.slice(-6),
      what: [sscc],
      body: el("div", { class: "options" }, [
        rows.map((row) =>
          choice({ label: row.item_name, note: [row.item, lotLine(row.lot), row.serial].filter(Boolean).join(", "), figure: quantity(row.quantity, row.unit) }, () =>
            enter(row),
          ),
        ),
        el("p", { class: "note" }, say("Tap goods that are fewer or damaged.")),
      ]),
      primary: {
        label: "All of it came",
        run: () => act("receive-cartons", { location: dock, cartons: [sscc] }, say("{carton} came in", { carton: sscc })),
      },
      back: draw,
    });
  }

  /** So much of goods out of a carton, good or damaged; what is not named stays on the road. */
  function enter(row) {
    let amount = row.quantity;
    page({
      verb: "Came in",
      count: number,
      what: [row.item_name, [row.item, lotLine(row.lot), row.serial].filter(Boolean).join(", "), row.carton],
      howMany: { amount: quantity(row.quantity, row.unit), note: say("on the road") },
      body: [
        stepper({ amount, unit: row.unit, most: row.quantity, onChange: (value) => (amount = value) }),
        el("p", { class: "note" }, say("What is missing stays on the road until somebody says what became of it.")),
      ],
      primary: { label: "These came, good", run: () => take({}) },
      ways: [{ label: "These are damaged", run: damaged }],
      back: draw,
    });

    async function damaged() {
      const reason = await chooseReason("damage", "What is wrong with them?");
      if (reason && here()) await take({ damaged: true, reason });
    }

    async function take(more) {
      const line = { item: row.item, quantity: amount, carton: row.carton, ...more };
      if (row.lot) line.lot = row.lot;
      if (row.serial) line.serial = row.serial;
      const said = more.damaged ? say("{amount} came in damaged", { amount: quantity(amount, row.unit) }) : say("{amount} came in", { amount: quantity(amount, row.unit) });
      await act("receive", { location: dock, lines: [line] }, said);
    }
  }

  async function explain() {
    const outcome = await choose("What became of the rest?", OUTCOMES);
    if (!outcome || !here()) return;
    const label = OUTCOMES.find((each) => each.value === outcome).label;
    await act("close-transit", { outcome, note: label }, say("It is written down"));
  }

  if (!here()) return;
  if (dock) draw();
  else await chooseDock();
}
