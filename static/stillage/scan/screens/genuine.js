// Genuine?: one unit by its code, answered from the ledger; who asked where is kept.

import { Command } from "../api.js";
import { el } from "../dom.js";
import { good, refused } from "../flash.js";
import { badge, page } from "../page.js";
import { session } from "../session.js";
import { say } from "../words.js";

const DOUBTFUL = ["unknown", "duplicate", "recalled", "suspect"];

/** With a `code` it is asked at once. */
export async function genuine({ code = "" }, here) {
  const asking = new Command();
  if (code) await ask(code);
  else show();

  async function ask(text) {
    const told = { code: text, place: session.warehouse.code, is_outside: false };
    let answer;
    try {
      answer = await asking.send("/authenticity-checks", told);
    } catch (refusal) {
      if (here()) await refused(refusal);
      return;
    }
    if (!here()) return;
    good(answer.verdict);
    show(answer);
  }

  function show(answer = null) {
    page({
      verb: "Genuine?",
      what: answer ? [answer.item ?? answer.code, answer.serial, answer.because] : [],
      body: [
        answer
          ? badge(answer.verdict)
          : el("p", { class: "note" }, "The serial number of one unit, or the code on it: scan or type it."),
        answer && DOUBTFUL.includes(answer.verdict) && el("p", {}, say("Set it aside and tell quality.")),
        answer && el("p", { class: "note" }, answer.number),
      ],
      scan: { label: "Scan a unit", onScan: ask },
    });
  }
}
