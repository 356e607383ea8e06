import { firstCode } from "../coding.ts";
import type { Column } from "../column.ts";
import { valueAt } from "../readValue.ts";
import { bitBytesPerBlock } from "../sharedBlocks.ts";
import { truthTable } from "../truthTable.ts";
import type { ColumnsView } from "./columnsView.ts";
import { rowsOf } from "./rowsOf.ts";
import { tally } from "./tally.ts";

/**
 * The rows among some bits with the highest or lowest numbers, best first, ties by row. Whole codes are taken by how many rows
 * have them, so that only rows of the codes that come first are looked at.
 */
export function highest(
  view: ColumnsView,
  among: Uint8Array,
  by: Column,
  order: "highest" | "lowest",
  count: number,
): { readonly row: number; readonly value: number }[] {
  const counts = tally(view, by, among);
  const chosen = new Uint8Array(256);
  let taken = 0;
  for (const code of bestFirst(by, order)) {
    if (taken >= count) break;
    chosen[code] = 1;
    taken += counts[code] as number;
  }
  const found: { row: number; value: number }[] = [];
  by.codes.forEach((chunk, block) => {
    if (chunk === 0) return;
    const from = block * bitBytesPerBlock;
    const { u8 } = view.shard(block);
    for (const place of rowsOf(among.subarray(from, from + bitBytesPerBlock), 0)) {
      if (chosen[u8[chunk + place] as number] === 0) continue;
      const row = from * 8 + place;
      found.push({ row, value: valueAt(view.shards, by, row) as number });
    }
  });
  const sign = order === "highest" ? -1 : 1;
  return found.sort((a, b) => sign * (a.value - b.value) || a.row - b.row).slice(0, count);
}

function bestFirst(by: Column, order: "highest" | "lowest"): number[] {
  const codes =
    by.coding.kind === "sketch"
      ? Array.from({ length: by.coding.cuts.length + 1 }, (_, bucket) => bucket + firstCode)
      : [...truthTable(by, { kind: "exists" }).keys()]
          .filter(code => code >= firstCode && code < firstCode + by.dictionary.values.length)
          .sort((a, b) => numberOf(by, a) - numberOf(by, b));
  return order === "highest" ? codes.reverse() : codes;
}

const numberOf = (by: Column, code: number): number => by.dictionary.values[code - firstCode] as number;
