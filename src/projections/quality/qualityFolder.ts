import type { RecordedEvent } from "../../domain/event.ts";
import type { QuarantineEvent } from "../../domain/quarantine.ts";
import type { SourceObserved } from "../../domain/sourceObserved.ts";
import type { QuarantineRow } from "../readModels.ts";
import { createFieldTally, type FieldTally, type IsPersonal } from "./fieldTally.ts";
import { type Delay, dayMs, type QualityCount, type QualityMeasure } from "./qualityCount.ts";

/** All that is counted of one fact type of a source on one day. */
type Cell = {
  accepted: number;
  readonly delays: Record<Delay, number>;
  readonly fields: FieldTally;
  /** The rarer measures, by measure, field and code, each ended by a NUL. */
  readonly rare: Map<string, number>;
};

/** Counts what the events since the last commit say about the quality of their sources' facts. */
export type QualityFolder = {
  /** An event of a customer's stream, as stored; each once, in any order. */
  readonly take: (event: RecordedEvent) => void;
  /** An event of another stream. `refused`: for what happens to a refused fact, its row. Throws where it cannot be read. */
  readonly takeOther: (event: RecordedEvent, refused: QuarantineRow | null) => void;
  /** To be added to what is stored. */
  readonly changes: () => QualityCount[];
  readonly committed: () => void;
};

const [minute, hour] = [60_000, 3_600_000];

export function createQualityFolder(isPersonal: IsPersonal): QualityFolder {
  let days = new Map<number, Map<string, Map<string, Cell>>>();

  const cellOf = (recordedAt: number, source: string, factType: string): Cell => {
    const sources = entry(days, Math.floor(recordedAt / dayMs), () => new Map<string, Map<string, Cell>>());
    const types = entry(sources, source, () => new Map<string, Cell>());
    return entry(types, factType, () => ({
      accepted: 0,
      delays: { minute: 0, hour: 0, day: 0, week: 0, month: 0, more: 0 },
      fields: createFieldTally(factType, isPersonal),
      rare: new Map(),
    }));
  };

  const takeFact = (event: RecordedEvent): void => {
    if (event.sourceEventId === null) return; // made here: what a source tells has an id of the source's
    const cell = cellOf(event.recordedAt, event.source, event.type);
    cell.accepted += 1;
    cell.delays[delayOf(event.recordedAt - event.occurredAt)] += 1;
    if (event.occurredAt > event.recordedAt) add(cell, "future");
    for (const flag of event.flags) add(cell, "flagged", "", flag);
    cell.fields.add(event.data);
  };

  const takeRefusal = (event: RecordedEvent): void => {
    const { factType, faults } = (event as unknown as Extract<QuarantineEvent, { type: "fact-quarantined" }>).data;
    const cell = cellOf(event.recordedAt, event.source, factType ?? "");
    add(cell, "quarantined");
    const reasons = new Map(faults.map(({ field, code }) => [`${fieldOf(field, code)}\0${code}`, code]));
    const fields = new Set([...reasons.keys()].map(reason => reason.split("\0")[0] as string));
    for (const field of fields) add(cell, "refused", field);
    for (const [reason, code] of reasons) add(cell, "fault", reason.split("\0")[0], code);
  };

  const takeSettlement = (event: RecordedEvent, row: QuarantineRow): void => {
    const { status, changed } = (event as unknown as Extract<QuarantineEvent, { type: "quarantine-settled" }>).data;
    const measure = status === "discarded" ? "discarded" : changed.length > 0 ? "repaired" : "replayed";
    add(cellOf(event.recordedAt, event.source, row.factType ?? ""), measure);
  };

  const takeObservation = (event: RecordedEvent): void => {
    const { duplicates } = (event as unknown as SourceObserved).data;
    for (const { factType, facts } of duplicates)
      add(cellOf(event.recordedAt, event.source, factType ?? ""), "duplicate", "", "", facts);
  };

  return {
    take: takeFact,
    takeOther: (event, refused) => {
      if (event.type === "fact-quarantined") takeRefusal(event);
      else if (event.type === "quarantine-settled" && refused !== null) takeSettlement(event, refused);
      else if (event.type === "source-observed") takeObservation(event);
      else takeFact(event);
    },
    changes: () => {
      const counts: QualityCount[] = [];
      for (const [day, sources] of days)
        for (const [source, types] of sources)
          for (const [factType, cell] of types)
            for (const [measure, field, code, count] of countsOf(cell))
              counts.push({ day, source, factType, measure, field, code, count });
      return counts;
    },
    committed: () => {
      days = new Map();
    },
  };
}

function* countsOf(cell: Cell): Iterable<readonly [QualityMeasure, field: string, code: string, count: number]> {
  if (cell.accepted > 0) yield ["accepted", "", "", cell.accepted];
  for (const [delay, facts] of Object.entries(cell.delays)) if (facts > 0) yield ["delay", "", delay, facts];
  for (const [field, facts] of cell.fields.counts()) yield ["present", field, "", facts];
  for (const [key, count] of cell.rare) {
    const [measure, field, code] = key.split("\0") as [QualityMeasure, string, string];
    yield [measure, field, code, count];
  }
}

function add({ rare }: Cell, measure: QualityMeasure, field = "", code = "", count = 1): void {
  const key = `${measure}\0${field}\0${code}`;
  rare.set(key, (rare.get(key) ?? 0) + count);
}

/** Places in lists count together, and so do all names that the standard does not know. */
const fieldOf = (field: string, code: string): string => {
  const listless = field.replace(/\[\d+\]|\.\d+(?=\.|$)/g, "[]");
  return code === "unknown-field" ? listless.replace(/[^.]*$/, "*") : listless;
};

function delayOf(ms: number): Delay {
  if (ms <= minute) return "minute";
  if (ms <= hour) return "hour";
  if (ms <= dayMs) return "day";
  if (ms <= 7 * dayMs) return "week";
  return ms <= 30 * dayMs ? "month" : "more";
}

function entry<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = map.get(key);
  if (value === undefined) {
    value = make();
    map.set(key, value);
  }
  return value;
}
