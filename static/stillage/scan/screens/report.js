// What went wrong, or nearly: told in a few words, a near miss without a name if so wished.

import { Command } from "../api.js";
import { button, el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, choice, field, page } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { say } from "../words.js";
import { placeOf } from "./scanning.js";

const KINDS = [
  { kind: "near_miss", label: "Near miss", note: "Nobody was hurt and nothing broke, but it was close" },
  { kind: "damage", label: "Damage", note: "Something broke" },
  { kind: "injury", label: "Injury or illness", note: "Get help first" },
];

export function report(_, here) {
  page({
    verb: "What went wrong?",
    body: el("div", { class: "options" }, KINDS.map((each) => choice(each, () => tell(each)))),
  });

  function tell({ kind, label }) {
    const draft = { warehouse: session.warehouse.code, kind, what_happened: "", person: "", location: "", is_anonymous: false };
    const command = new Command();

    function draw() {
      page({
        verb: label,
        where: draft.location,
        body: [
          kind === "injury" && el("p", { class: "warning" }, say("Safety alone reads who was hurt and how.")),
          el("div", { class: "fields" }, [
            field("What happened", { maxlength: 2000, value: draft.what_happened, oninput: (event) => (draft.what_happened = event.target.value) }),
            kind === "injury" && field("Who was hurt", { maxlength: 120, value: draft.person, oninput: (event) => (draft.person = event.target.value) }),
          ]),
          kind === "near_miss" &&
            button(
              say("Without my name"),
              () => {
                draft.is_anonymous = !draft.is_anonymous;
                draw();
              },
              { class: "chip", "aria-pressed": String(draft.is_anonymous) },
            ),
          draft.is_anonymous && el("p", { class: "note" }, say("Your name is not kept anywhere.")),
        ],
        scan: { label: "Scan where, or leave it out", onScan: scanned },
        primary: { label: "Report it", run: send },
        back: () => go("report"),
      });
    }

    async function scanned(text) {
      const found = await placeOf(text, { warehouse: draft.warehouse }, "");
      if (!found || !here()) return;
      draft.location = found.number;
      draw();
    }

    async function send() {
      if (!draft.what_happened.trim()) {
        await bad("What happened", ["Write a few words."]);
        return;
      }
      const body = Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== ""));
      try {
        const told = await busy(() => command.send("/incidents", body));
        good(say("{number}: reported, thank you", told));
      } catch (refusal) {
        await refused(refusal);
        return;
      }
      if (here()) go("home");
    }

    draw();
  }
}
