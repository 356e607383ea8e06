import { isOpenAt } from "../account.ts";
import { firstDay, type Month, type Second } from "../calendar.ts";
import type { Household, Person } from "../person.ts";
import { post, type Telling, transfer } from "../telling.ts";
import { isSilent } from "./income.ts";
import { someTime, timeOf } from "./monthAt.ts";

/** Keeps main accounts near their usual level: spare money is put aside, a gap is filled from what was put aside. */
export function save(telling: Telling, { adults, children }: Household, month: Month): void {
  for (const person of [...adults, ...children]) {
    if (person.main === null || isSilent(person, month) || person.livelihood.kind === "child") continue;
    const at = timeOf(telling.draw, firstDay(month) + telling.draw.int(19, 27), 8, 22);
    balanceOut(telling, person, at);
    exchange(telling, person, month);
  }
}

function balanceOut(telling: Telling, person: Person, at: Second): void {
  const { main, savings } = person;
  if (main === null || at <= person.registeredAt) return;
  const usual = Math.max(person.income, 40_000);
  const savingsOpen = savings !== null && isOpenAt(savings, at);
  if (main.balance < usual / 10) {
    if (savingsOpen && savings.balance > usual)
      transfer(telling, { from: savings, to: main, at, amount: usual, operation: "transfer", purpose: "own-funds" });
  } else if (main.balance > usual * 2) {
    const amount = Math.floor((main.balance - usual) / 5000) * 5000;
    if (savingsOpen)
      transfer(telling, { from: main, to: savings, at, amount, operation: "transfer", purpose: "saving" });
    else if (telling.draw.chance(600))
      post(telling, main, {
        at,
        direction: "debit",
        amount,
        operation: "transfer",
        purpose: person.livelihood.kind === "business" ? "owner-drawings" : "saving",
        counterparty: "Own account elsewhere",
      });
  }
}

/** Now and then money goes to or comes from abroad on the foreign-currency account. */
function exchange(telling: Telling, { foreign }: Person, month: Month): void {
  const { draw } = telling;
  if (foreign === null || !draw.chance(350)) return;
  const unit = foreign.currency === "JPY" ? 1000 : 100;
  const arrives = draw.chance(520) || foreign.balance < 40 * unit;
  const most = arrives ? 900 * unit : foreign.balance;
  post(telling, foreign, {
    at: someTime(draw, month, 6, 21),
    direction: arrives ? "credit" : "debit",
    amount: draw.int(20 * unit, most),
    operation: "foreign-transfer",
    purpose: arrives ? "dividend" : "purchase",
    counterparty: foreign.currency === "JPY" ? "Sakura Trust Tokyo" : "First Liberty New York",
  });
}
