// A task that moves goods, of any kind: from its source, of its goods, into its target or a tote, so many.

import { wayTo } from "../aisle.js";
import { el } from "../dom.js";
import { bad, good } from "../flash.js";
import { named } from "../goods.js";
import { choose, chooseText, page, stepper } from "../page.js";
import { session } from "../session.js";
import { capital, lotLine, packs, quantity, say, verb } from "../words.js";
import { aboutTheBin, asBody, insteadOfFull, whyNot } from "./elsewhere.js";
import { pickExceptions } from "./exceptions.js";
import { chooseReason, WHY_MORE } from "./reasons.js";
import { meaningOf, placeOf } from "./scanning.js";

/** What is scanned before a kind is confirmed; kinds that are not named go from bin to bin. */
const STEPS = { putaway: ["target"], pick: ["source", "goods", "tote"] };
const DEFAULT_STEPS = ["source", "goods", "target"];
const TOTES = ["tote", "staging", "pack"];
/** Kinds whose goods are short for good when less is brought: the worker says why. */
const SAYS_WHY = ["pick", "replenish", "issue", "send_back"];
/** Kinds that go to the bin they were made for and to no other. */
const FIXED = ["replenish", "issue", "send_back"];
const DONE = { pick: "picked", putaway: "put away", issue: "issued", send_back: "sent back" };

export function moveGoods(work, here) {
  const { job, thing, slot } = work; // of a round: the slot of the cart, and the tote that stands in it
  const steps = (STEPS[job.kind] ?? DEFAULT_STEPS).filter((step) => step !== "tote" || (!slot && !session.tote));
  const picks = job.kind === "pick";
  const saysWhy = SAYS_WHY.includes(job.kind);
  const fixed = FIXED.includes(job.kind);
  const state = {
    step: 0,
    amount: job.quantity,
    place: slot ? slot.tote : picks ? session.tote : "",
    lot: "",
    reason: null,
    itemSeen: false,
  };
  const unit = thing.unit;

  function draw() {
    const step = steps[state.step] ?? "amount";
    const from = step === "source" || step === "goods" || (picks && !slot && step !== "tote");
    page({
      verb: verb(job.kind),
      count: work.progress,
      where: from
        ? job.source
        : step === "tote"
          ? say("Tote")
          : slot
            ? say("Slot {slot}", slot)
            : state.place || job.target || say("Any bin"),
      side: from ? goesInto() : slot ? say("Into {tote}", slot) : say("From {code}", { code: job.source }),
      map: step === "source" ? wayTo(job.source, job.warehouse) : step === "target" ? wayTo(job.target, job.warehouse) : null,
      what: [
        named(thing),
        [job.item, thing.colour, thing.size].filter(Boolean).join(", "),
        lotLine(job.lot, job.expires_on) && el("p", { class: "lot" }, lotLine(job.lot, job.expires_on)),
        job.serial && el("p", { class: "lot" }, say("Serial {serial}", job)),
        job.unit && say("On {unit}", job),
      ],
      howMany: step === "amount" ? null : { amount: quantity(job.quantity, unit), note: packs(job.quantity, thing) },
      body: step === "amount" ? amount() : [],
      scan: SCANS[step](),
      primary:
        step === "amount"
          ? { label: action(), run: confirm }
          : step === "goods" && state.itemSeen
            ? { label: say("The label says {lot}", job), run: goodsRight }
            : null,
      ways: work.ways,
      problems: [...problems(step), ...work.problems],
    });
  }

  function goesInto() {
    if (slot) return say("Into {tote}, slot {slot}", slot);
    const target = picks ? session.tote : job.target;
    return target ? say("Into {tote}", { tote: target }) : "";
  }

  const action = () => `${verb(job.kind)} ${quantity(state.amount || "0", unit)}`;

  function amount() {
    const label = () => {
      const primary = document.querySelector(".hand .primary");
      if (primary) primary.textContent = action();
    };
    return [
      stepper({
        amount: state.amount,
        unit,
        most: job.quantity,
        onChange: (value) => {
          state.amount = value;
          label();
        },
      }),
      el("p", { class: "note" }, [
        say("of {amount}", { amount: quantity(job.quantity, unit) }),
        packs(job.quantity, thing) && `, ${packs(job.quantity, thing)}`,
      ]),
    ];
  }

  function next(said) {
    state.step += 1;
    good(said);
    draw();
  }

  const SCANS = {
    source: () => ({ label: say("Scan bin {code}", { code: job.source }), onScan: source }),
    goods: () => ({ label: state.itemSeen ? say("Scan lot {lot}", job) : "Scan the goods", onScan: goods }),
    tote: () => ({ label: "Scan the tote you pick into", onScan: place }),
    target: () => ({ label: job.target ? say("Scan bin {code}", { code: job.target }) : "Scan the bin you chose", onScan: place }),
    amount: () => ({
      label: picks
        ? say("Scan {code} or tap below", { code: state.place || say("a tote") })
        : state.place
          ? say("Scan {code} again or tap below", { code: state.place })
          : SCANS.target().label,
      onScan: place,
    }),
  };

  async function source(text) {
    const found = await placeOf(text, job, job.source);
    if (!found || !here()) return;
    if (found.number === job.source) next(say("{code}: right bin", { code: job.source }));
    else await bad(say("This is {what}.", { what: found.number }), [say("Expected {what}.", { what: job.source })]);
  }

  async function goods(text) {
    const answer = await meaningOf(text, job.number);
    if (!answer || !here()) return;
    const { parsed, candidates } = answer;
    const ours = candidates.filter(
      (each) => (each.kind === "item" && each.number === job.item) || each.detail.item === job.item,
    );
    if (!ours.length) {
      await bad(say("This is {what}.", { what: candidates[0].label }), [
        say("Expected {what}.", { what: `${thing.name} (${job.item})` }),
      ]);
      return;
    }
    if (job.serial && !ours.some((each) => each.kind === "serial" && each.number === job.serial)) {
      await bad("This is another unit.", [`Expected serial ${job.serial}.`, "Scan the serial number."]);
      return;
    }
    const lots = ours.filter((each) => each.kind === "lot").map((each) => each.number);
    const lot = parsed.lot || (lots.includes(job.lot) ? job.lot : (lots[0] ?? ""));
    if (job.lot && lot && lot !== job.lot) {
      await bad(`This is lot ${lot}.`, [`Expected lot ${job.lot}.`, "Take goods of the lot that is asked for."]);
      return;
    }
    if (job.lot && !lot && !job.serial) {
      state.itemSeen = true;
      good(`${thing.name}: right item`);
      draw();
      return;
    }
    state.lot = job.lot ? lot : "";
    goodsRight();
  }

  function goodsRight() {
    next([thing.name, job.lot && `lot ${job.lot}`].filter(Boolean).join(", "));
  }

  /** The place that the goods go to; scanned a second time it confirms. */
  async function place(text) {
    const found = await placeOf(text, job, state.place || (picks ? "" : job.target));
    if (!found || !here()) return;
    if (steps[state.step] === undefined && found.number === state.place) {
      await confirm();
      return;
    }
    if (slot) {
      await bad(say("This is {what}.", { what: found.number }), [
        say("Expected {tote}, in slot {slot}.", slot),
        "Put the goods into that tote.",
      ]);
      return;
    }
    if (picks) {
      if (found.kind && !TOTES.includes(found.kind)) {
        await bad(`${found.number} is nothing to pick into.`, ["Scan a tote."]);
        return;
      }
      session.tote = found.number;
    } else if (job.target && found.number !== job.target) {
      await bad(
        `This is ${found.number}.`,
        [`Expected ${job.target}.`],
        fixed ? [] : [{ label: `Use ${found.number} instead`, run: () => instead(found.number) }],
      );
      return;
    }
    state.place = found.number;
    state.reason = null;
    if (steps[state.step]) next(found.number);
    else {
      good(found.number);
      draw();
    }
  }

  /** Another bin than proposed: it needs a reason, and the warehouse may still refuse it. */
  async function instead(number) {
    const reason = await whyNot(job, number);
    if (!reason || !here()) return;
    state.place = number;
    state.reason = reason;
    state.step = steps.length;
    good(`${number}: ${reason.text}`);
    draw();
  }

  async function confirm() {
    const asked = Number(job.quantity);
    const taken = Number(state.amount);
    if (state.amount === "" || !Number.isFinite(taken) || taken < 0 || (taken === 0 && !saysWhy)) {
      await bad(`“${state.amount}” is no quantity.`, ["Enter how many there are."]);
      return;
    }
    const body = { quantity: state.amount };
    if (taken > 0 && !state.place) {
      await bad(picks ? "Scan the tote first." : `Scan ${job.target ?? "the bin"} first.`);
      return;
    }
    if (saysWhy && taken < asked) {
      body.short_reason = await chooseReason("short", say("Why only {amount}?", { amount: quantity(state.amount, unit) }));
      if (!body.short_reason || !here()) return;
    }
    if (job.kind === "issue" && taken > asked) {
      body.short_reason = await chooseText(say("Why more than asked?"), WHY_MORE);
      if (!body.short_reason || !here()) return;
    }
    if (picks && taken < asked) {
      const left = await choose(say("Is {code} empty now?", { code: job.source }), [
        { label: "Yes, it is empty", value: "yes" },
        { label: "No, something is left", value: "no" },
      ]);
      if (!left || !here()) return;
      body.bin_empty = left === "yes";
    }
    if (state.place && taken > 0) body.location = state.place;
    if (state.lot) body.lot = state.lot;
    Object.assign(body, asBody(state.reason));
    const into = body.location ? ` ${say("into {code}", { code: body.location })}` : "";
    const said = `${quantity(state.amount, unit)} ${say(DONE[job.kind] ?? "moved")}${into}`;
    await work.confirm(body, capital(said), waysOut);
  }

  /** What may be done about a refusal of a bin: another one. */
  function waysOut(refusal) {
    if (fixed || !(refusal.recover ?? []).includes("override")) return [];
    const other = { label: "Choose another bin", run: anotherBin };
    const keep = refusal.code === "wrong_bin" && {
      label: `Use ${refusal.facts.scanned} instead`,
      run: () => instead(refusal.facts.scanned),
    };
    return [keep, ...insteadOfFull(work, refusal), other].filter(Boolean);
  }

  function anotherBin() {
    state.place = "";
    state.reason = null;
    state.step = steps.indexOf("target");
    draw();
  }

  function problems(step) {
    const short = (label, value) => ({
      label,
      run: () => {
        state.amount = value ?? state.amount;
        state.step = steps.length;
        draw();
        if (value === "0") confirm();
        else document.getElementById("amount").focus();
      },
    });
    const seen = !["source", "tote", "target"].includes(step);
    return [
      !picks && !fixed && job.target && { label: "Another bin", note: `Not ${job.target}`, run: scanOther },
      ...(picks ? [] : aboutTheBin(work)),
      seen && short("Less is there"),
      saysWhy && short("Nothing is there", "0"),
      ...(picks ? pickExceptions(work, { tote: state.place, back: draw, here }) : []),
      picks && !slot && session.tote && { label: "Take another tote", note: `Now ${session.tote}`, run: otherTote },
    ].filter(Boolean);
  }

  function scanOther() {
    anotherBin();
    good("Scan the bin you choose");
  }

  function otherTote() {
    session.tote = "";
    state.place = "";
    // What was not scanned yet is scanned first all the same.
    state.step = Math.min(state.step, steps.includes("tote") ? steps.indexOf("tote") : steps.length);
    if (!steps.includes("tote")) steps.push("tote");
    draw();
  }

  draw();
}
