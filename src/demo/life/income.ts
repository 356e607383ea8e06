import { isOpenAt } from "../account.ts";
import { type Day, lastDay, type Month, monthOfYear, workdayBefore } from "../calendar.ts";
import { employment } from "../household/livelihood.ts";
import type { Household, Person } from "../person.ts";
import { post, type Telling, tell, transfer } from "../telling.ts";
import { dayInMonth, someTime, timeOf } from "./monthAt.ts";
import { ageAt, incomeBand } from "./register.ts";
import { unrelate } from "./relate.ts";

/** What comes in during a month: wages (with a raise in April, now and then a new job), pensions, allowances. */
export function earn(telling: Telling, { adults, children }: Household, month: Month): void {
  for (const person of [...adults, ...children]) {
    const { livelihood } = person;
    if (livelihood.kind === "employed") {
      progress(telling, person, month);
      if (person.livelihood.kind === "employed") payWage(telling, person, person.livelihood, month);
    } else if (livelihood.kind === "pensioner") payPension(telling, person, month);
    else if (livelihood.kind === "student") receive(telling, person, month, 3, "allowance", "Family support");
    else if (livelihood.kind === "child") payPocketMoney(telling, adults[0], person, month);
    else takeIn(telling, person, month);
  }
}

function progress(telling: Telling, person: Person, month: Month): void {
  const { draw } = telling;
  if (monthOfYear(month) === 4 && draw.chance(720))
    person.income = Math.floor((person.income * draw.int(1012, 1048)) / 1000 / 100) * 100;
  if (!draw.chance(4) || person.dormantFrom !== null) return;
  const at = someTime(draw, month, 9, 17);
  const job = employment(draw, ageAt(person, at), person.affluent, []);
  if (job.livelihood.kind !== "employed" || at <= person.registeredAt) return;
  const { livelihood: left } = person;
  if (left.kind !== "employed") return;
  if (left.company !== null) {
    unrelate(telling, left.company, "employer", person, at, "left the job");
    unrelate(telling, person, "employee", left.company, at, "left the job");
  }
  person.livelihood = { ...job.livelihood, paidHere: left.paidHere };
  person.income = Math.max(job.income, Math.floor(person.income * 0.9));
  tell(telling, person, at, "crm", "customer-attributes-changed", {
    attributes: {
      occupation: job.livelihood.occupation,
      employer: job.livelihood.employer,
      incomeBand: incomeBand(person.income),
    },
  });
}

function payWage(
  telling: Telling,
  person: Person,
  job: Extract<Person["livelihood"], { kind: "employed" }>,
  month: Month,
): void {
  const { draw } = telling;
  const account = person.main;
  if (account === null || isSilent(person, month)) return;
  if (!job.paidHere) {
    // The wage goes to another bank; some of it is sent on.
    const amount = Math.floor((person.income * draw.int(5, 35)) / 10_000) * 100;
    if (draw.chance(350) && amount > 0)
      post(telling, account, {
        at: someTime(draw, month, 8, 20),
        direction: "credit",
        amount,
        operation: "transfer",
        purpose: "own-funds",
        counterparty: "Own account elsewhere",
      });
    return;
  }
  const payday = workdayBefore(job.payday === "15th" ? dayInMonth(month, 15) : lastDay(month));
  const at = timeOf(draw, payday, 2, 6);
  const bonus = monthOfYear(month) === 12 && draw.chance(400) ? Math.floor(person.income * 0.6) : 0;
  const amount = person.income + bonus;
  if (at <= person.registeredAt || !isOpenAt(account, at)) return;
  const paid =
    job.company?.main != null &&
    transfer(telling, { from: job.company.main, to: account, at, amount, operation: "transfer", purpose: "salary" });
  if (!paid)
    post(telling, account, {
      at,
      direction: "credit",
      amount,
      operation: "transfer",
      purpose: "salary",
      counterparty: job.employer,
    });
}

function payPension(telling: Telling, person: Person, month: Month): void {
  if (monthOfYear(month) === 1) person.income = Math.floor((person.income * 1023) / 1000 / 10) * 10;
  // Two in five pensioners draw their pension at another bank: fixed by the customer's number.
  if (person.index % 5 < 2) return;
  receive(telling, person, month, 10, "pension", "National Pension Fund");
}

function receive(telling: Telling, person: Person, month: Month, day: number, purpose: string, payer: string): void {
  if (person.main === null || isSilent(person, month)) return;
  const at = timeOf(telling.draw, workdayBefore(dayInMonth(month, day)), 3, 7);
  post(telling, person.main, {
    at,
    direction: "credit",
    amount: person.income,
    operation: "transfer",
    purpose,
    counterparty: payer,
  });
}

function payPocketMoney(telling: Telling, parent: Person | undefined, child: Person, month: Month): void {
  // Half of the parents pay it into the account, the others in cash.
  if (parent?.main == null || child.main === null || child.index % 2 === 0) return;
  if (isSilent(parent, month) || parent.main.balance < 10_000) return;
  const at = timeOf(telling.draw, dayInMonth(month, 1), 4, 6);
  const amount = Math.max(5, ageAt(child, at) * 3 - 12) * 100;
  transfer(telling, {
    from: parent.main,
    to: child.main,
    at,
    amount,
    operation: "transfer",
    purpose: "pocket-money",
  });
}

/** A firm's month: weekly card takings, suppliers, rent, and taxes each quarter. */
function takeIn(telling: Telling, firm: Person, month: Month): void {
  const { draw } = telling;
  if (firm.main === null || firm.livelihood.kind !== "business") return;
  const season = monthOfYear(month) === 12 ? 135 : monthOfYear(month) === 8 ? 80 : 100;
  for (const day of [5, 12, 19, 26])
    post(telling, firm.main, {
      at: timeOf(draw, workdayBefore(dayInMonth(month, day)), 3, 6),
      direction: "credit",
      amount: Math.floor((firm.income * draw.int(20, 33) * season) / 10_000),
      operation: "card-settlement",
      purpose: "takings",
      counterparty: "CardLink Acquiring",
    });
  const pay = (day: Day, amount: number, purpose: string, counterparty: string): void => {
    if (firm.main !== null && firm.main.balance > amount)
      post(telling, firm.main, {
        at: timeOf(draw, workdayBefore(day), 9, 17),
        direction: "debit",
        amount,
        operation: "transfer",
        purpose,
        counterparty,
      });
  };
  const perCent = (share: number): number => Math.floor((firm.income * share) / 100);
  pay(dayInMonth(month, 3), perCent(12), "rent", "Stonefield Commercial Property");
  pay(dayInMonth(month, draw.int(8, 27)), perCent(draw.int(22, 34)), "supplies", "Central Wholesale");
  if (monthOfYear(month) % 3 === 1) pay(dayInMonth(month, 25), perCent(draw.int(12, 24)), "tax", "Tax Office");
}

/** Dormant customers and those who have left do nothing. */
export const isSilent = ({ dormantFrom, leavesIn }: Person, month: Month): boolean =>
  (dormantFrom !== null && month >= dormantFrom) || (leavesIn !== null && month > leavesIn);
