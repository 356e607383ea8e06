/** The rows of set bits, ascending, from one on. */
export function* rowsOf(bits: Uint8Array, fromRow: number): Generator<number> {
  for (let byte = fromRow >>> 3; byte < bits.length; byte += 1) {
    let left = bits[byte] as number;
    if (byte === fromRow >>> 3) left &= 0xff << (fromRow & 7);
    for (; left !== 0; left &= left - 1) yield byte * 8 + 31 - Math.clz32(left & -left);
  }
}
