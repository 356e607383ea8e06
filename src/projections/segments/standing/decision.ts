import type { BoundPlan } from "./boundPlan.ts";

/** A test of one customer. */
export type RowTest = (row: number) => boolean;

/** What is guessed of a leaf, to ask first what is cheap and likely to decide. `likely`: the share of customers it is true of. */
export type LeafGuess = { readonly cost: number; readonly likely: number };

/**
 * A plan as a chain of questions: three numbers for each, the leaf to ask, where to go on if it is true, and where if it is false;
 * below zero stands the answer. So a row is judged in one loop, asking nothing that cannot matter any more.
 */
export type Decision = { readonly start: number; readonly steps: Int32Array };
const yes = -1;
const no = -2;

export function judge({ start, steps }: Decision, tests: readonly RowTest[], row: number): boolean {
  let step = start;
  while (step >= 0)
    step = ((tests[steps[step] as number] as RowTest)(row) ? steps[step + 1] : steps[step + 2]) as number;
  return step === yes;
}

export function decisionOf(plan: BoundPlan, guessOf: (leaf: number) => LeafGuess): Decision {
  const steps: number[] = [];
  /** Lays the questions of a part from its last to its first; gives the place of the first. */
  const lay = ({ plan: part, parts }: Guessed, ifTrue: number, ifFalse: number): number => {
    switch (part.kind) {
      case "leaf":
        return steps.push(part.leaf, ifTrue, ifFalse) - 3;
      case "not":
        return lay(parts[0] as Guessed, ifFalse, ifTrue);
      case "all":
        return parts.reduceRight((next, one) => lay(one, next, ifFalse), ifTrue);
      case "any":
        return parts.reduceRight((next, one) => lay(one, ifTrue, next), ifFalse);
    }
  };
  const start = lay(guessed(plan, guessOf), yes, no);
  return { start, steps: Int32Array.from(steps) };
}

type Guessed = LeafGuess & { readonly plan: BoundPlan; readonly parts: readonly Guessed[] };

/** Puts parts in the order in which an answer is expected soonest: by cost for each chance to be done with it. */
function guessed(plan: BoundPlan, guessOf: (leaf: number) => LeafGuess): Guessed {
  switch (plan.kind) {
    case "leaf":
      return { plan, parts: [], ...guessOf(plan.leaf) };
    case "not": {
      const part = guessed(plan.of, guessOf);
      return { plan, parts: [part], cost: part.cost, likely: 1 - part.likely };
    }
    case "all":
    case "any": {
      const goesOn = (part: LeafGuess): number => (plan.kind === "all" ? part.likely : 1 - part.likely);
      const price = (part: LeafGuess): number => part.cost / Math.max(1e-3, 1 - goesOn(part));
      const parts = plan.of.map(part => guessed(part, guessOf)).sort((a, b) => price(a) - price(b));
      let cost = 0;
      let reached = 1;
      for (const part of parts) {
        cost += reached * part.cost;
        reached *= goesOn(part);
      }
      return { plan, parts, cost, likely: plan.kind === "all" ? reached : 1 - reached };
    }
  }
}
