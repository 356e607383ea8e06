import type { CustomerId } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { TagState } from "../../domain/tag/tagCatalogue.ts";
import type { StoredHistory } from "../../projections/tags/history/customerHistory.ts";
import type { SpreadKey } from "../../projections/tags/stage/spread.ts";
import type { Filling, SlotTable, TagChanges } from "../../projections/tags/stage/tagChanges.ts";
import type { TagTables } from "../../projections/tags/stage/tagTables.ts";
import type { Tables } from "./memoryReadModelsTables.ts";

/** Stored tags in maps; bytes are replaced, never changed, so a copy of the maps is a snapshot. */
export type StoredTags = {
  logTime: Instant | null;
  slots: SlotTable;
  filling: Filling | null;
  readonly histories: Map<number, StoredHistory>;
  readonly rows: Map<number, Uint8Array>;
  readonly dues: Map<number, Instant>;
  readonly covered: Map<number, number>;
  /** By slot. */
  readonly spread: Map<number, ReadonlyMap<SpreadKey, number>>;
  readonly states: Map<string, TagState>;
  /** By customer. */
  readonly waiting: Map<CustomerId, ReadonlyMap<string, string>>;
};

export const noTags = (): StoredTags => ({
  logTime: null,
  slots: { slots: [], nextSlot: 1 },
  filling: null,
  histories: new Map(),
  rows: new Map(),
  dues: new Map(),
  covered: new Map(),
  spread: new Map(),
  states: new Map(),
  waiting: new Map(),
});

export const copyOfTags = (tags: StoredTags): StoredTags => ({
  ...tags,
  histories: new Map(tags.histories),
  rows: new Map(tags.rows),
  dues: new Map(tags.dues),
  covered: new Map(tags.covered),
  spread: new Map(tags.spread),
  states: new Map(tags.states),
  waiting: new Map(tags.waiting),
});

export function applyTagChanges(tags: StoredTags, changes: TagChanges): void {
  tags.logTime = changes.logTime;
  tags.filling = changes.filling;
  for (const { row, history, values } of changes.customers) {
    if (history !== null) {
      const base = history.base ?? tags.histories.get(row)?.base;
      if (base === undefined) throw new Error(`the history of row ${row} has no base`);
      tags.histories.set(row, { base, tail: history.tail });
    }
    if (values === null) continue;
    if (values.bytes === null) tags.rows.delete(row);
    else tags.rows.set(row, values.bytes);
    if (values.due === null) tags.dues.delete(row);
    else tags.dues.set(row, values.due);
  }
  if (changes.slots !== null) {
    tags.slots = changes.slots;
    const known = new Set(changes.slots.slots.map(({ slot }) => slot));
    for (const counts of [tags.covered, tags.spread])
      for (const slot of [...counts.keys()]) if (!known.has(slot)) counts.delete(slot);
  }
  for (const { slot, covered, counts } of changes.spread) {
    tags.covered.set(slot, (tags.covered.get(slot) ?? 0) + covered);
    const next = new Map(tags.spread.get(slot));
    for (const [key, more] of counts) {
      const customers = (next.get(key) ?? 0) + more;
      if (customers === 0) next.delete(key);
      else next.set(key, customers);
    }
    tags.spread.set(slot, next);
  }
  for (const state of changes.states) tags.states.set(state.code, state);
  for (const { customerId, key, text } of changes.waiting)
    tags.waiting.set(customerId, new Map(tags.waiting.get(customerId)).set(key, text));
  for (const customerId of changes.told) tags.waiting.delete(customerId);
}

/** `now` gives the tables to look at: a snapshot's own, or the newest. */
export function memoryTagTables(now: () => Tables): TagTables {
  return {
    position: () => now().checkpoint.position,
    logTime: () => now().tags.logTime,
    customerCount: () => now().customers.size,
    countingCustomers: () =>
      now().customers.size - [...now().merges.values()].filter(({ splitAt }) => splitAt === null).length,
    rowOf: id => now().rows.get(id) ?? null,
    idAt: row => now().customers.get(row)?.id ?? null,
    history: row => now().tags.histories.get(row) ?? null,
    kept: row => {
      const history = now().tags.histories.get(row);
      return history === undefined ? null : { history, bytes: now().tags.rows.get(row) ?? null };
    },
    keptOf: rows =>
      rows.flatMap(row => {
        const history = now().tags.histories.get(row);
        const id = now().customers.get(row)?.id;
        return history === undefined || id === undefined
          ? []
          : [{ row, id, history, bytes: now().tags.rows.get(row) ?? null }];
      }),
    tagRow: row => now().tags.rows.get(row) ?? null,
    tagRowsAfter: (after, limit) =>
      [...now().tags.rows]
        .filter(([row]) => row > after)
        .sort(([a], [b]) => a - b)
        .slice(0, limit)
        .map(([row, bytes]) => ({ row, bytes })),
    slots: () => now().tags.slots,
    filling: () => now().tags.filling,
    covered: slot => now().tags.covered.get(slot) ?? 0,
    spread: slot => [...(now().tags.spread.get(slot) ?? [])].map(([key, customers]) => ({ key, customers })),
    states: () => [...now().tags.states.values()],
    dues: () => now().tags.dues,
    waiting: id => [...(now().tags.waiting.get(id) ?? [])].map(([key, text]) => ({ key, text })),
  };
}
