// What a scan stands for, asked from the warehouse; when it is nothing, that is said here.

import { post } from "../api.js";
import { bad, refused } from "../flash.js";
import { meaningHere } from "../hand.js";
import { say } from "../words.js";

/**
 * {parsed, candidates}, the likeliest first; null after saying why not. A task's own things are expected, and known
 * here: only what is something else is asked for.
 */
export async function meaningOf(code, task = "") {
  const known = task && meaningHere(code, task);
  if (known) return known;
  try {
    return await post("/scan", task ? { code, task } : { code });
  } catch (refusal) {
    if (task && refusal.unanswered) {
      await bad(`${code.trim()} is not of this task.`, [
        "There is no answer from the warehouse, so only what the task asks for is known.",
        "Scan again.",
      ]);
    } else if (refusal.code !== "unknown_code") await refused(refusal);
    else await bad(refusal.title, ["Scan again, or ask your supervisor."]);
    return null;
  }
}

/** A place of a task's warehouse by its code: at once when it is the one expected, else as the warehouse knows it. */
export async function placeOf(text, job, expected) {
  if (expected && text.trim().toUpperCase() === expected.toUpperCase()) return { number: expected };
  const answer = await meaningOf(text, job.number);
  if (!answer) return null;
  const found = answer.candidates.find((each) => each.kind === "location" && each.detail.warehouse === job.warehouse);
  if (found) return { number: found.number, kind: found.detail.kind };
  await notThat(answer, expected ? `Expected ${expected}.` : "Scan a place.");
  return null;
}

/** Says what was scanned instead of what is wanted, and what to do. */
export function notThat({ candidates }, ...lines) {
  return bad(say("This is {what}.", { what: candidates[0].label }), lines);
}

/** The item that a scan is of, with what its label says beside it; null when it is of none. */
export function goodsIn({ parsed, candidates }) {
  const found = candidates.find((each) => each.kind === "item" || each.detail.item);
  if (!found) return null;
  const lots = candidates.filter((each) => each.kind === "lot");
  const serials = candidates.filter((each) => each.kind === "serial");
  const serial = serials.find((each) => each.detail.item);
  return {
    item: found.kind === "item" ? found.number : found.detail.item,
    lot:
      parsed.lot ||
      (found.kind === "lot" ? found.number : "") ||
      (found.kind === "serial" ? (found.detail.lot ?? "") : ""),
    serial: parsed.serial || (found.kind === "serial" && serial ? serial.number : ""),
    expiresOn: parsed.expires_on || parsed.best_before || (lots.length === 1 ? lots[0].detail.expires_on : "") || "",
    producedOn: parsed.produced_on || "",
  };
}

/** Whether goods that were scanned may be those of a row: what the label, or the row, does not say does not matter. */
export function isOf(found, row) {
  const agree = (read, asked) => !read || !asked || read === asked;
  return row.item === found.item && agree(found.lot, row.lot) && agree(found.serial, row.serial);
}
