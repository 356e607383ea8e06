import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { failedCode, firstCode, missingCode } from "./coding.ts";
import type { Column } from "./column.ts";
import type { ColumnValue } from "./columns.ts";
import { isHolder } from "./holders.ts";
import type { Shard } from "./shard.ts";
import { blockOf, placeInBlock, shardOf } from "./sharedBlocks.ts";

export function codeAt(shards: readonly Shard[], column: Column, row: number): number {
  const block = blockOf(row);
  const chunk = column.codes[block];
  if (chunk === undefined || chunk === 0) return missingCode;
  return (shards[shardOf(block)] as Shard).u8[chunk + placeInBlock(row)] as number;
}

/** The id in the dictionary of a value that is there. */
export function idAt(shards: readonly Shard[], column: Column, row: number, code: number): number {
  if (column.coding.kind === "direct") return code - firstCode;
  const block = blockOf(row);
  const chunk = column.exact[block] as number;
  return (shards[shardOf(block)] as Shard).u32[(chunk >>> 2) + placeInBlock(row)] as number;
}

/** The number in a sketch's row that has one. */
export function numberAt(shards: readonly Shard[], column: Column, row: number): number {
  const { coding } = column;
  if (coding.kind !== "sketch") throw new TypeError(`${column.code} keeps no numbers`);
  const block = blockOf(row);
  const chunk = column.exact[block] as number;
  const { i32, f64 } = shards[shardOf(block)] as Shard;
  // Unsigned shifts: chunks lie anywhere in 4 GiB.
  return coding.format.kind === "f64"
    ? (f64[(chunk >>> 3) + placeInBlock(row)] as number)
    : coding.format.base + coding.format.scale * (i32[(chunk >>> 2) + placeInBlock(row)] as number);
}

/** The set of a row that has one, told by who holds its members. */
function membersAt(shards: readonly Shard[], column: Column, row: number, code: number): string[] {
  const held: string[] = [];
  for (const [member, holders] of column.members)
    if ((holders.mark & (code - firstCode)) !== 0 && isHolder(shards, holders, row)) held.push(member);
  return held.sort();
}

export function valueAt(shards: readonly Shard[], column: Column, row: number): ColumnValue {
  const code = codeAt(shards, column, row);
  if (code === missingCode) return null;
  if (code === failedCode) return undefined;
  if (column.coding.kind === "members") return membersAt(shards, column, row, code);
  return column.coding.kind === "sketch"
    ? numberAt(shards, column, row)
    : (column.dictionary.values[idAt(shards, column, row, code)] as TagValue);
}
