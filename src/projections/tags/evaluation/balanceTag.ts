import { formatInstant, type Instant } from "../../../domain/instant.ts";
import type { ValueType } from "../../../domain/tag/tagValue.ts";
import { exactNumber } from "../formula/decimals.ts";
import type { DerivedRows } from "../statistic/derivedRows.ts";
import { earlier, type RuleEvaluator } from "./asking.ts";
import { type AccountLedger, plus } from "./ledger.ts";
import { valueText } from "./valueText.ts";

/** The sum, at T, of the balances of all accounts whose balance is in the currency; missing without any such account. */
export function balanceEvaluator(currency: string, derived: DerivedRows): RuleEvaluator {
  const type: ValueType = { kind: "money", currency };
  return ({ subject, at, known, collector }) => {
    const { accounts } = derived.ledgerOf(subject.history, known);
    let sum: number | bigint = 0;
    let counted = 0;
    let validUntil: Instant | null = null;
    for (const [ref, account] of accounts) {
      const entries = entriesUpTo(account, at);
      validUntil = earlier(validUntil, account.times[entries] ?? null);
      if (entries === 0 || account.currencies[entries - 1] !== currency) continue;
      const balance = account.minorUnits[entries - 1] as number | bigint;
      sum = plus(sum, balance);
      counted += 1;
      if (collector === null) continue;
      const minorUnits = exactNumber(BigInt(balance), `balance of ${ref}`);
      const asOf = formatInstant(account.times[entries - 1] as Instant);
      collector.positions.push(account.positions[entries - 1] as number);
      collector.arithmetic.push(`balance of ${ref} since ${asOf} = ${valueText(minorUnits, type)}`);
    }
    const value = counted === 0 ? null : exactNumber(BigInt(sum), `sum of balances in ${currency}`);
    if (collector !== null) {
      collector.details.accounts = counted;
      collector.arithmetic.push(
        `sum over ${counted === 1 ? "1 account" : `${counted} accounts`} in ${currency} = ${valueText(value, type)}`,
      );
    }
    return { value, validUntil };
  };
}

function entriesUpTo({ times }: AccountLedger, at: Instant): number {
  let low = 0;
  let high = times.length;
  if (high > 0 && (times[high - 1] as Instant) <= at) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as Instant) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
