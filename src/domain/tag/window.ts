import type { Instant } from "../instant.ts";

export type CalendarUnit = "day" | "week" | "month" | "quarter" | "year";

/**
 * Which facts count at an instant T, by `occurredAt`; none after T ever does.
 * lifetime: all. rolling: (T − length, T]. ago: (T − from, T − to] with from > to. absolute: [from, to).
 * calendar, previous 0: from the beginning of the unit that holds T; previous n: the n whole units before that
 * one, and with `current` also what has begun of it.
 * Lengths are exact milliseconds (a day is 24 h); calendar units begin at midnight in `zone` (IANA), weeks on Monday.
 */
export type Window =
  | { readonly kind: "lifetime" }
  | { readonly kind: "rolling"; readonly length: number }
  | { readonly kind: "ago"; readonly from: number; readonly to: number }
  | { readonly kind: "absolute"; readonly from: Instant; readonly to: Instant }
  | {
      readonly kind: "calendar";
      readonly unit: CalendarUnit;
      readonly previous: number;
      readonly zone: string;
      readonly current?: true;
    };
