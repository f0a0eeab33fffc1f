// What was done without an answer: kept in order under its own key, told when the warehouse is heard again.

import { get, nowHere, post } from "./api.js";
import { session } from "./session.js";
import { add, all, keep, QUEUE, REFUSED, remove, settle, take } from "./store.js";

const AT_ONCE = 50;
const LEASE = 60_000;
const LOCK = "stillage.replay";
const AGAIN = 10_000;

/** Told of every change, so that what waits is always on the screen. */
let changed = () => {};
let waiting = [];
let refused = [];
let running = null;
let elsewhere = null;

export function onQueue(listener) {
  changed = listener;
}

/** What waits, of all workers of this device; the oldest first. */
export function untold() {
  return waiting;
}

/** What the warehouse refused when it was told, until somebody has read it. */
export function refusals() {
  return refused;
}

/** Whether something about this task waits to be told. */
export function isUntold(task) {
  return waiting.some((each) => each.task === task);
}

/** Whether this worker has something to tell, so that what they do now must wait its turn. */
export function hasTurn() {
  return waiting.some((each) => each.worker === session.worker?.username);
}

/** Reads what is there: on opening the page, and when another tab has changed it. */
export async function readQueue() {
  [waiting, refused] = await Promise.all([all(QUEUE), all(REFUSED)]);
  changed();
}

/** Keeps a command; from then on a reload or an empty battery does not lose it. */
export async function keepCommand(entry) {
  await add(QUEUE, { ...entry, worker: session.worker.username, warehouse: session.warehouse?.code });
  await readQueue();
  tell();
}

/** Somebody has read that it was refused; the desk has it still. */
export async function read(place) {
  await remove(REFUSED, place);
  await readQueue();
  tell();
}

/** Tells the warehouse what waits, by one tab at a time; resolves when that is done, or cannot be now. */
export function replay() {
  running ??= alone(send).finally(() => {
    running = null;
  });
  return running;
}

async function send() {
  for (;;) {
    const worker = session.worker?.username;
    if (!worker || !session.token) return;
    const turn = (await all(QUEUE)).filter((each) => each.worker === worker).slice(0, AT_ONCE);
    if (!turn.length) {
      if (session.away) await get("/me").catch(() => {}); // whether there is an answer again
      return;
    }
    const entries = turn.map(({ key, path, body, occurredAt }) => ({ key, path, body, occurred_at: occurredAt }));
    let results;
    try {
      ({ results } = await post("/commands", { worker, entries, sent_at: nowHere() }));
    } catch {
      return; // nothing is lost: it stays where it is
    }
    const settled = turn.map((each, index) => ({ each, result: results[index] })).filter(({ result }) => isSettled(result));
    await settle(
      settled.map(({ each }) => each.place),
      settled.filter(({ result }) => result.status >= 400).map(({ each, result }) => refusal(each, result)),
    );
    await readQueue();
    tell();
    if (!settled.length) return;
  }
}

/** Whether sending it again would bring nothing else. */
function isSettled({ status, code }) {
  return status < 500 && ![401, 413, 429].includes(status) && !["sign_on_needed", "not_reached_yet"].includes(code);
}

function refusal({ place, ...entry }, result) {
  return { ...entry, title: result.body.title, code: result.code, recover: result.body.recover ?? [], conflict: result.conflict };
}

/** By a lock of the browser; where it has none (or the page is not secure), by a lease in the store. */
async function alone(work) {
  if (navigator.locks) {
    return navigator.locks.request(LOCK, { ifAvailable: true }, (lock) => (lock ? work() : undefined));
  }
  const now = Date.now();
  if (!(await take(LOCK, now + LEASE, now))) return undefined;
  try {
    return await work();
  } finally {
    await keep(LOCK, 0);
  }
}

/** Other tabs show the same queue. */
function tell() {
  elsewhere?.postMessage("changed");
}

/** Reads the queue, and tells it whenever there is a chance to. */
export async function startQueue() {
  if (window.BroadcastChannel) {
    elsewhere = new BroadcastChannel("stillage.queue");
    elsewhere.onmessage = () => readQueue().catch(() => {});
  }
  window.addEventListener("online", () => replay().catch(() => {}));
  setInterval(() => {
    if (waiting.length || session.away) replay().catch(() => {});
    changed(); // what waits gets older
  }, AGAIN);
  await readQueue();
}
