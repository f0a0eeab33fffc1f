// The next task, or a certain one: claimed, and shown by the screen of its kind.

import { Command, get, item, path } from "../api.js";
import { el } from "../dom.js";
import { good, refused } from "../flash.js";
import { busy, choose, page, waiting } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { carryUnit } from "./carry.js";
import { countPlace } from "./count.js";
import { moveGoods } from "./move.js";

const MOST = 200;

export async function task({ kinds = [], number = "" }, here) {
  waiting("Next task");
  const command = new Command();
  const claim = number
    ? () => command.send(path("tasks", number, "claim"))
    : () => command.send("/tasks/next", { warehouse: session.warehouse.code, kinds });
  let job;
  let thing;
  let progress;
  try {
    job = await claim();
    [thing, progress] = await Promise.all([job.item ? item(job.item) : null, progressOf(job)]);
  } catch (refusal) {
    if (!here()) return;
    if (refusal.code === "no_task") nothing(kinds);
    else if (refusal.unanswered) again(refusal, { kinds, number });
    else {
      go("home");
      await refused(refusal);
    }
    return;
  }
  const screen = job.kind === "count" ? countPlace : job.whole_unit ? carryUnit : moveGoods;
  if (here()) screen(work(job, thing, progress, kinds), here);
}

function nothing(kinds) {
  page({
    verb: "Nothing to do",
    body: [el("p", { class: "note" }, `No task waits for you in ${session.warehouse.name}.`)],
    primary: { label: "Look again", run: () => go("task", { kinds }) },
  });
}

function again(refusal, argument) {
  page({
    verb: "Next task",
    body: [el("p", { class: "warning", role: "alert" }, refusal.title)],
    primary: { label: "Try again", run: () => go("task", argument) },
  });
}

/** "3 of 12": which of its document's tasks of the same kind this is; not known is no reason to stop. */
async function progressOf(job) {
  const { warehouse, document, kind } = job;
  const rows = await get("/tasks", { warehouse, document, kind, page_size: MOST }).catch(() => ({ results: [] }));
  const mine = rows.results.filter((each) => each.document === document && each.state !== "cancelled");
  if (mine.length < 2) return "";
  return `${mine.filter((each) => each.state === "done").length + 1} of ${mine.length}${rows.next ? "+" : ""}`;
}

/** What the screens of all kinds need of a task, beside the task itself. */
function work(job, thing, progress, kinds) {
  const command = new Command();
  return {
    job,
    thing,
    progress,
    kinds,
    /**
     * Confirms; true when it is done and the next task comes. A stale task is shown afresh, and `ways` are what else
     * may be done about a refusal, by its code.
     */
    async confirm(body, done, ways = () => []) {
      try {
        await busy(() => command.send(path("tasks", job.number, "confirm"), { version: job.version, ...body }));
      } catch (refusal) {
        await refused(refusal, ways(refusal));
        if (refusal.code === "task_stale") await fresh(job, kinds);
        else if (refusal.code === "task_taken" || refusal.code === "counted_before") go("task", { kinds });
        return false;
      }
      session.place = job.target ?? job.source;
      session.undo = job.kind === "putaway" ? job.number : "";
      good(done);
      go("task", { kinds });
      return true;
    },
    problems: [
      {
        label: "Hand the task back",
        note: "Somebody else does it",
        run: async () => {
          try {
            await busy(() => new Command().send(path("tasks", job.number, "hand-back")));
            good(`${job.number} is handed back`);
            go("home");
          } catch (refusal) {
            await refused(refusal);
            if (refusal.code === "task_stale") await fresh(job, kinds);
          }
        },
      },
      session.undo && {
        label: "Undo the last putaway",
        note: `${session.undo} goes back to the dock`,
        run: () => undo(session.undo),
      },
    ].filter(Boolean),
  };
}

/** The task as it is now, if there is still something to do; else the next one. */
async function fresh(job, kinds) {
  try {
    const now = await get(path("tasks", job.number));
    const mine = now.state === "ready" || (now.state === "assigned" && now.assigned_to === session.worker.username);
    go("task", mine ? { number: job.number, kinds } : { kinds });
  } catch (refusal) {
    await refused(refusal);
    go("home");
  }
}

async function undo(number) {
  const reason = await choose(
    "Why is it undone?",
    ["Wrong bin", "Wrong quantity", "Wrong goods"].map((label) => ({ label, value: label })),
  );
  if (!reason) return;
  try {
    await busy(() => new Command().send(path("putaways", number, "undo"), { reason }));
    session.undo = "";
    good(`${number} is undone`);
    go("home");
  } catch (refusal) {
    await refused(refusal);
  }
}
