import { LRUCache } from "lru-cache";
import type { RecordedEvent } from "../domain/event.ts";
import { type CustomerId, customerOfStream } from "../domain/ids.ts";
import type { Customer } from "./customer/customer.ts";
import { foldCustomer, newcomer } from "./customer/fold.ts";
import { postingOf } from "./customer/postings.ts";
import type { CustomerChange, EntryInsert, ReadModelStore, ReversalMark } from "./readModelStore.ts";
import type { TimelineRow } from "./readModels.ts";

/** One customer in memory: as stored, as folded, and the rows folded since. */
type Held = {
  readonly row: number;
  rewrite: boolean;
  stored: Customer | null;
  current: Customer | null;
  timeline: TimelineRow[];
  entries: EntryInsert[];
  reversals: ReversalMark[];
};

/** Customer states between the log and the store: a bounded cache of clean ones, and all that changed since the last commit. */
export type WorkingSet = {
  /** Brings in the customers of these events; `apply` needs nothing from the store afterwards. */
  readonly hold: (events: readonly RecordedEvent[]) => void;
  /** Folds one event into its customer. Throws, changing nothing, when it cannot be folded. */
  readonly apply: (event: RecordedEvent, original: RecordedEvent | null) => void;
  /** Keeps a row for a customer whose first event cannot be folded, so that its place in the list does not move later. */
  readonly reserve: (event: RecordedEvent) => void;
  /** Starts a customer over, from before its first event. */
  readonly restart: (id: CustomerId, stream: string) => void;
  readonly changes: () => CustomerChange[];
  /** After a commit of `changes`. */
  readonly committed: () => void;
  readonly size: () => { readonly clean: number; readonly changed: number };
};

export function createWorkingSet(store: ReadModelStore, cacheSize: number): WorkingSet {
  const clean = new LRUCache<string, Held>({ max: cacheSize });
  const changed = new Map<string, Held>();
  /** Held for the page at hand, so that a small cache cannot lose a customer between `hold` and `apply`. */
  const page = new Map<string, Held>();
  let nextRow = store.customerCount();

  const heldFor = (stream: string): Held => {
    let held = changed.get(stream);
    if (held !== undefined) return held;
    held = page.get(stream);
    if (held === undefined) throw new Error(`customer of stream "${stream}" is not held`);
    changed.set(stream, held);
    return held;
  };

  const hold = (events: readonly RecordedEvent[]): void => {
    page.clear();
    const missing = new Map<string, CustomerId>();
    const fresh = new Set<string>();
    for (const { stream, revision } of events) {
      if (changed.has(stream) || page.has(stream) || missing.has(stream) || fresh.has(stream)) continue;
      const cached = clean.get(stream);
      if (cached !== undefined) page.set(stream, cached);
      else if (revision === 0) fresh.add(stream);
      else missing.set(stream, idOf(stream));
    }
    const streams = [...missing.keys()];
    for (const [index, found] of store.load([...missing.values()]).entries()) {
      const stream = streams[index] as string;
      if (found === null) throw new Error(`no row holds the earlier events of ${stream}: rebuild the read models`);
      page.set(stream, holding(found.row, found.customer));
    }
    // In log order, so that rows are given out in order of first appearance.
    for (const stream of fresh) {
      page.set(stream, holding(nextRow, null));
      nextRow += 1;
    }
  };

  return {
    hold,
    apply: (event, original) => {
      const before = (changed.get(event.stream) ?? page.get(event.stream))?.current ?? null;
      const posting = postingOf(before, event, original);
      const after = foldCustomer(before, event, original);
      const held = heldFor(event.stream);
      held.current = after;
      held.timeline.push({ occurredAt: event.occurredAt, position: event.position, type: event.type });
      if (posting === null) return;
      const ordinal = ordinalOf(after, posting.account);
      if (posting.kind === "entry") held.entries.push({ ordinal, entry: posting.entry });
      else held.reversals.push({ ordinal, of: posting.of, by: posting.by });
    },
    reserve: event => {
      if ((changed.get(event.stream) ?? page.get(event.stream))?.current != null) return;
      heldFor(event.stream).current = newcomer(idOf(event.stream), event.position, event.occurredAt);
    },
    restart: (id, stream) => {
      const [found] = store.load([id]);
      if (found === undefined || found === null) throw new Error(`customer ${id} has no row to start over from`);
      clean.delete(stream);
      changed.set(stream, { ...holding(found.row, null), stored: found.customer, rewrite: true });
    },
    changes: () =>
      [...changed.values()]
        .sort((a, b) => a.row - b.row)
        .map(held => ({
          row: held.row,
          before: held.stored,
          after: held.current as Customer,
          timeline: held.timeline,
          entries: held.entries,
          reversals: held.reversals,
          rewrite: held.rewrite,
        })),
    committed: () => {
      for (const [stream, held] of changed) {
        held.stored = held.current;
        held.rewrite = false;
        held.timeline = [];
        held.entries = [];
        held.reversals = [];
        clean.set(stream, held);
      }
      changed.clear();
    },
    size: () => ({ clean: clean.size, changed: changed.size }),
  };
}

const holding = (row: number, customer: Customer | null): Held => ({
  row,
  rewrite: false,
  stored: customer,
  current: customer,
  timeline: [],
  entries: [],
  reversals: [],
});

function idOf(stream: string): CustomerId {
  const id = customerOfStream(stream);
  if (id === null) throw new Error(`stream "${stream}" is no customer's`);
  return id;
}

const ordinals = new WeakMap<Customer["accounts"], Map<string, number>>();

/** The place of an account in the profile; a customer may have thousands, and each payment asks. */
function ordinalOf({ accounts }: Customer, ref: string): number {
  let known = ordinals.get(accounts);
  if (known === undefined) {
    known = new Map(Object.keys(accounts).map((key, index) => [key, index]));
    ordinals.set(accounts, known);
  }
  const ordinal = known.get(ref);
  if (ordinal === undefined) throw new Error(`account: "${ref}" is not the customer's`);
  return ordinal;
}
