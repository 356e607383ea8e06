import { dayOf, type Second } from "../calendar.ts";
import type { Draw } from "../draw.ts";
import type { BankParameters } from "../parameters.ts";
import type { Household } from "../person.ts";
import { familyNames, tradeNames } from "../tables/names.ts";
import { placeWeights } from "../tables/places.ts";
import { newPerson } from "./newPerson.ts";

/** A small firm: one customer with a business account; it may employ neighbours. */
export function planFirm(parameters: BankParameters, draw: Draw, index: number, joined: Second): Household {
  const firm = newPerson(parameters, draw, {
    index,
    family: draw.pick(familyNames),
    born: dayOf(joined) - draw.int(10, 4000),
    registeredAt: joined,
    affluent: false,
    livelihood: { kind: "business", ...draw.pick(tradeNames) },
    income: draw.int(6000, 22_000) * 100,
  });
  const placeIndex = draw.weighted(placeWeights);
  return {
    kind: "business",
    adults: [firm],
    children: [],
    couple: false,
    together: false,
    placeIndex,
    orders: [],
    loans: [],
  };
}
