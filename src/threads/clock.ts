import { randomUUID } from "node:crypto";
import type { NewEvent } from "../domain/event.ts";
import type { LogReader, LogWriter } from "../domain/eventLog.ts";
import type { EventId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { Signals } from "./signals.ts";

export type ClockParts = {
  readonly signals: Signals;
  readonly writer: Pick<LogWriter, "append" | "head">;
  readonly reader: Pick<LogReader, "readAt">;
  readonly now: () => Instant;
  /** Milliseconds between two ticks at least: timers that lie closer together share one. */
  readonly spacingMs: number;
};

/** Node's timers go no further. */
const longestWaitMs = 2 ** 31 - 1;
const retryMs = 1000;

/**
 * Appends a tick to the log when a timer of the projector is due and no event came that would say so. It waits for the
 * projector to name an instant, then for that instant; it never polls.
 */
export function startClock({ signals, writer, reader, now, spacingMs }: ClockParts): { readonly stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let earliest = Number.NEGATIVE_INFINITY;
  let stopped = false;

  const wake = (inMs: number): void => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(look, Math.min(Math.max(inMs, 0), longestWaitMs));
  };
  const arm = (): void => {
    clearTimeout(timer);
    const due = signals.get("due");
    if (due !== 0) wake(Math.max(due, earliest) - now());
  };
  const look = async (): Promise<void> => {
    const due = signals.get("due");
    if (due === 0 || stopped) return;
    if (Math.max(due, earliest) > now()) return arm();
    try {
      const [newest] = await reader.readAt([writer.head()]);
      // The projector has yet to come to that event, and will name the next instant then.
      if (stopped || (newest != null && newest.recordedAt >= due)) return;
      writer.append([{ writes: [{ stream: "clock", expected: "any", events: [tick(due)] }] }], now());
      earliest = now() + spacingMs;
      signals.set("head", writer.head());
    } catch (error) {
      console.error(`c360: the clock could not tick and will try again: ${(error as Error).message}`);
      wake(retryMs);
    }
  };
  const watch = async (): Promise<void> => {
    while (!stopped) {
      const seen = signals.get("due");
      arm();
      await signals.changed("due", seen, longestWaitMs);
    }
  };
  watch();

  return {
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      // Wakes whoever waits for a change, itself among them.
      signals.set("due", signals.get("due"));
    },
  };
}

const tick = (due: Instant): NewEvent => ({
  eventId: randomUUID() as EventId,
  type: "clock-ticked",
  schemaVersion: 1,
  occurredAt: due,
  actor: { kind: "system", id: "clock" },
  source: "clock",
  sourceEventId: null,
  correlationId: null,
  causationId: null,
  corrects: null,
  flags: [],
  data: {},
  personal: null,
});
