import type { ExternalRef, FactSubject } from "../intake/fact.ts";
import type { Second } from "./calendar.ts";

/** An account while its months go by. */
export type Account = {
  readonly ref: ExternalRef;
  readonly subject: FactSubject;
  readonly product: string;
  readonly currency: "EUR" | "USD" | "JPY";
  readonly openedAt: Second;
  /** `null` while open. */
  closedAt: Second | null;
  /** In minor units, after everything posted so far. */
  balance: number;
  nextFact: number;
};

export const minorDigits = { EUR: 2, USD: 2, JPY: 0 } as const;

/** `until` exclusive: an account takes movements strictly between its opening and its closing. */
export const isOpenAt = (account: Account, at: Second): boolean =>
  at > account.openedAt && (account.closedAt === null || at < account.closedAt);
