import type { SegmentFlip } from "./segmentTables.ts";

/* Members by row, lowest bit of each byte first; rows beyond the end are none. */

export const hasBit = (bits: Uint8Array, row: number): boolean => ((bits[row >>> 3] ?? 0) & (1 << (row & 7))) !== 0;

/** A copy with room for the rows. */
export function copyOfBits(bits: Uint8Array, rows = 0): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(Math.max(bits.length, (rows + 7) >>> 3));
  copy.set(bits);
  return copy;
}

/** The bits after the changes, in a copy. */
export function bitsAfter(bits: Uint8Array, flips: readonly SegmentFlip[]): Uint8Array<ArrayBuffer> {
  let last = -1;
  for (const [row] of flips) if (row > last) last = row;
  const after = copyOfBits(bits, last + 1);
  for (const [row, entered] of flips)
    if (entered) after[row >>> 3]! |= 1 << (row & 7);
    else after[row >>> 3]! &= ~(1 << (row & 7));
  return after;
}

const onesOfByte = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll("0", "").length);

export function countBits(bits: Uint8Array): number {
  let count = 0;
  for (let index = 0; index < bits.length; index += 1) count += onesOfByte[bits[index]!]!;
  return count;
}

/** Up to `limit` rows strictly after one, ascending. */
export function rowsAfter(bits: Uint8Array, afterRow: number, limit: number): number[] {
  const rows: number[] = [];
  let row = afterRow + 1;
  while (row < bits.length * 8 && rows.length < limit) {
    const rest = bits[row >>> 3]! >>> (row & 7);
    if (rest === 0) row = (row | 7) + 1;
    else if ((rest & 1) === 0) row += 1;
    else {
      rows.push(row);
      row += 1;
    }
  }
  return rows;
}

/** Rows that are in one and not in the other, ascending, and whether they are in the second. */
export function differingRows(before: Uint8Array, after: Uint8Array): SegmentFlip[] {
  const found: SegmentFlip[] = [];
  for (let index = 0; index < Math.max(before.length, after.length); index += 1) {
    const now = after[index] ?? 0;
    let rest = (before[index] ?? 0) ^ now;
    for (let bit = 0; rest !== 0; bit += 1, rest >>>= 1)
      if ((rest & 1) !== 0) found.push([index * 8 + bit, ((now >>> bit) & 1) === 1]);
  }
  return found;
}

/** Without the empty bytes at the end: of the same members always the same bytes. */
export function trimmed(bits: Uint8Array): Uint8Array {
  let length = bits.length;
  while (length > 0 && bits[length - 1] === 0) length -= 1;
  return bits.subarray(0, length);
}
