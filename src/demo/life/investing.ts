import { type Month, monthOfYear } from "../calendar.ts";
import type { Household, Person } from "../person.ts";
import { euros, type Telling, tell } from "../telling.ts";
import { isSilent } from "./income.ts";
import { someTime } from "./monthAt.ts";

/** Fictional funds: the ISINs have the country code ZZ, which ISO 3166 leaves to private use. `price` in cents at the first month. */
const funds = [
  { isin: "ZZ0000000015", price: 10_432 },
  { isin: "ZZ0000000023", price: 2_587 },
  { isin: "ZZ0000000031", price: 15_910 },
  { isin: "ZZ0000000049", price: 874 },
];

/** Some customers hold a fund; its quantity is told each quarter, in thousandths of a unit. */
export function invest(telling: Telling, { adults }: Household, month: Month): void {
  const { draw, parameters } = telling;
  if (monthOfYear(month) % 3 !== 2) return;
  for (const person of adults) {
    if (!holdsFunds(person) || isSilent(person, month)) continue;
    const at = someTime(draw, month, 9, 17);
    if (at <= person.registeredAt) continue;
    const fund = funds[person.index % funds.length]!;
    const price = fund.price + Math.floor((fund.price * (month - parameters.firstMonth) * 6) / 1000);
    const thousandths = (person.index % 97) * 500 + (month - parameters.firstMonth) * 750 + draw.int(1, 999);
    tell(telling, person, at, "portfolio", "holding-changed", {
      instrument: fund.isin,
      quantity: `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, "0")}`,
      value: euros(Math.floor((thousandths * price) / 1000)),
    });
  }
}

/** Fixed by the customer's number: two thirds of the affluent, one in twenty of the others. */
const holdsFunds = ({ affluent, livelihood, index }: Person): boolean =>
  livelihood.kind !== "business" && (affluent ? index % 3 !== 0 : index % 20 === 7);
