// Builds elements. Text is always text: nothing that the server sent is ever read as markup.

/**
 * An element with properties (`onclick`, `class`, `aria-…`, `data-…`) and children: nodes, text, or lists of them.
 * What is null or false is left out, so that a screen can be written with conditions in place.
 */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false),
  );
  return element;
}

/** A button that a glove can hit. */
export function button(label, onclick, properties = {}) {
  return el("button", { type: "button", onclick, ...properties }, label);
}
