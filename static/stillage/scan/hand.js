// The tasks in this worker's hand, with all that is needed to do them without an answer. They survive a reload.

import { Command } from "./api.js";
import { read } from "./gs1.js";
import { isUntold } from "./queue.js";
import { session } from "./session.js";
import { keep, kept } from "./store.js";

const HAND = "hand";
const MOST = 20;
const NOTHING = { worker: "", warehouse: "", tasks: [], things: {}, places: {}, units: {}, totes: [] };

let hand = NOTHING;
/** The task on the screen, whose codes are known here. */
let now = null;

/** On opening the page: what was in the hand before. */
export async function readHand() {
  hand = (await kept(HAND)) ?? NOTHING;
}

function mine() {
  return hand.worker === session.worker?.username && hand.warehouse === session.warehouse?.code;
}

/** Takes the next tasks along; how many there are. */
export async function takeAlong(kinds, place) {
  const body = { warehouse: session.warehouse.code, most: MOST, kinds };
  if (place) body.place = place;
  const bundle = await new Command().send("/tasks/bundle", body);
  const length = Date.parse(bundle.lease_until) - Date.parse(bundle.leased_at);
  const until = Date.now() + length; // by this device's clock, whatever it says
  const byKey = (rows, key) => Object.fromEntries(rows.map((row) => [row[key], row]));
  await put({
    worker: session.worker.username,
    warehouse: session.warehouse.code,
    tasks: bundle.tasks.map((job) => ({ job, until, leased: true })),
    of: bundle.tasks.length,
    things: byKey(bundle.items, "number"),
    places: byKey(bundle.places, "code"),
    units: byKey(bundle.units, "number"),
    totes: bundle.totes,
  });
  return bundle.tasks.length;
}

/** A single task that the warehouse gave is kept as well, for a dead spot in the middle of it. */
export async function hold(job, thing) {
  if (hand.tasks.some((each) => each.job.number === job.number && each.leased)) return;
  const until = Date.now() + Math.max(0, Date.parse(job.lease_until) - Date.now());
  const rest = mine() ? hand : { ...NOTHING, worker: session.worker.username, warehouse: session.warehouse.code };
  await put({
    ...rest,
    tasks: [{ job, until, leased: false }, ...rest.tasks.filter((each) => each.leased)],
    things: thing ? { ...rest.things, [thing.number]: thing } : rest.things,
  });
}

/** The next of them: `{job, thing, progress}`. Of those that were not taken along only without an answer. */
export function nextInHand(kinds, { away = false } = {}) {
  if (!mine()) return null;
  const at = Date.now();
  const row = hand.tasks.find(
    ({ job, until, leased }) =>
      until > at && (leased || away) && (!kinds.length || kinds.includes(job.kind)) && !isUntold(job.number),
  );
  return row ? inHand(row) : null;
}

/** A certain one of them. */
export function inHandBy(number) {
  const row = mine() ? hand.tasks.find(({ job }) => job.number === number) : undefined;
  return row ? inHand(row) : null;
}

function inHand({ job, leased }) {
  const left = hand.tasks.filter((each) => each.leased).length;
  const progress = leased && hand.of > 1 ? `${hand.of - left + 1} of ${hand.of}` : "";
  return { job, thing: job.item ? hand.things[job.item] : null, progress };
}

/** What was taken along and is not done. */
export function takenAlong() {
  return mine() ? hand.tasks.filter(({ job, leased }) => leased && !isUntold(job.number)) : [];
}

/** It is done, or not this worker's any more. */
export async function letGo(number) {
  if (!hand.tasks.some(({ job }) => job.number === number)) return;
  await put({ ...hand, tasks: hand.tasks.filter(({ job }) => job.number !== number) });
}

/** What was taken along and not done goes back to the queue. */
export async function handBack() {
  const tasks = takenAlong().map(({ job }) => job.number);
  if (tasks.length) await new Command().send("/tasks/bundle/hand-back", { tasks });
  await put(NOTHING);
}

async function put(next) {
  hand = next;
  await keep(HAND, next).catch(() => {}); // a browser that keeps nothing works on while it is open
}

/** Says which task is on the screen: from then on its own codes need no asking. */
export function expect(job, thing) {
  now = job && thing ? { job, thing } : null;
}

/** What a code is among the things of the task on the screen, as the warehouse would say it; null when it is none. */
export function meaningHere(code, number) {
  if (!now || now.job.number !== number) return null;
  const { job, thing } = now;
  const parsed = read(code);
  const texts = [parsed.text, parsed.text.toUpperCase()];
  const candidates = [];
  const say = (kind, named, label, detail) => candidates.push({ kind, number: named, label, detail, expected: true });
  const gtins = (thing.packagings ?? []).map((each) => each.gtin?.padStart(14, "0")).filter(Boolean);
  const codes = (thing.barcodes ?? []).map((each) => each.code);
  const gtin = parsed.gtin || parsed.content_gtin;
  const ours = gtin ? gtins.includes(gtin) : texts.some((text) => text === job.item || codes.includes(text));
  if (ours) say("item", job.item, thing.name, { item: job.item });
  const about = { item: job.item, expires_on: job.expires_on };
  const named = (value, inCode) => value && (inCode ? ours && inCode === value : !gtin && texts.includes(value));
  if (named(job.lot, parsed.lot)) say("lot", job.lot, `${thing.name}, lot ${job.lot}`, about);
  if (named(job.serial, parsed.serial)) say("serial", job.serial, `${thing.name}, serial ${job.serial}`, { ...about, lot: job.lot });
  const unit = job.unit && (hand.units[job.unit] ?? { number: job.unit, labels: [] });
  if (unit && [unit.number, unit.sscc, ...unit.labels].some((each) => each && [...texts, parsed.sscc].includes(each))) {
    say("handling_unit", unit.number, `${unit.kind ?? job.unit_kind ?? "unit"} ${unit.number}`, { kind: unit.kind });
  }
  for (const place of places(job)) {
    if (texts.includes(place.code)) say("location", place.code, `bin ${place.code}`, { warehouse: job.warehouse, kind: place.kind });
  }
  return candidates.length ? { parsed, candidates } : null;
}

/** The bins of the task, and what may be picked into. */
function places(job) {
  const own = [job.source, job.target].filter(Boolean).map((code) => hand.places[code] ?? { code });
  return [...own, ...hand.totes.map((code) => ({ code, kind: "tote" }))];
}
