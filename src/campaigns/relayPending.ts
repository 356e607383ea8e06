import type { AppendOutcome, AppendRequest } from "../domain/eventLog.ts";
import { pendingCount } from "../projections/campaigns/pendingRows.ts";
import type { ReadModels } from "../projections/readModels.ts";
import { type BackOff, pauseAfter } from "./backOff.ts";
import type { Timers } from "./timers.ts";

/** Writes events of our own; rejects where nothing or nobody knows what was stored. See createThreadedAppend. */
export type Append = (requests: readonly AppendRequest[]) => Promise<AppendOutcome[]>;
/** The same for pending rows, whose texts put together are what `pendingRequests` reads; an outcome for each event. */
export type AppendPending = (text: string) => Promise<AppendOutcome[]>;

export type RelayParts = {
  readonly readModels: Pick<ReadModels, "open">;
  readonly append: AppendPending;
  readonly timers: Timers;
  /** In [0, 1). */
  readonly random: () => number;
  /** Aborted when the courier stops. */
  readonly stopping: AbortSignal;
  readonly onTrouble: (message: string) => void;
  readonly backOff?: BackOff;
  /** Milliseconds after which rows that are still there are appended once more, in case any was missed. */
  readonly againMs?: number;
};

export type RelayCounts = {
  readonly appended: number;
  /** In the log already: appended before a crash or a lost answer. */
  readonly duplicates: number;
  /** Decided otherwise before, under the same id: what stands in the log holds. */
  readonly overruled: number;
  readonly failures: number;
};

export type Relay = {
  /** Appends everything that is pending now. Rejects when the read models cannot be read; what is pending stays. */
  readonly relay: () => Promise<void>;
  /** Whether many decisions came together just now: a wave is under way. */
  readonly isBusy: () => boolean;
  readonly counts: () => RelayCounts;
};

/** A row holds from one to some hundreds of events: so many rows are read at a time, until there are so many events to append together. */
const rowsAtOnce = 4;
const eventsAtOnce = 500;
/** Batches held in memory: one is made ready while the log takes the other. */
const batchesAtOnce = 2;
/** Triggers make a few at a time, a wave makes hundreds: it is over when so many have not come together for so many milliseconds. */
const manyEvents = 100;
const calmMs = 200;

/**
 * Brings what was decided into the log. A row is read, appended and passed by; it goes when the projector meets its events again. After
 * a restart, and in other read models, everything that is still there is appended again, which the log knows for duplicates.
 */
export function createRelay({
  readModels,
  append,
  timers,
  random,
  stopping,
  onTrouble,
  backOff = { firstMs: 100, longestMs: 10_000 },
  againMs = 60_000,
}: RelayParts): Relay {
  let passed: string | undefined;
  let generation: number | null = null;
  let fromTheStartAt = timers.now();
  let manyAt = Number.NEGATIVE_INFINITY;
  const counts = { appended: 0, duplicates: 0, overruled: 0, failures: 0 };

  const nextBatch = async (): Promise<{
    readonly text: string;
    readonly events: number;
    readonly last: string;
  } | null> => {
    const session = readModels.open();
    try {
      if (session.generation !== generation || timers.now() >= fromTheStartAt + againMs) {
        generation = session.generation;
        fromTheStartAt = timers.now();
        passed = undefined;
      }
      let events = 0;
      let together = "";
      for (let last = passed; ; ) {
        const rows = await session.campaignRows("pending", {
          limit: rowsAtOnce,
          ...(last !== undefined && { after: last }),
        });
        for (const { text } of rows) {
          together += text;
          events += pendingCount(text);
        }
        last = rows.at(-1)?.key ?? last;
        if (events >= eventsAtOnce || rows.length < rowsAtOnce)
          return last === undefined || last === passed ? null : { text: together, events, last };
      }
    } finally {
      session.release();
    }
  };

  const count = (outcomes: readonly AppendOutcome[]): void => {
    for (const { kind } of outcomes)
      if (kind === "appended") counts.appended += 1;
      else if (kind === "duplicate") counts.duplicates += 1;
      else counts.overruled += 1;
  };
  const appendAll = async (text: string): Promise<void> => {
    for (let attempt = 1; !stopping.aborted; attempt += 1)
      try {
        const outcomes = await append(text);
        assertTaken(outcomes);
        count(outcomes);
        return;
      } catch (error) {
        counts.failures += 1;
        onTrouble(`decisions could not be appended and will be tried again: ${(error as Error).message}`);
        await timers.wait(pauseAfter(attempt, backOff, random), stopping);
      }
  };

  return {
    relay: async () => {
      const underWay = new Set<Promise<void>>();
      try {
        while (!stopping.aborted) {
          const batch = await nextBatch();
          if (batch === null) return;
          if (batch.events >= manyEvents) manyAt = timers.now();
          // Before it is appended: it is held until it was, and after a crash everything is read anew.
          passed = batch.last;
          const appended = appendAll(batch.text).finally(() => underWay.delete(appended));
          underWay.add(appended);
          if (underWay.size >= batchesAtOnce) await Promise.race(underWay);
        }
      } finally {
        await Promise.all(underWay);
      }
    },
    isBusy: () => timers.now() - manyAt < calmMs,
    counts: () => ({ ...counts }),
  };
}

/** Nothing is claimed or expected, so nothing else can come back; were it so, the decision would be lost unless it is tried again. */
export function assertTaken(outcomes: readonly AppendOutcome[]): void {
  const other = outcomes.find(({ kind }) => kind === "conflict" || kind === "claimed");
  if (other !== undefined) throw new Error(`the log answered "${other.kind}" though nothing was claimed or expected`);
}
