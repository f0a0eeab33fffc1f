// What the worker may begin.

import { button, el } from "../dom.js";
import { choice, page } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { KINDS, verb } from "../words.js";
import { alongNote, alongWay } from "./along.js";
import { signOff } from "./signon.js";
import { undoWays } from "./undo.js";

const CHOSEN = "stillage.kinds";

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
      label,
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
      alongNote() && el("p", { class: "note" }, alongNote()),
      el("div", { class: "options" }, [
        choice({ label: "Receive", note: "A truck at the dock" }, () => go("receive")),
        choice({ label: "Pack", note: "Picked goods into cartons" }, () => go("pack")),
        choice({ label: "Look up", note: "Scan anything and see what is known" }, () => go("lookUp")),
      ]),
      el("fieldset", { class: "chips" }, [
        el("legend", {}, "Tasks to do"),
        chip("All", kinds.length === 0, []),
        [...KINDS.keys()].map((kind) =>
          chip(
            verb(kind),
            kinds.includes(kind),
            kinds.includes(kind) ? kinds.filter((each) => each !== kind) : [...kinds, kind],
          ),
        ),
      ]),
    ],
    scan: { label: "Scan anything", onScan: (text) => go("lookUp", { text }) },
    primary: { label: "Next task", run: () => go("task", { kinds }) },
    ways: [alongWay(kinds), ...undoWays(), { label: "Sign off", run: signOff }].filter(Boolean),
  });
}
