// Who holds this device: its token, kept on the device; the worker and the warehouse, asked from the server.

const TOKEN = "stillage.token";

class Session {
  worker = null;
  warehouse = null;
  /** The tote in use, so that it is scanned once and not for each pick. */
  tote = "";
  /** The place worked at last: what differs from it is shown in bold. */
  place = "";
  /** The task of the putaway done last, which may be undone. */
  undo = "";
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

  forget() {
    this.worker = null;
    this.warehouse = null;
    this.tote = "";
    this.place = "";
    this.undo = "";
  }

  lost(refusal) {
    const held = this.signedOn;
    this.forget();
    this.onLost(refusal, held);
  }

  heard(answered) {
    this.onHeard(answered);
  }
}

export const session = new Session();
