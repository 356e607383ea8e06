import type { CountAndSum } from "./exactSums.ts";

/** The figures of the Berka data that need no tag and no segment, as its `expected.json` names them. */
export type BerkaFigures = {
  readonly rows: Readonly<Record<"account" | "client" | "disp" | "card" | "loan" | "order" | "trans", number>>;
  readonly disp_by_type: Readonly<Record<string, number>>;
  readonly card_by_type: Readonly<Record<string, number>>;
  readonly account_by_frequency: Readonly<Record<string, number>>;
  readonly loan_by_status: Readonly<Record<string, { readonly n: number; readonly amount: number }>>;
  readonly order_sum: string;
  readonly order_by_k_symbol: Readonly<Record<string, CountAndSum>>;
  readonly trans_by_type: Readonly<Record<string, CountAndSum>>;
  readonly trans_by_operation: Readonly<Record<string, CountAndSum>>;
  readonly trans_by_k_symbol: Readonly<Record<string, CountAndSum>>;
  readonly balance_chain: BalanceChain;
  readonly by_month: Readonly<Record<string, MonthFigures>>;
  readonly accounts_opened_by_as_of: number;
  readonly balance_examples: Readonly<Record<string, Readonly<Record<string, string | null>>>>;
  readonly accounts_ever_negative: { readonly n: number; readonly ids: readonly string[] };
};

export type MonthFigures = {
  readonly n: number;
  readonly credit: string;
  readonly debit: string;
  readonly accounts_open: number;
  readonly closing_balance_total: string;
};

export type BalanceChain = {
  readonly accounts: number;
  readonly steps_exact: number;
  readonly "steps_off_by_at_most_0.1": number;
  readonly broken: number;
};

/** The published figures: there, the ids of accounts are numbers. */
export type PublishedBerka = Omit<BerkaFigures, "accounts_ever_negative"> & {
  readonly as_of: string;
  readonly accounts_ever_negative: { readonly n: number; readonly ids: readonly number[] };
};

/** A movement in hundredths, with the balance that the source says holds after it, where it says one. */
export type ChainedMovement = { readonly change: bigint; readonly reported: bigint | null };

/** Counts how well the reported balances follow from the amounts; one list of movements per account, in order. */
export function balanceChain(accounts: Iterable<readonly ChainedMovement[]>): BalanceChain {
  const steps = { exact: 0, near: 0, broken: 0 };
  let count = 0;
  for (const movements of accounts) {
    if (movements.length > 0) count++;
    let before = 0n;
    for (const { change, reported } of movements) {
      const computed = before + change;
      before = reported ?? computed;
      const off = computed - before;
      if (reported !== null) steps[off === 0n ? "exact" : off >= -10n && off <= 10n ? "near" : "broken"]++;
    }
  }
  return {
    accounts: count,
    steps_exact: steps.exact,
    "steps_off_by_at_most_0.1": steps.near,
    broken: steps.broken,
  };
}
