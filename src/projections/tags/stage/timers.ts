import type { Instant } from "../../../domain/instant.ts";

/**
 * When which customer is due: one instant per row, the earliest at hand. A binary heap over rows that knows where each row
 * sits, so that moving a timer leaves nothing behind; 16 bytes per row, armed or not.
 */
export type Timers = {
  /** Null disarms. */
  readonly set: (row: number, due: Instant | null) => void;
  readonly dueOf: (row: number) => Instant | null;
  /** The earliest instant armed, or null. */
  readonly earliest: () => Instant | null;
  /** Takes out the first row, in order of (due, row), that is due at or before `until`; -1 when none is. */
  readonly takeDue: (until: Instant) => number;
  readonly armed: () => number;
};

const idle = -1;

export function createTimers(rows = 1024): Timers {
  let due = new Float64Array(rows);
  let place = new Int32Array(rows).fill(idle);
  let heap = new Int32Array(rows);
  let armed = 0;

  const grow = (row: number): void => {
    const size = Math.max(due.length * 2, row + 1);
    const wider = { due: new Float64Array(size), place: new Int32Array(size).fill(idle), heap: new Int32Array(size) };
    wider.due.set(due);
    wider.place.set(place);
    wider.heap.set(heap);
    ({ due, place, heap } = wider);
  };

  const before = (a: number, b: number): boolean => {
    const difference = (due[a] as number) - (due[b] as number);
    return difference < 0 || (difference === 0 && a < b);
  };
  const put = (row: number, at: number): void => {
    heap[at] = row;
    place[row] = at;
  };
  const rise = (row: number, from: number): number => {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const above = heap[parent] as number;
      if (!before(row, above)) break;
      put(above, at);
      at = parent;
    }
    put(row, at);
    return at;
  };
  const sink = (row: number, from: number): void => {
    let at = from;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= armed) break;
      if (child + 1 < armed && before(heap[child + 1] as number, heap[child] as number)) child += 1;
      const below = heap[child] as number;
      if (!before(below, row)) break;
      put(below, at);
      at = child;
    }
    put(row, at);
  };
  const disarm = (row: number): void => {
    const at = place[row] as number;
    place[row] = idle;
    armed -= 1;
    if (at === armed) return;
    const last = heap[armed] as number;
    if (rise(last, at) === at) sink(last, at);
  };

  return {
    set: (row, instant) => {
      if (row >= due.length) grow(row);
      const at = place[row] as number;
      if (instant === null) {
        if (at !== idle) disarm(row);
        return;
      }
      if (at !== idle && due[row] === instant) return;
      due[row] = instant;
      const from = at === idle ? armed : at;
      if (at === idle) armed += 1;
      if (rise(row, from) === from) sink(row, from);
    },
    dueOf: row => (row < due.length && place[row] !== idle ? (due[row] as number) : null),
    earliest: () => (armed === 0 ? null : (due[heap[0] as number] as number)),
    takeDue: until => {
      const row = heap[0] as number;
      if (armed === 0 || (due[row] as number) > until) return idle;
      disarm(row);
      return row;
    },
    armed: () => armed,
  };
}
