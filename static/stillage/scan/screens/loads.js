// Loading: the truck at the door, what goes onto it carton by carton, and what is still missing.

import { Command, get, path } from "../api.js";
import { el } from "../dom.js";
import { bad, good, refused } from "../flash.js";
import { busy, choice, chooseText, field, page, waiting } from "../page.js";
import { go } from "../router.js";
import { session } from "../session.js";
import { day, say, some } from "../words.js";
import { begin } from "./begin.js";
import { meaningOf, notThat, placeOf } from "./scanning.js";

const STATES = ["loading", "planned", "closed"];
const DOCKS = ["dock", "staging"];
const WAYS_APART = ["On separate pallets", "At the two ends of the truck", "In a closed container"];

/** The trucks that are loaded, are to be, or wait to leave. */
export async function loads(_, here) {
  const warehouse = session.warehouse.code;
  const answers = await begin("Load", () => Promise.all(STATES.map((state) => get("/loads", { warehouse, state, page_size: 50 }))), here);
  if (!answers) return;
  const all = answers.flatMap((each) => each.results);
  page({
    verb: "Load",
    body: [
      el("p", { class: "note" }, say(all.length ? "Scan the door where the truck stands, or choose." : "No truck is to be loaded here.")),
      el(
        "div",
        { class: "options" },
        all.map((each) => choice({ label: each.dock ?? each.number, note: about(each), state: each.state }, () => go("load", { number: each.number }))),
      ),
    ],
    scan: all.length ? { label: "Scan the door", onScan: scanned } : null,
  });

  async function scanned(text) {
    const code = text.trim().toUpperCase();
    const named = all.find((each) => each.number === code) ?? all.find((each) => each.dock?.toUpperCase() === code);
    if (named) {
      await go("load", { number: named.number });
      return;
    }
    const found = await placeOf(text, { warehouse }, "");
    if (!found || !here()) return;
    const there = all.find((each) => each.dock === found.number);
    if (there) await go("load", { number: there.number });
    else await bad(say("No truck is loaded at {code}.", { code: found.number }), ["Scan another door, or choose."]);
  }
}

const about = (truck) =>
  [truck.dock && truck.number, truck.carrier, truck.trailer, truck.leaves_at && say("leaves {day}", { day: day(truck.leaves_at.slice(0, 10)) })]
    .filter(Boolean)
    .join(", ");

/** One truck: what is on it and what is missing; each scan puts a carton or a pallet on. */
export async function load({ number }, here) {
  waiting("Load");
  let truck;
  let shipments;
  const read = async () => {
    const [now, rows] = await Promise.all([
      get(path("loads", number)),
      get("/shipments", { warehouse: session.warehouse.code, load: number, page_size: 200 }),
    ]);
    truck = now;
    shipments = rows.results;
  };
  try {
    await read();
  } catch (refusal) {
    if (here()) go("loads");
    await refused(refusal);
    return;
  }
  if (here()) draw();

  async function refresh() {
    await read().catch(refused);
    if (here()) draw();
  }

  function cartons() {
    return shipments.flatMap((each) => each.cartons);
  }

  function draw() {
    if (truck.state === "planned") opening();
    else if (truck.state === "loading") filling();
    else leaving();
  }

  /** A truck comes to its door, or to the one that is scanned. */
  function opening() {
    const command = new Command();
    const open = async (dock) => {
      try {
        await busy(() => command.send(path("loads", number, "start"), dock ? { dock } : {}));
        good(say("{load} is open at {dock}", { load: number, dock: dock || truck.dock }));
        await refresh();
      } catch (refusal) {
        await refused(refusal);
      }
    };
    page({
      verb: "Load",
      count: number,
      where: truck.dock ?? "",
      what: [truck.dock ? say("Is the truck at this door?") : say("At which door is the truck?"), about(truck)],
      body: el("div", { class: "options" }, rows()),
      scan: {
        label: "Scan the door",
        onScan: async (text) => {
          const found = await placeOf(text, { warehouse: truck.warehouse }, truck.dock ?? "");
          if (!found || !here()) return;
          if (found.kind && !DOCKS.includes(found.kind)) await bad(say("{code} is no door.", { code: found.number }), ["Scan the door."]);
          else await open(found.number);
        },
      },
      primary: truck.dock ? { label: "The truck is here", run: () => open("") } : null,
      back: () => go("loads"),
    });
  }

  function rows() {
    const waits = (shipment) => shipment.cartons.filter((each) => !each.loaded_at);
    return [...shipments]
      .sort((one, other) => waits(other).length - waits(one).length)
      .map((shipment) => {
        const missing = waits(shipment).length;
        return choice(
          {
            label: shipment.ship_to || shipment.document,
            note: shipment.number,
            figure: missing ? say("{n} missing", { n: missing }) : some(shipment.cartons.length, say("carton"), say("cartons")),
            state: missing ? null : "loaded",
          },
          () => inside(shipment),
        );
      });
  }

  function filling() {
    const all = cartons();
    const on = all.filter((each) => each.loaded_at).length;
    const whole = all.length > 0 && on === all.length;
    page({
      verb: "Load",
      count: number,
      where: truck.dock,
      side: about(truck),
      howMany: { amount: say("{n} of {all}", { n: on, all: all.length }), note: say(whole ? "all are on it" : "cartons are on it") },
      body: el("div", { class: "options" }, rows()),
      scan: { label: "Scan the carton or pallet", onScan: (text) => put(text) },
      primary: whole ? { label: "Ready: shut the doors", run: shut } : null,
      ways: [{ label: "Take something off", run: takeOff }],
      back: () => go("loads"),
    });
  }

  const commands = new Map();

  async function put(text, more = {}) {
    const body = { code: text.trim(), ...more };
    const key = JSON.stringify(body);
    if (!commands.has(key)) commands.set(key, new Command());
    try {
      await commands.get(key).send(path("loads", number, "scan"), body);
      commands.delete(key);
    } catch (refusal) {
      if (refusal.code === "wrong_truck") await bad("Wrong truck!", [refusal.title, "Put it back: it does not go onto this one."]);
      else await refused(refusal, ways(refusal, text));
      return;
    }
    const before = cartons().filter((each) => each.loaded_at).length;
    await read().catch(refused);
    const after = cartons().filter((each) => each.loaded_at).length;
    good(after - before > 1 ? say("{n} cartons are on it", { n: after - before }) : say("It is on the truck"));
    if (here()) draw();
  }

  /** Dangerous goods ride apart when somebody says how. */
  function ways(refusal, text) {
    if (!(refusal.recover ?? []).includes("say_separated")) return [];
    return [
      {
        label: "Say how they are kept apart",
        run: async () => {
          const how = await chooseText("How are they kept apart?", WAYS_APART);
          if (how) await put(text, { separated: how });
        },
      },
    ];
  }

  /** The cartons of a shipment, the missing ones first. */
  function inside(shipment) {
    page({
      verb: "Shipment",
      count: shipment.number,
      what: [shipment.ship_to || shipment.document],
      body: el(
        "div",
        { class: "options" },
        [...shipment.cartons]
          .sort((one, other) => Boolean(one.loaded_at) - Boolean(other.loaded_at))
          .map((each) =>
            choice({
              label: say("Carton {n}", { n: each.sequence }),
              note: [each.sscc, each.pallet && say("on pallet {pallet}", each), each.location && !each.loaded_at && say("at {place}", { place: each.location })]
                .filter(Boolean)
                .join(", "),
              state: each.loaded_at ? "loaded" : "waiting",
            }),
          ),
      ),
      scan: truck.state === "loading" ? { label: "Scan the carton or pallet", onScan: (text) => put(text) } : null,
      back: draw,
    });
  }

  /** A carton comes off again: its label, then where it is put. */
  function takeOff() {
    page({
      verb: "Take off",
      count: number,
      what: [say("Which carton comes off?")],
      scan: {
        label: "Scan the carton",
        onScan: async (text) => {
          const sscc = text.trim();
          const known = cartons().find((each) => each.sscc === sscc) ?? (await byLabel(text));
          if (known && here()) setDown(known);
        },
      },
      back: draw,
    });
  }

  async function byLabel(text) {
    const answer = await meaningOf(text);
    if (!answer) return null;
    const known = cartons().find((each) => each.sscc === answer.parsed.sscc);
    if (!known) await notThat(answer, say("It is not of {load}.", { load: number }));
    return known;
  }

  function setDown(carton) {
    const command = new Command();
    page({
      verb: "Take off",
      count: say("carton {n}", { n: carton.sequence }),
      what: [carton.sscc],
      scan: {
        label: "Scan where you put it",
        onScan: async (text) => {
          const found = await placeOf(text, { warehouse: truck.warehouse }, "");
          if (!found || !here()) return;
          try {
            await busy(() => command.send(path("cartons", carton.sscc, "unload"), { location: found.number }));
            good(say("Carton {n} is off the truck", { n: carton.sequence }));
            await refresh();
          } catch (refusal) {
            await refused(refusal);
          }
        },
      },
      back: draw,
    });
  }

  function shut() {
    const seal = field("Seal, if there is one", { name: "seal", autocapitalize: "characters" });
    const command = new Command();
    page({
      verb: "Shut the doors",
      count: number,
      howMany: { amount: some(cartons().length, say("carton"), say("cartons")), note: say("all are on it") },
      body: seal,
      primary: {
        label: "The doors are shut",
        run: async () => {
          const number_ = seal.querySelector("input").value.trim();
          try {
            await busy(() => command.send(path("loads", number, "close"), number_ ? { seal: number_ } : {}));
            good(say("{load} is ready to depart", { load: number }));
            await refresh();
          } catch (refusal) {
            await refused(refusal);
          }
        },
      },
      back: draw,
    });
  }

  /** All is on it and the doors are shut: whoever drives gives their name. */
  function leaving() {
    const driver = field("Who takes it", { name: "driver", value: "" });
    const command = new Command();
    const closed = truck.state === "closed";
    page({
      verb: closed ? "Ready to depart" : "Load",
      count: number,
      where: truck.dock ?? "",
      what: [about(truck), truck.seal && say("Seal {seal}", truck)],
      howMany: { amount: some(cartons().length, say("carton"), say("cartons")) },
      body: closed ? driver : el("p", { class: "note" }, say(truck.state.replaceAll("_", " "))),
      primary: closed
        ? {
            label: "It leaves",
            run: async () => {
              const name = driver.querySelector("input").value.trim();
              if (!name) {
                await bad("Who takes it?", ["Enter the name that the driver gives."]);
                return;
              }
              try {
                await busy(() => command.send(path("loads", number, "depart"), { taken_by: name }));
                good(say("{load} has left", { load: number }));
                go("loads");
              } catch (refusal) {
                await refused(refusal);
              }
            },
          }
        : null,
      back: () => go("loads"),
    });
  }
}
