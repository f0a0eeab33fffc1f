// Tasks taken along to where no answer comes, and handed back.

import { good, refused } from "../flash.js";
import { handBack, takeAlong, takenAlong } from "../hand.js";
import { busy } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { some } from "../words.js";
import { reasonsOf } from "./reasons.js";

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

/** What is in the hand, in a sentence; empty when nothing was taken along. */
export function alongNote() {
  const along = takenAlong();
  return along.length ? `${some(along.length, "task")} taken along, yours until ${CLOCK.format(along[0].until)}.` : "";
}

/** The button of the home screen. */
export function alongWay(kinds) {
  const along = takenAlong().length;
  return along
    ? { label: `Hand back ${some(along, "task")}`, run: back }
    : { label: "Take tasks along", run: () => take(kinds) };
}

async function take(kinds) {
  try {
    const count = await busy(async () => {
      const taken = await takeAlong(kinds, session.place);
      // They may be needed where they cannot be asked for; none is no reason to stop.
      await Promise.allSettled(["short", "override"].map(reasonsOf));
      return taken;
    });
    good(`${some(count, "task")} taken along`);
  } catch (refusal) {
    await refused(refusal);
  }
  go("home");
}

async function back() {
  try {
    await busy(handBack);
    good("Handed back");
  } catch (refusal) {
    await refused(refusal);
  }
  go("home");
}
