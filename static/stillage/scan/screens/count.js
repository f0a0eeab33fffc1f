// A count, blind: the worker says what stands in the place, and no figure of the book is shown.

import { Refusal, get, item, post } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { choice, choose, field, offer, page, stepper } from "../page.js";
import { session } from "../session.js";
import { lotLine, quantity } from "../words.js";
import { goodsIn, meaningOf, notThat } from "./scanning.js";

const STATUSES = {
  available: "Good",
  damaged: "Damaged",
  inspection: "In inspection",
  returned: "Returned",
  blocked: "Blocked",
};

export function countPlace(work, here) {
  const { job } = work;
  const lines = [];
  /** What nothing here bears, or cannot be asked for out of reach: what the warehouse knows, it counts when told. */
  const unknown = [];
  const what = job.unit ? `What stands on ${job.unit}` : job.item ? `Only ${job.item_name ?? job.item}` : "All that stands here";
  let onlyEmpty = false;
  let told = null;

  /** Whether a look is enough; not known is no reason to stop. */
  async function ask() {
    const count = await get(`/cycle-counts/${encodeURIComponent(job.document)}`).catch(() => null);
    onlyEmpty = count?.scope === "empty";
  }

  function start() {
    page({
      verb: "Count",
      count: work.progress,
      where: job.source,
      what: [what],
      scan: { label: `Scan bin ${job.source}`, onScan: arrive },
      problems: work.problems,
    });
  }

  async function arrive(text) {
    if (text.trim().toUpperCase() === job.source.toUpperCase()) {
      good(`${job.source}: right bin`);
      await ask();
      if (here()) goods();
      return;
    }
    const answer = await meaningOf(text, job.number);
    if (answer && here()) await notThat(answer, `Expected ${job.source}.`);
  }

  function goods() {
    page({
      verb: "Count",
      count: work.progress,
      where: job.source,
      body:
        lines.length + unknown.length
          ? el("div", { class: "options" }, [
              ...lines.map((line) => choice(shown(line), () => change(line))),
              ...unknown.map((each) => choice({ label: each.text, note: "Not known", figure: each.quantity }, () => forget(each))),
            ])
          : el("p", { class: "note" }, "Scan the first goods that stand here."),
      scan: { label: "Scan goods", onScan: scanned },
      primary:
        lines.length + unknown.length
          ? { label: `That is all: ${lines.length + unknown.length} counted`, run: () => confirm() }
          : { label: "The bin is empty", run: onlyEmpty ? confirm : empty },
      ways: [
        { label: "Choose goods", run: chooseGoods },
        { label: "Something unknown", run: () => strange("") },
      ],
      problems: work.problems,
    });
  }

  const shown = (line) => ({
    label: line.thing.name,
    note: [lotLine(line.lot), line.serial, line.status !== "available" && STATUSES[line.status]]
      .filter(Boolean)
      .join(", "),
    figure: quantity(line.quantity, line.thing.unit),
  });

  async function scanned(text) {
    let answer;
    try {
      answer = await post("/scan", { code: text });
    } catch (refusal) {
      if (!here()) return;
      if (refusal.code === "unknown_code" || refusal.unanswered) strange(text.trim());
      else await refused(refusal);
      return;
    }
    if (!here()) return;
    const found = goodsIn(answer);
    if (found) await begin(found);
    else await notThat(answer, "Scan goods.");
  }

  /** Nothing here bears this code, or there is no answer: it is taken down as it was read. */
  function strange(text, draft = { text, quantity: "", note: "" }) {
    page({
      verb: "Count",
      count: work.progress,
      where: job.source,
      what: ["Not known here"],
      body: [
        field("What it says", { name: "text", value: draft.text, oninput: (event) => (draft.text = event.target.value.trim()) }),
        field("How many", { name: "quantity", inputmode: "decimal", value: draft.quantity, oninput: (event) => (draft.quantity = event.target.value.trim()) }),
        field("What it looks like", { name: "note", value: draft.note, oninput: (event) => (draft.note = event.target.value.trim()) }),
      ],
      primary: {
        label: "Note it",
        run: async () => {
          if (!draft.text || (draft.quantity !== "" && !(Number(draft.quantity) >= 0))) {
            await bad("What does it say, and how many are there?", ["Enter what is on it."]);
            return;
          }
          draft.seen = Date.now();
          unknown.push(draft);
          told = null;
          good("Noted for your supervisor");
          goods();
        },
      },
      back: goods,
    });
  }

  async function forget(each) {
    if (await choose(each.text, [{ label: "Take it off the list", value: "remove" }])) {
      unknown.splice(unknown.indexOf(each), 1);
      told = null;
      goods();
    }
  }

  /** Goods known to this place by name, for a label that cannot be read; never how many. */
  async function chooseGoods() {
    let rows;
    try {
      rows = await get(`/cycle-counts/${encodeURIComponent(job.document)}/goods`);
    } catch (refusal) {
      await refused(refusal);
      return;
    }
    if (!here()) return;
    const named = new Map(rows.map((row) => [[row.item, row.lot, row.serial].join(" "), row]));
    if (!named.size) {
      await bad("No goods are known here.", ["Type the item's number on the scan line."]);
      return;
    }
    offer(
      "Which goods?",
      [...named.values()].map((row) => ({
        label: row.item_name,
        note: [row.item, lotLine(row.lot), row.serial].filter(Boolean).join(", "),
        run: () => begin({ item: row.item, lot: row.lot ?? "", serial: row.serial ?? "" }),
      })),
    );
  }

  async function begin({ item: number, lot, serial }) {
    let thing;
    try {
      thing = await item(number);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      await refused(refusal);
      return;
    }
    if (!here()) return;
    const fresh = {
      thing,
      lot: byLot(thing) ? lot : "",
      serial: bySerial(thing) ? serial : "",
      status: "available",
      quantity: serial ? "1" : "",
    };
    const known = lines.find((line) => alike(line, fresh));
    if (known && !known.serial) change(known);
    else enter(fresh);
  }

  const alike = (one, other) =>
    one.thing.number === other.thing.number && one.lot === other.lot && one.serial === other.serial;

  const byLot = (thing) => ["lot", "both"].includes(thing.tracking);
  const bySerial = (thing) => ["serial", "both"].includes(thing.tracking);

  async function change(line) {
    const known = lines.filter((each) => alike(each, line)).map(({ status }) => status);
    const others = line.serial ? [] : Object.keys(STATUSES).filter((status) => !known.includes(status));
    const ways = [
      { label: "Change the quantity", value: "change" },
      others.length > 0 && { label: "The same in another condition", value: "other" },
      { label: "Take it off the list", value: "remove" },
    ];
    const what = await choose(`${line.thing.name}: ${STATUSES[line.status]}`, ways.filter(Boolean));
    if (what === "change") enter(line);
    if (what === "other") {
      const status = await condition(others);
      if (status) enter({ ...line, status, quantity: "" });
    }
    if (what === "remove") {
      lines.splice(lines.indexOf(line), 1);
      told = null;
      goods();
    }
  }

  const condition = (statuses) =>
    choose(
      "In which condition?",
      statuses.map((value) => ({ value, label: STATUSES[value] })),
    );

  /** How many of these, of which lot, in which condition; the line stays as it is until the draft is noted. */
  function enter(line, draft = { ...line }) {
    const { thing } = line;
    const lot =
      byLot(thing) &&
      field("Lot", { name: "lot", value: draft.lot, oninput: (event) => (draft.lot = event.target.value.trim()) });
    const serial =
      bySerial(thing) &&
      field("Serial number", {
        name: "serial",
        value: draft.serial,
        oninput: (event) => (draft.serial = event.target.value.trim()),
      });
    const keep = async () => {
      if ((byLot(thing) && !draft.lot) || (bySerial(thing) && !draft.serial)) {
        await bad(byLot(thing) && !draft.lot ? "Which lot is it?" : "Which serial number is it?", [
          "It is on the label.",
        ]);
        return;
      }
      if (draft.quantity === "" || !(Number(draft.quantity) >= 0)) {
        await bad("How many are there?", ["Enter what you counted."]);
        return;
      }
      if (lines.some((each) => each !== line && alike(each, draft) && each.status === draft.status)) {
        await bad("These are on the list already.", ["Change them there."]);
        return;
      }
      const at = lines.indexOf(line);
      draft.seen = Date.now();
      told = null;
      if (at >= 0) lines[at] = draft;
      else lines.push(draft);
      good(`${quantity(draft.quantity, thing.unit)} ${thing.name}`);
      goods();
    };
    page({
      verb: "Count",
      count: work.progress,
      where: job.source,
      what: [
        thing.name,
        [thing.number, thing.colour, thing.size].filter(Boolean).join(", "),
        draft.status !== "available" && STATUSES[draft.status],
      ],
      body: [
        lot,
        serial,
        stepper({
          amount: draft.quantity,
          unit: thing.unit,
          label: "Counted",
          onChange: (value) => (draft.quantity = value),
        }),
      ],
      primary: { label: "Note it", run: keep },
      ways: [
        {
          label: "Condition",
          run: async () => {
            draft.status = (await condition(Object.keys(STATUSES))) ?? draft.status;
            enter(line, draft);
          },
        },
      ],
      back: goods,
    });
    (lot && !draft.lot ? lot : serial && !draft.serial ? serial : document.querySelector(".amount-box"))
      .querySelector("input")
      .focus();
  }

  async function empty() {
    const sure = await choose(`Nothing at all stands in ${job.source}?`, [{ label: "Yes, it is empty", value: "yes" }]);
    if (sure) await confirm();
  }

  async function confirm() {
    session.place = job.source;
    told ??= Date.now(); // the same command again says the same
    await work.confirm(
      {
        lines: lines.map(({ thing, lot, serial, status, quantity: amount, seen }) => ({
          item: thing.number,
          ...(lot && { lot }),
          ...(serial && { serial }),
          status,
          quantity: amount,
          seconds_ago: Math.max(0, Math.round((told - seen) / 1000)),
        })),
        ...(unknown.length && {
          unknown: unknown.map(({ text, quantity: amount, note, seen }) => ({
            text,
            seconds_ago: Math.max(0, Math.round((told - seen) / 1000)),
            ...(amount && { quantity: amount }),
            ...(note && { note }),
          })),
        }),
      },
      `${job.source} is counted`,
    );
  }

  start();
}
