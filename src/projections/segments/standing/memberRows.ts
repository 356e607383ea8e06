import type { RowBits } from "../columns/columns.ts";
import { rowsPerBlock } from "../columns/sharedBlocks.ts";
import { transpose } from "./transpose.ts";

/**
 * The members of all segments once more, by row: all memberships of one customer lie side by side, so that a change of a value meets
 * one line of memory instead of one in each segment's bits. A bit for each segment and customer; segments are known by their slot.
 */
export type MemberRows = {
  /** Words of 32 slots to a row. */
  readonly width: () => number;
  /** Of 65,536 rows, `width` words each. */
  readonly block: (block: number) => Uint32Array;
  /** Takes over what these slots' bits say, after they were written otherwise than by `block`; of a slot without bits, that nobody is in. */
  readonly reload: (slots: readonly number[]) => void;
};

export function createMemberRows(bitsOf: (slot: number) => RowBits | null, rows: () => number): MemberRows {
  let width = 0;
  let blocks: Uint32Array[] = [];
  const need = (block: number): Uint32Array => {
    while (blocks.length <= block) blocks.push(new Uint32Array(rowsPerBlock * width));
    return blocks[block] as Uint32Array;
  };

  return {
    width: () => width,
    block: need,
    reload: slots => {
      const widest = slots.reduce((most, slot) => Math.max(most, (slot >>> 5) + 1), width);
      const groups = new Set(slots.map(slot => slot >>> 5));
      if (widest > width) {
        for (let group = 0; group < width; group += 1) groups.add(group);
        width = widest;
        blocks = [];
      }
      for (let block = 0; block * rowsPerBlock < rows(); block += 1)
        for (const group of groups) loadGroup(need(block), width, group, block, bitsOf);
    },
  };
}

/** 32 slots of a block, 32 rows at a time. */
function loadGroup(
  into: Uint32Array,
  width: number,
  group: number,
  block: number,
  bitsOf: (slot: number) => RowBits | null,
): void {
  const bySlot = Array.from({ length: 32 }, (_, place) => bitsOf(group * 32 + place)?.words(block) ?? null);
  const square = new Uint32Array(32);
  for (let word = 0; word < rowsPerBlock / 32; word += 1) {
    for (let slot = 0; slot < 32; slot += 1) square[slot] = bySlot[slot]?.[word] ?? 0;
    transpose(square);
    for (let row = 0; row < 32; row += 1) into[(word * 32 + row) * width + group] = square[row] as number;
  }
}
