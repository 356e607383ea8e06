import type { LeafPlan } from "./boundPlan.ts";
import type { LeafGuess, RowTest } from "./decision.ts";

const rowsAsked = 64;

/** What a leaf costs, in reads of one byte column, and of which share of some rows across the table it is true now. */
export function guessLeaf(plan: LeafPlan, test: RowTest, rows: number): LeafGuess {
  const cost = costs[plan.kind];
  if (rows === 0) return { cost, likely: 0.5 };
  const asked = Math.min(rows, rowsAsked);
  let held = 0;
  for (let index = 0; index < asked; index += 1) if (test(Math.floor((index * rows) / asked))) held += 1;
  return { cost, likely: held / asked };
}

const costs: Readonly<Record<LeafPlan["kind"], number>> = {
  column: 1,
  segment: 1,
  snapshot: 1,
  top: 1,
  compare: 4,
  sample: 10,
};
