import { isOpenAt } from "../account.ts";
import { firstDay, type Month, monthOf, type Second, secondsPerDay, startOf } from "../calendar.ts";
import type { Household, Person } from "../person.ts";
import { places, placeWeights } from "../tables/places.ts";
import { post, type Telling, tell, transfer } from "../telling.ts";
import { endOrder } from "./bills.ts";
import { isSilent } from "./income.ts";
import { someTime, timeOf } from "./monthAt.ts";
import { issueCard, openAccount } from "./openAccount.ts";
import { unrelate } from "./relate.ts";

/** What changes a life: moving house, parting, a lost card, coming of age. */
export function takeTurns(telling: Telling, household: Household, month: Month): void {
  const { draw } = telling;
  const members = [...household.adults, ...household.children];
  if (draw.chance(4)) moveHouse(telling, household, members, someTime(draw, month, 9, 17));
  if (household.together && draw.chance(7, 10_000)) part(telling, household, someTime(draw, month, 9, 17));
  for (const person of members) {
    if (!isSilent(person, month) && draw.chance(5)) loseCard(telling, person, someTime(draw, month, 8, 22));
    if (person.livelihood.kind === "child" && monthOf(eighteenth(person)) === month)
      comeOfAge(telling, household, person, timeOf(draw, eighteenth(person), 10, 16));
  }
}

/** Those who leave in this month, on its last evening: to be called after all other movements of the month. */
export function leaveBank(telling: Telling, household: Household, month: Month): void {
  for (const person of household.adults) {
    if (person.leavesIn !== month || person.main === null || isTied(household, person)) continue;
    const at = startOf(firstDay(month + 1)) - 1800;
    if (at >= telling.parameters.until || !isOpenAt(person.main, at)) continue;
    for (const order of household.orders)
      if (!order.ended && order.payer === person) endOrder(telling, order, at - 3600);
    for (const card of person.cards)
      if (card.status !== "closed") setCardStatus(telling, person, card, "closed", at - 1800);
    for (const account of person.accounts) close(telling, person, account, at, "customer-left");
    for (const consent of person.consents) {
      const [channel = "", purpose = ""] = consent.split("/");
      tell(telling, person, at + 900, "crm", "consent-withdrawn", { channel, purpose, reason: "customer left" });
    }
    person.consents.clear();
    const attributes = { status: "former", segment: "former" };
    tell(telling, person, at + 1200, "crm", "customer-attributes-changed", { attributes });
  }
}

/** Nobody leaves with a running loan or an account that the partner lives on. */
const isTied = ({ adults, loans }: Household, person: Person): boolean =>
  adults.some(other => other !== person && other.main === person.main) ||
  loans.some(({ borrower, instalmentsLeft }) => borrower === person && instalmentsLeft > 0);

/** Pays out what is left, then closes. Nothing may be posted to the account between. */
function close(
  telling: Telling,
  holder: Person,
  account: Person["accounts"][number],
  at: Second,
  reason: string,
): void {
  if (!isOpenAt(account, at)) return;
  const left = account.balance;
  if (left !== 0)
    post(telling, account, {
      at: at - 300,
      direction: left > 0 ? "debit" : "credit",
      amount: Math.abs(left),
      operation: "transfer",
      purpose: "closing",
      counterparty: "Own account elsewhere",
    });
  if (tell(telling, holder, at, "core", "account-closed", { account: account.ref, reason })) account.closedAt = at;
}

function moveHouse(telling: Telling, household: Household, members: readonly Person[], at: Second): void {
  household.placeIndex = telling.draw.weighted(placeWeights);
  const { city, district } = places[household.placeIndex]!;
  for (const person of members)
    if (at > person.registeredAt)
      tell(telling, person, at, "crm", "customer-attributes-changed", { attributes: { city, district } });
}

function part(telling: Telling, household: Household, at: Second): void {
  const [first, second] = household.adults;
  if (first === undefined || second === undefined || at <= Math.max(first.registeredAt, second.registeredAt) + 1800)
    return;
  household.together = false;
  for (const [from, to] of [
    [first, second],
    [second, first],
  ] as const) {
    unrelate(telling, from, "spouse", to, at, "divorce");
    const attributes = { maritalStatus: "divorced" };
    tell(telling, from, at + 60, "crm", "customer-attributes-changed", { attributes });
  }
}

function loseCard(telling: Telling, person: Person, at: Second): void {
  const card = person.cards.find(({ status }) => status === "active");
  if (card === undefined || at <= person.registeredAt + 20 * secondsPerDay || !isOpenAt(card.account, at)) return;
  setCardStatus(telling, person, card, "blocked", at);
  if (telling.draw.chance(850)) {
    setCardStatus(telling, person, card, "closed", at + 3600);
    issueCard(telling, person, card.account, at + telling.draw.int(3, 7) * 3600);
  }
}

function setCardStatus(
  telling: Telling,
  person: Person,
  card: Person["cards"][number],
  status: "blocked" | "closed",
  at: Second,
): void {
  if (tell(telling, person, at, "cards", "card-status-changed", { cardId: card.cardId, status })) card.status = status;
}

const eighteenth = ({ born }: Person): number => born + 6575;

/** A junior account becomes a student's; the parent's power over it ends. */
function comeOfAge(telling: Telling, household: Household, person: Person, at: Second): void {
  if (at >= telling.parameters.until || at <= person.registeredAt + secondsPerDay) return;
  const attributes = { segment: "young-adult", occupation: "student", maritalStatus: "single" };
  tell(telling, person, at, "crm", "customer-attributes-changed", { attributes });
  person.livelihood = { kind: "student" };
  person.income = telling.draw.int(300, 700) * 100;
  const junior = person.main;
  person.main = openAccount(telling, person, at + 600, "current-student", "EUR", 0);
  if (person.main === null) return;
  for (const card of person.cards)
    if (card.status === "active") setCardStatus(telling, person, card, "closed", at + 700);
  issueCard(telling, person, person.main, at + 800);
  if (junior === null) return;
  const [guardian] = household.adults;
  if (guardian !== undefined)
    tell(telling, guardian, at + 900, "core", "relationship-ended", {
      relationshipId: `guardian-${junior.ref.id}`,
      reason: "came of age",
    });
  if (junior.balance > 0)
    transfer(telling, {
      from: junior,
      to: person.main,
      at: at + 1200,
      amount: junior.balance,
      operation: "transfer",
      purpose: "closing",
    });
  close(telling, person, junior, at + 1800, "came-of-age");
}
