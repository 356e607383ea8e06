import { expect } from "vitest";
import type { TagChange, ValueObserver } from "../../../../../src/projections/tags/stage/tagChange.ts";
import { decodeTagRow, type SlotValue } from "../../../../../src/projections/tags/stage/tagRow.ts";
import type { TagTables } from "../../../../../src/projections/tags/stage/tagTables.ts";

/** Rows of customers with values, and in them the values that are not missing, by slot. */
export type Mirrored = Map<number, Map<number, SlotValue>>;

export function storedValues(tables: TagTables): Mirrored {
  const slots = new Map(tables.slots().slots.map(slot => [slot.slot, slot]));
  return new Map(
    tables
      .tagRowsAfter(-1, 1_000_000)
      .map(({ row, bytes }) => [
        row,
        new Map(
          decodeTagRow(bytes, slots).entries.flatMap(({ slot, value }) => (value === null ? [] : [[slot, value]])),
        ),
      ]),
  );
}

/** Knows every value from what an observer is told alone. */
export function createMirror(tables: TagTables, onChanges: (changes: readonly TagChange[]) => void = () => {}) {
  const values = storedValues(tables);
  const put = (row: number, slot: number, value: SlotValue): void => {
    const own = values.get(row);
    if (own === undefined) expect(value, `a value of row ${row}, which has none`).toBeNull();
    else if (value === null) own.delete(slot);
    else own.set(slot, value);
  };
  const observer: ValueObserver = {
    placed: row => {
      expect(values.has(row)).toBe(false);
      values.set(row, new Map());
    },
    gone: row => {
      expect(values.delete(row)).toBe(true);
    },
    filled: (slot, row, value) => put(row, slot, value),
    atOnce: tell => tell(),
    relaid: slots => {
      const kept = new Set(slots.map(({ slot }) => slot));
      for (const own of values.values()) for (const slot of own.keys()) if (!kept.has(slot)) own.delete(slot);
    },
    settled: changes => {
      for (const { row, slot, before, after } of changes) {
        const own = values.get(row);
        if (own !== undefined) expect(own.has(slot) ? own.get(slot) : null).toEqual(before);
        expect(after).not.toEqual(before);
        put(row, slot, after);
      }
      if (changes.length > 0) onChanges(changes);
    },
  };
  return { observer, values };
}
