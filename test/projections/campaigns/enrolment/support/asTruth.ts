import { Temporal } from "temporal-polyfill";
import { parseEnrolment } from "../../../../../src/domain/effect/enrolmentText.ts";
import type { EnrolmentTruth } from "./enrolmentTruth.ts";

/** A kept enrolment in the form of the truth it is held against. */
export function asTruth(text: string | null): EnrolmentTruth | null {
  if (text === null) return null;
  const { assigned, variant, channel, segments, days, outcomes } = parseEnrolment(text);
  const counts: Record<string, number> = {};
  for (const one of days)
    for (const [counter, by] of one.counts) {
      const date = new Temporal.PlainDate(1970, 1, 1).add({ days: one.day }).toString();
      counts[`${date} ${one.channel} ${counter}`] = by;
    }
  return { arm: assigned?.arm ?? null, at: assigned?.at ?? null, variant, channel, segments, counts, outcomes };
}
