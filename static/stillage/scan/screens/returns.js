// What customers send back: taken in at the dock, then looked at, and it is said what becomes of it.

import { Command, get, item, path } from "../api.js";
import { el } from "../dom.js";
import { good, refused } from "../flash.js";
import { named } from "../goods.js";
import { busy, choice, choose, chooseText, page, stepper, waiting } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { lotLine, quantity, say } from "../words.js";
import { begin } from "./begin.js";
import { goodsIn, isOf, meaningOf, notThat, placeOf } from "./scanning.js";

const STATES = ["received", "announced"];
const DISPOSITIONS = [
  { value: "restock", label: "Good: back into stock" },
  { value: "damaged", label: "Damaged: kept apart" },
  { value: "quarantine", label: "Doubtful: quarantine" },
  { value: "refurbish", label: "To be refurbished" },
  { value: "supplier", label: "Back to its supplier" },
  { value: "scrap", label: "Scrap" },
];
const GRADES = [
  { value: "A", label: "A: as new" },
  { value: "B", label: "B: opened, complete" },
  { value: "C", label: "C: used or worn" },
  { value: "D", label: "D: defective" },
];
const FOR_USE = ["restock", "refurbish"];
const NOT_AS_NEW = ["C", "D"];
const BROKEN = ["It is broken", "It is soiled", "Parts are missing", "It is past its date"];
const NOT_OURS = ["It is damaged", "It is not what was announced", "It is not ours"];
const EVIDENCE = ["Logger read: temperature kept", "Came in a closed cold box", "Was never taken out of the cold"];

export async function returns(_, here) {
  const warehouse = session.warehouse.code;
  const answers = await begin("Returns", () => Promise.all(STATES.map((state) => get("/customer-returns", { warehouse, state, page_size: 50 }))), here);
  if (!answers) return;
  const all = answers.flatMap((each) => each.results);
  /** The open return that a carton or a serial number is expected by, the oldest first. */
  async function expecting(answer) {
    const serial = goodsIn(answer)?.serial;
    const asked = answer.parsed.sscc ? { sscc: answer.parsed.sscc } : serial ? { serial } : null;
    if (!asked) return "";
    const rows = (await get("/customer-returns", { ...asked, warehouse, page_size: 50 })).results;
    return rows.filter((each) => STATES.includes(each.state)).at(-1)?.number ?? "";
  }

  page({
    verb: "Returns",
    body: [
      el("p", { class: "note" }, say(all.length ? "Scan the slip, the carton or the goods, or choose." : "No return is expected or waits here.")),
      el(
        "div",
        { class: "options" },
        all.map((each) =>
          choice(
            { label: each.number, note: [each.customer, each.order, each.reason].filter(Boolean).join(", "), state: each.state },
            () => go("customerReturn", { number: each.number }),
          ),
        ),
      ),
    ],
    scan: {
      label: "Scan the slip, the carton or the goods",
      onScan: async (text) => {
        const answer = await meaningOf(text);
        if (!answer || !here()) return;
        const found = answer.candidates.find((each) => each.kind === "customer_return");
        const number = found ? found.number : await expecting(answer);
        if (number) await go("customerReturn", { number });
        else await notThat(answer, "No return expects it. Scan a return slip.");
      },
    },
  });
}

export async function customerReturn({ number }, here) {
  waiting("Returns");
  let paper;
  let things;
  const read = async () => {
    paper = await get(path("customer-returns", number));
    things = new Map(await Promise.all(paper.lines.map(async (line) => [line.item, await item(line.item)])));
  };
  try {
    await read();
  } catch (refusal) {
    if (here()) go("returns");
    await refused(refusal);
    return;
  }
  const toCome = (line) => Math.max(0, Number(line.announced) - Number(line.received) - Number(line.refused));
  const toInspect = (line) => Math.max(0, Number(line.received) - Number(line.inspected));

  function draw() {
    const coming = paper.lines.filter((line) => toCome(line) > 0);
    const looking = paper.lines.filter((line) => toInspect(line) > 0);
    const over = ["closed", "cancelled"].includes(paper.state);
    page({
      verb: "Return",
      count: number,
      what: [looking.length ? say("Look at the goods") : coming.length ? say("Take the goods in") : say("All is decided"), paper.reason, paper.note],
      body: el("div", { class: "options" }, [
        looking.map((line) => row(line, say("{n} to be looked at", { n: amount(line, toInspect(line)) }), () => look(line))),
        coming.map((line) => row(line, say("{n} to come", { n: amount(line, toCome(line)) }), () => arrive([line]))),
        paper.lines
          .filter((line) => !looking.includes(line) && !coming.includes(line))
          .map((line) => row(line, amount(line, line.received), null, "done")),
      ]),
      scan: over ? null : { label: "Scan the goods", onScan: scanned },
      primary: coming.length ? { label: "All of it is here", run: () => arrive(coming) } : null,
      back: () => go("returns"),
    });
  }

  const amount = (line, figure) => quantity(String(figure), things.get(line.item).unit);

  const row = (line, figure, run, state = null) =>
    choice({ label: things.get(line.item).name, note: [line.item, lotLine(line.lot), line.serial].filter(Boolean).join(", "), figure, state }, run);

  async function scanned(text) {
    const answer = await meaningOf(text);
    if (!answer || !here()) return;
    const sscc = answer.parsed.sscc;
    const inIt = sscc ? paper.lines.filter((line) => line.sscc === sscc && toCome(line) > 0) : [];
    if (inIt.length) {
      arrive(inIt);
      return;
    }
    const found = goodsIn(answer);
    const open = found && paper.lines.find((line) => isOf(found, line) && (toInspect(line) > 0 || toCome(line) > 0));
    if (!open) await notThat(answer, say("It does not belong to {number}.", { number }));
    else if (toInspect(open) > 0) look(open);
    else arrive([open]);
  }

  async function act(command, verb, body, done) {
    try {
      await busy(async () => {
        await command.send(path("customer-returns", number, verb), body);
        await read();
      });
    } catch (refusal) {
      await refused(refusal);
      return;
    }
    good(done);
    if (here()) draw();
  }

  /** So much of each line stands at a place that is scanned. */
  function arrive(lines) {
    const amounts = new Map(lines.map((line) => [line.line, String(toCome(line))]));
    const command = new Command();
    page({
      verb: "Take in",
      count: number,
      what: lines.length === 1 ? [named(things.get(lines[0].item)), lotLine(lines[0].lot)] : [say("All of it is here")],
      body:
        lines.length === 1
          ? stepper({
              amount: amounts.get(lines[0].line),
              unit: things.get(lines[0].item).unit,
              most: amounts.get(lines[0].line),
              onChange: (value) => amounts.set(lines[0].line, value),
            })
          : el("div", { class: "options" }, lines.map((line) => row(line, amount(line, toCome(line)), null))),
      scan: {
        label: "Scan where it stands",
        onScan: async (text) => {
          const found = await placeOf(text, { warehouse: paper.warehouse }, "");
          if (!found || !here()) return;
          const body = { location: found.number, lines: [...amounts].map(([line, figure]) => ({ line, quantity: figure })) };
          await act(command, "receive", body, say("It is here, at {place}", { place: found.number }));
        },
      },
      ways: lines.length === 1 ? [{ label: "Refuse it", run: refuse }] : [],
      back: draw,
    });

    async function refuse() {
      const reason = await chooseText("Why is it refused?", NOT_OURS);
      if (!reason || !here()) return;
      const [{ line, item: what }] = lines;
      const figure = amounts.get(line);
      await act(command, "refuse", { line, quantity: figure, reason }, say("{n} refused", { n: quantity(figure, things.get(what).unit) }));
    }
  }

  /** What becomes of so much of a line. */
  function look(line) {
    const thing = things.get(line.item);
    const command = new Command();
    let figure = String(toInspect(line));
    page({
      verb: "Look at it",
      count: number,
      what: [named(thing), [line.item, lotLine(line.lot), line.serial].filter(Boolean).join(", "), paper.reason],
      howMany: { amount: amount(line, toInspect(line)), note: say("to be looked at") },
      body: stepper({ amount: figure, unit: thing.unit, most: figure, onChange: (value) => (figure = value) }),
      primary: { label: "What becomes of it?", run: decide },
      back: draw,
    });

    async function decide() {
      const grade = await choose("How good is it?", GRADES);
      if (!grade || !here()) return;
      const fitting = DISPOSITIONS.filter(({ value }) => value !== "restock" || !NOT_AS_NEW.includes(grade));
      const disposition = await choose("What becomes of it?", fitting);
      if (!disposition || !here()) return;
      const body = { line: line.line, quantity: figure, disposition, grade };
      if (FOR_USE.includes(disposition) && thing.storage_condition) {
        const evidence = await chooseText("What shows that it kept its temperature?", EVIDENCE);
        if (!evidence || !here()) return;
        body.evidence = evidence;
      }
      if (disposition === "scrap") {
        const note = await chooseText("Why is it scrapped?", BROKEN);
        if (!note || !here()) return;
        body.note = note;
      }
      const { label } = DISPOSITIONS.find((each) => each.value === disposition);
      await act(command, "inspect", body, `${quantity(figure, thing.unit)}: ${say(label)}`);
    }
  }

  if (here()) draw();
}
