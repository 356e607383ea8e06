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
  const { id, version } = (index.segments[rank] as RankedSegment).kept;
  const entered: number[] = [];
  const exited: number[] = [];
  eachBlock(index, rank, parts, (block, before, words) => {
    for (let word = 0; word < wordsPerBlock; word += 1) {
      const now = words[word] as number;
      for (let bits = now ^ (before?.[word] ?? 0); bits !== 0; bits &= bits - 1) {
        const bit = bits & -bits;
        const row = block * rowsPerBlock + word * 32 + (31 - Math.clz32(bit));
        ((now & bit) === 0 ? exited : entered).push(row);
      }
    }
  });
  return { id, version, entered, exited };
}

/** The same for a segment that begins: nobody has entered it, so there is nothing to list. */
export const fill = (index: LeafIndex, rank: number, parts: Refilling): void =>
  eachBlock(index, rank, parts, () => undefined);

function eachBlock(
  index: LeafIndex,
  rank: number,
  parts: Refilling,
  compare: (block: number, before: BlockWords | null, words: BlockWords) => void,
): void {
  const segment = index.segments[rank] as RankedSegment;
  const { kept } = segment;
  const failing = byBlock(failingRows(index, rank, parts));
  kept.undetermined.clear();
  wholeTruth(parts.columns, index, segment, parts.around, (block, words) => {
    for (const row of failing.get(block) ?? []) putCarefully(segment, row, words, parts);
    compare(block, kept.members.words(block), words);
    kept.members.putWords(block, words);
  });
  kept.size = kept.members.count();
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
