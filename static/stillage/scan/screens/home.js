// What the worker may begin; before all else how quick they are today.

import { button, el } from "../dom.js";
import { choice, page } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { KINDS, say, verb } from "../words.js";
import { alongNote, alongWay } from "./along.js";
import { ownPace } from "./pace.js";
import { signOff } from "./signon.js";
import { undoWays } from "./undo.js";

const CHOSEN = "stillage.kinds";

const WORK = [
  { label: "Receive", note: "A truck at the dock", screen: "receive" },
  { label: "Pick rounds", note: "A cart with totes", screen: "rounds" },
  { label: "Pack", note: "Picked goods into cartons", screen: "pack" },
  { label: "Load", note: "A truck at the door", screen: "loads" },
  { label: "Transfers in", note: "From our other sites", screen: "arrivals" },
  { label: "Pallets", note: "Cartons onto a pallet", screen: "pallets" },
  { label: "Put back", note: "Picked, and not wanted any more", screen: "putBacks" },
  { label: "Returns", note: "What customers send back", screen: "returns" },
  { label: "Inspect", note: "Goods to be looked at", screen: "inspections" },
  { label: "Bench", note: "Goods made, taken apart, made good", screen: "assembly" },
  { label: "Safety checks", note: "Trucks, exits, extinguishers", screen: "checks" },
  { label: "Genuine?", note: "One unit by its serial number", screen: "genuine" },
  { label: "Report", note: "A near miss, damage, an injury", screen: "report" },
  { label: "Look up", note: "Scan anything and see what is known", screen: "lookUp" },
];

/** Which kinds of task this device is used for; none chosen means all. */
function chosen() {
  return (localStorage.getItem(CHOSEN) ?? "").split(",").filter((kind) => KINDS.has(kind));
}

export function home() {
  if (!session.signedOn) {
    go("signOn");
    return;
  }
  const kinds = chosen();
  const chip = (label, on, after) =>
    button(
      say(label),
      () => {
        localStorage.setItem(CHOSEN, after.join(","));
        home();
      },
      { class: "chip", "aria-pressed": String(on) },
    );
  const { worker, warehouse } = session;
  page({
    verb: "Stillage",
    back: null,
    body: [
      el("p", { class: "note" }, [
        worker.name || worker.username,
        " at ",
        warehouse.name,
        worker.device && `, ${worker.device}`,
      ]),
      ownPace(),
      alongNote() && el("p", { class: "note" }, alongNote()),
      el("fieldset", { class: "chips" }, [
        el("legend", {}, say("Tasks to do")),
        chip("All", kinds.length === 0, []),
        [...KINDS.keys()].map((kind) =>
          chip(
            verb(kind),
            kinds.includes(kind),
            kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind],
          ),
        ),
      ]),
      el(
        "div",
        { class: "options tiles" },
        WORK.map(({ label, note, screen }) => choice({ label, note }, () => go(screen))),
      ),
    ],
    scan: { label: "Scan anything", onScan: (text) => go("lookUp", { text }) },
    primary: { label: "Next task", run: () => go("task", { kinds }) },
    ways: [alongWay(kinds), ...undoWays(), { label: "Sign off", run: signOff }].filter(Boolean),
  });
}
