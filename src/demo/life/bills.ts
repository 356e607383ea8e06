import { type Month, monthOfYear, type Second, secondsPerDay, yearOf } from "../calendar.ts";
import type { Household, Person, StandingOrder } from "../person.ts";
import { euros, post, type Telling, tell } from "../telling.ts";
import { isSilent } from "./income.ts";
import { dayInMonth, timeOf } from "./monthAt.ts";

/** The standing orders of a household that has its money here: rent, energy, phone, insurance. */
export function giveStandingOrders(telling: Telling, household: Household): void {
  const { draw } = telling;
  const payer = household.adults.find(hasIncomeHere);
  const account = payer?.main;
  if (payer === undefined || account == null) return;
  const income = household.adults.filter(hasIncomeHere).reduce((sum, { income }) => sum + income, 0);
  const order = (purpose: string, counterparty: string, amount: number, dayOfMonth: number): void => {
    const orderId = `so-${account.ref.id}-${purpose}`;
    const since: Second = account.openedAt + draw.int(2, 40) * secondsPerDay;
    const given = { orderId, payer, account, purpose, counterparty, dayOfMonth, since, amount, ended: false };
    if (setOrder(telling, given, since)) household.orders.push(given);
  };
  if (draw.chance(480))
    order("rent", draw.pick(landlords), Math.floor((income * draw.int(22, 34)) / 10_000) * 100, draw.int(1, 5));
  if (draw.chance(420)) order("energy", "Bluewater Energy", draw.int(45, 190) * 100, draw.int(8, 18));
  if (draw.chance(260)) order("insurance", "Orchard Insurance", draw.int(1800, 9500), draw.int(1, 28));
  if (draw.chance(300))
    order("phone", draw.pick(["TelCom One", "FiberNet"]), draw.int(12, 59) * 100 + 90, draw.int(10, 25));
}

/** Pays what is due this month; rents go up in January, and an order given up ends. */
export function payBills(telling: Telling, { orders }: Household, month: Month): void {
  const { draw } = telling;
  for (const order of orders) {
    if (order.ended || isSilent(order.payer, month)) continue;
    const at = timeOf(draw, dayInMonth(month, order.dayOfMonth), 1, 3);
    if (at <= order.since) continue;
    if (order.purpose === "rent" && monthOfYear(month) === 1 && draw.chance(500)) {
      order.amount += Math.floor((order.amount * draw.int(15, 35)) / 100_000) * 100;
      setOrder(telling, order, at - 3600);
    } else if (order.purpose !== "rent" && draw.chance(4)) {
      endOrder(telling, order, at);
      continue;
    }
    post(telling, order.account, {
      at,
      direction: "debit",
      amount: order.amount,
      operation: "standing-order",
      purpose: order.purpose,
      counterparty: order.counterparty,
      description: `${order.purpose} ${yearOf(month)}-${String(monthOfYear(month)).padStart(2, "0")}`,
    });
  }
}

export function endOrder(telling: Telling, order: StandingOrder, at: Second): void {
  order.ended = true;
  tell(telling, order.payer, at, "core", "standing-order-ended", { orderId: order.orderId });
}

const setOrder = (
  telling: Telling,
  { payer, orderId, account, amount, purpose, counterparty }: StandingOrder,
  at: Second,
) =>
  tell(telling, payer, at, "core", "standing-order-set", {
    orderId,
    account: account.ref,
    amount: euros(amount),
    frequency: "monthly",
    purpose,
    counterparty,
  });

/** Whether the bank sees this person's regular income. */
export const hasIncomeHere = ({ main, livelihood, index }: Person): boolean =>
  main !== null &&
  (livelihood.kind === "employed" ? livelihood.paidHere : livelihood.kind === "pensioner" && index % 5 >= 2);

const landlords = ["Northport Housing", "Eastbridge Homes", "Lakeside Estates", "Mr K. Steiner", "Ms A. Conti"];
