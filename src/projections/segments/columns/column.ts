import type { TagCode } from "../../../domain/tag/definition.ts";
import type { ValueType } from "../../../domain/tag/tagValue.ts";
import type { Coding } from "./coding.ts";
import { createDictionary, type Dictionary } from "./dictionary.ts";
import type { Holders } from "./holders.ts";

/** One column as every thread knows it: where its chunks are and what its codes mean. The values are in the shards. */
export type Column = {
  readonly slot: number;
  readonly code: TagCode;
  readonly type: ValueType;
  /** Of every kind of coding but sketches. */
  readonly dictionary: Dictionary;
  coding: Coding;
  /** Goes up whenever codes or ids get another meaning; that a value is added to the dictionary changes none. */
  epoch: number;
  /** Offsets by block; 0 where the block has no such chunk, and so all values are missing. */
  readonly codes: number[];
  readonly exact: number[];
  /** Of booleans for true and false; of sets for every member of a `members` coding, for such as many rows hold of a `frequent` one. */
  readonly members: Map<string, Holders>;
  /** In the first shard: how many live rows have each code but 0, 256 counters of 32 bits. */
  readonly counts: number;
};

/** Rows by bits that are no tag: live customers, members of a segment. */
export type BitColumn = { readonly slot: number; readonly name: string; readonly chunks: number[] };

export const isNumeric = ({ kind }: ValueType): boolean => kind === "number" || kind === "money" || kind === "date";

export const newColumn = (slot: number, code: TagCode, type: ValueType, counts: number): Column => ({
  slot,
  code,
  type,
  dictionary: createDictionary(),
  coding: { kind: "direct" },
  epoch: 0,
  codes: [],
  exact: [],
  members: new Map(),
  counts,
});
