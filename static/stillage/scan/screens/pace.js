// How quick the worker is today, told to nobody but them.

import { get } from "../api.js";
import { el } from "../dom.js";
import { session } from "../session.js";
import { say } from "../words.js";

const VERBS = { pick: "Your picking today", pack: "Your packing today" };
const FIGURE = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 0 });

/** A line for each kind of work with a rate; nothing while too little is known, or when nobody answers. */
export function ownPace() {
  const place = el("div", { class: "pace", hidden: true });
  get("/me/pace", { warehouse: session.warehouse.code })
    .then((rows) => {
      const known = rows.filter((row) => row.lines_an_hour !== null);
      if (!known.length) return;
      place.append(...known.map(shown));
      place.hidden = false;
    })
    .catch(() => {}); // work goes on without it
  return place;
}

function shown(row) {
  const [lines, units] = [row.lines_an_hour, row.units_an_hour].map((rate) => FIGURE.format(Number(rate)));
  return el("p", {}, [
    el("span", {}, say(VERBS[row.work] ?? row.work)),
    el("strong", {}, lines),
    el("small", {}, say("lines an hour")),
    el("strong", {}, units),
    el("small", {}, say("units an hour")),
  ]);
}
