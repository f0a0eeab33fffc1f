// How a code on goods reads, as far as a device needs it to tell expected goods from others without asking.
// The warehouse reads more; what is not understood here is asked there.

const SEPARATOR = "\x1d";
const SYMBOLOGY = /^\](?:C1|d2|Q3|e0|J1|E0|E4|A0|I1|I0)/;
const LINK = /^https?:\/\/[^/]+\/(?:.*\/)?01\/(\d{8,14})((?:\/(?:10|21|22)\/[^/?#]+)*)/;
/** Lengths of what follows the identifiers that need no separator, by their first two digits. */
const FIXED = {
  "00": 18, "01": 14, "02": 14, "03": 14, "04": 16, 11: 6, 12: 6, 13: 6, 14: 6, 15: 6, 16: 6, 17: 6, 18: 6, 19: 6, 20: 2,
  31: 6, 32: 6, 33: 6, 34: 6, 35: 6, 36: 6, 41: 13,
};
const NAMES = { "00": "sscc", "01": "gtin", "02": "content_gtin", 10: "lot", 21: "serial", 17: "expires_on", 15: "best_before", 11: "produced_on" };

/** {text, gtin, lot, serial, sscc, expires_on …}; what the code does not say is empty. */
export function read(code) {
  const text = code.trim();
  const bare = text.replace(SYMBOLOGY, "");
  const found = link(bare) ?? elements(bare) ?? key(bare) ?? {};
  return { text: bare, gtin: "", content_gtin: "", lot: "", serial: "", sscc: "", expires_on: null, best_before: null, produced_on: null, ...found };
}

/** A bare GTIN of any length, or an SSCC. */
function key(text) {
  if (/^(\d{8}|\d{12,14})$/.test(text)) return { gtin: text.padStart(14, "0") };
  return /^\d{18}$/.test(text) ? { sscc: text } : null;
}

function link(text) {
  const match = LINK.exec(text);
  if (!match) return null;
  const found = { gtin: match[1].padStart(14, "0") };
  const parts = match[2].split("/").slice(1);
  for (let at = 0; at + 1 < parts.length; at += 2) {
    if (NAMES[parts[at]]) found[NAMES[parts[at]]] = decodeURIComponent(parts[at + 1]);
  }
  return found;
}

/** Element strings begin with an identifier; a text that breaks their rules is something else. */
function elements(text) {
  let rest = text.replace(/^\x1d/, "");
  if (!/^(00|01|02)\d/.test(rest) || rest.length < 16) return null;
  const found = {};
  while (rest) {
    const identifier = rest.slice(0, width(rest));
    const length = FIXED[rest.slice(0, 2)];
    const after = rest.slice(identifier.length);
    const end = length ?? (after.includes(SEPARATOR) ? after.indexOf(SEPARATOR) : after.length);
    if (!/^\d+$/.test(identifier) || after.length < end || end === 0) return null;
    const name = NAMES[identifier];
    if (name) found[name] = /_on$|_before$/.test(name) ? date(after.slice(0, end)) : after.slice(0, end);
    rest = after.slice(end).replace(/^\x1d/, "");
  }
  return found;
}

/** How many digits the identifier at the beginning has. */
function width(text) {
  if (/^(3[1-69]|43|7[02]|8[0-2])/.test(text)) return 4;
  return /^(2[3-5]|4[0-2]|71)/.test(text) ? 3 : 2;
}

/** YYMMDD in the century that is near; day 00 is the month's last. */
function date(digits) {
  const [year, month, day] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].map(Number);
  const now = new Date().getUTCFullYear();
  let full = Math.floor(now / 100) * 100 + year;
  if (full - now > 50) full -= 100;
  else if (now - full >= 50) full += 100;
  const last = day || new Date(Date.UTC(full, month, 0)).getUTCDate();
  return `${full}-${digits.slice(2, 4)}-${String(last).padStart(2, "0")}`;
}
