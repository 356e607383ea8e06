import { amountAround, roundedDown, shopPrice } from "../amounts.ts";
import { firstDay, lastDay, type Month, monthOfYear, weekday } from "../calendar.ts";
import type { Card, Household, Person } from "../person.ts";
import { places } from "../tables/places.ts";
import {
  monthlyCategoryWeights,
  monthlyPurchases,
  type SpendingCategory,
  spendingCategories,
} from "../tables/spending.ts";
import { post, type Telling } from "../telling.ts";
import { hasIncomeHere } from "./bills.ts";
import { isSilent } from "./income.ts";
import { someTime, timeOf } from "./monthAt.ts";
import { ageAt } from "./register.ts";

/** Card purchases and cash of a month, as far as the money reaches. */
export function spend(telling: Telling, household: Household, month: Month): void {
  for (const person of [...household.adults, ...household.children]) {
    const card = person.cards.find(({ status }) => status === "active");
    if (card === undefined || isSilent(person, month)) continue;
    const perThousand = purchasesPerMonth(person) * monthlyPurchases[month % 12]! * telling.parameters.activity;
    const purchases = telling.draw.count(Math.floor((perThousand * person.thrift) / 1_000_000_000));
    for (let n = 0; n < purchases; n++) buy(telling, person, card, month);
    withdrawCash(telling, household, person, card, month);
  }
}

/** In thousandths, at an activity of 1,000. */
function purchasesPerMonth(person: Person): number {
  if (person.livelihood.kind === "child") return 2000;
  if (person.livelihood.kind === "business") return 4000;
  return hasIncomeHere(person) ? 9000 : 3500;
}

function buy(telling: Telling, person: Person, card: Card, month: Month): void {
  const { draw } = telling;
  const drawn = spendingCategories[draw.weighted(monthlyCategoryWeights[month % 12]!)]!;
  const category = person.tastes.has(drawn.taste ?? "anyone") ? drawn : groceries;
  let day = draw.int(firstDay(month), lastDay(month));
  if (category.weekend && weekday(day) < 5 && draw.chance(600))
    day = Math.min(lastDay(month), day + 5 - weekday(day) + draw.int(0, 2));
  const at = timeOf(draw, day, ...category.hours);
  const young = person.livelihood.kind === "child" || person.livelihood.kind === "student";
  const purse = young ? 45 : person.affluent ? 150 : 100;
  const amount = shopPrice(draw, Math.floor((category.typical * purse) / 100));
  if (at <= card.issuedAt || amount > affordable(person, card)) return;
  const abroad = isHolidays(month) && person.tastes.has("traveller") && draw.chance(160);
  post(telling, card.account, {
    at,
    direction: "debit",
    amount,
    operation: "card-purchase",
    mcc: category.mcc,
    merchant: draw.pick(category.merchants),
    cardId: card.cardId,
    ...(abroad ? { details: { country: draw.pick(holidayCountries) } } : {}),
  });
}

function withdrawCash(telling: Telling, household: Household, person: Person, card: Card, month: Month): void {
  const { draw, parameters } = telling;
  const elderly = ageAt(person, parameters.since) >= 60;
  if (!draw.chance(Math.min(950, Math.floor((parameters.activity * (elderly ? 1500 : 700)) / 1000)))) return;
  const amount = roundedDown(amountAround(draw, person.livelihood.kind === "child" ? 2000 : 11_000), 2000);
  const place = places[draw.chance(800) ? household.placeIndex : draw.int(0, places.length - 1)]!;
  const at = someTime(draw, month, 7, 22);
  if (at <= card.issuedAt || amount > affordable(person, card)) return;
  post(telling, card.account, {
    at,
    direction: "debit",
    amount,
    operation: "cash-withdrawal",
    mcc: "6011",
    merchant: `ATM ${place.city} ${place.district}`,
    cardId: card.cardId,
  });
}

/** Grown-ups may overdraw their account by half a month's income. */
const affordable = (person: Person, { account }: Card): number =>
  account.balance + (person.livelihood.kind === "employed" ? Math.floor(person.income / 2) : 0);

const groceries: SpendingCategory = spendingCategories[0]!;
const isHolidays = (month: Month): boolean => monthOfYear(month) === 7 || monthOfYear(month) === 8;
const holidayCountries = ["ES", "IT", "GR", "HR", "FR", "PT", "TR", "US"];
