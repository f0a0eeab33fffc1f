// What was done and not told yet, and what was refused when it was told: nothing of it is ever out of sight.

import { button, el } from "../dom.js";
import { age } from "../line.js";
import { page } from "../page.js";
import { read, refusals, replay, untold } from "../queue.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { advice, some } from "../words.js";

export function notTold(_, here) {
  const [waiting, refused] = [untold(), refusals()];
  if (!waiting.length && !refused.length) {
    go(session.signedOn ? "home" : "signOn");
    return;
  }
  page({
    verb: waiting.length ? "Not told yet" : "Refused",
    count: waiting.length ? String(waiting.length) : "",
    body: [
      refused.length > 0 &&
        el("section", { class: "options", "aria-label": "Refused" }, [
          el("h2", { class: "section" }, some(refused.length, "conflict")),
          refused.map((each) => conflict(each, here)),
        ]),
      waiting.length > 0 &&
        el("section", { class: "options", "aria-label": "Waiting" }, [
          el("h2", { class: "section" }, `${some(waiting.length, "command")} not told yet`),
          waiting.map((each) =>
            el("div", { class: "row" }, [
              el("span", { class: "label" }, [each.said, el("small", {}, `${each.task}, ${whose(each)}${age(each.occurredAt)}`)]),
            ]),
          ),
        ]),
    ],
    primary: waiting.length ? { label: "Try now", run: () => tryNow(here) } : null,
  });
}

function whose(each) {
  return each.worker === session.worker?.username ? "" : `by ${each.worker}, `;
}

function conflict(each, here) {
  return el("div", { class: "row conflict" }, [
    el("span", { class: "label" }, [
      each.said,
      el("small", {}, `${each.task}, ${whose(each)}${age(each.occurredAt)}`),
      el("small", { class: "why" }, [each.title, ...advice(each.recover)].join(" ")),
      each.conflict && el("small", {}, `Your supervisor has it as ${each.conflict}.`),
    ]),
    button("Seen", async () => {
      await read(each.place);
      if (here()) notTold(null, here);
    }),
  ]);
}

async function tryNow(here) {
  await replay();
  if (here()) notTold(null, here);
}
