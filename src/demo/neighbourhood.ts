import { firstDay, type Second, secondsPerDay, startOf } from "./calendar.ts";
import { type Draw, drawFor } from "./draw.ts";
import { planFamily } from "./household/planFamily.ts";
import { planFirm } from "./household/planFirm.ts";
import { type BankParameters, joinersPerThousand } from "./parameters.ts";
import type { Household, Person } from "./person.ts";

/** Customers who know each other: the unit that is made at once, independent of all others. */
export const neighbourhoodSize = 50;

export type Neighbourhood = { readonly index: number; readonly draw: Draw; readonly households: readonly Household[] };

/** Who lives there: 50 customers (fewer at the end of the bank) in households of one to five, and now and then a firm. */
export function planNeighbourhood(parameters: BankParameters, index: number): Neighbourhood {
  const draw = drawFor(parameters.seed, index, 1);
  const first = index * neighbourhoodSize;
  const size = Math.min(neighbourhoodSize, parameters.customers - first);
  const households: Household[] = [];
  const firms: Person[] = [];
  let taken = 0;
  while (taken < size) {
    const joined = joiningTime(parameters, draw);
    const household =
      firms.length < 2 && draw.chance(35)
        ? planFirm(parameters, draw, first + taken, joined)
        : planFamily(parameters, draw, { firstIndex: first + taken, room: size - taken, joined, firms });
    if (household.kind === "business") firms.push(...household.adults);
    households.push(household);
    taken += household.adults.length + household.children.length;
  }
  return { index, draw, households };
}

/** Most were customers before the months that are told, for up to 15 years; the others join over time. */
function joiningTime({ since, until, months, firstMonth }: BankParameters, draw: Draw): Second {
  const ofDay = draw.int(9 * 3600, 17 * 3600);
  if (!draw.chance(joinersPerThousand(months))) return since - draw.int(20, 5400) * secondsPerDay + ofDay;
  const day = Math.floor(startOf(firstDay(firstMonth)) / secondsPerDay);
  const lastDay = Math.max(day, Math.floor(until / secondsPerDay) - 3);
  return startOf(draw.int(day, lastDay)) + ofDay;
}
