// Reasons to choose from, as the warehouse keeps them.

import { get } from "../api.js";
import { refused } from "../flash.js";
import { choose } from "../page.js";

const known = new Map();

/** The text of a reason of this kind, or null when the worker cancelled. */
export async function chooseReason(kind, title) {
  try {
    if (!known.has(kind))
      known.set(kind, (await get("/reason-codes", { kind, is_active: true, page_size: 100 })).results);
  } catch (refusal) {
    await refused(refusal);
    return null;
  }
  const reasons = known.get(kind).map(({ text }) => text);
  return choose(
    title,
    (reasons.length ? reasons : ["Other"]).map((text) => ({ label: text, value: text })),
  );
}
