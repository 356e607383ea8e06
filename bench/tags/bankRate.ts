import { median } from "../median.ts";
import { type GrownBank, growBank, type StretchRate } from "./grownBank.ts";

/** Medians of as many rounds. */
export type BankRate = { readonly customers: number; readonly told: StretchRate; readonly lived: StretchRate };

export type BankRatePlan = {
  readonly sizes: readonly [fewer: number, more: number];
  /** Of each round, at every size. */
  readonly customers: number;
  readonly facts: number;
  readonly rounds: number;
};

/**
 * Banks of two sizes that differ in nothing else take the same numbers of facts in turn, so that whatever else the machine does
 * falls on both.
 */
export async function benchBankRate(
  folder: string,
  { sizes, customers, facts, rounds }: BankRatePlan,
): Promise<readonly [BankRate, BankRate]> {
  const later = { customers: customers * rounds, facts: facts * rounds };
  const [fewer, more] = sizes;
  const banks: [GrownBank, GrownBank] = [await growBank(folder, fewer, later), await growBank(folder, more, later)];
  const told: [StretchRate[], StretchRate[]] = [[], []];
  const lived: [StretchRate[], StretchRate[]] = [[], []];
  try {
    for (let round = 0; round < rounds; round += 1)
      for (const size of [0, 1] as const) told[size].push(await banks[size].tell(customers));
    for (let round = 0; round < rounds; round += 1)
      for (const size of [0, 1] as const) lived[size].push(await banks[size].live(facts));
  } finally {
    for (const bank of banks) await bank.close();
  }
  const rateAt = (size: 0 | 1): BankRate => ({
    customers: sizes[size],
    told: middle(told[size]),
    lived: middle(lived[size]),
  });
  return [rateAt(0), rateAt(1)];
}

const middle = (rates: readonly StretchRate[]): StretchRate => ({
  byClock: median(rates.map(({ byClock }) => byClock)),
  byProcessor: median(rates.map(({ byProcessor }) => byProcessor)),
});
