// Reasons to choose from, as the warehouse keeps them.

import { get } from "../api.js";
import { refused } from "../flash.js";
import { choose } from "../page.js";

const known = new Map();

/** The reason of this kind, {code, text}, or null when the worker cancelled; without any that are kept it has no code. */
export async function chooseFrom(kind, title) {
  try {
    if (!known.has(kind))
      known.set(kind, (await get("/reason-codes", { kind, is_active: true, page_size: 100 })).results);
  } catch (refusal) {
    await refused(refusal);
    return null;
  }
  const reasons = known.get(kind);
  return choose(
    title,
    (reasons.length ? reasons : [{ code: "", text: "Other" }]).map((each) => ({ label: each.text, value: each })),
  );
}

/** The text of a reason of this kind, or null when the worker cancelled. */
export async function chooseReason(kind, title) {
  return (await chooseFrom(kind, title))?.text ?? null;
}
