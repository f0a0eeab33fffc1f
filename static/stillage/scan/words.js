// How things are said on this page: quantities with their unit, days, places, states, and what to do after a refusal.

import { say } from "./languages.js";

export { say };

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** The kinds of task that this warehouse's program knows, with their verbs; the page brings them. */
export const KINDS = new Map(JSON.parse(document.getElementById("kinds").textContent));

const RECOVER = {
  rescan: "Scan again.",
  override: "Or choose the other place and say why.",
  reenter: "Correct what was entered.",
  refresh: "It has changed: look at it again.",
  next_task: "Take the next task.",
  wait: "Wait a little and try again.",
  retry: "Try again.",
  short: "Enter what is really there, as short.",
  less: "Enter less.",
  reason: "Say why.",
  new_code: "Have a new enrolment code made at the desk, under Devices.",
  other_lot: "Take goods of the lot that is asked for.",
  other_door: "Ask for another door.",
  other_time: "Ask for another time.",
  other_place: "Look in another place.",
  other_carton: "Take another carton.",
  other_unit: "Take another pallet or carton.",
  whole_unit: "It goes whole: take off first what is to stay.",
  other_label: "Take another label.",
  open: "Open it first.",
  empty_it: "Empty it first.",
  later_date: "Ask for a later day.",
  close_carton: "Close the open carton first.",
  pack: "Pack the rest first.",
  pick: "Pick the goods first.",
  allocate: "Ask for the order to be allocated.",
  replenish: "The goods have to be replenished first.",
  issue: "Bring the components to the bench first.",
  receive_lines: "Take in what is on it line by line.",
  add_order: "Have the order added to the receipt.",
  other_receipt: "Open a receipt of its own for it.",
  undo_first: "Undo what came in first.",
  close_receipt: "Or close the receipt.",
  refuse_goods: "Do not take these goods in.",
  set_clock: "Set this device's clock right.",
  ask_quality: "Ask quality.",
  leave_at_dock: "Leave the goods at the dock.",
  record_results: "Record the missing results first.",
  ask_supervisor: "Ask your supervisor.",
  sign_on_again: "Have whoever did it sign on.",
  bring_together: "Bring all parts of the order to one place.",
  claim: "Claim it first.",
  hand_back: "Hand it back.",
  confirm_count: "Finish your count first.",
  scan_tote: "Scan a tote into the slot.",
  allow_partial: "Ask sales whether a part may leave.",
  cancel: "Have the order cancelled.",
  change: "Have the first order changed.",
  release_hold: "Ask sales to release the hold.",
  empty_carton: "Empty the carton first.",
  unpack: "Take some of it out.",
  recount: "Count again what is in it.",
  stack: "Put cartons onto it first.",
  load: "Load something first.",
  load_rest: "Load the rest.",
  other_load: "Take another truck.",
  other_container: "Take another tote or carton.",
  say_separated: "Say how they are kept apart.",
  start_loading: "Have loading started.",
  reopen: "Have the load opened again.",
  unload: "Take it off the truck.",
  take_off: "Have it taken off the load.",
  depart_load: "It leaves with its load.",
  ship: "Ship it first.",
  ship_or_empty: "Ship what is packed, or empty the carton.",
};

/** What a kind of task asks for, in a word or two. */
export function verb(kind) {
  return say(KINDS.get(kind) ?? capital(kind.replaceAll("_", " ")));
}

export function capital(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "1 line", "2 lines"; a word whose plural is more than an s brings it. */
export function some(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`;
}

/** "24 EA"; an item that is not known yet has no unit to show. */
export function quantity(amount, unit) {
  return unit ? `${amount} ${unit}` : `${amount}`;
}

/** "3 × CS of 8": whole packs of the largest packaging that fits, and what is left; empty when there is none. */
export function packs(amount, item) {
  const whole = Number(amount);
  const sizes = (item?.packagings ?? [])
    .map((each) => ({ unit: each.unit, size: each.numerator / each.denominator }))
    .filter((each) => each.size > 1 && each.size <= whole)
    .sort((a, b) => b.size - a.size);
  if (!sizes.length || !Number.isInteger(whole)) return "";
  const { unit, size } = sizes[0];
  const rest = whole % size;
  const full = `${Math.floor(whole / size)} × ${unit} of ${size}`;
  return rest ? `${full} + ${rest} ${item.unit}` : full;
}

/** A calendar day, as people write it. */
export function day(text) {
  return text ? DAY.format(new Date(`${text}T00:00:00Z`)) : "";
}

export function lotLine(lot, expiresOn) {
  return [lot && say("Lot {lot}", { lot }), expiresOn && say("expires {day}", { day: day(expiresOn) })].filter(Boolean).join(", ");
}

/** The part of a place's code that it shares with the one before, and the part that differs, cut at its hyphens. */
export function placeParts(code, before) {
  const parts = code.split(/(?<=-)/);
  const old = (before ?? "").split(/(?<=-)/);
  let same = 0;
  while (same < parts.length - 1 && parts[same] === old[same]) same += 1;
  return [parts.slice(0, same).join(""), parts.slice(same).join("")];
}

/** A code that is not torn apart at the end of a line. */
export function whole(code) {
  return code.replaceAll("-", "\u2011");
}

/** What a refusal allows next, in sentences. */
export function advice(recover) {
  return (recover ?? [])
    .map((word) => RECOVER[word])
    .filter(Boolean)
    .map((sentence) => say(sentence));
}

/** Plain steps for adding and comparing what the API sends as text. */
export function plus(amount, step) {
  return String(Math.max(0, Math.round((Number(amount || 0) + step) * 1e6) / 1e6));
}
