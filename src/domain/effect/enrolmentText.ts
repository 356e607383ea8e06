import type { Counter, Enrolment, EnrolmentDay, Outcome } from "./enrolment.ts";

/*
 * An enrolment as the text that is kept of each customer: the same enrolment always gives the same text. A list without names, since
 * there are as many of them as customers times campaigns.
 */

/** A day with its counters, in order of their names, each before its number. */
export type DayList = readonly [day: number, channel: string | null, ...counts: readonly (Counter | number)[]];
/** An enrolment whose days are laid out already as they are kept. */
export type LaidOutEnrolment = Omit<Enrolment, "days"> & { readonly days: readonly DayList[] };

type Stored = readonly [
  arm: string | null,
  at: number | null,
  variant: string | null,
  channel: string | null,
  segments: readonly string[],
  days: readonly DayList[],
  outcomes: readonly (readonly [facts: number, y: number, x: number])[],
];

export const printEnrolment = (enrolment: Enrolment): string =>
  printLaidOut({ ...enrolment, days: enrolment.days.map(dayList) });

const dayList = ({ day, channel, counts }: EnrolmentDay): DayList => [
  day,
  channel,
  ...[...counts].sort(([a], [b]) => (a < b ? -1 : 1)).flat(),
];

export function printLaidOut({ assigned, variant, channel, segments, days, outcomes }: LaidOutEnrolment): string {
  const stored: Stored = [
    assigned?.arm ?? null,
    assigned?.at ?? null,
    variant,
    channel,
    segments,
    days,
    outcomes.map(outcomeList),
  ];
  return JSON.stringify(stored);
}

const outcomeList = ({ facts, y, x }: Outcome): Stored[6][number] => [facts, y, x];

/** Of a text that `printEnrolment` gave. */
export function parseEnrolment(text: string): Enrolment {
  const [arm, at, variant, channel, segments, days, outcomes] = JSON.parse(text) as Stored;
  return {
    assigned: arm === null ? null : { arm, at: at as number },
    variant,
    channel,
    segments,
    days: days.map(([day, channel, ...flat]) => {
      const counts = new Map<Counter, number>();
      for (let index = 0; index < flat.length; index += 2)
        counts.set(flat[index] as Counter, flat[index + 1] as number);
      return { day, channel, counts };
    }),
    outcomes: outcomes.map(([facts, y, x]) => ({ facts, y, x })),
  };
}
