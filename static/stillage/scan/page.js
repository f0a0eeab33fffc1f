// The one layout of every screen: the order at the top; where, what and how many in the middle; the hand at the bottom.

import { button, el } from "./dom.js";
import { go } from "./router.js";
import { keepReady, scanLine } from "./scanline.js";
import { session } from "./session.js";
import { placeParts, plus, say } from "./words.js";

const app = document.getElementById("app");
const list = document.getElementById("list");

/**
 * Shows a screen.
 *
 * `verb` and `count` are the head; `where` is a place's code, `side` the other place of a movement; `map` is a
 * drawing of the way there; `what` are lines of text or nodes; `howMany` is {amount, note}; `body` any nodes; `scan` is
 * what `scanLine` takes; `primary` is {label, run}; `ways` are further buttons {label, run}; `problems` hide behind one
 * button.
 */
export function page({
  verb,
  count = "",
  where = "",
  side = "",
  map = null,
  what = [],
  howMany = null,
  body = [],
  scan = null,
  primary = null,
  ways = [],
  problems = [],
  back = () => go("home"),
}) {
  const head = el("header", { class: "top" }, [
    back && button("‹", back, { class: "back", "aria-label": say("Back") }),
    el("h1", {}, [say(verb), count && [" ", el("span", { class: "count" }, count)]]),
    session.worker && el("span", { class: "who" }, session.worker.username),
  ]);
  const work = el("div", { class: "work" }, [
    where && place(where),
    side && el("p", { class: "side" }, side),
    map,
    what.length > 0 &&
      el(
        "div",
        { class: "what" },
        what
          .filter(Boolean)
          .map((line, index) => (line.nodeType ? line : el("p", { class: index ? "" : "name" }, line))),
      ),
    howMany &&
      el("p", { class: "how-many" }, [
        el("strong", {}, howMany.amount),
        howMany.note && el("span", {}, ` ${howMany.note}`),
      ]),
    body,
  ]);
  const hand = el("footer", { class: "hand" }, [
    scan && scanLine(scan),
    primary && button(say(primary.label), primary.run, { class: "primary" }),
    (ways.length > 0 || problems.length > 0) &&
      el("div", { class: "ways" }, [
        ways.map((way) => button(say(way.label), way.run, { class: "way" })),
        problems.length > 0 && button(say("Problem"), () => offer("What is wrong?", problems), { class: "way problem" }),
      ]),
  ]);
  app.replaceChildren(head, work, hand);
  app.classList.toggle("with-place", Boolean(where));
  keepReady();
}

/** A place's code, as large as it goes; what differs from the last place is bold. */
function place(code) {
  const [same, differs] = placeParts(code, session.place);
  return el("p", { class: code.length > 9 ? "where long" : "where" }, [same, el("b", {}, differs)]);
}

/** Holds still while something is being done, so that nothing is tapped on a screen that is about to change. */
export async function busy(work) {
  app.toggleAttribute("inert", true);
  try {
    return await work();
  } finally {
    app.toggleAttribute("inert", false);
    keepReady();
  }
}

/** A short sentence while the server is asked. */
export function waiting(verb) {
  page({ verb, body: [el("p", { class: "note" }, say("One moment…"))] });
}

/** A list of big buttons over the screen; each {label, note, run}. */
export function offer(title, options) {
  const close = (run) => () => {
    list.close();
    list.replaceChildren();
    run?.();
    keepReady();
  };
  list.replaceChildren(
    el("h2", {}, say(title)),
    el(
      "div",
      { class: "options" },
      options.map((option) => choice(option, close(option.run))),
    ),
    button(say("Cancel"), close(), { class: "way" }),
  );
  list.showModal();
}

/** Asks for one of several; resolves with its value, or with null when it was cancelled. */
export function choose(title, options) {
  return new Promise((resolve) => {
    let chosen = null;
    const closed = () => {
      if (list.open) return; // told late of the list before this one
      list.removeEventListener("close", closed);
      resolve(chosen);
    };
    list.addEventListener("close", closed);
    offer(
      title,
      options.map(({ label, note, value }) => ({
        label,
        note,
        run: () => {
          chosen = value;
        },
      })),
    );
  });
}

/** Asks for one of several sentences; resolves with it, or with null when it was cancelled. */
export function chooseText(title, texts) {
  return choose(
    title,
    texts.map((label) => ({ label, value: label })),
  );
}

/** A row that can be tapped, or one that only says something. */
export function choice({ label, note, figure, state }, run = null) {
  const inside = [
    el("span", { class: "label" }, [say(label), note && el("small", {}, say(note))]),
    figure && el("span", { class: "figure" }, figure),
    state && badge(state),
  ];
  return run
    ? el("button", { type: "button", class: "row", onclick: run }, inside)
    : el("div", { class: "row" }, inside);
}

/** A state, by its word and its colour. */
export function badge(state) {
  return el("span", { class: `badge is-${state}` }, say(state.replaceAll("_", " ")));
}

/** A quantity with a hand's width of minus and plus; `onChange` gets what it says now. */
export function stepper({ amount, unit, label = "How many", most = null, onChange }) {
  const field = el("input", {
    id: "amount",
    class: "amount",
    type: "text",
    inputmode: "decimal",
    autocomplete: "off",
    value: amount,
    "aria-label": unit ? say("{label}, in {unit}", { label: say(label), unit }) : say(label),
    oninput: () => onChange(field.value.trim().replace(",", ".")),
    onfocus: () => field.select(),
    onkeydown: (event) => {
      if (event.key === "Enter") field.blur();
    },
  });
  const step = (by) => () => {
    const next = plus(field.value, by);
    field.value = most !== null && Number(next) > Number(most) ? most : next;
    onChange(field.value);
  };
  return el("div", { class: "stepper" }, [
    button("−", step(-1), { "aria-label": say("One less") }),
    el("div", { class: "amount-box" }, [field, unit && el("span", { class: "unit" }, unit)]),
    button("+", step(1), { "aria-label": say("One more") }),
  ]);
}

/** A labelled field of a form. */
export function field(label, properties) {
  const id = `field-${label.toLowerCase().replaceAll(/\W+/g, "-")}`;
  return el("p", { class: "field" }, [
    el("label", { for: id }, say(label)),
    el("input", { id, autocomplete: "off", ...properties }),
  ]);
}
