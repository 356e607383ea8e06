import type { CustomerId } from "../../domain/ids.ts";
import { isCondition } from "../../domain/segment/conditions.ts";
import { inForce } from "../../domain/tag/tagGraph.ts";
import { sameValue, type TagValue } from "../../domain/tag/tagValue.ts";
import type { Evaluated } from "./evaluation/evaluated.ts";
import { openHistory } from "./history/customerHistory.ts";
import type { Slot } from "./stage/slot.ts";
import { stretchOfKey } from "./stage/spread.ts";
import { decodeTagRow, never, type SlotValue } from "./stage/tagRow.ts";
import type { TagTables } from "./stage/tagTables.ts";
import type { CustomerTags, TagFill, TagReads, TagSpread } from "./storedTags.ts";

type Tagged = { readonly row: number; readonly customerId: CustomerId; readonly value: TagValue };

/** Rows looked through at once; a walk through more lets others have their turn in between. */
const pageRows = 2_000;

/** Makes sense of the stored tags of one snapshot. */
export function storedTagReads(tables: TagTables): TagReads {
  const servingSlot = (code: string): Slot | null => servingSlots(tables.slots().slots).byCode.get(code) ?? null;

  const tagsOf = (id: CustomerId): CustomerTags | null => {
    const row = tables.rowOf(id);
    const bytes = row === null ? null : tables.tagRow(row);
    if (bytes === null) return null;
    const { bySlot, missing } = servingSlots(tables.slots().slots);
    const tags = new Map(missing);
    for (const { slot, value, until } of decodeTagRow(bytes, bySlot).entries) {
      const { code } = bySlot.get(slot) as Slot;
      // What could not be evaluated is left to whoever asks, who then meets the error itself.
      if (value === undefined) tags.delete(code);
      else tags.set(code, { value, validUntil: until === never ? null : until });
    }
    return tags;
  };

  const spreadOf = ({ slot, type }: Slot, limit: number): TagSpread => {
    const counts = tables.spread(slot);
    const isStretched = type.kind === "number" || type.kind === "money" || type.kind === "date";
    const values = counts
      .map(({ key, customers }) => ({ value: type.kind === "boolean" ? key === 1 : String(key), customers }))
      .sort((a, b) => b.customers - a.customers || (a.value < b.value ? -1 : 1));
    const stretches = counts
      .map(({ key, customers }) => ({ key: key as number, customers }))
      .sort((a, b) => a.key - b.key)
      .map(({ key, customers }) => ({ ...stretchOfKey(type, key), customers }));
    return {
      covered: tables.covered(slot),
      customers: tables.countingCustomers(),
      values: isStretched ? [] : values.slice(0, limit),
      stretches: isStretched ? stretches : [],
    };
  };

  const page = (
    slot: Slot,
    wanted: TagValue | undefined,
    after: number,
  ): { readonly found: Tagged[]; readonly last: number } => {
    const rows = tables.tagRowsAfter(after, pageRows);
    const only = new Map([[slot.slot, slot]]);
    const found = rows.flatMap(({ row, bytes }): Tagged[] => {
      const value = decodeTagRow(bytes, only).entries[0]?.value;
      return value === undefined || value === null || !matches(value, wanted)
        ? []
        : [{ row, customerId: tables.idAt(row) as CustomerId, value }];
    });
    return { found, last: rows.length < pageRows ? Number.POSITIVE_INFINITY : (rows.at(-1)?.row as number) };
  };

  return {
    logTime: tables.logTime,
    tagsOf: ids => ids.map(tagsOf),
    keptUnder: (code, ids) => {
      const slot = tables.slots().slots.find(slot => slot.code === code && slot.state === "serving");
      if (slot === undefined) return null;
      const only = new Map([[slot.slot, slot]]);
      return ids.map(id => {
        const row = tables.rowOf(id);
        const bytes = row === null ? null : tables.tagRow(row);
        const [entry] = bytes === null ? [] : decodeTagRow(bytes, only).entries;
        return entry === undefined ? null : entry.value;
      });
    },
    historyOf: id => {
      const row = tables.rowOf(id);
      const stored = row === null ? null : tables.history(row);
      return stored === null ? null : openHistory(stored);
    },
    tagFills: () => fillsOf(tables),
    conditionFills: () => [...laidOut(tables, ({ code }) => isCondition(code)).values()],
    tagSpread: (code, limit) => {
      const slot = servingSlot(code);
      return slot === null ? null : spreadOf(slot, limit);
    },
    taggedCustomers: (code, value, after, limit) => {
      const slot = servingSlot(code);
      if (slot === null) return [];
      const { found, last } = page(slot, value, after);
      if (found.length >= limit || last === Number.POSITIVE_INFINITY) return found.slice(0, limit);
      return (async () => {
        for (let from = last; found.length < limit && from !== Number.POSITIVE_INFINITY; ) {
          await new Promise(setImmediate);
          const next = page(slot, value, from);
          found.push(...next.found);
          from = next.last;
        }
        return found.slice(0, limit);
      })();
    },
  };
}

const matches = (value: SlotValue, wanted: TagValue | undefined): boolean =>
  wanted === undefined ||
  sameValue(value as TagValue, wanted) ||
  (Array.isArray(value) && typeof wanted === "string" && value.includes(wanted));

type Serving = {
  readonly bySlot: ReadonlyMap<number, Slot>;
  readonly byCode: ReadonlyMap<string, Slot>;
  readonly missing: readonly (readonly [Slot["code"], Evaluated])[];
};
const indexed = new WeakMap<readonly Slot[], Serving>();
const missing: Evaluated = { value: null, validUntil: null };

/** Slots stay the same object as long as they stay the same. */
function servingSlots(slots: readonly Slot[]): Serving {
  let found = indexed.get(slots);
  if (found === undefined) {
    const serving = slots.filter(({ code, state }) => state === "serving" && !isCondition(code));
    found = {
      bySlot: new Map(serving.map(slot => [slot.slot, slot])),
      byCode: new Map(serving.map(slot => [slot.code, slot])),
      missing: serving.map(({ code }) => [code, missing] as const),
    };
    indexed.set(slots, found);
  }
  return found;
}

/** Versions in force, those being filled, and those published that wait for their turn. */
export function fillsOf(tables: Pick<TagTables, "slots" | "filling" | "states" | "customerCount">): TagFill[] {
  const total = tables.customerCount();
  const fills = laidOut(tables, ({ code }) => !isCondition(code));
  for (const state of tables.states()) {
    const version = inForce(state)?.version;
    if (version !== undefined && !fills.has(`${state.code}@${version}`))
      fills.set(`${state.code}@${version}`, { code: state.code, version, filled: false, done: 0, total });
  }
  return [...fills.values()];
}

/** Versions in force and those being filled, by code and version. */
function laidOut(
  tables: Pick<TagTables, "slots" | "filling" | "customerCount">,
  wanted: (slot: Slot) => boolean,
): Map<string, TagFill> {
  const slots = tables.slots().slots.filter(wanted);
  const total = tables.customerCount();
  const filling = tables.filling();
  const fills = new Map<string, TagFill>();
  for (const { code, version, state } of slots)
    if (state === "serving") fills.set(`${code}@${version}`, { code, version, filled: true, done: total, total });
  for (const { code, version, state } of slots)
    if (state === "filling" && !fills.has(`${code}@${version}`))
      fills.set(`${code}@${version}`, {
        ...{ code, version, filled: false },
        done: filling?.nextRow ?? 0,
        total: Math.max(filling?.total ?? 0, total),
      });
  return fills;
}
