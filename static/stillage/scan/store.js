// What is kept on the device, so that neither a reload nor an empty battery loses it. IndexedDB, used directly.

const NAME = "stillage";
const VERSION = 1;
/** Commands that were not told yet, in their order; what was refused when they were told; and all else by a name. */
export const QUEUE = "queue";
export const REFUSED = "refused";
const KEPT = "kept";

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore(QUEUE, { keyPath: "place", autoIncrement: true });
      db.createObjectStore(REFUSED, { keyPath: "place", autoIncrement: true });
      db.createObjectStore(KEPT);
    };
    request.onsuccess = () => {
      request.result.onversionchange = () => {
        request.result.close();
        opened = null;
      };
      resolve(request.result);
    };
    request.onerror = () => {
      opened = null;
      reject(request.error);
    };
  });
  return opened;
}

/**
 * Runs `work` on one transaction over these stores; what it returns, when all of it is on the disk. `work` must not
 * wait for anything but the store: a transaction that is left alone ends.
 */
async function change(names, work, mode = "readwrite") {
  const db = await open();
  return new Promise((resolve, reject) => {
    // Strict: the battery may go at any moment. Browsers that do not know the word ignore it.
    const transaction = db.transaction(names, mode, { durability: "strict" });
    let answer;
    transaction.oncomplete = () => resolve(answer);
    transaction.onabort = () => reject(transaction.error);
    work((name) => transaction.objectStore(name), (value) => (answer = value));
  });
}

/** All rows of a store, in the order in which they came. */
export function all(name) {
  return change([name], (store, say) => (store(name).getAll().onsuccess = (event) => say(event.target.result)), "readonly");
}

export function add(name, row) {
  return change([name], (store) => store(name).add(row));
}

export function remove(name, place) {
  return change([name], (store) => store(name).delete(place));
}

/** Takes rows out of the queue, and puts those that were refused where a person sees them: both or neither. */
export function settle(places, refused) {
  return change([QUEUE, REFUSED], (store) => {
    for (const place of places) store(QUEUE).delete(place);
    for (const row of refused) store(REFUSED).add(row);
  });
}

/** What is kept under a name; undefined when nothing is. */
export function kept(name) {
  return change([KEPT], (store, say) => (store(KEPT).get(name).onsuccess = (event) => say(event.target.result)), "readonly");
}

export function keep(name, value) {
  return change([KEPT], (store) => store(KEPT).put(value, name));
}

/** Takes a lease that nobody else on this device holds: whether it was free. Only where the browser has no locks. */
export function take(name, until, now) {
  return change([KEPT], (store, say) => {
    store(KEPT).get(name).onsuccess = (event) => {
      const free = !(event.target.result > now);
      if (free) store(KEPT).put(until, name);
      say(free);
    };
  });
}
