// The next task, or a certain one: claimed, and shown by the screen of its kind.

import { Command, get, item, path, Refusal } from "../api.js";
import { el } from "../dom.js";
import { good, refused } from "../flash.js";
import { expect, hold, inHandBy, letGo, nextInHand } from "../hand.js";
import { busy, page, waiting } from "../page.js";
import { hasTurn, isUntold, replay } from "../queue.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { tell } from "../tell.js";
import { carryUnit } from "./carry.js";
import { countPlace } from "./count.js";
import { moveGoods } from "./move.js";
import { undoOf, undoWays } from "./undo.js";

const MOST = 200;

export async function task({ kinds = [], number = "" }, here) {
  waiting("Next task");
  let found;
  try {
    found = number ? await certain(number) : await next(kinds);
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
  const { job, thing, progress } = found;
  const screen = job.kind === "count" ? countPlace : job.whole_unit ? carryUnit : moveGoods;
  expect(job, job.kind === "count" ? null : thing);
  if (here()) screen(work(job, thing, progress, kinds), here);
}

/** What was taken along first; else what the warehouse gives, which must know before what was done. */
async function next(kinds) {
  if (hasTurn() && !(session.away && nextInHand(kinds, { away: true }))) await replay();
  const along = nextInHand(kinds, { away: session.away });
  if (along) return along;
  const command = new Command();
  try {
    const given = await asked(await command.send("/tasks/next", { warehouse: session.warehouse.code, kinds }));
    // Told by another tab at this moment: then it comes again.
    if (isUntold(given.job.number)) throw new Refusal({ code: "no_answer", title: "What you did is being told." });
    return given;
  } catch (refusal) {
    const rest = refusal.unanswered ? nextInHand(kinds, { away: true }) : null;
    if (!rest) throw refusal;
    return rest;
  }
}

/** A task by its number, claimed; without an answer only one that is in the hand. */
async function certain(number) {
  try {
    return await asked(await new Command().send(path("tasks", number, "claim")));
  } catch (refusal) {
    const known = refusal.unanswered ? inHandBy(number) : null;
    if (!known) throw refusal;
    return known;
  }
}

/** With what a screen shows of it, and kept for a dead spot in the middle of it. */
async function asked(job) {
  const [thing, progress] = await Promise.all([job.item ? item(job.item) : null, progressOf(job)]);
  await hold(job, thing);
  return { job, thing, progress };
}

function nothing(kinds) {
  page({
    verb: "Nothing to do",
    body: [el("p", { class: "note" }, `No task waits for you in ${session.warehouse.name}.`)],
    primary: { label: "Look again", run: () => go("task", { kinds }) },
    ways: undoWays(),
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
      let later;
      try {
        const about = { said: done, task: job.number };
        const where = path("tasks", job.number, "confirm");
        later = await busy(() => tell(command, where, { version: job.version, ...body }, about));
      } catch (refusal) {
        await refused(refusal, ways(refusal));
        if (refusal.code === "task_stale") await fresh(job, kinds);
        else if (refusal.code === "task_taken" || refusal.code === "counted_before") {
          await letGo(job.number);
          go("task", { kinds });
        }
        return false;
      }
      await letGo(job.number);
      session.place = job.target ?? job.source;
      session.undo = later ? null : undoOf(job, body);
      good(later ? `${done}. Kept, and told when there is an answer` : done);
      go("task", { kinds });
      return true;
    },
    problems: [
      {
        label: "Hand the task back",
        note: "Somebody else does it",
        run: async () => {
          try {
            const about = { said: `${job.number} handed back`, task: job.number };
            await busy(() => tell(new Command(), path("tasks", job.number, "hand-back"), {}, about));
            await letGo(job.number);
            good(`${job.number} is handed back`);
            go("home");
          } catch (refusal) {
            await refused(refusal);
            if (refusal.code === "task_stale") await fresh(job, kinds);
          }
        },
      },
      session.undo,
    ].filter(Boolean),
    ways: undoWays(),
  };
}

/** The task as it is now, if there is still something to do; else the next one. */
async function fresh(job, kinds) {
  try {
    await letGo(job.number);
    const now = await get(path("tasks", job.number));
    const mine = now.state === "ready" || (now.state === "assigned" && now.assigned_to === session.worker.username);
    go("task", mine ? { number: job.number, kinds } : { kinds });
  } catch (refusal) {
    await refused(refusal);
    go("home");
  }
}
