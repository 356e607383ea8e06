/**
 * Customers whose enrolments are alike in this; `arm` null: not assigned. `channel`: of the first assignment. Customers who were members of
 * several segments of the breakdown are in the cell of that very set, and so in one cell only.
 */
export type GroupKey = {
  readonly arm: string | null;
  readonly variant: string | null;
  readonly channel: string | null;
  readonly segments: readonly string[];
};

/** What happened on one local day, counted from 1970-01-01; `channel`: by which it went, of outcomes that of the first assignment. */
export type DayKey = {
  readonly day: number;
  readonly arm: string | null;
  readonly variant: string | null;
  readonly channel: string | null;
};

export const printGroupKey = ({ arm, variant, channel, segments }: GroupKey): string =>
  JSON.stringify([arm, variant, channel, segments]);

export function parseGroupKey(key: string): GroupKey {
  const [arm, variant, channel, segments] = JSON.parse(key);
  return { arm, variant, channel, segments };
}

/** Of as many digits for every day, so that keys in order are days in order. */
const dayOffset = 5_000_000;

export const printDayKey = ({ day, arm, variant, channel }: DayKey): string =>
  JSON.stringify([day + dayOffset, arm, variant, channel]);

export function parseDayKey(key: string): DayKey {
  const [day, arm, variant, channel] = JSON.parse(key);
  return { day: day - dayOffset, arm, variant, channel };
}

/** The beginning of the keys of one day, and of no other's. */
export const dayKeyPrefix = (day: number): string => `[${day + dayOffset},`;
