// The last confirm taken back, where the ledger allows it.

import { Command, get, path } from "../api.js";
import { good, refused } from "../flash.js";
import { busy, choose, chooseText } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";

/** What would take back a task that was just confirmed: {label, note, run}; null where nothing does. */
export function undoOf(job, body) {
  if (job.kind === "putaway") return { label: "Undo the last putaway", note: `${job.number} goes back to the dock`, run: () => putaway(job) };
  if (job.kind === "pick" && Number(body.quantity) > 0) {
    return { label: "Undo the last pick", note: `It goes back to ${job.source}`, run: () => pick(job) };
  }
  return null;
}

/** As a button of a screen; none when there is nothing to undo. */
export function undoWays() {
  return session.undo ? [{ label: session.undo.label, run: session.undo.run }] : [];
}

async function putaway(job) {
  const reason = await chooseText("Why is it undone?", ["Wrong bin", "Wrong quantity", "Wrong goods"]);
  if (reason) await undo(job, () => new Command().send(path("putaways", job.number, "undo"), { reason }));
}

async function pick(job) {
  const sure = await choose(`Have the goods been put back into ${job.source}?`, [
    { label: `Yes, they are in ${job.source} again`, value: true },
  ]);
  if (!sure) return;
  await undo(job, async () => {
    const { results } = await get("/picks", { task: job.number });
    await new Command().send(path("picks", results[0].number, "unpick"), { location: job.source });
  });
}

async function undo(job, run) {
  try {
    await busy(run);
    session.undo = null;
    good(`${job.number} is undone`);
    go("home");
  } catch (refusal) {
    await refused(refusal);
  }
}
