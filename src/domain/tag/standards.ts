import type { Instant } from "../instant.ts";

/** What the world has agreed upon and no rule can derive: currencies, time zones. */
export type Standards = {
  /** Decimals of an ISO 4217 currency ("CZK" has 2), or undefined where there is no such currency. */
  readonly digitsOf: (currency: string) => number | undefined;
  /** Whether this is an IANA time zone ("Europe/Prague"). */
  readonly isZone: (zone: string) => boolean;
  /** The first instant of a day (YYYY-MM-DD) in a zone that exists; null where there is no such day. */
  readonly startOfDay: (date: string, zone: string) => Instant | null;
};
