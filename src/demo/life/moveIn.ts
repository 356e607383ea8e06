import { dayOf, firstDay, monthOf, type Second, secondsPerDay, startOf } from "../calendar.ts";
import type { Household, Person } from "../person.ts";
import { type Telling, tell } from "../telling.ts";
import { issueCard, openAccount } from "./openAccount.ts";
import { ageAt, register } from "./register.ts";
import { relate } from "./relate.ts";

/** A household comes to the bank: everybody is registered, gets accounts and cards, and is related to the others. */
export function moveIn(telling: Telling, household: Household): void {
  const [first, second] = household.adults;
  for (const person of [...household.adults, ...household.children]) register(telling, household, person);
  for (const adult of household.adults) equip(telling, household, adult);
  for (const child of household.children)
    if (ageAt(child, telling.parameters.since) >= 18) equip(telling, household, child);
    else openJuniorAccount(telling, household, child);
  if (household.couple && first && second) {
    const at = Math.max(first.registeredAt, second.registeredAt) + 900;
    relate(telling, first, "spouse", second, at);
    relate(telling, second, "spouse", first, at);
  }
  for (const child of household.children)
    for (const adult of household.adults) {
      const at = Math.max(child.registeredAt, adult.registeredAt) + 1200;
      relate(telling, adult, "parent", child, at);
      relate(telling, child, "child", adult, at);
    }
  for (const adult of household.adults)
    if (adult.livelihood.kind === "employed") employ(telling, adult.livelihood.company, adult);
}

function equip(telling: Telling, household: Household, person: Person): void {
  const { draw } = telling;
  const [first] = household.adults;
  const shares = household.couple && person === household.adults[1] && draw.chance(450);
  if (
    shares &&
    first !== undefined &&
    first.main !== null &&
    !("paidHere" in first.livelihood && !first.livelihood.paidHere)
  )
    share(telling, person, first, Math.max(person.registeredAt, first.registeredAt) + 1600);
  else {
    const product =
      person.livelihood.kind === "business"
        ? "business"
        : person.affluent
          ? "current-premium"
          : person.livelihood.kind === "student"
            ? "current-student"
            : "current";
    const income = Math.max(person.income, 30_000);
    const broughtForward = Math.floor((income * draw.int(15, person.affluent ? 400 : 180)) / 100);
    person.main = openAccount(
      telling,
      person,
      person.registeredAt + draw.int(300, 1500),
      product,
      "EUR",
      broughtForward,
    );
    if (person.main !== null && draw.chance(920))
      issueCard(telling, person, person.main, person.main.openedAt + draw.int(3, 9) * secondsPerDay);
  }
  openFurtherAccounts(telling, person);
}

function share(telling: Telling, partner: Person, holder: Person, at: Second): void {
  const account = holder.main!;
  const relationshipId = `disponent-${account.ref.id}-${partner.ref.id}`;
  tell(telling, partner, at, "core", "relationship-established", {
    relationshipId,
    kind: "disponent",
    account: account.ref,
  });
  partner.main = account;
  if (telling.draw.chance(900)) issueCard(telling, partner, account, at + telling.draw.int(3, 9) * secondsPerDay);
}

function openFurtherAccounts(telling: Telling, person: Person): void {
  const { draw } = telling;
  if (person.livelihood.kind === "business") return;
  const later = () => person.registeredAt + draw.int(1, 1200) * secondsPerDay + draw.int(0, 20_000);
  if (draw.chance(person.affluent ? 750 : 300))
    person.savings = openAccount(
      telling,
      person,
      later(),
      "savings",
      "EUR",
      draw.int(2, person.affluent ? 900 : 160) * 10_000,
    );
  if (draw.chance(person.affluent ? 120 : 25)) {
    const yen = draw.chance(300);
    const broughtForward = yen ? draw.int(20, 900) * 1000 : draw.int(100, 9000) * 100;
    person.foreign = openAccount(telling, person, later(), "foreign-currency", yen ? "JPY" : "USD", broughtForward);
  }
}

function openJuniorAccount(telling: Telling, household: Household, child: Person): void {
  const { draw } = telling;
  if (!draw.chance(650)) return;
  const at = child.registeredAt + draw.int(1300, 3000);
  child.main = openAccount(telling, child, at, "junior", "EUR", draw.int(0, 90) * 1000);
  const [guardian] = household.adults;
  if (child.main === null || guardian === undefined) return;
  tell(telling, guardian, Math.max(at, guardian.registeredAt) + 60, "core", "relationship-established", {
    relationshipId: `guardian-${child.main.ref.id}`,
    kind: "disponent",
    account: child.main.ref,
  });
  if (ageAt(child, telling.parameters.since) >= 13 && draw.chance(600))
    issueCard(telling, child, child.main, Math.max(at, startOf(firstDay(monthOf(dayOf(at)) + 1))) + 36_000);
}

function employ(telling: Telling, company: Person | null, employee: Person): void {
  if (company === null) return;
  const at = Math.max(company.registeredAt, employee.registeredAt) + 2 * secondsPerDay;
  relate(telling, company, "employer", employee, at);
  relate(telling, employee, "employee", company, at);
}
