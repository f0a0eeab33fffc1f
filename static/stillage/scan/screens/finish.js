// Something came out of the work at a bench: how many of each, as which lot or serial numbers, and when it expires.

import { Command, post } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { choice, field, page, stepper } from "../page.js";
import { day, quantity, say } from "../words.js";
import { goodsIn, notThat } from "./scanning.js";

const SAME_ITEM = ["rework", "repack", "refurbish"];
/** Kinds of work that say how much was worked beside what came out. */
const COUNTED = ["disassemble", "service"];

/** Asks for each line that comes out in turn, then tells all of it at once; `act` sends it and shows the order. */
export function finish(order, { act, back, here }) {
  const command = new Command();
  const left = String(Math.round((Number(order.quantity) - Number(order.made)) * 1e6) / 1e6);
  const counted = COUNTED.includes(order.kind);
  /** By line, so that after a refusal the same line is told anew and not beside what was told before. */
  const outputs = [];
  let worked = left;

  function begin() {
    if (counted) howMany();
    else line(0);
  }

  function howMany() {
    page({
      verb: "Finish",
      count: order.number,
      where: order.bench,
      what: [order.item ?? order.note],
      body: stepper({ amount: worked, unit: "", most: left, onChange: (value) => (worked = value) }),
      primary: { label: order.to_come.length ? "What came of it" : "Finished", run: () => line(0) },
      back,
    });
  }

  /** One line of what comes out: made is all that is left of it, besides comes what there is. */
  function line(index) {
    const row = order.to_come[index];
    if (!row) {
      send();
      return;
    }
    const open = String(Math.max(0, Math.round((Number(row.quantity) - Number(row.done)) * 1e6) / 1e6));
    const keeps = SAME_ITEM.includes(order.kind) && row.item === order.item;
    const mine = { amount: row.role === "output" ? open : "0", lot: "", serials: [], expiresOn: row.would_expire_on ?? "" };
    const onward = () => line(index + 1);
    const last = index === order.to_come.length - 1;

    const oneByOne = row.has_serials && !keeps;
    const amount = () => (oneByOne ? String(mine.serials.length) : mine.amount || "0");
    const label = () => (last ? say("Finish {amount}", { amount: quantity(amount(), row.unit) }) : say("Next"));

    function draw() {
      page({
        verb: "Finish",
        count: order.number,
        where: order.bench,
        what: [row.item_name, [row.item, row.role === "by_product" && say("comes out besides")].filter(Boolean).join(", ")],
        howMany: { amount: quantity(open, row.unit), note: say("still to be made") },
        body: [
          oneByOne
            ? el(
                "div",
                { class: "options" },
                mine.serials.map((serial) => choice({ label: serial, note: "Tap to take it off" }, () => drop(serial))),
              )
            : stepper({ amount: mine.amount, unit: row.unit, most: open, onChange: changed }),
          row.has_lots &&
            el("div", { class: "fields" }, [
              field("Lot", {
                name: "lot",
                value: mine.lot,
                autocapitalize: "characters",
                oninput: (event) => (mine.lot = event.target.value.trim()),
              }),
              row.expires &&
                field("Expires on", {
                  name: "expires",
                  type: "date",
                  value: mine.expiresOn,
                  oninput: (event) => (mine.expiresOn = event.target.value),
                }),
            ]),
          row.expires &&
            row.would_expire_on &&
            el("p", { class: "note" }, say("Its rule says {day}", { day: day(row.would_expire_on) })),
          keeps && el("p", { class: "note" }, say("It keeps its lot and serial number unless another is named.")),
        ],
        scan:
          oneByOne
            ? { label: "Scan each serial number", onScan: serial }
            : row.has_lots
              ? { label: "Scan the lot", onScan: lot }
              : null,
        primary: { label: label(), run: keep },
        ways: row.role === "by_product" || (counted && !last) ? [{ label: "None of it", run: none }] : [],
        back: index || counted ? begin : back,
      });
    }

    function changed(value) {
      mine.amount = value;
      const primary = document.querySelector(".hand .primary");
      if (primary) primary.textContent = label();
    }

    function none() {
      outputs[index] = [];
      onward();
    }

    function drop(gone) {
      mine.serials = mine.serials.filter((each) => each !== gone);
      draw();
    }

    /** A label's own number, or what is typed: what comes out is new, so that nobody need know it. */
    async function read(text) {
      let answer;
      try {
        answer = await post("/scan", { code: text });
      } catch (refusal) {
        if (refusal.code !== "unknown_code") {
          await refused(refusal);
          return null;
        }
        answer = { parsed: refusal.facts.parsed, candidates: [] };
      }
      const { parsed, candidates } = answer;
      const found = goodsIn(answer);
      if (candidates.length && !found) {
        await notThat(answer, say("Expected {what}.", { what: row.item_name }));
        return null;
      }
      if (found && found.item !== row.item) {
        await notThat(answer, say("Expected {what}.", { what: row.item_name }));
        return null;
      }
      const plain = found ? "" : parsed.text;
      return {
        lot: found?.lot || parsed.lot || plain,
        serial: found?.serial || parsed.serial || plain,
        expiresOn: found?.expiresOn || parsed.expires_on || "",
      };
    }

    async function serial(text) {
      const found = await read(text);
      if (!found || !here()) return;
      const number = found.serial;
      if (!number) {
        await bad("Scan each serial number");
        return;
      }
      if (mine.serials.includes(number)) {
        await bad(say("{serial} is in it already.", { serial: number }), ["Each unit has a serial number of its own."]);
        return;
      }
      if (mine.serials.length >= Number(open)) {
        await bad(say("No more than {amount} come out.", { amount: quantity(open, row.unit) }));
        return;
      }
      mine.serials.push(number);
      good(number);
      draw();
    }

    async function lot(text) {
      const found = await read(text);
      if (!found || !here()) return;
      mine.lot = found.lot;
      if (found.expiresOn) mine.expiresOn = found.expiresOn;
      good(say("Lot {lot}", { lot: mine.lot }));
      draw();
    }

    async function keep() {
      const one = { item: row.item };
      if (mine.lot) one.lot = mine.lot;
      if (row.expires && mine.expiresOn && (mine.lot || !keeps)) one.expires_on = mine.expiresOn;
      if (oneByOne) {
        if (!mine.serials.length && row.role === "output" && !counted) {
          await bad("Scan each serial number");
          return;
        }
        outputs[index] = mine.serials.map((each) => ({ ...one, quantity: "1", serial: each }));
      } else outputs[index] = Number(mine.amount) > 0 ? [{ ...one, quantity: mine.amount }] : [];
      onward();
    }

    draw();
  }

  function send() {
    const all = outputs.flat();
    const body = counted ? { quantity: worked, outputs: all } : { outputs: all };
    const own = all.filter((each) => each.item === order.item);
    const said = counted ? worked : own.reduce((sum, each) => sum + Number(each.quantity), 0);
    return act(command, "finish", body, say("{amount} finished", { amount: said }));
  }

  begin();
}
