import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagValue, ValueType } from "../../../domain/tag/tagValue.ts";
import { type Coding, firstCode, type NumberFormat } from "./coding.ts";
import { type BitColumn, type Column, newColumn } from "./column.ts";
import { forgetAll, learn } from "./dictionary.ts";
import { type Holders, noHolders } from "./holders.ts";

/**
 * Where everything is and what codes mean: a fold over the entries of a journal. The writer adds entries, readers follow it, and a
 * saved image begins with it, so that there is one way to know.
 */
export type Layout = {
  readonly columns: Map<number, Column>;
  readonly byCode: Map<TagCode, Column>;
  readonly bits: Map<string, BitColumn>;
  /** Ids of customers, 32 bytes each, by block. */
  readonly ids: number[];
  readonly live: number[];
  /** Goes up with every entry but new values of dictionaries, which are the frequent ones. */
  moved: number;
};

/** JSON arrays of a word and its arguments, for the sake of size; one a line. */
export type Entry =
  | readonly ["column", slot: number, code: TagCode, type: ValueType, counts: number]
  | readonly ["drop", slot: number]
  | readonly ["value", slot: number, value: NonNullable<TagValue>]
  /** The dictionary begins anew with these. */
  | readonly ["values", slot: number, values: readonly NonNullable<TagValue>[]]
  | readonly ["direct" | "byMembers", slot: number]
  | readonly ["frequent", slot: number, ids: readonly number[]]
  | readonly ["sketch", slot: number, cuts: readonly number[], format: NumberFormat]
  | readonly ["codes" | "exact", slot: number, block: number, offset: number]
  /** Its holders have bits from now on; or a list, 0 when they have none any more. */
  | readonly ["member" | "list", slot: number, member: string, block: number, offset: number]
  /** A member of a set that has none yet has bits from now on. */
  | readonly ["newMember", slot: number, member: string]
  /** Which members have bits from now on, all clear. */
  | readonly ["members", slot: number, members: readonly string[]]
  | readonly ["bits", slot: number, name: string]
  | readonly ["bitChunk", name: string, block: number, offset: number]
  | readonly ["dropBits", name: string]
  | readonly ["ids" | "live", block: number, offset: number];

export const createLayout = (): Layout => ({
  columns: new Map(),
  byCode: new Map(),
  bits: new Map(),
  ids: [],
  live: [],
  moved: 0,
});

export function foldEntry(layout: Layout, entry: Entry): void {
  if (entry[0] !== "value") layout.moved += 1;
  switch (entry[0]) {
    case "column": {
      const column = newColumn(entry[1], entry[2], entry[3], entry[4]);
      layout.columns.set(column.slot, column);
      layout.byCode.set(column.code, column);
      return;
    }
    case "drop": {
      const column = of(layout, entry[1]);
      column.epoch = Number.POSITIVE_INFINITY;
      layout.columns.delete(column.slot);
      layout.byCode.delete(column.code);
      return;
    }
    case "value":
      learn(of(layout, entry[1]).dictionary, entry[2]);
      return;
    case "values": {
      const column = of(layout, entry[1]);
      forgetAll(column.dictionary);
      for (const value of entry[2]) learn(column.dictionary, value);
      column.epoch += 1;
      return;
    }
    case "direct":
    case "byMembers":
    case "frequent":
    case "sketch": {
      const column = of(layout, entry[1]);
      column.coding = codingOf(entry);
      column.epoch += 1;
      return;
    }
    case "codes":
      put(of(layout, entry[1]).codes, entry[2], entry[3]);
      return;
    case "exact":
      put(of(layout, entry[1]).exact, entry[2], entry[3]);
      return;
    case "members": {
      const { members } = of(layout, entry[1]);
      members.clear();
      for (const member of entry[2]) members.set(member, noHolders(members.size));
      return;
    }
    case "newMember": {
      const { members } = of(layout, entry[1]);
      members.set(entry[2], noHolders(members.size));
      return;
    }
    case "member":
      put((of(layout, entry[1]).members.get(entry[2]) as Holders).bits, entry[3], entry[4]);
      return;
    case "list":
      put((of(layout, entry[1]).members.get(entry[2]) as Holders).lists, entry[3], entry[4]);
      return;
    case "bits":
      layout.bits.set(entry[2], { slot: entry[1], name: entry[2], chunks: [] });
      return;
    case "bitChunk":
      put((layout.bits.get(entry[1]) as BitColumn).chunks, entry[2], entry[3]);
      return;
    case "dropBits":
      layout.bits.delete(entry[1]);
      return;
    case "ids":
    case "live":
      put(layout[entry[0]], entry[1], entry[2]);
      return;
  }
}

function codingOf(
  entry: Extract<Entry, readonly ["direct" | "byMembers" | "frequent" | "sketch", ...unknown[]]>,
): Coding {
  if (entry[0] === "direct") return { kind: "direct" };
  if (entry[0] === "byMembers") return { kind: "members" };
  if (entry[0] === "sketch") return { kind: "sketch", cuts: Float64Array.from(entry[2]), format: entry[3] };
  const ids = (entry as Extract<Entry, readonly ["frequent", ...unknown[]]>)[2];
  return { kind: "frequent", ids, codes: new Map(ids.map((id, index) => [id, index + firstCode])) };
}

const of = (layout: Layout, slot: number): Column => layout.columns.get(slot) as Column;

/** Chunks of earlier blocks may be missing; a hole would make the array slow. */
function put(chunks: number[], block: number, offset: number): void {
  while (chunks.length <= block) chunks.push(0);
  chunks[block] = offset;
}
