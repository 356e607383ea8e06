import type { Columns } from "../columns/columns.ts";
import type { Around } from "../columns/query/around.ts";
import { rowsPerBlock } from "../columns/sharedBlocks.ts";
import { judge } from "./decision.ts";
import type { LeafIndex, RankedSegment } from "./leafIndex.ts";

/** 65,536 rows, 32 to a word, the lowest bit first. */
export type BlockWords = Uint32Array;
export const wordsPerBlock = rowsPerBlock / 32;

/** `each` gets every block in turn and must not keep it. Failed values count as missing. */
type EachBlock = (block: number, words: BlockWords) => void;

/** Works a segment out for all live customers: with the columns' kernels, or row by row where values failed. */
export function wholeTruth(
  columns: Columns,
  index: LeafIndex,
  segment: RankedSegment,
  around: Around,
  each: EachBlock,
): void {
  const answer = columns.queries().members(segment.kept.plan, around);
  if (!answer.ok) {
    if (answer.refusal.kind !== "failed")
      throw new Error(`segment ${segment.kept.id} cannot be worked out: ${JSON.stringify(answer.refusal)}`);
    byRow(columns, index, segment, each);
    return;
  }
  const { buffer, byteOffset, length } = answer.value.bits;
  const words = new Uint32Array(buffer, byteOffset, length / 4);
  for (let block = 0; block * wordsPerBlock < words.length; block += 1)
    each(block, words.subarray(block * wordsPerBlock, (block + 1) * wordsPerBlock));
}

function byRow(columns: Columns, index: LeafIndex, { decision }: RankedSegment, each: EachBlock): void {
  const words = new Uint32Array(wordsPerBlock);
  for (let block = 0; block * rowsPerBlock < columns.rows(); block += 1) {
    words.fill(0);
    const last = Math.min(rowsPerBlock, columns.rows() - block * rowsPerBlock);
    for (let place = 0; place < last; place += 1) {
      const row = block * rowsPerBlock + place;
      if (columns.isLive(row) && judge(decision, index.tests, row))
        words[place >>> 5] = (words[place >>> 5] as number) | (1 << (place & 31));
    }
    each(block, words);
  }
}
