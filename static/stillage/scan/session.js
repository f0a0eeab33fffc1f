// Who holds this device: its token, kept on the device; the worker and the warehouse, asked from the server and kept
// too, so that a reload without an answer ends no sign-on.

const TOKEN = "stillage.token";
const HELD = "stillage.held";

class Session {
  worker = null;
  warehouse = null;
  /** What was done last and may be undone: {label, run}. */
  undo = null;
  #tote = "";
  #place = "";
  /** Whether the warehouse gave no answer when it was last asked. */
  away = false;
  /** Told when the server no longer knows the worker or the device. */
  onLost = () => {};
  /** Told whether the server answered. */
  onHeard = () => {};

  get token() {
    return localStorage.getItem(TOKEN) ?? "";
  }

  set token(token) {
    if (token) localStorage.setItem(TOKEN, token);
    else localStorage.removeItem(TOKEN);
  }

  get signedOn() {
    return this.worker !== null;
  }

  /** The tote in use, so that it is scanned once and not for each pick. */
  get tote() {
    return this.#tote;
  }

  set tote(tote) {
    this.#tote = tote;
    this.keep();
  }

  /** The place worked at last: what differs from it is shown in bold. */
  get place() {
    return this.#place;
  }

  set place(place) {
    this.#place = place;
    this.keep();
  }

  /** Keeps who works here and where, for the next time that this page is opened. */
  keep() {
    if (!this.worker || !this.warehouse) return;
    const { worker, warehouse, tote, place } = this;
    localStorage.setItem(HELD, JSON.stringify({ worker, warehouse, tote, place }));
  }

  /** Whoever was signed on when the page was closed; whether somebody was. */
  restore() {
    try {
      const { worker, warehouse, tote, place } = JSON.parse(localStorage.getItem(HELD));
      Object.assign(this, { worker, warehouse });
      this.#tote = tote ?? "";
      this.#place = place ?? "";
    } catch {
      this.forget();
    }
    return this.signedOn;
  }

  forget() {
    this.worker = null;
    this.warehouse = null;
    this.undo = null;
    this.#tote = "";
    this.#place = "";
    localStorage.removeItem(HELD);
  }

  lost(refusal) {
    const held = this.signedOn;
    this.forget();
    this.onLost(refusal, held);
  }

  heard(answered) {
    this.away = !answered;
    this.onHeard(answered);
  }
}

export const session = new Session();
