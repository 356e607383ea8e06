import type { JsonObject } from "../../domain/json.ts";
import { dateText, dayOf, type Second, secondsPerDay } from "../calendar.ts";
import { firmName } from "../household/livelihood.ts";
import type { Household, Person } from "../person.ts";
import { languages, languageWeights, places } from "../tables/places.ts";
import { type Telling, tell } from "../telling.ts";

/** The customer file is opened: who it is, what may be done with the data, how to reach them. */
export function register(telling: Telling, household: Household, person: Person): void {
  const { draw } = telling;
  const at = person.registeredAt;
  const actor = draw.chance(300) ? { actor: { kind: "person" as const, id: `clerk-${draw.int(1, 60)}` } } : {};
  const attributes =
    person.livelihood.kind === "business"
      ? firmAttributes(household, person)
      : personAttributes(telling, household, person);
  tell(telling, person, at, "crm", "customer-registered", { attributes }, actor);
  if (person.enrolledAt !== null && "customer" in person.appSubject)
    tell(telling, person, person.enrolledAt, "app", "identity-linked", { ...person.appSubject.customer });
  if (ageAt(person, at) >= 16 || person.livelihood.kind === "business") consent(telling, person, at + 120);
}

function personAttributes({ draw }: Telling, household: Household, person: Person): JsonObject {
  const place = places[household.placeIndex]!;
  const { given, family, livelihood, registeredAt } = person;
  return {
    firstName: given.name,
    lastName: family.name,
    email: `${given.ascii}.${family.ascii}.${person.index}@example.com`,
    ...(draw.chance(850) ? { phone: `+4477009${String(draw.int(0, 999)).padStart(5, "0")}` } : {}),
    birthDate: dateText(person.born),
    gender: person.gender,
    city: place.city,
    district: place.district,
    language: languages[draw.weighted(languageWeights)]!.code,
    segment: segmentOf(person, registeredAt),
    ...(ageAt(person, registeredAt) < 18 ? {} : { maritalStatus: household.couple ? "married" : "single" }),
    ...(livelihood.kind === "employed"
      ? { occupation: livelihood.occupation, employer: livelihood.employer, incomeBand: incomeBand(person.income) }
      : livelihood.kind === "child"
        ? {}
        : { occupation: livelihood.kind }),
  };
}

function firmAttributes(household: Household, firm: Person): JsonObject {
  const place = places[household.placeIndex]!;
  const industry = firm.livelihood.kind === "business" ? firm.livelihood.industry : "other";
  return {
    companyName: firmName(firm),
    email: `office.${firm.family.ascii}.${firm.index}@example.com`,
    city: place.city,
    district: place.district,
    language: "en",
    segment: "business",
    industry,
  };
}

function consent(telling: Telling, person: Person, at: Second): void {
  const { draw } = telling;
  const asked: readonly (readonly [channel: string, purpose: string, perThousand: number])[] = [
    ["email", "marketing", 600],
    ["sms", "marketing", 330],
    ["phone", "marketing", 160],
    ["push", "marketing", person.enrolledAt === null ? 0 : 450],
    ["email", "profiling", 350],
  ];
  for (const [channel, purpose, perThousand] of asked) {
    if (!draw.chance(perThousand)) continue;
    const given = channel === "push" && person.enrolledAt !== null ? person.enrolledAt + 300 : at;
    if (!tell(telling, person, given, "crm", "consent-granted", { channel, purpose, evidence: "registration-form" }))
      continue;
    const withdrawn = given + draw.int(30, 1500) * secondsPerDay;
    const withdraws = draw.chance(110);
    const told =
      withdraws &&
      tell(telling, person, withdrawn, "crm", "consent-withdrawn", { channel, purpose, reason: "request" });
    if (!told) person.consents.add(`${channel}/${purpose}`);
  }
  if (draw.chance(550))
    tell(telling, person, at + 30, "crm", "preference-set", {
      name: "contact-channel",
      value: draw.pick(["email", "email", "phone", "post", "app"]),
    });
  if (draw.chance(300))
    tell(telling, person, at + 40, "crm", "preference-set", { name: "paper-statements", value: false });
}

export const ageAt = ({ born }: Person, at: Second): number => Math.floor(((dayOf(at) - born) * 100) / 36_525);

export function segmentOf(person: Person, at: Second): string {
  const age = ageAt(person, at);
  if (age < 18) return "junior";
  if (person.affluent) return "affluent";
  if (person.livelihood.kind === "student" || age < 26) return "young-adult";
  return person.livelihood.kind === "pensioner" ? "senior" : "mass";
}

/** Upper bounds in cents per month. */
export const incomeBand = (income: number): string =>
  income < 150_000 ? "below-1500" : income < 250_000 ? "1500-2500" : income < 400_000 ? "2500-4000" : "4000-plus";
