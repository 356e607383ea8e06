import type { Fault } from "../domain/fault.ts";
import { parseInstant } from "../domain/instant.ts";
import { accept, type Result, refuse } from "../domain/result.ts";
import { dayOf, firstDay, type Month, monthOf, type Second, startOf } from "./calendar.ts";

/** How often something goes wrong, in cases per 100,000 transactions (`duplicate`: per 100,000 facts). */
export type TroubleRates = {
  /** Arrives one to six days after it happened. */
  readonly late: number;
  /** Booked twice, the second booking reversed within the month. */
  readonly reversed: number;
  /** Of the reversals, how many per 100,000 arrive before what they reverse. */
  readonly reversedBeforeOriginal: number;
  /** Delivered again, same id and content. */
  readonly duplicate: number;
  /** Cannot be accepted. */
  readonly bad: number;
};

export const usualTroubles: TroubleRates = {
  late: 400,
  reversed: 150,
  reversedBeforeOriginal: 10_000,
  duplicate: 200,
  bad: 60,
};
export const noTroubles: TroubleRates = { late: 0, reversed: 0, reversedBeforeOriginal: 0, duplicate: 0, bad: 0 };

export type BankOptions = {
  /** Any safe integer of zero or more. */
  readonly seed: number;
  /** 1 to 10,000,000. */
  readonly customers: number;
  /** Calendar months of movements, the last of which holds the instant before `until`; 1 to 120, default 24. */
  readonly months?: number;
  /** RFC 3339; every occurrence lies strictly before it. Default 2026-01-01T00:00:00Z. */
  readonly until?: string;
  /** Mean to aim at, default 100, up to 5,000. A life with fewer facts than its salaries and statements is not made. */
  readonly factsPerCustomer?: number;
  /** Default: `usualTroubles`. */
  readonly troubles?: Partial<TroubleRates>;
};

/** Options past the check, with what follows from them. */
export type BankParameters = {
  readonly seed: number;
  readonly customers: number;
  /** The first month of movements and how many there are. */
  readonly firstMonth: Month;
  readonly months: number;
  readonly since: Second;
  readonly until: Second;
  /** Purchases, logins and the like, in thousandths of an ordinary amount. */
  readonly activity: number;
  readonly troubles: TroubleRates;
};

/** Checks options; a refusal names every option that cannot be used. */
export function parseBankOptions(options: BankOptions): Result<BankParameters, readonly Fault[]> {
  const faults: Fault[] = [];
  const whole = (field: string, value: number, low: number, high: number): void => {
    if (!Number.isSafeInteger(value) || value < low || value > high)
      faults.push({ field, code: "OUT_OF_RANGE", message: `must be a whole number from ${low} to ${high}` });
  };
  const { seed, customers, months = 24, until = "2026-01-01T00:00:00Z", factsPerCustomer = 100 } = options;
  const troubles = { ...usualTroubles, ...options.troubles };
  whole("seed", seed, 0, Number.MAX_SAFE_INTEGER);
  whole("customers", customers, 1, 10_000_000);
  whole("months", months, 1, 120);
  whole("factsPerCustomer", factsPerCustomer, 1, 5000);
  for (const [name, rate] of Object.entries(troubles)) whole(`troubles.${name}`, rate, 0, 100_000);
  const end = parseInstant(until);
  if (end === null) faults.push({ field: "until", code: "NOT_AN_INSTANT", message: "must be an RFC 3339 timestamp" });
  else if (end < earliest || end > latest)
    faults.push({ field: "until", code: "OUT_OF_RANGE", message: "must lie in the years 1990 to 2100" });
  if (faults.length > 0 || end === null) return refuse(faults);

  const untilSecond = Math.floor(end / 1000);
  const firstMonth = monthOf(dayOf(untilSecond - 1)) - months + 1;
  return accept({
    seed,
    customers,
    firstMonth,
    months,
    since: startOf(firstDay(firstMonth)),
    until: untilSecond,
    activity: activityFor(factsPerCustomer, months),
    troubles,
  });
}

const earliest = Date.UTC(1990, 0, 1);
const latest = Date.UTC(2100, 0, 1);

/*
 * Measured over 3,000 customers at 3 to 48 months, in hundredths: the facts that come whatever the activity (once per
 * customer, and for each month that a customer is there), and those that an activity of 1,000 adds each such month.
 */
const factsOnce = 1100;
const factsEachMonth = 285;
const activeFactsEachMonth = 710;

function activityFor(factsPerCustomer: number, months: number): number {
  // Of those who join on the way (see `joinersPerThousand`) half the time is missing.
  const present = (months * (2000 - joinersPerThousand(months))) / 2000;
  const wanted = factsPerCustomer * 100 - factsOnce - factsEachMonth * present;
  return Math.max(50, Math.floor((wanted * 1000) / (activeFactsEachMonth * present)));
}

/** How many of a thousand customers join while the movements go on: one in a hundred each month, at most half. */
export const joinersPerThousand = (months: number): number => Math.min(500, 10 * months);
