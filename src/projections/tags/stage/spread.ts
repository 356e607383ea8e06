import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import type { SlotValue } from "./tagRow.ts";

/*
 * How values are counted: text and members by themselves, booleans as 0 and 1, numbers by stretches an eighth of their power
 * of two wide (single numbers up to 15), dates by calendar months of UTC.
 */
export type SpreadKey = string | number;
export type Stretch = { readonly from: number; readonly to: number };

const none: readonly SpreadKey[] = [];

export function spreadKeys(type: ValueType, value: SlotValue): readonly SpreadKey[] {
  if (value === null || value === undefined) return none;
  if (Array.isArray(value)) return value;
  if (typeof value === "boolean") return [value ? 1 : 0];
  if (typeof value === "number") return [type.kind === "date" ? monthOf(value) : stretchOf(value)];
  return [value as string];
}

export function stretchOfKey(type: ValueType, key: number): Stretch {
  if (type.kind === "date") return { from: Date.UTC(1970, key, 1), to: Date.UTC(1970, key + 1, 1) };
  if (key === 0) return { from: 0, to: 1 };
  const place = Math.abs(key) - 1;
  const power = 2 ** Math.floor(place / 8);
  const from = Math.ceil(power + ((place % 8) * power) / 8);
  const to = Math.ceil(power + ((place % 8) * power + power) / 8);
  return key > 0 ? { from, to } : { from: 1 - to, to: 1 - from };
}

/** Which of the stretches holds a safe integer; ascending with it. */
function stretchOf(value: number): number {
  if (value === 0) return 0;
  const magnitude = Math.abs(value);
  const exponent = magnitude < 2 ** 32 ? 31 - Math.clz32(magnitude) : 63 - Math.clz32(Math.floor(magnitude / 2 ** 32));
  const power = 2 ** exponent;
  const key = 1 + exponent * 8 + Math.floor(((magnitude - power) / power) * 8);
  return value > 0 ? key : -key;
}

function monthOf(instant: number): number {
  const date = new Date(instant);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** Whether the value counts as covering the customer. */
export const covers = (value: SlotValue): value is Exclude<TagValue, null> => value !== null && value !== undefined;

/** What changed since the last commit in how many customers have which value. */
export type SpreadChange = {
  readonly slot: number;
  readonly covered: number;
  readonly counts: ReadonlyMap<SpreadKey, number>;
};

export type SpreadChanges = {
  readonly count: (slot: number, type: ValueType, before: SlotValue, after: SlotValue) => void;
  /** Of the slots that are still known, ascending. */
  readonly changes: (known: ReadonlyMap<number, unknown>) => SpreadChange[];
  readonly clear: () => void;
};

export function createSpreadChanges(): SpreadChanges {
  let bySlot = new Map<number, { covered: number; readonly counts: Map<SpreadKey, number> }>();
  const add = (counts: Map<SpreadKey, number>, key: SpreadKey, more: number): void => {
    counts.set(key, (counts.get(key) ?? 0) + more);
  };
  return {
    count: (slot, type, before, after) => {
      let change = bySlot.get(slot);
      if (change === undefined) {
        change = { covered: 0, counts: new Map() };
        bySlot.set(slot, change);
      }
      change.covered += (covers(after) ? 1 : 0) - (covers(before) ? 1 : 0);
      for (const key of spreadKeys(type, before)) add(change.counts, key, -1);
      for (const key of spreadKeys(type, after)) add(change.counts, key, 1);
    },
    changes: known => {
      const changes: SpreadChange[] = [];
      for (const [slot, { covered, counts }] of bySlot) {
        if (!known.has(slot)) continue;
        const changed = new Map<SpreadKey, number>();
        for (const [key, more] of counts) if (more !== 0) changed.set(key, more);
        changes.push({ slot, covered, counts: changed });
      }
      return changes.sort(inOrder);
    },
    clear: () => {
      bySlot = new Map();
    },
  };
}

const inOrder = (a: SpreadChange, b: SpreadChange): number => a.slot - b.slot;
