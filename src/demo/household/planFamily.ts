import { type Day, dayOf, type Second, startOf } from "../calendar.ts";
import { cumulate, type Draw } from "../draw.ts";
import type { BankParameters } from "../parameters.ts";
import type { Household, Person } from "../person.ts";
import { familyNames } from "../tables/names.ts";
import { placeWeights } from "../tables/places.ts";
import { livelihoodOf } from "./livelihood.ts";
import { newPerson } from "./newPerson.ts";

type Setting = {
  readonly firstIndex: number;
  /** Customers still to be placed in the neighbourhood. */
  readonly room: number;
  readonly joined: Second;
  /** Firms next door that may employ somebody. */
  readonly firms: readonly Person[];
};

const sizeWeights = cumulate([38, 30, 14, 13, 5]);
/** Of the first adult at the start of the movements. */
const ageBands = [
  { from: 19, to: 25, weight: 12 },
  { from: 26, to: 35, weight: 22 },
  { from: 36, to: 50, weight: 28 },
  { from: 51, to: 65, weight: 22 },
  { from: 66, to: 88, weight: 16 },
];
const parentBands = ageBands.slice(1, 3);

/** Singles, couples, single parents and families with up to three children who are customers too. */
export function planFamily(parameters: BankParameters, draw: Draw, setting: Setting): Household {
  const size = Math.min(setting.room, draw.weighted(sizeWeights) + 1);
  const couple = size > 1 && draw.chance(size === 2 ? 850 : 800);
  const childCount = size - (couple ? 2 : 1);
  const bands = childCount > 0 ? parentBands : ageBands;
  const band = bands[draw.weighted(cumulate(bands.map(({ weight }) => weight)))]!;
  const family = draw.pick(familyNames);
  const placeIndex = draw.weighted(placeWeights);
  const affluent = draw.chance(120);
  const referenceDay = dayOf(parameters.since);
  const born: Day = referenceDay - draw.int(band.from * 365, band.to * 365 + 364);
  // Nobody had an account of their own before 18: who was younger then came to the bank later.
  const joined = Math.max(setting.joined, Math.min(startOf(born + 18 * 366) + 36_000, parameters.since - 86_000));

  const member = (offset: number, birth: Day, registeredAt: Second, sharedName: boolean): Person => {
    const age = Math.floor((referenceDay - birth) / 365);
    return newPerson(parameters, draw, {
      index: setting.firstIndex + offset,
      family: sharedName ? family : draw.pick(familyNames),
      born: birth,
      registeredAt,
      affluent,
      ...livelihoodOf(draw, age, affluent, setting.firms),
    });
  };

  const adults = [member(0, born, joined, true)];
  if (couple) {
    const partnerBorn = Math.min(born + draw.int(-2000, 2000), referenceDay - 19 * 365);
    const ofAge = startOf(partnerBorn + 18 * 366) + 36_000;
    const together = joined > ofAge && draw.chance(700);
    const registered = together
      ? joined + draw.int(300, 3000)
      : laterVisit(parameters, draw, Math.max(joined, ofAge), 400);
    adults.push(member(1, partnerBorn, registered, draw.chance(650)));
  }
  const youngestParent = adults.reduce((day, adult) => Math.max(day, adult.born), -200 * 365);
  const children = Array.from({ length: childCount }, (_, child) => {
    const birth = Math.min(referenceDay - 60, youngestParent + draw.int(20 * 365, 31 * 365));
    const earliest = Math.max(joined, startOf(birth + 30));
    const registered = laterVisit(parameters, draw, earliest, Math.min(draw.int(1, 5200), draw.int(1, 5200)));
    return member(adults.length + child, birth, registered, true);
  });
  return { kind: "family", adults, children, couple, together: couple, placeIndex, orders: [], loans: [] };
}

/** In office hours of one of the next `days` days, and two days before `until` at the latest. */
function laterVisit({ until }: BankParameters, draw: Draw, from: Second, days: number): Second {
  const left = dayOf(until) - 2 - dayOf(from);
  return startOf(dayOf(from) + draw.int(1, Math.max(1, Math.min(days, left)))) + draw.int(9 * 3600, 17 * 3600);
}
