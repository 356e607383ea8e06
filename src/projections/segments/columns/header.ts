/** Numbers that all threads see; changed by the writer alone, while it holds the exclusion. */
export type Header = {
  readonly memory: SharedArrayBuffer;
  readonly lock: Int32Array<SharedArrayBuffer>;
  readonly numbers: Float64Array<SharedArrayBuffer>;
};

/** Places in `numbers`. */
export const at = { rows: 0, live: 1, journalBytes: 2, journalEpoch: 3, position: 4, time: 5 } as const;

const lockBytes = 64;

export const createHeader = (): Header => openHeader(new SharedArrayBuffer(lockBytes + 16 * 8));
export const openHeader = (memory: SharedArrayBuffer): Header => ({
  memory,
  lock: new Int32Array(memory, 0, lockBytes / 4),
  numbers: new Float64Array(memory, lockBytes),
});
