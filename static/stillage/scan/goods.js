// What goods look like: a picture where there is one, else the colour that they have.

import { el } from "./dom.js";

/** The item's name, with its picture or a swatch of its colour beside it. */
export function named(thing) {
  return el("p", { class: "name" }, [looks(thing), thing.name]);
}

/** A picture, or a swatch; null where neither is known. */
export function looks(thing) {
  if (thing.picture)
    return el("img", {
      class: "picture",
      src: thing.picture,
      alt: "",
      onerror: (event) => event.target.replaceWith(swatch(thing.colour) ?? ""),
    });
  return swatch(thing.colour);
}

/** A colour's name as the browser knows it: "dark green" is darkgreen; of one it does not know the last word counts. */
export function swatch(colour) {
  const words = (colour ?? "").toLowerCase().trim();
  if (!words) return null;
  const shade = [words.replaceAll(/[\s-]/g, ""), words.split(/[\s-]/).at(-1)].find((each) => CSS.supports("color", each));
  if (!shade) return null;
  const patch = el("span", { class: "swatch", role: "img", "aria-label": colour });
  patch.style.backgroundColor = shade;
  return patch;
}
