import type { Instant } from "../../instant.ts";

/** Things to be taken up at an instant: the earliest first, of one instant the one added first. */
export type DueHeap<Thing> = {
  readonly add: (at: Instant, thing: Thing) => void;
  /** Takes out the earliest if it is due by then; null if nothing is. */
  readonly takeDue: (by: Instant) => { readonly at: Instant; readonly thing: Thing } | null;
  readonly size: () => number;
};

type Entry<Thing> = { readonly at: Instant; readonly number: number; readonly thing: Thing };

/** A binary heap: adding and taking cost the logarithm of what it holds, in whatever order things are due. */
export function createDueHeap<Thing>(): DueHeap<Thing> {
  const entries: Entry<Thing>[] = [];
  let added = 0;
  return {
    add: (at, thing) => {
      const entry = { at, number: added++, thing };
      let place = entries.length;
      while (place > 0) {
        const parent = (place - 1) >> 1;
        if (!isBefore(entry, entries[parent] as Entry<Thing>)) break;
        entries[place] = entries[parent] as Entry<Thing>;
        place = parent;
      }
      entries[place] = entry;
    },
    takeDue: by => {
      const first = entries[0];
      if (first === undefined || first.at > by) return null;
      const last = entries.pop() as Entry<Thing>;
      if (entries.length > 0) sink(entries, last);
      return first;
    },
    size: () => entries.length,
  };
}

function sink<Thing>(entries: Entry<Thing>[], entry: Entry<Thing>): void {
  let place = 0;
  for (;;) {
    let child = 2 * place + 1;
    if (child >= entries.length) break;
    const right = child + 1;
    if (right < entries.length && isBefore(entries[right] as Entry<Thing>, entries[child] as Entry<Thing>))
      child = right;
    if (!isBefore(entries[child] as Entry<Thing>, entry)) break;
    entries[place] = entries[child] as Entry<Thing>;
    place = child;
  }
  entries[place] = entry;
}

const isBefore = <Thing>(one: Entry<Thing>, other: Entry<Thing>): boolean =>
  one.at < other.at || (one.at === other.at && one.number < other.number);
