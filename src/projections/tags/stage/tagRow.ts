import type { Instant } from "../../../domain/instant.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";
import {
  type ByteReader,
  newWriter,
  readCount,
  readerOf,
  readInteger,
  readText,
  writeCount,
  writeInteger,
  writeText,
  written,
} from "../history/bytes.ts";
import type { Slot } from "./slot.ts";

/*
 * One customer's values of all slots. An entry is a header (slots skipped since the one before, kind, whether the value
 * expires), then what the kind needs. A missing value that does not expire has no entry; a slot nobody knows any more is
 * skipped, so that a retired tag needs no rewriting of rows.
 */

/** `undefined`: the tag could not be evaluated (its figures leave the safe integers); whoever asks evaluates it, and meets the error. */
export type SlotValue = TagValue | undefined;

export type TagRow = {
  /** The newest occurredAt among the customer's facts that were not ahead of their time. */
  readonly newest: Instant;
  readonly entries: readonly { readonly slot: number; readonly value: SlotValue; readonly until: Instant }[];
};

/** In place of an instant: the value holds for good. */
export const never = Number.POSITIVE_INFINITY;

const kinds = { missing: 0, false: 1, true: 2, up: 3, down: 4, text: 5, set: 6, failed: 7 } as const;

/** One for all rows: what was written is copied out. */
const writer = newWriter(4096);

/** `slots` by ascending number; values and expiries in the same order. */
export function encodeTagRow(
  slots: readonly Slot[],
  newest: Instant,
  values: readonly SlotValue[],
  until: readonly number[],
): Buffer {
  writer.length = 0;
  writeInteger(writer, newest);
  let previous = 0;
  for (let index = 0; index < slots.length; index += 1) {
    const value = values[index];
    const expiry = until[index] as number;
    if (value === null && expiry === never) continue;
    const { slot, type } = slots[index] as Slot;
    const coded = type.kind === "enumeration" && typeof value === "string" ? placeIn(type.values, value) : value;
    const kind = kindOf(coded);
    writeCount(writer, (slot - previous) * 16 + kind * 2 + (expiry === never ? 0 : 1));
    previous = slot;
    if (kind === kinds.up) writeCount(writer, coded as number);
    else if (kind === kinds.down) writeCount(writer, -(coded as number) - 1);
    else if (kind === kinds.text) writeText(writer, coded as string);
    else if (kind === kinds.set) {
      writeCount(writer, (coded as readonly string[]).length);
      for (const member of coded as readonly string[]) writeText(writer, member);
    }
    if (expiry !== never) writeInteger(writer, expiry);
  }
  return written(writer);
}

export function decodeTagRow(bytes: Uint8Array, slots: ReadonlyMap<number, Slot>): TagRow {
  const entries: { slot: number; value: SlotValue; until: Instant }[] = [];
  const newest = readTagRow(bytes, slots, (slot, value, until) => entries.push({ slot, value, until }));
  return { newest, entries };
}

/** The same without a list: `take` is given each entry of a known slot, by ascending slot. Gives `newest`. */
export function readTagRow(
  bytes: Uint8Array,
  slots: ReadonlyMap<number, Slot>,
  take: (slot: number, value: SlotValue, until: Instant) => void,
): Instant {
  const reader = readerOf(bytes);
  const newest = readInteger(reader);
  let slot = 0;
  while (reader.at < bytes.length) {
    const header = readCount(reader);
    slot += Math.floor(header / 16);
    const value = readValue(reader, (header % 16) >> 1);
    const until = header % 2 === 1 ? readInteger(reader) : never;
    const known = slots.get(slot);
    if (known !== undefined) take(slot, decoded(known, value), until);
  }
  return newest;
}

function kindOf(value: SlotValue): number {
  if (value === undefined) return kinds.failed;
  if (value === null) return kinds.missing;
  if (typeof value === "boolean") return value ? kinds.true : kinds.false;
  if (typeof value === "number") return value >= 0 ? kinds.up : kinds.down;
  return typeof value === "string" ? kinds.text : kinds.set;
}

function readValue(reader: ByteReader, kind: number): SlotValue {
  switch (kind) {
    case kinds.missing:
      return null;
    case kinds.false:
      return false;
    case kinds.true:
      return true;
    case kinds.up:
      return readCount(reader);
    case kinds.down:
      return -readCount(reader) - 1;
    case kinds.text:
      return readText(reader);
    case kinds.set:
      return Array.from({ length: readCount(reader) }, () => readText(reader));
    default:
      return undefined;
  }
}

/** An enumeration's value is written as its place among the values; one that is not among them stays a text. */
const placeIn = (values: readonly string[], value: string): number | string => {
  const place = values.indexOf(value);
  return place < 0 ? value : place;
};
const decoded = ({ type }: Slot, value: SlotValue): SlotValue =>
  type.kind === "enumeration" && typeof value === "number" ? (type.values[value] ?? null) : value;
