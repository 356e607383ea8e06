import type { TagCode } from "../../../domain/tag/definition.ts";
import type { Columns } from "../columns/columns.ts";
import type { Around } from "../columns/query/around.ts";
import { blockOf, placeInBlock, rowsPerBlock } from "../columns/sharedBlocks.ts";
import type { CarefulTruth } from "./carefulTruth.ts";
import type { Failures } from "./failures.ts";
import type { LeafIndex, RankedSegment } from "./leafIndex.ts";
import type { Refill } from "./standing.ts";
import { type BlockWords, wholeTruth, wordsPerBlock } from "./wholeTruth.ts";

export type Refilling = {
  readonly columns: Columns;
  readonly failures: Failures;
  readonly around: Around;
  readonly carefulTruth: CarefulTruth;
};

/**
 * Puts the members of a segment to what its plan says of everybody now; keeps those whose truth hangs on a failed value as they are.
 * Gives the difference.
 */
export function refill(index: LeafIndex, rank: number, parts: Refilling): Refill {
  const segment = index.segments[rank] as RankedSegment;
  const { columns, around } = parts;
  const { id, version, members } = segment.kept;
  const entered: number[] = [];
  const exited: number[] = [];
  const failing = byBlock(failingRows(index, rank, parts));
  segment.kept.undetermined.clear();

  wholeTruth(columns, index, segment, around, (block, words) => {
    for (const row of failing.get(block) ?? []) putCarefully(segment, row, words, parts);
    const before = members.words(block);
    for (let word = 0; word < wordsPerBlock; word += 1) {
      const now = words[word] as number;
      const was = before === null ? 0 : (before[word] as number);
      for (let bits = now ^ was; bits !== 0; bits &= bits - 1) {
        const bit = bits & -bits;
        const row = block * rowsPerBlock + word * 32 + (31 - Math.clz32(bit));
        ((now & bit) === 0 ? exited : entered).push(row);
      }
    }
    members.putWords(block, words);
  });
  segment.kept.size += entered.length - exited.length;
  return { id, version, entered, exited };
}

function putCarefully({ bound, kept }: RankedSegment, row: number, words: BlockWords, parts: Refilling): void {
  const truth = parts.carefulTruth(bound, row);
  kept.undetermined.set(row, truth === null);
  const place = placeInBlock(row);
  const bit = 1 << (place & 31);
  const word = words[place >>> 5] as number;
  words[place >>> 5] = (truth ?? kept.members.has(row)) ? word | bit : word & ~bit;
}

/** Customers of whom something failed that the segment hangs on, directly or by others that it names. */
function failingRows(index: LeafIndex, rank: number, { failures }: Refilling): readonly number[] {
  const codes: TagCode[] = [];
  for (const [code, { dependents }] of index.watches) if (dependents.includes(rank)) codes.push(code);
  return failures.rowsOf(codes);
}

function byBlock(rows: readonly number[]): ReadonlyMap<number, readonly number[]> {
  const blocks = new Map<number, number[]>();
  for (const row of rows) {
    const there = blocks.get(blockOf(row));
    if (there === undefined) blocks.set(blockOf(row), [row]);
    else there.push(row);
  }
  return blocks;
}
