import type { Month } from "../calendar.ts";
import type { Person } from "../person.ts";
import { type Telling, transfer } from "../telling.ts";
import { isSilent } from "./income.ts";
import { someTime } from "./monthAt.ts";

const occasions = ["dinner", "tickets", "gift", "trip", "thank you", "babysitting", "drinks", "groceries", "football"];

/** Small payments between people who know each other: both legs, on the same second, under one correlation id. */
export function settleUp(telling: Telling, people: readonly Person[], month: Month): void {
  const { draw, parameters } = telling;
  const perThousand = Math.min(1000, Math.floor((parameters.activity * 500) / 1000));
  for (const payer of people) {
    if (payer.main === null || payer.livelihood.kind === "business" || isSilent(payer, month)) continue;
    if (!draw.chance(perThousand)) continue;
    const friend = draw.pick(people);
    const amount = draw.int(5, payer.livelihood.kind === "child" ? 15 : 90) * 100;
    if (friend.main === null || friend.livelihood.kind === "business" || isSilent(friend, month)) continue;
    if (payer.main.balance < amount) continue;
    transfer(telling, {
      from: payer.main,
      to: friend.main,
      at: someTime(draw, month, 8, 23),
      amount,
      operation: "transfer",
      purpose: "private",
      description: draw.pick(occasions),
    });
  }
}
