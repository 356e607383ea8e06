import type { Instant } from "../../../domain/instant.ts";
import type { Window } from "../../../domain/tag/window.ts";
import { calendarOf, unitStart } from "./calendar.ts";

/** A window ready for use. Instants are whole milliseconds, so (a, b] is [a + 1, b + 1). */
export type WindowBounds = {
  /** Facts count at `at` from here on (inclusive) … */
  readonly from: (at: Instant) => Instant;
  /** … up to here (exclusive); never before `from` and never after `at` + 1. */
  readonly to: (at: Instant) => Instant;
  /** The instant at which a fact at `time`, beyond the window so far, first counts; null if never. Rises with `time`. */
  readonly enters: (time: Instant) => Instant | null;
  /** The instant at which a fact at `time`, in the window so far, counts no more; null if never. Rises with `time`. */
  readonly leaves: (time: Instant) => Instant | null;
  /** False where facts never leave. */
  readonly moves: boolean;
};

export function windowBounds(window: Window): WindowBounds {
  switch (window.kind) {
    case "lifetime":
      return {
        from: () => Number.NEGATIVE_INFINITY,
        to: at => at + 1,
        enters: time => time,
        leaves: () => null,
        moves: false,
      };
    case "rolling": {
      const { length } = window;
      return {
        from: at => at - length + 1,
        to: at => at + 1,
        enters: time => time,
        leaves: time => time + length,
        moves: true,
      };
    }
    case "ago": {
      const { from, to } = window;
      return {
        from: at => at - from + 1,
        to: at => at - to + 1,
        enters: time => time + to,
        leaves: time => time + from,
        moves: true,
      };
    }
    case "absolute": {
      const { from, to } = window;
      return {
        from: () => from,
        to: at => Math.max(from, Math.min(to, at + 1)),
        enters: time => (time < to ? time : null),
        leaves: () => null,
        moves: false,
      };
    }
    case "calendar":
      return calendarBounds(window);
  }
}

function calendarBounds({ unit, previous, zone, current }: Extract<Window, { kind: "calendar" }>): WindowBounds {
  const { startOfDay, dayOf } = calendarOf(zone);
  const untilNow = previous === 0 || current === true;
  const startAfter = (time: Instant, units: number): Instant => startOfDay(unitStart(unit, dayOf(time), units));
  // Thousands of customers are asked about one instant after another: nearly always still in the same unit.
  let begins = Number.POSITIVE_INFINITY;
  let ends = Number.NEGATIVE_INFINITY;
  let begins0 = 0;
  const reach = (at: Instant): void => {
    if (at >= begins && at < ends) return;
    begins = startAfter(at, 0);
    ends = startAfter(at, 1);
    begins0 = startAfter(at, -previous);
  };
  return {
    from: at => {
      reach(at);
      return begins0;
    },
    to: at => {
      if (untilNow) return at + 1;
      reach(at);
      return begins;
    },
    enters: untilNow ? time => time : time => startAfter(time, 1),
    leaves: time => startAfter(time, previous + 1),
    moves: true,
  };
}
