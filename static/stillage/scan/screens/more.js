// The screens beside those that a day begins with, by the names under which screens go to each other.

import { arrival, arrivals } from "./arrivals.js";
import { assembly, assemblyOrder } from "./assembly.js";
import { check, checks } from "./checks.js";
import { genuine } from "./genuine.js";
import { inspection, inspections } from "./inspections.js";
import { load, loads } from "./loads.js";
import { pallets } from "./pallets.js";
import { putBacks } from "./putbacks.js";
import { report } from "./report.js";
import { customerReturn, returns } from "./returns.js";
import { round, rounds } from "./rounds.js";
import { sort, together } from "./together.js";

export const more = {
  rounds,
  round,
  sort,
  together,
  putBacks,
  loads,
  load,
  arrivals,
  arrival,
  pallets,
  returns,
  customerReturn,
  inspections,
  inspection,
  report,
  checks,
  check,
  genuine,
  assembly,
  assemblyOrder,
};
