import type { Plan } from "../../../domain/segment/plan.ts";
import type { Columns } from "../columns/columns.ts";
import { rowsPerBlock } from "../columns/sharedBlocks.ts";
import { judge } from "./decision.ts";
import type { LeafIndex, RankedSegment } from "./leafIndex.ts";

/** 65,536 rows, 32 to a word, the lowest bit first. */
export type BlockWords = Uint32Array;
export const wordsPerBlock = rowsPerBlock / 32;

/** Works a plan out for all live customers; `each` gets every block in turn and must not keep it. Failed values count as missing. */
export type WholeTruth = (plan: Plan, each: (block: number, words: BlockWords) => void) => void;

/** The same, one row after the other. */
export function wholeByRow(columns: Columns, index: LeafIndex, { decision }: RankedSegment): WholeTruth {
  return (_plan, each) => {
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
  };
}
