// Reasons to choose from, as the warehouse keeps them.

import { get } from "../api.js";
import { refused } from "../flash.js";
import { choose } from "../page.js";

/** Why more of a component goes to a bench than its order asks for. */
export const WHY_MORE = ["Some of it was spoilt", "The work needs more", "A whole pack was taken", "Other goods were taken"];

const LEARNT = "stillage.reasons";

/** The reason of this kind, {code, text}, or null when the worker cancelled; without any that are kept it has no code. */
export async function chooseFrom(kind, title) {
  let reasons;
  try {
    reasons = await reasonsOf(kind);
  } catch (refusal) {
    await refused(refusal);
    return null;
  }
  return choose(
    title,
    (reasons.length ? reasons : [{ code: "", text: "Other" }]).map((each) => ({ label: each.text, value: each })),
  );
}

/** As the warehouse last told them: they seldom change, and are needed where no answer comes. */
export async function reasonsOf(kind) {
  const learnt = JSON.parse(sessionStorage.getItem(`${LEARNT}.${kind}`));
  if (learnt) return learnt;
  try {
    const { results } = await get("/reason-codes", { kind, is_active: true, page_size: 100 });
    const text = JSON.stringify(results.map(({ code, text }) => ({ code, text })));
    sessionStorage.setItem(`${LEARNT}.${kind}`, text);
    localStorage.setItem(`${LEARNT}.${kind}`, text);
  } catch (refusal) {
    const old = localStorage.getItem(`${LEARNT}.${kind}`);
    if (!refusal.unanswered || !old) throw refusal;
    return JSON.parse(old);
  }
  return JSON.parse(sessionStorage.getItem(`${LEARNT}.${kind}`));
}

/** The text of a reason of this kind, or null when the worker cancelled. */
export async function chooseReason(kind, title) {
  return (await chooseFrom(kind, title))?.text ?? null;
}
