// What a picker meets at the bin, beside less than is asked: later, damaged, other goods, a part now and the rest later.

import { Command, get, path } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, choice, choose, chooseText, page, stepper } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { lotLine, quantity, say } from "../words.js";
import { chooseReason } from "./reasons.js";
import { placeOf } from "./scanning.js";

const LATER = ["Something stands before it", "Another works there", "It is being filled up"];
const INSTEAD = ["Nearer", "Damaged label", "Not to be reached", "Asked for by the customer"];

/**
 * The list of what may be done about a pick. `tote` is where goods go now; `back` draws the screen it came from. What
 * was done is followed by `work.resume`, or by the next task.
 */
export function pickExceptions(work, { tote, back, here }) {
  const { job, thing } = work;
  const commands = new Map();

  /** The pick behind the task: known on a round, else asked for. */
  async function pick() {
    if (work.pick) return work.pick;
    const { results } = await get("/picks", { warehouse: job.warehouse, task: job.number, page_size: 1 });
    return results[0].number;
  }

  /** Does it, says so and goes on: with the same task as it is now, or with the next. */
  async function act(verb, body, done, same) {
    if (!commands.has(verb)) commands.set(verb, new Command());
    try {
      await busy(async () => commands.get(verb).send(path("picks", await pick(), verb), body));
    } catch (refusal) {
      await refused(refusal);
      if (refusal.code === "task_stale" || refusal.code === "pick_not_open") onward(false);
      return;
    }
    good(done);
    onward(same);
  }

  function onward(same) {
    if (work.resume) work.resume();
    else go("task", same ? { number: job.number, kinds: work.kinds } : { kinds: work.kinds });
  }

  async function skip() {
    const reason = await chooseText("Why later?", LATER);
    if (reason) await act("skip", { reason }, say("{code} comes later", { code: job.source }), false);
  }

  function damage() {
    let amount = "1";
    page({
      verb: "Damaged",
      count: job.source,
      what: [thing.name, lotLine(job.lot, job.expires_on)],
      howMany: { amount: quantity(job.quantity, thing.unit), note: say("asked") },
      body: [
        stepper({ amount, unit: thing.unit, label: "Damaged", most: job.quantity, onChange: (value) => (amount = value) }),
        el("p", { class: "note" }, say("They stay in {code}, as damaged.", { code: job.source })),
      ],
      primary: { label: "These are damaged", run: send },
      back,
    });

    async function send() {
      const reason = await chooseReason("damage", "What is wrong with them?");
      if (!reason || !here()) return;
      const rest = Number(amount) < Number(job.quantity);
      await act("damage", { quantity: amount, reason }, say("{amount} damaged", { amount: quantity(amount, thing.unit) }), rest);
    }
  }

  function split() {
    let amount = "";
    let into = tote;
    function draw() {
      page({
        verb: "A part now",
        count: job.source,
        what: [thing.name, lotLine(job.lot, job.expires_on), into && say("Into {tote}", { tote: into })],
        howMany: { amount: quantity(job.quantity, thing.unit), note: say("asked") },
        body: stepper({ amount, unit: thing.unit, most: job.quantity, onChange: (value) => (amount = value) }),
        scan: into ? null : { label: "Scan the tote you pick into", onScan: toteScanned },
        primary: into ? { label: "Take these, the rest comes later", run: send } : null,
        back,
      });
    }

    async function toteScanned(text) {
      const found = await placeOf(text, job, "");
      if (!found || !here()) return;
      into = found.number;
      if (!work.slot) session.tote = found.number;
      draw();
    }

    async function send() {
      if (!(Number(amount) > 0) || Number(amount) >= Number(job.quantity)) {
        await bad("How many do you take now?", ["Enter less than is asked, and more than nothing."]);
        return;
      }
      await act(
        "split",
        { quantity: amount, tote: into },
        say("{amount} picked, the rest comes later", { amount: quantity(amount, thing.unit) }),
        false,
      );
    }

    draw();
  }

  async function substitute() {
    let rows;
    try {
      const where = { warehouse: job.warehouse, item: job.item, status: "available", without_owner: true };
      rows = (await get("/balances", { ...where, page_size: 100 })).results;
    } catch (refusal) {
      await refused(refusal);
      return;
    }
    if (!here()) return;
    const others = rows
      .map((row) => ({ ...row, free: Number(row.on_hand) - Number(row.reserved) }))
      .filter((row) => row.free > 0 && !isSame(row))
      .sort((one, other) => (one.expires_on ?? "9").localeCompare(other.expires_on ?? "9"));
    page({
      verb: "Other goods",
      what: [thing.name, say("instead of {what} in {code}", { what: lotLine(job.lot) || thing.number, code: job.source })],
      howMany: { amount: quantity(job.quantity, thing.unit), note: say("asked") },
      body: others.length
        ? el("div", { class: "options" }, others.map((row) => choice(shown(row), () => take(row))))
        : el("p", { class: "note" }, say("No others of it are free here.")),
      scan: others.length ? { label: "Scan the bin of the other goods", onScan: bin } : null,
      back,
    });

    async function bin(text) {
      const found = await placeOf(text, job, "");
      if (!found || !here()) return;
      const there = others.filter((row) => row.location === found.number);
      if (there.length === 1) await take(there[0]);
      else if (!there.length)
        await bad(say("Nothing free of it stands in {code}.", { code: found.number }), ["Scan another bin."]);
      else {
        const row = await choose(
          "Which of them?",
          there.map((each) => ({ label: shown(each).label, note: shown(each).note, value: each })),
        );
        if (row) await take(row);
      }
    }
  }

  const isSame = (row) => row.location === job.source && (row.lot ?? null) === job.lot && (row.unit ?? null) === job.unit;

  const shown = (row) => ({
    label: row.location,
    note: [lotLine(row.lot, row.expires_on), row.unit].filter(Boolean).join(", "),
    figure: say("{amount} free", { amount: quantity(String(row.free), thing.unit) }),
  });

  async function take(row) {
    const reason = await chooseText("Why other goods?", INSTEAD);
    if (!reason || !here()) return;
    const body = { location: row.location, reason, ...(row.lot && { lot: row.lot }), ...(row.unit && { unit: row.unit }) };
    await act("substitute", body, say("Now from {code}", { code: row.location }), true);
  }

  const several = Number(job.quantity) > 1 && !job.serial;
  return [
    { label: "Come back later", note: "It goes to the end of the walk", run: skip },
    { label: "Goods are damaged", note: "They stay here and count as damaged", run: damage },
    { label: "Take other goods instead", note: "Another lot, pallet or bin", run: substitute },
    several && { label: "A part now, the rest later", note: "The tote is full, or the rest is not to be reached", run: split },
  ].filter(Boolean);
}
