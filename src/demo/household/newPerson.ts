import { type Day, dayOf, type Month, monthOf, type Second, secondsPerDay } from "../calendar.ts";
import type { Draw } from "../draw.ts";
import type { BankParameters } from "../parameters.ts";
import type { Livelihood, Person } from "../person.ts";
import { femaleNames, type GivenName, maleNames } from "../tables/names.ts";
import type { Taste } from "../tables/spending.ts";

type Core = {
  readonly index: number;
  readonly family: GivenName;
  readonly born: Day;
  readonly registeredAt: Second;
  readonly affluent: boolean;
  readonly livelihood: Livelihood;
  readonly income: number;
};

/** Fills in name, habits and fate. */
export function newPerson(parameters: BankParameters, draw: Draw, core: Core): Person {
  const gender = draw.chance(500) ? "female" : "male";
  const number = String(10_000_000 + core.index);
  const ref = { system: "crm", id: number };
  return {
    ...core,
    ref,
    subject: { customer: ref },
    given: draw.pick(gender === "female" ? femaleNames : maleNames),
    gender,
    tastes: tastesOf(draw, core),
    thrift: draw.pick([350, 600, 800, 1000, 1000, 1200, 1500, 1950]),
    ...fate(parameters, draw, core),
    ...enrolment(parameters, draw, core, number),
    main: null,
    savings: null,
    foreign: null,
    accounts: [],
    cards: [],
    consents: new Set(),
    nextFact: 1,
  };
}

function tastesOf(draw: Draw, { livelihood, affluent }: Core): ReadonlySet<Taste> {
  const tastes = new Set<Taste>(["anyone"]);
  const adult = livelihood.kind === "employed" || livelihood.kind === "pensioner";
  const odds: readonly (readonly [Taste, number])[] = [
    ["driver", adult ? 680 : 150],
    ["parent", livelihood.kind === "employed" ? 300 : 60],
    ["pets", 260],
    ["gambler", livelihood.kind === "child" ? 0 : 40],
    ["gamer", adult ? 180 : 550],
    ["traveller", affluent ? 900 : adult ? 420 : 120],
    ["nightlife", livelihood.kind === "student" ? 750 : adult ? 350 : 0],
  ];
  for (const [taste, perThousand] of odds) if (draw.chance(perThousand)) tastes.add(taste);
  return tastes;
}

/** One in eleven falls silent at some time; of the others about 0.35 % leave each month. Children and firms stay. */
function fate(parameters: BankParameters, draw: Draw, { livelihood, registeredAt }: Core) {
  const none = { dormantFrom: null, leavesIn: null };
  if (livelihood.kind === "child" || livelihood.kind === "business") return none;
  const start = Math.max(parameters.firstMonth, monthOf(dayOf(registeredAt)) + 3);
  const end: Month = parameters.firstMonth + parameters.months - 1;
  if (draw.chance(90)) {
    // Half of them were silent all along; the rest stop on the way.
    const from = draw.chance(500) ? start : Math.max(start, parameters.firstMonth + draw.int(0, parameters.months));
    return { dormantFrom: from, leavesIn: null };
  }
  for (let month = start; month <= end; month++)
    if (draw.chance(35, 10_000)) return { dormantFrom: null, leavesIn: month };
  return none;
}

function enrolment(parameters: BankParameters, draw: Draw, { livelihood, born, registeredAt }: Core, number: string) {
  const age = Math.floor((dayOf(parameters.since) - born) / 365);
  const perThousand = livelihood.kind === "business" ? 800 : age < 12 ? 0 : age < 60 ? 760 : 280;
  const enrols = draw.chance(perThousand);
  const enrolledAt = registeredAt + draw.int(1, 60) * secondsPerDay + draw.int(-3600, 36_000);
  return {
    appSubject: { customer: { system: "app", id: `u${number}${draw.int(10, 99)}` } },
    enrolledAt: enrols && enrolledAt < parameters.until ? enrolledAt : null,
  };
}
