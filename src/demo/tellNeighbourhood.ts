import type { Month } from "./calendar.ts";
import { browse } from "./life/behaviour.ts";
import { giveStandingOrders, payBills } from "./life/bills.ts";
import { campaign } from "./life/campaigns.ts";
import { getInTouch } from "./life/contact.ts";
import { earn } from "./life/income.ts";
import { invest } from "./life/investing.ts";
import { lend, serveLoans } from "./life/lending.ts";
import { moveIn } from "./life/moveIn.ts";
import { settleUp } from "./life/neighbours.ts";
import { spend } from "./life/purchases.ts";
import { save } from "./life/saving.ts";
import { closeMonth } from "./life/statement.ts";
import { leaveBank, takeTurns } from "./life/turns.ts";
import type { Neighbourhood } from "./neighbourhood.ts";
import type { BankParameters } from "./parameters.ts";
import type { Entry, Telling } from "./telling.ts";

/** Everything that happens to the customers of a neighbourhood, nothing amiss, in no particular order. */
export function tellNeighbourhood(parameters: BankParameters, { draw, households }: Neighbourhood): Entry[] {
  const telling: Telling = { parameters, draw, entries: [] };
  const people = households.flatMap(({ adults, children }) => [...adults, ...children]);
  for (const household of households) moveIn(telling, household);
  for (const household of households) {
    if (household.kind === "family") giveStandingOrders(telling, household);
    if (household.kind === "family") lend(telling, household, people);
  }
  for (let n = 0; n < parameters.months; n++) {
    const month: Month = parameters.firstMonth + n;
    // Whoever comes of age or loses a card lives the rest of the month with the new account or card.
    for (const household of households) takeTurns(telling, household, month);
    for (const household of households) {
      earn(telling, household, month);
      payBills(telling, household, month);
      serveLoans(telling, household, month);
      spend(telling, household, month);
      save(telling, household, month);
      invest(telling, household, month);
      browse(telling, household, month);
      getInTouch(telling, household, month);
      campaign(telling, household, month);
    }
    settleUp(telling, people, month);
    for (const household of households) {
      leaveBank(telling, household, month);
      closeMonth(telling, household, month);
    }
  }
  return telling.entries;
}
