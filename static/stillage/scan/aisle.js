// The aisle from above, drawn from where its bins were measured: the way to go, and the bin to go to.

import { get } from "./api.js";
import { el } from "./dom.js";
import { session } from "./session.js";
import { say } from "./words.js";

const NS = "http://www.w3.org/2000/svg";
const LONG = 340;
const DEEP = 84;
const EDGE = 14;
const known = new Map();

/** A drawing of the way to a place; it stays hidden where nobody has measured the bins. */
export function wayTo(code, warehouse) {
  const from = session.place;
  const figure = el("figure", { class: "aisle", hidden: true });
  if (code && warehouse)
    plan(warehouse, code)
      .then((aisle) => {
        const drawing = aisle && draw(aisle, code, from);
        if (!drawing) return;
        figure.append(drawing);
        figure.hidden = false;
      })
      .catch(() => {}); // the bin's code says where to go all the same
  return figure;
}

/** The aisle that a place stands in; one is asked for once. */
async function plan(warehouse, place) {
  const already = [...known.values()].find(
    (each) => each.warehouse === warehouse && each.bins.some((bin) => bin.code === place),
  );
  if (already) return already;
  const aisle = await get("/aisle-plan", { warehouse, place });
  if (aisle.aisle) known.set(`${warehouse} ${aisle.aisle}`, aisle);
  return aisle;
}

function draw({ aisle, direction, bins }, code, from) {
  const target = bins.find((bin) => bin.code === code);
  if (!target || bins.length < 2) return null;
  const along = spread(bins, "y_mm") >= spread(bins, "x_mm") ? "y_mm" : "x_mm";
  const across = along === "y_mm" ? "x_mm" : "y_mm";
  const scale = scaled(bins, along);
  const sides = [...new Set(bins.map((bin) => bin[across]))].sort((a, b) => a - b);
  const middle = (Math.min(...sides) + Math.max(...sides)) / 2;
  const upper = (bin) => sides.length > 1 && bin[across] > middle;
  const deep = 22;
  const depth = (bin) => (upper(bin) ? EDGE - 8 : DEEP - EDGE - deep + 8);
  const spots = [...new Map(bins.map((bin) => [`${bin[along]} ${upper(bin)}`, bin])).values()];
  const step = Math.min(...steps(spots.map((bin) => scale(bin[along]))), 50);
  const wide = Math.max(3, step - 3);
  const walk = sides.length > 1 ? DEEP / 2 : DEEP / 2 - 12;
  const last = bins.find((bin) => bin.code === from);
  const down = direction === "down";
  const start = last ? scale(last[along]) : down ? LONG - 4 : 4;
  const end = scale(target[along]);
  const reach = upper(target) ? depth(target) + deep + 3 : depth(target) - 3;
  const words = last
    ? say("Aisle {aisle}: from {from} to {code}", { aisle, from, code })
    : say("Aisle {aisle}: the way to {code}", { aisle, code });
  return svg("svg", { viewBox: `0 0 ${LONG} ${DEEP}`, role: "img", "aria-label": words }, [
    spots.map((bin) =>
      svg("rect", {
        class: same(bin, target, along, upper) ? "bin target" : "bin",
        x: scale(bin[along]) - wide / 2,
        y: depth(bin),
        width: wide,
        height: deep,
        rx: 2,
      }),
    ),
    svg("polyline", { class: "way", points: `${start},${walk} ${end},${walk} ${end},${reach}` }),
    svg("circle", { class: "start", cx: start, cy: walk, r: 5 }),
    svg("path", { class: "tip", d: tip(end, reach, upper(target)) }),
  ]);
}

const same = (one, other, along, upper) => one[along] === other[along] && upper(one) === upper(other);

const tip = (x, y, up) => (up ? `M${x - 6},${y + 8} L${x},${y} L${x + 6},${y + 8} Z` : `M${x - 6},${y - 8} L${x},${y} L${x + 6},${y - 8} Z`);

const spread = (bins, axis) => Math.max(...bins.map((bin) => bin[axis])) - Math.min(...bins.map((bin) => bin[axis]));

/** Millimetres to the drawing's width, the aisle's first bay at the left. */
function scaled(bins, along) {
  const places = bins.map((bin) => bin[along]);
  const least = Math.min(...places);
  const span = Math.max(...places) - least || 1;
  return (place) => Math.round(((place - least) / span) * (LONG - 4 * EDGE) + 2 * EDGE);
}

/** The gaps between neighbours. */
function steps(places) {
  const sorted = [...new Set(places)].sort((a, b) => a - b);
  return sorted.slice(1).map((place, index) => place - sorted[index]);
}

function svg(tag, properties, children = []) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, value);
  element.append(...children.flat());
  return element;
}
