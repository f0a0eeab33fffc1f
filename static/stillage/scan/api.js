// Talks to the API: every answer is data or a Refusal, and a command is sent under one key until it is answered.

import { session } from "./session.js";

const ROOT = "/api/v1";
const PATIENCE = 15_000;
const CLOCK = "stillage.clock";
/** A device's clock may be off by so much before it is put right by the warehouse's. */
const CLOCK_MAY_DIFFER = 120_000;
const NO_ANSWER = "no_answer";

/** The warehouse said no, or said nothing: `title` is for a person, `code` for this program. */
export class Refusal extends Error {
  constructor(problem) {
    super(problem.title);
    Object.assign(this, { code: "", status: 0, facts: {}, recover: [], errors: {} }, problem);
  }

  /** Whether it is unknown what became of the request. */
  get unanswered() {
    return this.code === NO_ANSWER || this.status >= 500;
  }

  /** Whether nobody is signed on, or the device itself is not known any more. */
  get needsSignOn() {
    return this.status === 401 || this.code === "sign_on_needed";
  }
}

/** Asks; `parameters` may hold lists. */
export function get(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const each of [value].flat()) if (each !== undefined && each !== null && each !== "") query.append(name, each);
  }
  const text = query.toString();
  return call(text ? `${path}?${text}` : path, { method: "GET" });
}

/** Opens a PDF beside this page. The tab is opened on the tap itself, as browsers allow it only then, and filled. */
export async function openPaper(path) {
  const tab = window.open("", "_blank");
  try {
    const content = await call(path, { method: "GET", paper: true });
    const address = URL.createObjectURL(new Blob([content], { type: "application/pdf" }));
    if (tab) tab.location.href = address;
    else window.location.assign(address);
  } catch (refusal) {
    tab?.close();
    throw refusal;
  }
}

/** Posts what is no command: a scan, a sign-on. */
export function post(path, body = {}) {
  return call(path, { method: "POST", body: JSON.stringify(body) });
}

/**
 * Something to be done once. Sent again without an answer, it goes under the same key, so it happens once; after a
 * refusal, or with other content, it is a new command. The first time goes without a time of its own, because the
 * warehouse's clock is the better one; sent again it says when the first time was.
 */
export class Command {
  #key = newKey();
  #first = "";
  #sent = "";
  #running = null;

  /** The answer; a second tap while the first is on its way gets the same one. */
  send(path, body = {}) {
    this.#running ??= this.#send(path, JSON.stringify(body)).finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  async #send(path, body) {
    const content = `${path} ${body}`;
    if (this.#sent && this.#sent !== content) this.#renew();
    this.#sent = content;
    const headers = { "Idempotency-Key": this.#key };
    if (this.#first) headers["Occurred-At"] = this.#first;
    else this.#first = nowHere();
    try {
      return await call(path, { method: "POST", body, headers });
    } catch (refusal) {
      if (!refusal.unanswered) this.#renew();
      throw refusal;
    }
  }

  /** Its key and when it was done, for whoever tells it later; this one is a new command from then on. */
  handOver(path, body = {}) {
    const content = `${path} ${JSON.stringify(body)}`;
    if (this.#sent && this.#sent !== content) this.#renew();
    const told = { key: this.#key, occurredAt: this.#first || nowHere() };
    this.#sent = "";
    this.#renew();
    return told;
  }

  #renew() {
    this.#key = newKey();
    this.#first = "";
  }
}

/** The item with its unit, tracking and packaging; asked once. */
export function item(number) {
  if (!items.has(number)) {
    items.set(
      number,
      get(`/items/${encodeURIComponent(number)}`).catch((refusal) => {
        items.delete(number);
        throw refusal;
      }),
    );
  }
  return items.get(number);
}

const items = new Map();

/** A path of the API from its parts, each escaped. */
export function path(...parts) {
  return `/${parts.map(encodeURIComponent).join("/")}`;
}

/** When it is, by this device; where its clock is plainly wrong, as the warehouse's last said. */
export function nowHere() {
  const off = Number(localStorage.getItem(CLOCK) ?? 0);
  return new Date(Date.now() + off).toISOString();
}

function compareClocks(response) {
  const theirs = Date.parse(response.headers.get("Date") ?? "");
  if (Number.isNaN(theirs)) return;
  const off = theirs - Date.now();
  if (Math.abs(off) > CLOCK_MAY_DIFFER) localStorage.setItem(CLOCK, String(off));
  else localStorage.removeItem(CLOCK);
}

async function call(where, options) {
  const headers = { Accept: options.paper ? "application/pdf" : "application/json", ...options.headers };
  if (options.body !== undefined) headers["Content-Type"] = "application/json";
  if (session.token) headers.Authorization = `Bearer ${session.token}`;
  let response;
  let body;
  const stop = new AbortController();
  const patience = setTimeout(() => stop.abort(), PATIENCE);
  try {
    response = await fetch(ROOT + where, {
      ...options,
      headers,
      credentials: "omit", // the device's token says who calls; a browser's own session must not
      signal: stop.signal,
    });
    body = options.paper && response.ok ? await response.blob() : asData(await response.text());
  } catch {
    session.heard(false);
    throw new Refusal({ code: NO_ANSWER, title: "No answer from the warehouse.", recover: ["retry"] });
  } finally {
    clearTimeout(patience);
  }
  compareClocks(response);
  session.heard(true);
  if (response.ok) return body;
  const refusal = new Refusal(body ?? { title: "The warehouse could not answer.", status: response.status });
  if (refusal.needsSignOn) session.lost(refusal);
  throw refusal;
}

function asData(text) {
  return text ? JSON.parse(text) : null;
}

/** A random key; `randomUUID` is only there on a secure page, and a trial may run without. */
function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
