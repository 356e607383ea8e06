import { LRUCache } from "lru-cache";
import type { RecordedEvent } from "../domain/event.ts";
import { type CustomerId, customerStream } from "../domain/ids.ts";
import type { Customer } from "./customer/customer.ts";
import { foldCustomer, newcomer } from "./customer/fold.ts";
import { type Posting, postingsOf } from "./customer/postings.ts";
import type { CountsFor } from "./engineStage.ts";
import type { CustomerChange, EntryInsert, ReadModelStore, ReversalMark } from "./readModelStore.ts";
import type { TimelineRow } from "./readModels.ts";

type FoldedRows = {
  readonly timeline: TimelineRow[];
  readonly entries: EntryInsert[];
  readonly reversals: ReversalMark[];
};
const noRows: FoldedRows = { timeline: [], entries: [], reversals: [] };

/** One customer in memory: as stored, as folded, and the rows folded since. */
type Held = {
  readonly row: number;
  rewrite: boolean;
  stored: Customer | null;
  current: Customer | null;
  /** Made by the first fact after a commit. Lists kept over many commits would be old when they are filled, and the garbage collector would then take their rows for as old. */
  folded: FoldedRows | null;
};

/** An event worked out, of which nothing has taken effect yet. */
export type Folded = { readonly before: Customer | null; readonly after: Customer; readonly take: () => void };

/** Customer states between the log and the store: a bounded cache of clean ones, and all that changed since the last commit. */
export type WorkingSet = {
  /** Brings in customers, in the order in which they are met; those `isNew` have no row yet. The rest needs nothing from the store afterwards. */
  readonly hold: (wanted: readonly { readonly id: CustomerId; readonly isNew: boolean }[]) => void;
  /** Folds one event into a customer. Throws, changing nothing, when it cannot be folded. */
  readonly fold: (
    id: CustomerId,
    event: RecordedEvent,
    original: RecordedEvent | null,
    isOwn: (stream: string) => boolean,
    replaced?: boolean,
  ) => Folded;
  /** Keeps a row for a customer whose first event cannot be folded, so that its place in the list does not move later. */
  readonly reserve: (id: CustomerId, event: RecordedEvent) => void;
  /** Starts a customer over, from before its first event, or as something said in place of all events. */
  readonly restart: (id: CustomerId, as?: Customer) => void;
  /** Changes of a held customer that are no fold of an event. */
  readonly amend: (id: CustomerId, change: (customer: Customer) => Customer) => void;
  /** Null for one of whom nothing was folded yet. It must be held. */
  readonly current: (id: CustomerId) => Customer | null;
  readonly placeOf: (id: CustomerId) => CountsFor;
  readonly changes: () => CustomerChange[];
  /** After a commit of `changes`. */
  readonly committed: () => void;
  readonly size: () => { readonly clean: number; readonly changed: number };
};

export function createWorkingSet(store: ReadModelStore, cacheSize: number): WorkingSet {
  const clean = new LRUCache<CustomerId, Held>({ max: cacheSize });
  let changed = new Map<CustomerId, Held>();
  /** Held for the page at hand, so that a small cache cannot lose a customer between `hold` and `fold`. */
  let page = new Map<CustomerId, Held>();
  let nextRow = store.customerCount();

  const held = (id: CustomerId): Held => {
    const found = changed.get(id) ?? page.get(id);
    if (found === undefined) throw new Error(`customer ${id} is not held`);
    return found;
  };
  const toChange = (id: CustomerId): Held => {
    const found = held(id);
    changed.set(id, found);
    return found;
  };

  return {
    hold: wanted => {
      page = new Map();
      const missing = new Set<CustomerId>();
      const fresh = new Set<CustomerId>();
      for (const { id, isNew } of wanted) {
        if (changed.has(id) || page.has(id) || missing.has(id) || fresh.has(id)) continue;
        const cached = clean.get(id);
        if (cached !== undefined) page.set(id, cached);
        else if (isNew) fresh.add(id);
        else missing.add(id);
      }
      const ids = [...missing];
      for (const [index, found] of store.load(ids).entries()) {
        const id = ids[index] as CustomerId;
        if (found === null)
          throw new Error(`no row holds the earlier events of ${customerStream(id)}: rebuild the read models`);
        page.set(id, holding(found.row, found.customer));
      }
      // In log order, so that rows are given out in order of first appearance; last, so that nothing can fail behind it.
      for (const id of fresh) {
        page.set(id, holding(nextRow, null));
        nextRow += 1;
      }
    },
    fold: (id, event, original, isOwn, replaced) => {
      const before = held(id).current;
      const start = before ?? newcomer(id, event.position, event.occurredAt);
      const postings = postingsOf(before, event, original, isOwn);
      const after = foldCustomer(start, event, original, replaced);
      const placed: Placed[] = [];
      for (const posting of postings) placed.push({ posting, ordinal: ordinalOf(after, posting.account) });
      return { before, after, take: () => takeFolded(toChange(id), event, after, placed) };
    },
    reserve: (id, event) => {
      if (held(id).current !== null) return;
      toChange(id).current = newcomer(id, event.position, event.occurredAt);
    },
    restart: (id, as) => {
      const restarted = toChange(id);
      restarted.current = as ?? null;
      restarted.rewrite = true;
      restarted.folded = null;
    },
    amend: (id, change) => {
      const { current } = held(id);
      if (current !== null) toChange(id).current = change(current);
    },
    current: id => held(id).current,
    placeOf: id => ({ row: held(id).row, id }),
    changes: () => {
      const changes: CustomerChange[] = [];
      for (const { row, stored, current, folded, rewrite } of changed.values())
        changes.push({ row, before: stored, after: current as Customer, ...(folded ?? noRows), rewrite });
      return changes.sort(byRow);
    },
    committed: () => {
      for (const [id, held] of changed) {
        held.stored = held.current;
        held.rewrite = false;
        held.folded = null;
        clean.set(id, held);
      }
      changed = new Map();
    },
    size: () => ({ clean: clean.size, changed: changed.size }),
  };
}

const byRow = (a: CustomerChange, b: CustomerChange): number => a.row - b.row;

const holding = (row: number, customer: Customer | null): Held => ({
  row,
  rewrite: false,
  stored: customer,
  current: customer,
  folded: null,
});

type Placed = { readonly posting: Posting; readonly ordinal: number };

function takeFolded(held: Held, event: RecordedEvent, after: Customer, placed: readonly Placed[]): void {
  held.current = after;
  held.folded ??= { timeline: [], entries: [], reversals: [] };
  const { timeline, entries, reversals } = held.folded;
  timeline.push({ occurredAt: event.occurredAt, position: event.position, type: event.type });
  for (const { posting, ordinal } of placed)
    if (posting.kind === "entry") entries.push({ ordinal, entry: posting.entry });
    else reversals.push({ ordinal, of: posting.of, by: posting.by });
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
