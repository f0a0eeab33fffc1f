// One line of a receipt: so many came in, as the item needs it with lot, expiry and serial numbers.

import { Command, item, path, post } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, choice, choose, field, page, stepper } from "../page.js";
import { go } from "../router.js";
import { lotLine, packs, quantity } from "../words.js";
import { chooseReason } from "./reasons.js";
import { goodsIn, notThat } from "./scanning.js";

const CONDITIONS = [
  { value: "available", label: "Good" },
  { value: "damaged", label: "Damaged" },
  { value: "inspection", label: "To be inspected" },
];

/**
 * What is sent for a line, kept until it is answered: after a lost answer, the way back and the same again it happens
 * once. Once more has come in of the line, what is entered next is something new.
 */
const commands = new Map();

/** What came in of a line: how many, and as the item needs it the lot, its expiry, the serial numbers. */
export async function receiveLine({ line, found, receipt, back, done }, here) {
  let thing;
  try {
    thing = await item(line.item);
  } catch (refusal) {
    await refused(refusal);
    return;
  }
  if (!here()) return;
  const goods = `${receipt.number} ${line.order} ${line.line ?? line.item}`;
  const sending = `${goods} ${line.received}`;
  // What was sent when less had come in has arrived, or is of no use any more.
  for (const key of commands.keys()) if (key.startsWith(`${goods} `) && key !== sending) commands.delete(key);
  if (!commands.has(sending)) commands.set(sending, new Command());
  const byLot = ["lot", "both"].includes(thing.tracking);
  const bySerial = ["serial", "both"].includes(thing.tracking);
  const draft = {
    quantity: bySerial ? "" : line.open || "1",
    lot: found.lot ?? "",
    expiresOn: found.expiresOn ?? "",
    madeOn: found.producedOn ?? "",
    serials: found.serial ? [found.serial] : [],
    status: "available",
    unlabelled: false,
    because: "",
  };

  function form() {
    const amount = bySerial ? String(draft.serials.length) : draft.quantity;
    page({
      verb: "Receive",
      count: line.line === null ? "not ordered" : `line ${line.line}`,
      what: [
        thing.name,
        [thing.number, thing.colour, thing.size].filter(Boolean).join(", "),
        draft.because
          ? `Goes back: ${draft.because}`
          : draft.status !== "available" && CONDITIONS.find(({ value }) => value === draft.status).label,
        draft.unlabelled && "No lot on it: it gets a label",
      ],
      howMany: line.open && {
        amount: quantity(line.open, thing.unit),
        note: ["open", packs(line.open, thing)].filter(Boolean).join(", "),
      },
      body: [
        byLot &&
          el("div", { class: "fields" }, [
            !draft.unlabelled && field("Lot", {
              name: "lot",
              value: draft.lot,
              autocapitalize: "characters",
              oninput: (event) => (draft.lot = event.target.value.trim()),
            }),
            (thing.expires || draft.expiresOn) &&
              field("Expires on", {
                name: "expires",
                type: "date",
                value: draft.expiresOn,
                oninput: (event) => (draft.expiresOn = event.target.value),
              }),
          ]),
        bySerial
          ? el(
              "div",
              { class: "options" },
              draft.serials.map((serial) => choice({ label: serial, note: "Tap to take it off" }, () => drop(serial))),
            )
          : stepper({ amount, unit: thing.unit, onChange: (value) => (draft.quantity = value) }),
      ],
      scan: { label: bySerial ? "Scan each serial number" : "Scan the label for lot and expiry", onScan: label },
      primary: {
        label: draft.because ? "Send it back" : bySerial ? `Take in ${quantity(amount, thing.unit)}` : "Take it in",
        run: send,
      },
      ways: [{ label: "Condition", run: condition }],
      problems: [
        draft.because
          ? { label: "It stays after all", run: stay }
          : { label: "It goes back with the truck", note: "Counted, and not taken in", run: goBack },
        byLot && !draft.unlabelled && { label: "No lot on it", note: "It gets a number and a label", run: noLabel },
      ].filter(Boolean),
      back,
    });
  }

  function drop(serial) {
    draft.serials = draft.serials.filter((each) => each !== serial);
    form();
  }

  async function condition() {
    draft.status = (await choose("In which condition?", CONDITIONS)) ?? draft.status;
    form();
  }

  async function goBack() {
    draft.because = (await chooseReason("reject", "Why does it go back?")) ?? "";
    form();
  }

  function stay() {
    draft.because = "";
    form();
  }

  function noLabel() {
    draft.unlabelled = true;
    draft.lot = "";
    form();
  }

  /** A label tells lot and expiry, or a serial number; a serial that nobody knows yet is new, as it should be. */
  async function label(text) {
    const answer = await meaningOfLabel(text);
    if (!answer || !here()) return;
    const read = goodsIn({ parsed: answer.parsed, candidates: answer.candidates }) ?? {};
    if (read.item && read.item !== line.item) {
      await notThat(answer, `Expected ${thing.name} (${line.item}).`);
      return;
    }
    if (byLot && (answer.parsed.lot || read.lot)) draft.lot = answer.parsed.lot || read.lot;
    if (byLot && (answer.parsed.expires_on || read.expiresOn))
      draft.expiresOn = answer.parsed.expires_on || read.expiresOn;
    if (byLot && (answer.parsed.produced_on || read.producedOn))
      draft.madeOn = answer.parsed.produced_on || read.producedOn;
    if (bySerial) {
      const serial = answer.parsed.serial || read.serial || (read.item ? "" : answer.parsed.text);
      if (serial && draft.serials.includes(serial)) {
        await bad(`${serial} is on the list already.`, ["Scan the next one."]);
        return;
      }
      if (serial) draft.serials.push(serial);
    }
    good([thing.name, lotLine(draft.lot, draft.expiresOn)].filter(Boolean).join(", "));
    form();
  }

  async function send() {
    const body = {
      ...(line.line === null ? { item: line.item } : { line: line.line, order: line.order }),
      quantity: bySerial ? String(draft.serials.length) : draft.quantity,
      status: draft.status,
    };
    if (draft.because) Object.assign(body, { rejected: body.quantity, rejected_because: draft.because });
    if (byLot)
      Object.assign(body, {
        lot: draft.lot,
        unlabelled: draft.unlabelled,
        ...(draft.expiresOn && { expires_on: draft.expiresOn }),
        ...(draft.madeOn && { made_on: draft.madeOn }),
      });
    if (bySerial) body.serials = draft.serials;
    try {
      await busy(() => commands.get(sending).send(path("receipts", receipt.number, "lines"), body));
      commands.delete(sending);
    } catch (refusal) {
      await refused(refusal);
      if (refusal.code === "receipt_closed") go("receive");
      return;
    }
    good(`${quantity(body.quantity, thing.unit)} ${thing.name} ${draft.because ? "goes back" : "came in"}`);
    await busy(done);
  }

  form();
}

/** A label of goods that come in: a code that nobody knows yet is no mistake, its parts are read all the same. */
async function meaningOfLabel(text) {
  try {
    return await post("/scan", { code: text });
  } catch (refusal) {
    if (refusal.code === "unknown_code") return { parsed: refusal.facts.parsed, candidates: [] };
    await refused(refusal);
    return null;
  }
}
