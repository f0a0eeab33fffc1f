// Goods that do not go to the bin they were sent to: another one for a reason, or the next best.

import { Command, path } from "../api.js";
import { good, refused } from "../flash.js";
import { busy } from "../page.js";
import { go } from "../router.js";
import { whole } from "../words.js";
import { chooseFrom } from "./reasons.js";

/** Why another bin than the proposed one; null when the worker cancelled. */
export function whyNot(job, number) {
  return chooseFrom("override", `Why ${whole(number)} and not ${whole(job.target)}?`);
}

/** How a confirm says it: by its code, or in words where no codes are kept. */
export function asBody(reason) {
  if (!reason) return {};
  return reason.code ? { reason_code: reason.code } : { reason: reason.text };
}

/** The bin cannot be used: the warehouse proposes the next best one, and the task is shown with it. */
async function nextBest(work) {
  const { job, kinds } = work;
  const reason = await chooseFrom("override", `Why not ${whole(job.target)}?`);
  if (!reason) return;
  const command = new Command();
  try {
    const [now] = await busy(() =>
      command.send(path("putaways", job.number, "propose-again"), { reason_code: reason.code, version: job.version }),
    );
    good(now.proposed ? `Now to ${now.proposed}` : "No other bin takes it");
    go("task", { number: job.number, kinds });
  } catch (refusal) {
    await refused(refusal);
  }
}

const FULL = ["bin_full", "flammable_limit_exceeded", "flammable_not_evaluable"];

/** What a refused bin offers besides: the next best one, when the proposed one or its control area is full. */
export function insteadOfFull(work, refusal) {
  if (!FULL.includes(refusal.code) || !work.job.target) return [];
  return [{ label: "Propose the next best bin", run: () => nextBest(work) }];
}

/** What the list of problems offers about the bin of a putaway. */
export function aboutTheBin(work) {
  if (work.job.kind !== "putaway" || !work.job.target) return [];
  return [
    {
      label: "The bin cannot be used",
      note: `Full, damaged, blocked: another than ${work.job.target} is proposed`,
      run: () => nextBest(work),
    },
  ];
}
