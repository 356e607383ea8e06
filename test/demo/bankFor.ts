import { generateBank } from "../../src/demo/generateBank.ts";
import { type BankOptions, noTroubles } from "../../src/demo/parameters.ts";
import { type BankSummary, emptySummary } from "../../src/demo/summary.ts";
import type { ExternalRef, Fact } from "../../src/intake/fact.ts";

/** A whole small bank in memory, in order of emission. */
export function bankFor(options: Partial<BankOptions>): {
  readonly facts: readonly Fact[];
  readonly summary: BankSummary;
} {
  const summary = emptySummary();
  const facts = [...generateBank({ seed: 7, customers: 500, ...options }, summary)].flat();
  return { facts, summary };
}

export const cleanBankFor = (options: Partial<BankOptions>): readonly Fact[] =>
  bankFor({ ...options, troubles: noTroubles }).facts;

export const refOf = ({ subject }: Fact): ExternalRef | null =>
  "customer" in subject ? subject.customer : "account" in subject ? subject.account : null;

export const accountOf = ({ data }: Fact): string => (data.account as ExternalRef).id;
