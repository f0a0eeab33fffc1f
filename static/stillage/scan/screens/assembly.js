// Work at a bench: what an assembly order needs is brought, given back, and what came out of it is said.

import { Command, get, path } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, choice, chooseText, page, stepper, waiting } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { lotLine, quantity, say } from "../words.js";
import { begin } from "./begin.js";
import { finish } from "./finish.js";
import { WHY_MORE } from "./reasons.js";
import { goodsIn, meaningOf, notThat, placeOf } from "./scanning.js";

const STATES = ["in_work", "released"];
const WORK = {
  assemble: "Assemble",
  disassemble: "Take apart",
  rework: "Rework",
  repack: "Repack",
  refurbish: "Refurbish",
  service: "Service",
};

export async function assembly(_, here) {
  const warehouse = session.warehouse.code;
  const answers = await begin("Bench", () => Promise.all(STATES.map((state) => get("/assembly-orders", { warehouse, state, page_size: 50 }))), here);
  if (!answers) return;
  const all = answers.flatMap((each) => each.results);
  page({
    verb: "Bench",
    body: [
      el("p", { class: "note" }, say(all.length ? "Scan the work order or the bench, or choose." : "No work waits at a bench.")),
      el(
        "div",
        { class: "options" },
        all.map((each) =>
          choice(
            {
              label: `${say(WORK[each.kind])} ${each.item ?? each.note}`,
              note: [each.number, each.bench, each.sales_order].filter(Boolean).join(", "),
              figure: say("{n} of {all}", { n: each.made, all: each.quantity }),
              state: each.state,
            },
            () => go("assemblyOrder", { number: each.number }),
          ),
        ),
      ),
    ],
    scan: all.length
      ? {
          label: "Scan the work order or the bench",
          onScan: async (text) => {
            const typed = text.trim().toUpperCase();
            const mine = all.find((each) => each.number === typed) ?? all.find((each) => each.bench === typed);
            if (mine) await go("assemblyOrder", { number: mine.number });
            else await bad(say("No work waits at {what}.", { what: typed }), ["Scan the work order or the bench, or choose."]);
          },
        }
      : null,
  });
}

export async function assemblyOrder({ number }, here) {
  waiting("Bench");
  let order;
  const read = async () => {
    order = await get(path("assembly-orders", number));
  };
  try {
    await read();
  } catch (refusal) {
    if (here()) go("assembly");
    await refused(refusal);
    return;
  }
  const atBench = () => order.issues.filter((each) => Number(each.left) > 0);
  const unitOf = (itemNumber) =>
    [...order.components, ...order.to_come].find((each) => each.item === itemNumber)?.unit ?? "";

  function draw() {
    const working = STATES.includes(order.state);
    const left = Number(order.quantity) - Number(order.made);
    const standing = atBench();
    page({
      verb: WORK[order.kind],
      count: number,
      where: order.bench,
      what: [
        order.to_come.find((each) => each.item === order.item)?.item_name ?? order.item ?? order.note,
        say("{n} of {all} made", { n: order.made, all: order.quantity }),
        order.item && order.note,
        !working && say("{number} is over", { number }),
      ],
      body: el("div", { class: "options" }, [
        order.components.map((each) =>
          choice({
            label: each.item_name,
            note: [each.item, lotLine(each.lot), each.serial, where(each)].filter(Boolean).join(", "),
            figure: say("{n} of {all}", { n: each.issued, all: quantity(each.quantity, each.unit) }),
          }),
        ),
      ]),
      scan: working ? { label: "Scan where the goods stand", onScan: from } : null,
      primary: working && left > 0 ? { label: "Something is finished", run: () => finish(order, { act, back: draw, here }) } : null,
      ways: standing.length ? [{ label: "Give back", run: giveBack }] : [],
      back: () => go("assembly"),
    });
  }

  /** Where goods stand that no task asks for. */
  function where(line) {
    if (line.item !== order.item) return "";
    return order.apart.map((each) => say("at {place}", { place: each.location })).join(", ");
  }

  /** Sends a command and shows the order as it is then; false after a refusal, which was read. */
  async function act(command, verb, body, done, again = null) {
    try {
      await busy(async () => {
        await command.send(path("assembly-orders", number, verb), body);
        await read();
      });
    } catch (refusal) {
      if (again && refusal.code === "issue_needs_reason") {
        const reason = await chooseText(say("Why more than asked?"), WHY_MORE);
        if (reason && here()) await act(command, verb, { ...body, reason }, done);
        return;
      }
      await refused(refusal);
      return;
    }
    good(done);
    if (here()) draw();
  }

  /** Goods are brought from a place: what they are, a scan says; so many of them. */
  async function from(text) {
    const place = await placeOf(text, { warehouse: order.warehouse }, "");
    if (!place || !here()) return;
    page({
      verb: "Issue",
      count: number,
      where: place.number,
      side: say("Into {tote}", { tote: order.bench }),
      scan: {
        label: "Scan the goods",
        onScan: async (code) => {
          const answer = await meaningOf(code);
          if (!answer || !here()) return;
          const found = goodsIn(answer);
          if (found) bring(place.number, found, answer);
          else await notThat(answer, "Scan the goods");
        },
      },
      back: draw,
    });
  }

  function bring(place, found, { candidates }) {
    const line = order.components.find((each) => each.item === found.item);
    const command = new Command();
    const serial = found.serial || (line?.item === found.item && line.serial) || "";
    const lot = found.lot || line?.lot || "";
    const apart = order.apart.find((each) => each.location === place && found.item === order.item);
    const open = line ? Math.max(0, Number(line.quantity) - Number(line.issued)) : 0;
    let amount = serial ? "1" : String(open || 1);
    page({
      verb: "Issue",
      count: number,
      where: order.bench,
      side: say("From {code}", { code: place }),
      what: [
        line?.item_name ?? candidates[0].label,
        [found.item, lotLine(lot), serial && say("Serial {serial}", { serial })].filter(Boolean).join(", "),
        !line && say("Instead of a component"),
      ],
      body: [
        serial ? [] : stepper({ amount, unit: line?.unit, onChange: (value) => (amount = value) }),
        line && el("p", { class: "note" }, say("{amount} still wanted", { amount: quantity(String(open), line.unit) })),
      ],
      scan: {
        label: say("Scan {code} or tap below", { code: order.bench }),
        onScan: async (text) => {
          const at = await placeOf(text, { warehouse: order.warehouse }, order.bench);
          if (!at || !here()) return;
          if (at.number === order.bench) await send();
          else await bad(say("This is {what}.", { what: at.number }), [say("Expected {what}.", { what: order.bench })]);
        },
      },
      primary: { label: "Put it on the bench", run: send },
      back: draw,
    });

    function send() {
      const body = { item: found.item, location: place, quantity: amount };
      if (lot) body.lot = lot;
      if (serial) body.serial = serial;
      if (apart) body.status = apart.status;
      return act(command, "issue", body, say("{amount} on the bench", { amount: quantity(amount, line?.unit) }), true);
    }
  }

  /** What stands at the bench and is not used goes back to a bin. */
  function giveBack() {
    page({
      verb: "Give back",
      count: number,
      where: order.bench,
      body: el(
        "div",
        { class: "options" },
        atBench().map((each) =>
          choice(
            {
              label: each.item,
              note: [lotLine(each.lot), each.serial, say("From {code}", { code: each.source })].filter(Boolean).join(", "),
              figure: quantity(each.left, unitOf(each.item)),
            },
            () => carry(each),
          ),
        ),
      ),
      back: draw,
    });
  }

  function carry(issue) {
    const command = new Command();
    const unit = unitOf(issue.item);
    let amount = issue.left;
    page({
      verb: "Give back",
      count: number,
      where: issue.source,
      side: say("From {tote}, or scan another bin", { tote: order.bench }),
      what: [issue.item, [lotLine(issue.lot), issue.serial].filter(Boolean).join(", ")],
      body: stepper({ amount, unit, most: issue.left, onChange: (value) => (amount = value) }),
      scan: {
        label: "Scan the bin it goes to",
        onScan: async (text) => {
          const found = await placeOf(text, { warehouse: order.warehouse }, issue.source);
          if (!found || !here()) return;
          const body = { issue: issue.id, quantity: amount, location: found.number };
          await act(command, "give-back", body, say("{amount} back in {code}", { amount: quantity(amount, unit), code: found.number }));
        },
      },
      back: giveBack,
    });
  }

  if (here()) draw();
}
