import type { Fact } from "../intake/fact.ts";
import { drawFor } from "./draw.ts";
import { neighbourhoodSize, planNeighbourhood } from "./neighbourhood.ts";
import { type BankOptions, type BankParameters, parseBankOptions } from "./parameters.ts";
import { type BankSummary, emptySummary } from "./summary.ts";
import { tellNeighbourhood } from "./tellNeighbourhood.ts";
import { addTroubles } from "./troubles.ts";

/**
 * A retail bank as a feed of facts, one batch per neighbourhood of 50 customers. Within a batch facts come in order of
 * arrival; the next batch starts again with the oldest of its own. Every customer's facts lie in one batch, and memory
 * is that of one batch whatever the size of the bank. The same options give the same facts on every machine; with all
 * else equal, the first 50 n customers are the same in every bank that has them. `summary` is filled on the way.
 * Throws RangeError for options that `parseBankOptions` refuses.
 */
export function* generateBank(options: BankOptions, summary: BankSummary = emptySummary()): Generator<Fact[], void> {
  const parameters = checked(options);
  const neighbourhoods = Math.ceil(parameters.customers / neighbourhoodSize);
  for (let index = 0; index < neighbourhoods; index++) yield generateNeighbourhood(parameters, index, summary);
}

/** Runs through a whole bank and keeps only its counts. */
export function bankSummary(options: BankOptions): BankSummary {
  const summary = emptySummary();
  for (const _ of generateBank(options, summary));
  return summary;
}

function checked(options: BankOptions): BankParameters {
  const parameters = parseBankOptions(options);
  if (parameters.ok) return parameters.value;
  throw new RangeError(parameters.refusal.map(({ field, message }) => `${field} ${message}`).join("; "));
}

function generateNeighbourhood(parameters: BankParameters, index: number, summary: BankSummary): Fact[] {
  const neighbourhood = planNeighbourhood(parameters, index);
  const clean = tellNeighbourhood(parameters, neighbourhood);
  const before = summary.duplicates + badSum(summary);
  // A generator of their own: the clean facts do not depend on the rates of trouble.
  const entries = addTroubles(clean, parameters, drawFor(parameters.seed, index, 2), summary);
  const refused = summary.duplicates + badSum(summary) - before;
  const facts = entries.sort((one, other) => one.arrives - other.arrives).map(({ fact }) => fact);

  for (const household of neighbourhood.households) {
    if (household.kind === "business") summary.firms++;
    else summary.households++;
    for (const person of [...household.adults, ...household.children]) {
      summary.customers++;
      summary.accounts += person.accounts.length;
    }
  }
  for (const { type, subject } of facts) {
    summary.byType[type] = (summary.byType[type] ?? 0) + 1;
    if ("unattributed" in subject) summary.unattributed++;
  }
  summary.facts += facts.length;
  summary.expected.accepted += facts.length - refused;
  summary.expected.duplicates = summary.duplicates;
  summary.expected.quarantined = badSum(summary);
  return facts;
}

const badSum = ({ bad }: BankSummary): number => Object.values(bad).reduce((sum, count) => sum + count, 0);
