import type { ColumnTest } from "../../../../domain/segment/plan.ts";
import type { TagValue } from "../../../../domain/tag/tagValue.ts";
import type { Column } from "../column.ts";
import { passes } from "../testValue.ts";

/** Which ids of a dictionary pass a test, a bit each; remembered, for a rule that is being typed asks the same again and again. */
export type TruthsById = { readonly of: (column: Column, test: ColumnTest) => Uint8Array };

type Known = { column: Column; epoch: number; length: number; bits: Uint8Array };
const remembered = 32;

export function createTruthsById(): TruthsById {
  const known = new Map<string, Known>();
  return {
    of: (column, test) => {
      const key = `${column.slot} ${JSON.stringify(test)}`;
      const before = known.get(key);
      known.delete(key);
      const same = before?.column === column && before.epoch === column.epoch ? before : null;
      const now = extended(column, test, same);
      known.set(key, now);
      if (known.size > remembered) known.delete(known.keys().next().value as string);
      return now.bits;
    },
  };
}

function extended(column: Column, test: ColumnTest, before: Known | null): Known {
  const { values, ids } = column.dictionary;
  const { length } = values;
  if (before?.length === length) return before;
  const bits = new Uint8Array((length >>> 3) + 1);
  const add = (id: number): void => {
    bits[id >>> 3] = (bits[id >>> 3] as number) | (1 << (id & 7));
  };
  if (test.kind === "oneOf") {
    for (const value of test.values) {
      const id = ids.get(value);
      if (id !== undefined) add(id);
    }
  } else {
    if (before !== null) bits.set(before.bits.subarray(0, before.length >>> 3));
    const holds = passes(test);
    for (let id = before === null ? 0 : before.length & ~7; id < length; id += 1)
      if (holds(values[id] as NonNullable<TagValue>)) add(id);
  }
  return { column, epoch: column.epoch, length, bits };
}
