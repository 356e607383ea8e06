import type { RowBits } from "../columns/columns.ts";
import type { MemberBits } from "./feedBuffer.ts";

/** A copy of row bits, lowest bit of each byte first. */
export function bitsOf(members: RowBits, rows: number): MemberBits {
  const bits = new Uint8Array((rows + 7) >>> 3);
  let size = 0;
  for (let row = 0; row < rows; row += 1)
    if (members.has(row)) {
      bits[row >>> 3]! |= 1 << (row & 7);
      size += 1;
    }
  return { bits, size };
}
