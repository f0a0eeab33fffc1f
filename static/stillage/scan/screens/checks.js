// The workplace itself is looked at: what is due here, line by line, and what that means for what failed.

import { Command, get, path } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { badge, busy, choice, choose, field, page } from "../page.js";
import { photoButton } from "../photo.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { day, say } from "../words.js";
import { begin } from "./begin.js";

const MOST = 100;

export async function checks(_, here) {
  const warehouse = session.warehouse.code;
  const answer = await begin("Safety checks", () => get("/workplace-inspections", { warehouse, state: "due", page_size: MOST }), here);
  if (!answer) return;
  const rows = answer.results;
  page({
    verb: "Safety checks",
    body: [
      el("p", { class: "note" }, say(rows.length ? "Scan the number on it, or choose." : "Nothing is due. Scan the number on a thing to look at it all the same.")),
      el(
        "div",
        { class: "options" },
        rows.map((each) =>
          choice(
            {
              label: each.asset_name,
              note: [each.asset, each.checklist_name, each.location].filter(Boolean).join(", "),
              figure: say("due {day}", { day: day(each.due_on) }),
            },
            () => go("check", { number: each.number }),
          ),
        ),
      ),
    ],
    scan: { label: "Scan the number on it", onScan: scanned },
  });

  async function scanned(text) {
    const wanted = text.trim().toUpperCase();
    const due = rows.filter((each) => each.asset.toUpperCase() === wanted);
    if (due.length) {
      const number = due.length === 1 ? due[0].number : await choose("Which checklist?", due.map((each) => ({ label: each.checklist_name, value: each.number })));
      if (number && here()) await go("check", { number });
      return;
    }
    try {
      const number = await anew(wanted);
      if (number && here()) await go("check", { number });
    } catch (refusal) {
      await refused(refusal);
    }
  }

  /** One that is not due: by which of the checklists for such things. */
  async function anew(asset) {
    const thing = await get(path("site-assets", asset));
    const all = (await get("/checklists", { page_size: MOST })).results;
    const fitting = all.filter((each) => each.kind === thing.kind && each.is_active);
    const checklist =
      fitting.length === 1 ? fitting[0].code : await choose("Which checklist?", fitting.map((each) => ({ label: each.name, value: each.code })));
    if (!checklist) return "";
    return (await busy(() => new Command().send("/workplace-inspections", { asset: thing.number, checklist }))).number;
  }
}

export async function check({ number }, here) {
  let paper = await begin("Safety check", () => get(path("workplace-inspections", number)), here, "checks");
  if (!paper) return;
  const answers = new Map();
  const photos = new Map();
  const command = new Command();
  const open = () => paper.lines.filter((line) => !answers.has(line.line));

  function draw() {
    page({
      verb: "Safety check",
      count: number,
      where: paper.location ?? "",
      what: [paper.asset_name, [paper.asset, paper.checklist_name].join(", ")],
      howMany: { amount: say("{n} of {all}", { n: answers.size, all: paper.lines.length }), note: say("lines are answered") },
      body: el(
        "div",
        { class: "options" },
        paper.lines.map((line) => choice({ label: line.text, note: about(line), state: stateOf(line) }, () => ask(line))),
      ),
      primary: open().length ? { label: "Next line", run: () => ask(open()[0]) } : { label: "Record it", run: send },
      back: () => go("checks"),
    });
  }

  const about = (line) => [limits(line), line.is_critical && say("out of service when it fails")].filter(Boolean).join(", ");

  const limits = (line) =>
    [line.lower !== null && say("from {n}", { n: Number(line.lower) }), line.upper !== null && say("to {n}", { n: Number(line.upper) }), line.unit]
      .filter(Boolean)
      .join(" ");

  const stateOf = (line) => {
    const answer = answers.get(line.line);
    if (!answer) return null;
    return answer.passed === false ? "failed" : "done";
  };

  function ask(line) {
    const isRead = line.kind === "reading";
    const value = isRead && field(line.unit ? say("Value in {unit}", line) : "Value", { name: "value", inputmode: "decimal" });
    const note = field("Note", { name: "note", maxlength: 200, value: answers.get(line.line)?.note ?? "" });
    const taken = el("p", { class: "note" }, said(line));
    const answer = async (found) => {
      answers.set(line.line, { line: line.line, note: note.querySelector("input").value.trim(), ...found });
      const [next] = open();
      if (next) ask(next);
      else draw();
    };
    const read = async () => {
      const figure = value.querySelector("input").value.trim().replace(",", ".");
      if (figure === "" || !Number.isFinite(Number(figure))) await bad("What does it read?", ["Enter a number."]);
      else await answer({ reading: figure });
    };
    page({
      verb: line.text,
      count: say("line {n} of {all}", { n: paper.lines.indexOf(line) + 1, all: paper.lines.length }),
      what: [paper.asset_name, limits(line)],
      body: [
        line.is_critical && el("p", { class: "warning" }, say("It is out of service at once when this fails.")),
        el("div", { class: "fields" }, [value, note]),
        photoButton((picture) => {
          photos.set(line.line, picture);
          taken.textContent = said(line);
        }),
        taken,
      ],
      primary: isRead ? { label: "Note it", run: read } : { label: "It passes", run: () => answer({ passed: true }) },
      ways: isRead ? [] : [{ label: "It fails", run: () => answer({ passed: false }) }],
      back: draw,
    });
    value?.querySelector?.("input").focus();
  }

  const said = (line) => (photos.has(line.line) ? say("A photo goes with it.") : "");

  async function send() {
    try {
      paper = await busy(() => command.send(path("workplace-inspections", number, "record"), { results: [...answers.values()] }));
    } catch (refusal) {
      await refused(refusal);
      return;
    }
    await sendPhotos();
    if (here()) tellResult();
  }

  /** After the answers, each by itself: one that does not get through can be sent again from the result. */
  async function sendPhotos() {
    for (const [line, picture] of [...photos]) {
      try {
        await busy(() => new Command().send(path("workplace-inspections", number, "photos"), { line, picture }));
        photos.delete(line);
      } catch (refusal) {
        await refused(refusal);
        return;
      }
    }
  }

  function tellResult() {
    const failed = paper.results.filter((each) => !each.passed);
    const out = failed.some((each) => each.is_critical);
    if (!failed.length) good(say("{name}: passed", { name: paper.asset_name }));
    page({
      verb: "Safety check",
      count: number,
      what: [paper.asset_name, paper.checklist_name],
      body: [
        badge(failed.length ? "failed" : "passed"),
        out && el("p", { class: "warning" }, say("Out of service: do not use it, and tell your supervisor.")),
        failed.length > 0 && el("p", { class: "note" }, say("Somebody is asked to put right what failed.")),
        el("div", { class: "options" }, failed.map((each) => choice({ label: each.text, note: each.note, state: "failed" }))),
      ],
      primary: photos.size ? { label: "Send the photos again", run: () => sendPhotos().then(() => here() && tellResult()) } : { label: "Next check", run: () => go("checks") },
      back: () => go("checks"),
    });
  }

  if (paper.state === "due") draw();
  else tellResult();
}
