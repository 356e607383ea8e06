import { lastDay, type Month, monthOfYear, secondsPerDay, startOf } from "../calendar.ts";
import type { Household } from "../person.ts";
import { post, reportBalance, type Telling } from "../telling.ts";
import { hasIncomeHere } from "./bills.ts";

/**
 * Closes the month of a household's accounts at 23:59:59 UTC of its last day: interest and fees first, then the balance.
 * Call it when everything else of the month has been posted.
 */
export function closeMonth(telling: Telling, { adults, children }: Household, month: Month): void {
  const end = startOf(lastDay(month)) + secondsPerDay - 1;
  const quarterEnds = monthOfYear(month) % 3 === 0;
  for (const person of [...adults, ...children])
    for (const account of person.accounts) {
      if (account.openedAt >= end || (account.closedAt !== null && account.closedAt <= end)) continue;
      const charge = (direction: "credit" | "debit", amount: number, operation: string, purpose: string): void => {
        if (amount > 0) post(telling, account, { at: end - 1200, direction, amount, operation, purpose });
      };
      if (quarterEnds && account === person.savings)
        charge("credit", Math.floor((account.balance * 45) / 10_000), "interest", "savings-interest");
      if (quarterEnds && account.product === "current" && !hasIncomeHere(person))
        charge("debit", 750, "fee", "account-fee");
      if (quarterEnds && account.product === "business") charge("debit", 2400, "fee", "account-fee");
      if (account === person.main && account.balance < 0)
        charge("debit", Math.floor((-account.balance * 11) / 1200), "interest", "overdraft-interest");
      reportBalance(telling, account, end);
    }
}
