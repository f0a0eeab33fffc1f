// A handling unit that goes whole, put away or looked for: its label is scanned, then its bin, and it stands there.

import { el } from "../dom.js";
import { bad, good } from "../flash.js";
import { page } from "../page.js";
import { capital, lotLine, quantity, say, verb } from "../words.js";
import { aboutTheBin, asBody, insteadOfFull, whyNot } from "./elsewhere.js";
import { chooseReason } from "./reasons.js";
import { meaningOf, placeOf } from "./scanning.js";

export function carryUnit(work, here) {
  const { job, thing } = work;
  const state = { seen: false };
  const kind = job.unit_kind ?? "unit";
  const looking = job.kind === "locate";

  function draw() {
    page({
      verb: looking ? verb(job.kind) : `${verb(job.kind)} ${kind}`,
      count: work.progress,
      where: whereTo(),
      side: looking ? say("It should stand at {place}", { place: job.source }) : wayOf(),
      what: [
        `${capital(kind)} ${job.unit}`,
        thing ? [thing.name, thing.colour, thing.size].filter(Boolean).join(", ") : "Several items",
        lotLine(job.lot, job.expires_on) && el("p", { class: "lot" }, lotLine(job.lot, job.expires_on)),
      ],
      howMany: { amount: `1 ${kind}`, note: thing ? `of ${quantity(job.quantity, thing.unit)}` : "" },
      scan: state.seen
        ? { label: binLabel(), onScan: bin }
        : { label: `Scan the ${kind}`, onScan: unit },
      ways: work.ways,
      problems: [
        looking && { label: "Not found", note: "The place it should stand at will be counted", run: notFound },
        state.seen && job.target && { label: "Another bin", note: `Not ${job.target}`, run: scanOther },
        ...aboutTheBin(work),
        ...work.problems,
      ].filter(Boolean),
    });
  }

  /** What was seen by a reader is looked for there, else around the place where it should be. */
  function whereTo() {
    if (looking) return job.target || job.source;
    return state.seen ? job.target || "Any bin" : job.source;
  }

  const wayOf = () => (state.seen ? `From ${job.source}` : job.target ? `Into ${job.target}` : "");

  function binLabel() {
    if (looking) return say("Scan the bin it stands in");
    return job.target ? `Scan bin ${job.target}` : "Scan the bin you chose";
  }

  async function notFound() {
    const reason = await chooseReason("short", say("Why not found?"));
    if (reason && here()) await work.confirm({ quantity: "0", short_reason: reason }, say("Not found"), () => []);
  }

  async function unit(text) {
    const answer = await meaningOf(text, job.number);
    if (!answer || !here()) return;
    const found = answer.candidates.find((each) => each.kind === "handling_unit");
    if (found?.number !== job.unit) {
      await bad(`This is ${(found ?? answer.candidates[0]).label}.`, [`Expected ${kind} ${job.unit}.`]);
      return;
    }
    state.seen = true;
    good(`${capital(kind)} ${job.unit}: right one`);
    draw();
  }

  /** The bin; with its scan the unit stands there. */
  async function bin(text) {
    const found = await placeOf(text, job, job.target);
    if (!found || !here()) return;
    if (!looking && job.target && found.number !== job.target) {
      await bad(
        `This is ${found.number}.`,
        [`Expected ${job.target}.`],
        [{ label: `Use ${found.number} instead`, run: () => instead(found.number) }],
      );
      return;
    }
    await confirm(found.number);
  }

  async function instead(number) {
    const reason = await whyNot(job, number);
    if (reason && here()) await confirm(number, reason);
  }

  async function confirm(location, reason) {
    const body = { unit: job.unit, location, ...asBody(reason) };
    await work.confirm(body, `${capital(kind)} ${looking ? "found at" : "put away into"} ${location}`, waysOut);
  }

  function waysOut(refusal) {
    if (!(refusal.recover ?? []).includes("override")) return [];
    return [...insteadOfFull(work, refusal), { label: "Choose another bin", run: scanOther }];
  }

  function scanOther() {
    draw();
    good("Scan the bin you choose");
  }

  draw();
}
