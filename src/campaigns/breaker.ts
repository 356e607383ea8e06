import type { Instant } from "../domain/instant.ts";

export type BreakerLimits = {
  /** It opens after so many failures in a row. */
  readonly failures: number;
  /** Milliseconds until a single attempt tries whether the channel works again. */
  readonly openMs: number;
};

export type BreakerState = "closed" | "open" | "probing";

/** Keeps a channel that does not work from being tried over and over. */
export type Breaker = {
  readonly state: () => BreakerState;
  /** When an attempt may begin: `now` or earlier for at once, null while the outcome of the one that tries it out is awaited. */
  readonly mayBegin: () => Instant | null;
  /** An attempt begins; whether it is the one that tries the channel out. */
  readonly begun: (now: Instant) => "attempt" | "probe";
  readonly succeeded: () => void;
  readonly failed: (now: Instant, kind: "attempt" | "probe") => void;
  /** An attempt ended that says nothing about the channel. */
  readonly letGo: (kind: "attempt" | "probe") => void;
};

export function createBreaker({ failures, openMs }: BreakerLimits): Breaker {
  let inARow = 0;
  let openUntil: Instant | null = null;
  let probing = false;
  return {
    state: () => (probing ? "probing" : openUntil === null ? "closed" : "open"),
    mayBegin: () => (probing ? null : (openUntil ?? Number.NEGATIVE_INFINITY)),
    begun: () => {
      if (openUntil === null) return "attempt";
      probing = true;
      return "probe";
    },
    succeeded: () => {
      inARow = 0;
      openUntil = null;
      probing = false;
    },
    failed: (now, kind) => {
      inARow += 1;
      if (kind === "probe") probing = false;
      // Attempts that were under way when it opened keep it open no longer.
      if (kind === "probe" || (openUntil === null && inARow >= failures)) openUntil = now + openMs;
    },
    letGo: kind => {
      if (kind === "probe") probing = false;
    },
  };
}
