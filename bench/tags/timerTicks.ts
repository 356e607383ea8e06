import { createMemoryReadModels } from "../../src/adapters/memory/createMemoryReadModels.ts";
import type { RecordedEvent } from "../../src/domain/event.ts";
import type { EventId } from "../../src/domain/ids.ts";
import { createTagStage } from "../../src/projections/tags/stage/tagStage.ts";
import { createTimers } from "../../src/projections/tags/stage/timers.ts";

export type TimerFigure = {
  readonly armed: number;
  /** A clock tick through the stage, with every timer armed and none due; the slowest of many. */
  readonly idleTickMs: number;
  /** Timers taken out and armed again, without what they cause. */
  readonly takenPerSecond: number;
};

/** What timers cost by themselves, at a number of customers each with one. */
export function benchTimers(armed: number): TimerFigure {
  const { tables, timers } = armedTables(armed);
  const stage = createTagStage({ tables });
  let slowest = 0;
  for (let tick = 1; tick <= 2000; tick += 1) {
    const started = performance.now();
    stage.reach(tickAt(tick));
    // The first ones are compiled while they run.
    if (tick > 1000) slowest = Math.max(slowest, performance.now() - started);
  }
  const started = performance.now();
  let taken = 0;
  for (let until = soon; taken < armed; until += 1000)
    for (let row = timers.takeDue(until); row >= 0 && taken < armed; row = timers.takeDue(until)) {
      timers.set(row, until + soon + ((row * 7919) % soon));
      taken += 1;
    }
  return {
    armed,
    idleTickMs: slowest,
    takenPerSecond: Math.round((taken * 1000) / (performance.now() - started)),
  };
}

const soon = 86_400_000;

function armedTables(armed: number) {
  const empty = createMemoryReadModels().store.tags;
  const timers = createTimers(armed);
  const dueOf = (row: number): number => soon + ((row * 7919) % soon);
  for (let row = 0; row < armed; row += 1) timers.set(row, dueOf(row));
  const tables = {
    ...empty,
    logTime: () => 0,
    customerCount: () => armed,
    *dues() {
      for (let row = 0; row < armed; row += 1) yield [row, dueOf(row)] as const;
    },
  };
  return { tables, timers };
}

const tickAt = (recordedAt: number): RecordedEvent => ({
  ...{ position: recordedAt, stream: "clock", revision: recordedAt, recordedAt, occurredAt: recordedAt },
  ...{ eventId: "00000000-0000-4000-8000-000000000000" as EventId, type: "clock-ticked", schemaVersion: 1 },
  ...{ actor: { kind: "system", id: "clock" }, source: "clock", sourceEventId: null, correlationId: null },
  ...{ causationId: null, corrects: null, flags: [], data: {}, erased: false, hash: "" },
});
