import type { Budget } from "../campaign/campaign.ts";
import type { Money } from "../money.ts";

/** What a campaign's sends have taken so far: minor units of its budget's currency, and contacts. */
export type Spent = { readonly money: number; readonly contacts: number };

/** Whether one more send stays within the budget. A cost in another currency than the budget's cannot be told: unknown. */
export function budgetAllows(budget: Budget, spent: Spent, unitCost: Money | null): "pass" | "stop" | "unknown" {
  if (budget.contacts !== null && spent.contacts + 1 > budget.contacts) return "stop";
  if (budget.money === null || unitCost === null) return "pass";
  if (unitCost.currency !== budget.money.currency) return "unknown";
  return spent.money + unitCost.minorUnits > budget.money.minorUnits ? "stop" : "pass";
}

/** What has been spent once a send of this cost is made; `sign` −1: once it was withheld. */
export const spentWith = (budget: Budget | null, spent: Spent, unitCost: Money | null, sign: 1 | -1 = 1): Spent => ({
  contacts: spent.contacts + sign,
  money:
    spent.money + (unitCost !== null && unitCost.currency === budget?.money?.currency ? sign * unitCost.minorUnits : 0),
});
