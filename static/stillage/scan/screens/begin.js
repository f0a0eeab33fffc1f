// How a screen begins that needs an answer first.

import { refused } from "../flash.js";
import { waiting } from "../page.js";
import { go } from "../router.js";

/** What `ask` is answered; without an answer back to where one came from, and why. Undefined: the worker is elsewhere. */
export async function begin(verb, ask, here, back = "home") {
  waiting(verb);
  let found;
  try {
    found = await ask();
  } catch (refusal) {
    if (here()) go(back);
    await refused(refusal);
    return undefined;
  }
  return here() ? found : undefined;
}
