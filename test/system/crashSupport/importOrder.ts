import type { BankOptions } from "../../../src/demo/parameters.ts";
import type { FactOutcome } from "../../../src/intake/fact.ts";

/** What an importing process is to do. It never ends by itself: with everything sent it starts again from the first fact. */
export type ImportOrder = {
  readonly folder: string;
  readonly bank: BankOptions;
  /** Index of the fact to begin with. */
  readonly from: number;
  readonly batchSize: number;
  readonly inFlight: number;
  readonly mergeEvery: number;
  readonly walLimit: number;
};

/** What it writes to its standard output, one JSON line each. `told`: durable outcomes of the facts from index `from` on. */
export type ImportWord =
  | { readonly kind: "starting" }
  | { readonly kind: "opened" }
  | { readonly kind: "told"; readonly from: number; readonly outcomes: readonly FactOutcome[] };
