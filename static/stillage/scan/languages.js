// The page's words in other languages: what is said in English stands beside how it is said there. A phrase that is
// missing stays English. Names in braces are put in by `say`.

import { de } from "./languages/de.js";

const KNOWN = { de };

/** The first of the languages that this device prefers which the page speaks; English needs no phrases. */
function preferred() {
  const wanted = (navigator.languages ?? [navigator.language]).map((each) => each.slice(0, 2).toLowerCase());
  return wanted.find((each) => each === "en" || each in KNOWN) ?? "en";
}

export const language = preferred();

const phrases = KNOWN[language] ?? {};

document.documentElement.lang = language;

/** A phrase in the worker's language, with facts in the place of names in braces. */
export function say(text, facts = {}) {
  return (phrases[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? String(facts[name]) : whole));
}
