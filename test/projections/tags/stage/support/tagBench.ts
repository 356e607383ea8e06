import { createMemoryLog } from "../../../../../src/adapters/memory/createMemoryLog.ts";
import type { RecordedEvent } from "../../../../../src/domain/event.ts";
import type { LogReader, LogWriter } from "../../../../../src/domain/eventLog.ts";
import { createEngine, type Engine, type EngineOptions } from "../../../../../src/projections/engine.ts";
import type { ReadModelStore } from "../../../../../src/projections/readModelStore.ts";
import type { TagChange } from "../../../../../src/projections/tags/stage/tagChange.ts";
import { createTagStage } from "../../../../../src/projections/tags/stage/tagStage.ts";
import { appendAll, type TestFact } from "../../../support/facts.ts";
import { publishOrder, versionsOf } from "./definitions.ts";
import { createMirror } from "./mirror.ts";

export const pacing = { now: () => 0, upcast: (event: RecordedEvent) => event };

export type TagBench = {
  readonly writer: LogWriter;
  readonly reader: LogReader;
  readonly tell: (facts: readonly TestFact[], at: number) => void;
  /** Moves the log's time. */
  readonly tick: (at: number) => void;
  readonly refresh: (at: number, asOf: number) => void;
  readonly events: () => Promise<readonly RecordedEvent[]>;
  readonly engineOver: (
    store: ReadModelStore,
    options?: Partial<EngineOptions>,
    onChanges?: (changes: readonly TagChange[]) => void,
  ) => Engine;
};

/** A log in which the first version of every tag is published at instant 0. */
export function createTagBench(): TagBench {
  const { writer, reader } = createMemoryLog({ logId: "log" });
  let names = 0;
  const of = (stream: string, type: string, data: object): TestFact => {
    names += 1;
    return { stream, type, name: `bench-${names}`, occurredAt: 0, data: JSON.parse(JSON.stringify(data)) };
  };
  const tell = (facts: readonly TestFact[], at: number): void => appendAll(writer, facts, at);
  for (const tag of publishOrder) {
    const definition = versionsOf[tag]?.[0] as object;
    tell(
      [of(`tag-${tag}`, "tag-drafted", { version: 1, definition }), of(`tag-${tag}`, "tag-published", { version: 1 })],
      0,
    );
  }
  return {
    writer,
    reader,
    tell,
    tick: at => tell([of("clock", "clock-ticked", {})], at),
    refresh: (at, asOf) => tell([of("tag-cell", "tag-refreshed", { asOf })], at),
    events: () => reader.read({ limit: 10_000 }),
    engineOver: (store, options = {}, onChanges) =>
      createEngine({
        ...{ ...pacing, ...options, log: reader, store },
        stage: createTagStage({
          tables: store.tags,
          now: () => 0,
          observer: createMirror(store.tags, onChanges).observer,
        }),
      }),
  };
}
