import type { Position } from "../domain/event.ts";
import { StorageFailure } from "../domain/eventLog.ts";
import type { Instant } from "../domain/instant.ts";
import type { OutboxEntry, OutboxQueue } from "../projections/campaigns/outboxRows.ts";
import { type BackOff, pauseAfter } from "./backOff.ts";
import { type BreakerLimits, type BreakerState, createBreaker } from "./breaker.ts";
import { type Channel, type ChannelMessage, type Delivery, TryLater } from "./channel.ts";
import type { DeliveryReport } from "./deliveryReports.ts";
import type { MessageOf, Reported, Withheld } from "./messageOf.ts";
import type { Timers } from "./timers.ts";

export type LaneLimits = {
  /** Sends taken out of each queue of the outbox at a time, those included whose report is not in the log yet. */
  readonly window: number;
  /** Messages at the channel at a time. */
  readonly concurrency: number;
  /** Milliseconds that one attempt may take. */
  readonly deadlineMs: number;
  /** Failed attempts after which a message is given up and reported as bounced. Those that only tried the channel out do not count. */
  readonly attempts: number;
  readonly backOff: BackOff;
  readonly breaker: BreakerLimits;
};

export const defaultLaneLimits: LaneLimits = {
  window: 500,
  concurrency: 8,
  deadlineMs: 10_000,
  attempts: 8,
  backOff: { firstMs: 500, longestMs: 300_000 },
  breaker: { failures: 5, openMs: 30_000 },
};

/** A send out of the outbox. */
export type Send = {
  readonly queue: OutboxQueue;
  readonly key: string;
  readonly position: Position;
  readonly entry: OutboxEntry;
};

export type LaneCounts = {
  readonly accepted: number;
  readonly bounced: number;
  readonly withheld: number;
  readonly failedAttempts: number;
  /** Taken out of the outbox and not settled yet. */
  readonly open: number;
  readonly breaker: BreakerState;
};

/** All that goes to one channel: queue after queue in order of position, so many at a time, each again until something became of it. */
export type ChannelLane = {
  readonly hasRoom: (queue: OutboxQueue) => boolean;
  readonly isHalfFree: (queue: OutboxQueue) => boolean;
  readonly take: (send: Send) => void;
  readonly has: (queue: OutboxQueue, key: string) => boolean;
  readonly counts: () => LaneCounts;
  /** Nothing begins any more; resolves once nothing is under way. */
  readonly stop: () => Promise<void>;
};

export type LaneParts = {
  readonly channel: Channel;
  readonly limits: LaneLimits;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  readonly messageOf: MessageOf;
  /** See DeliveryReporter. */
  readonly report: (entry: OutboxEntry, report: DeliveryReport) => Promise<Position | null>;
  readonly onTrouble: (message: string) => void;
  /** Aborted when even what is under way has to end. */
  readonly givingUp: AbortSignal;
};

type Waiting = { readonly send: Send; readonly failures: number; readonly notBefore: Instant };

/** A reason that is there already: to make one for each message costs more than the message. */
const answered = "the channel answered";
/** A channel that asks for a longer pause is asked again all the same: an hour. */
const longestPauseMs = 3_600_000;

export function createChannelLane(parts: LaneParts): ChannelLane {
  const { channel, limits, timers, random, messageOf, report, onTrouble, givingUp } = parts;
  const breaker = createBreaker(limits.breaker);
  const open: Readonly<Record<OutboxQueue, Set<string>>> = { triggered: new Set(), others: new Set() };
  const close = ({ queue, key }: Send): boolean => open[queue].delete(key);
  /** By key; those that failed stand where they stood. */
  const waiting: Waiting[] = [];
  let pausedUntil: Instant = Number.NEGATIVE_INFINITY;
  let stopped = false;
  let alarm: { readonly at: Instant; readonly off: AbortController } | null = null;
  /** At the channel, and on the way into the log. */
  const running = new Set<Promise<void>>();
  const settling = new Set<Promise<void>>();
  const counts = { accepted: 0, bounced: 0, withheld: 0, failedAttempts: 0 };

  const wakeAt = (at: Instant): void => {
    if (alarm !== null && alarm.at <= at) return;
    alarm?.off.abort();
    const mine = { at, off: new AbortController() };
    alarm = mine;
    timers.wait(at - timers.now(), mine.off.signal).then(() => {
      if (alarm !== mine) return;
      alarm = null;
      pump();
    });
  };

  /** Begins what may begin now, and sees to it that the rest is looked at in time. */
  const pump = (): void => {
    while (!stopped && waiting.length > 0 && running.size < limits.concurrency) {
      const now = timers.now();
      const permitted = breaker.mayBegin();
      if (permitted === null) return;
      const from = Math.max(permitted, pausedUntil);
      const index = waiting.findIndex(({ notBefore }) => Math.max(notBefore, from) <= now);
      if (index === -1) {
        const earliest = waiting.reduce((least, { notBefore }) => Math.min(least, notBefore), Number.POSITIVE_INFINITY);
        wakeAt(Math.max(earliest, from));
        return;
      }
      const [next] = waiting.splice(index, 1) as [Waiting];
      const run = attempt(next).finally(() => {
        running.delete(run);
        pump();
      });
      running.add(run);
    }
  };

  const queue = (next: Waiting): void => {
    const index = waiting.findLastIndex(({ send }) => send.key < next.send.key);
    waiting.splice(index + 1, 0, next);
  };
  const pauseFor = (failures: number): Instant =>
    timers.now() + pauseAfter(Math.max(1, failures), limits.backOff, random);

  const attempt = async (next: Waiting): Promise<void> => {
    const kind = breaker.begun(timers.now());
    let message: ChannelMessage | Reported | Withheld;
    try {
      message = await messageOf(next.send.entry, next.send.position);
    } catch (error) {
      // Nothing was handed over, so it says nothing of the channel; unknown means do not send.
      breaker.letGo(kind);
      const reason = `its message cannot be made: ${(error as Error).message}`;
      if (!(error instanceof StorageFailure)) return failedOnce(next, kind, reason);
      onTrouble(`a message for channel ${channel.name} has to wait: ${reason}`);
      return queue({ ...next, notBefore: pauseFor(next.failures + 1) });
    }
    if ("reportedAt" in message) {
      breaker.letGo(kind);
      close(next.send);
      return;
    }
    if ("withheld" in message) {
      breaker.letGo(kind);
      return settle(next.send, { status: "withheld", reason: message.withheld });
    }
    let delivery: Delivery;
    try {
      delivery = await deliverWithin(message);
    } catch (error) {
      if (givingUp.aborted) return breaker.letGo(kind);
      breaker.failed(timers.now(), kind);
      if (breaker.state() === "open") onTrouble(`channel ${channel.name} does not work: ${(error as Error).message}`);
      if (!(error instanceof TryLater)) return failedOnce(next, kind, (error as Error).message);
      counts.failedAttempts += 1;
      pausedUntil = Math.max(pausedUntil, timers.now() + Math.min(error.afterMs, longestPauseMs));
      return queue({ ...next, notBefore: pausedUntil });
    }
    breaker.succeeded();
    if (delivery.kind === "accepted") settle(next.send, { status: "sent", ref: delivery.ref ?? null });
    else settle(next.send, { status: "bounced", reason: delivery.reason });
  };

  const failedOnce = (next: Waiting, kind: "attempt" | "probe", reason: string): void => {
    counts.failedAttempts += 1;
    const failures = next.failures + (kind === "attempt" ? 1 : 0);
    if (failures < limits.attempts) queue({ ...next, failures, notBefore: pauseFor(failures) });
    else settle(next.send, { status: "bounced", reason: `given up after ${failures} attempts: ${reason}` });
  };

  /** The place at the channel is free at once; that in the window only when the report stands in the log. */
  const settle = (send: Send, outcome: DeliveryReport): void => {
    const told = tell(send, outcome).finally(() => settling.delete(told));
    settling.add(told);
  };
  const tell = async (send: Send, outcome: DeliveryReport): Promise<void> => {
    const position = await report(send.entry, outcome);
    if (position === null) return;
    counts[outcome.status === "sent" ? "accepted" : outcome.status] += 1;
    close(send);
  };

  /** The channel's answer, or an error once the deadline has passed, whatever the channel does then. */
  const deliverWithin = async (message: ChannelMessage): Promise<Delivery> => {
    const late = new AbortController();
    const inTime = new AbortController();
    const signal = AbortSignal.any([late.signal, givingUp]);
    signal.throwIfAborted();
    const cut = new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    });
    timers.wait(limits.deadlineMs, inTime.signal).then(() => {
      if (!inTime.signal.aborted) late.abort(new Error(`no answer within ${limits.deadlineMs} ms`));
    });
    try {
      return await Promise.race([channel.deliver(message, signal), cut]);
    } finally {
      inTime.abort(answered);
    }
  };

  return {
    hasRoom: queue => open[queue].size < limits.window,
    isHalfFree: queue => open[queue].size * 2 <= limits.window,
    take: send => {
      open[send.queue].add(send.key);
      queue({ send, failures: 0, notBefore: Number.NEGATIVE_INFINITY });
      pump();
    },
    has: (queue, key) => open[queue].has(key),
    counts: () => ({ ...counts, open: open.triggered.size + open.others.size, breaker: breaker.state() }),
    stop: async () => {
      stopped = true;
      alarm?.off.abort();
      await Promise.all(running);
      await Promise.all(settling);
    },
  };
}
