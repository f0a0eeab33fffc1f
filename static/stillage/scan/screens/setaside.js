// Goods that nobody can name: how many pieces, what they look like, where they are put.

import { Command } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, field, page, stepper } from "../page.js";

export function setAside({ receipt, code, back }, here) {
  const draft = { code, pieces: "1", description: "", location: "" };
  const command = new Command();

  function draw() {
    page({
      verb: "Set aside",
      count: receipt.number,
      what: [draft.code || "No code on it"],
      body: [
        el("div", { class: "fields" }, [
          field("Code on it", {
            value: draft.code,
            autocapitalize: "characters",
            oninput: (event) => (draft.code = event.target.value.trim()),
          }),
          field("What it looks like", {
            value: draft.description,
            oninput: (event) => (draft.description = event.target.value),
          }),
        ]),
        stepper({ amount: draft.pieces, unit: "pcs", onChange: (value) => (draft.pieces = value) }),
      ],
      scan: { label: "Scan where you put it", onScan: (text) => send(text.trim()) },
      primary: { label: `Leave it at ${receipt.dock}`, run: () => send("") },
      back,
    });
  }

  async function send(location) {
    if (!draft.code && !draft.description) {
      await bad("What is it?", ["Write the code on it, or what it looks like."]);
      return;
    }
    const body = { ...draft, code: draft.code || "no code", receipt: receipt.number, location };
    try {
      const parked = await busy(() => command.send("/parked-goods", body));
      good(`${parked.number}: set aside at ${parked.location}`);
    } catch (refusal) {
      await refused(refusal);
      return;
    }
    if (here()) back();
  }

  draw();
}
