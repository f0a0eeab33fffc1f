// Goods that are looked at before they may be used: what was found, unit by unit of the sample.

import { Command, get, item, path } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { named } from "../goods.js";
import { badge, busy, choice, field, page, waiting } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { lotLine, say } from "../words.js";
import { begin } from "./begin.js";
import { meaningOf, notThat } from "./scanning.js";

export async function inspections(_, here) {
  const warehouse = session.warehouse.code;
  const answer = await begin("Inspect", () => get("/inspections", { warehouse, state: "open", page_size: 50 }), here);
  if (!answer) return;
  const rows = answer.results;
  page({
    verb: "Inspect",
    body: [
      el("p", { class: "note" }, say(rows.length ? "Scan the inspection sheet or the goods, or choose." : "Nothing waits to be inspected.")),
      el(
        "div",
        { class: "options" },
        rows.map((each) =>
          choice(
            {
              label: each.number,
              note: [each.item, lotLine(each.lot), each.location && say("at {place}", { place: each.location })].filter(Boolean).join(", "),
              figure: say("sample {n}", { n: each.sample_size }),
            },
            () => go("inspection", { number: each.number }),
          ),
        ),
      ),
    ],
    scan: rows.length
      ? {
          label: "Scan the sheet or the goods",
          onScan: async (text) => {
            const answer = await meaningOf(text);
            if (!answer || !here()) return;
            const paper = answer.candidates.find((each) => each.kind === "inspection");
            const numbers = answer.candidates.flatMap((each) => [each.number, each.detail.item]);
            const fitting = rows.filter((each) => numbers.includes(each.lot) || (!each.lot && numbers.includes(each.item)));
            const number = paper?.number ?? fitting[0]?.number;
            if (number) await go("inspection", { number });
            else await notThat(answer, "It does not wait to be inspected.");
          },
        }
      : null,
  });
}

export async function inspection({ number }, here) {
  waiting("Inspect");
  let paper;
  let thing;
  try {
    paper = await get(path("inspections", number));
    thing = await item(paper.item);
  } catch (refusal) {
    if (here()) go("inspections");
    await refused(refusal);
    return;
  }
  const needed = Math.max(1, paper.sample_size ?? 1);
  const left = (each) => Math.max(0, needed - each.results.length);

  function draw() {
    const { findings } = paper;
    const open = paper.state === "open";
    page({
      verb: "Inspect",
      count: number,
      where: paper.location ?? "",
      what: [named(thing), [paper.item, lotLine(paper.lot)].filter(Boolean).join(", ")],
      howMany: { amount: say("{n} of {all}", { n: findings.recorded, all: findings.needed }), note: say("results are taken down") },
      body: [
        badge(findings.verdict),
        el(
          "div",
          { class: "options" },
          paper.characteristics.map((each) =>
            choice(
              {
                label: each.name,
                note: [limits(each), each.instruction].filter(Boolean).join(", "),
                figure: say("{n} of {all}", { n: each.results.length, all: needed }),
                state: left(each) ? null : "done",
              },
              open ? () => record(each) : null,
            ),
          ),
        ),
        findings.verdict !== "pending" && el("p", { class: "note" }, say("Quality decides at the desk what becomes of it.")),
      ],
      primary: open && paper.characteristics.some(left) ? { label: "Next result", run: () => record(paper.characteristics.find(left)) } : null,
      back: () => go("inspections"),
    });
  }

  const limits = (each) =>
    each.kind === "pass_fail"
      ? say("passes or fails")
      : [each.lower !== null && say("from {n}", { n: Number(each.lower) }), each.upper !== null && say("to {n}", { n: Number(each.upper) }), each.unit]
          .filter(Boolean)
          .join(" ");

  /** What was found of a characteristic at the next unit of the sample. */
  function record(each) {
    const taken = new Set(each.results.map((result) => result.sample));
    let sample = 1;
    while (taken.has(sample)) sample += 1;
    const measured = each.kind !== "pass_fail";
    const value = measured && field(each.unit ? say("Value in {unit}", each) : "Value", { name: "value", inputmode: "decimal" });
    const command = new Command();
    const send = async (results) => {
      try {
        paper = await busy(() => command.send(path("inspections", number, "results"), { results }));
      } catch (refusal) {
        await refused(refusal);
        return;
      }
      good(say("Unit {n}: taken down", { n: sample }));
      if (!here()) return;
      const now = paper.characteristics.find((other) => other.line === each.line);
      if (left(now)) record(now);
      else draw();
    };
    const one = (found) => send([{ characteristic: each.line, sample, ...found }]);
    const measure = async () => {
      const read = value.querySelector("input").value.trim().replace(",", ".");
      if (read === "" || !Number.isFinite(Number(read))) await bad("What was measured?", ["Enter a number."]);
      else await one({ value: read });
    };
    page({
      verb: each.name,
      count: say("unit {n} of {all}", { n: sample, all: needed }),
      what: [named(thing), lotLine(paper.lot), limits(each), each.instruction],
      body: [each.is_critical && el("p", { class: "warning" }, say("One such defect rejects the lot.")), value],
      primary: measured ? { label: "Note it", run: measure } : { label: "It passes", run: () => one({ passed: true }) },
      ways: measured
        ? []
        : [
            { label: "It fails", run: () => one({ passed: false }) },
            left(each) > 1 && {
              label: "All others pass",
              run: () => send([{ characteristic: each.line, sample, through: needed, passed: true }]),
            },
          ].filter(Boolean),
      back: draw,
    });
    if (value) {
      const input = value.querySelector("input");
      input.addEventListener("keydown", (event) => event.key === "Enter" && measure());
      input.focus();
    }
  }

  if (here()) draw();
}
