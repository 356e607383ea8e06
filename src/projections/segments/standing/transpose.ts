/** Turns 32 words of 32 bits in place: bit j of word i becomes bit i of word j. Quarters are exchanged, then quarters of quarters. */
export function transpose(square: Uint32Array): void {
  let mask = 0x0000ffff;
  for (let half = 16; half > 0; half >>>= 1) {
    for (let at = 0; at < 32; at = (at + half + 1) & ~half) {
      const upper = square[at] as number;
      const lower = square[at + half] as number;
      const moved = ((upper >>> half) ^ lower) & mask;
      square[at] = upper ^ (moved << half);
      square[at + half] = lower ^ moved;
    }
    mask ^= mask << (half >>> 1);
  }
}
