import { LRUCache } from "lru-cache";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import { createHistory, type KeptHistory, openHistory, type StoredHistory } from "../history/customerHistory.ts";
import type { Layout } from "./layout.ts";
import type { CustomerTagsChange } from "./tagChanges.ts";
import { encodeTagRow, never, readTagRow, type SlotValue } from "./tagRow.ts";
import type { TagTables } from "./tagTables.ts";

/** One customer in memory: its history, and its values by column of the layout. */
export type Held = {
  readonly row: number;
  readonly id: CustomerId;
  history: KeptHistory;
  /** The newest occurredAt that is not ahead of the log's time. */
  newest: Instant;
  readonly values: SlotValue[];
  readonly until: number[];
  /** Whether there are values at all: not before the first evaluation, nor once it was merged into another. */
  valued: boolean;
  historyChanged: boolean;
  valuesChanged: boolean;
  /** What the store has of the history. */
  storedBase: Uint8Array | null;
  /** Brought with many others, to be decided about once: not kept once its decision is stored, which would make each of them an old object. */
  passing: boolean;
};

/** What the next commit writes of one customer. */
type Pending = {
  readonly id: CustomerId;
  history: { readonly base: Uint8Array | null; readonly tail: Uint8Array } | null;
  row: { readonly bytes: Uint8Array | null } | null;
};

/** Customers between the stage and the store: those that changed, and a bounded number of others that were asked for lately. */
export type HeldTags = {
  /** Null where nothing is kept of the customer (yet). What it gives may be changed only together with `change`. Who knows the id saves a look at it. */
  readonly open: (row: number, id?: CustomerId) => Held | null;
  /** Those that will be opened soon, and changed at most once, in one look at the store. */
  readonly bring: (rows: readonly number[]) => void;
  /** The same for one that will be changed in any case. */
  readonly take: (row: number, id: CustomerId) => Held | null;
  /** The same without remembering it, for walks over everybody. */
  readonly peek: (row: number) => Held | null;
  readonly create: (row: number, id: CustomerId) => Held;
  readonly change: (held: Held) => void;
  readonly rowOf: (id: CustomerId) => number | null;
  readonly idAt: (row: number) => CustomerId | null;
  /** To be called where nobody holds a customer: bounds the memory taken by changed ones. */
  readonly trim: () => void;
  /** Leaves nothing in memory but bytes, which any layout reads. */
  readonly packAll: () => void;
  readonly changes: () => CustomerTagsChange[];
  readonly committed: () => void;
};

type Options = {
  readonly tables: TagTables;
  readonly layout: () => Layout;
  readonly dueOf: (row: number) => Instant | null;
  /** Bytes, roughly, of customers that were not changed. */
  readonly cacheBytes: number;
  /** Changed customers that are kept taken apart. */
  readonly changedLimit: number;
};

const rowsKnown = 100_000;

export function createHeldTags({ tables, layout, dueOf, cacheBytes, changedLimit }: Options): HeldTags {
  const clean = new LRUCache<number, Held>({ maxSize: cacheBytes, sizeCalculation: bytesOf });
  let changed = new Map<number, Held>();
  let pending = new Map<number, Pending>();
  let newIds = new Map<CustomerId, number>();
  /** A customer keeps its row for good. */
  const knownRows = new LRUCache<CustomerId, number>({ max: rowsKnown });

  const holding = (row: number, id: CustomerId, history: KeptHistory): Held => {
    const columns = layout().slots.length;
    return {
      row,
      id,
      history,
      newest: 0,
      values: new Array<SlotValue>(columns).fill(null),
      until: new Array<number>(columns).fill(never),
      valued: false,
      historyChanged: false,
      valuesChanged: false,
      storedBase: null,
      passing: false,
    };
  };

  const opened = (row: number, id: CustomerId, history: StoredHistory, bytes: Uint8Array | null): Held => {
    const held = holding(row, id, openHistory(history));
    held.storedBase = history.base;
    if (bytes !== null) takeRow(held, bytes, layout());
    return held;
  };

  const load = (row: number, knownId?: CustomerId): Held | null => {
    const news = pending.get(row);
    const whole = news?.history != null && news.history.base !== null && news.row !== null;
    const stored = whole ? null : tables.kept(row);
    const base = news?.history?.base ?? stored?.history.base;
    const tail = news?.history?.tail ?? stored?.history.tail;
    if (base === undefined || tail === undefined) return null;
    const id = knownId ?? news?.id ?? tables.idAt(row);
    if (id === null) return null;
    return opened(row, id, { base, tail }, news?.row != null ? news.row.bytes : (stored?.bytes ?? null));
  };

  const bring: HeldTags["bring"] = rows => {
    // What was packed since the last commit is taken apart when it is asked for.
    const missing: number[] = [];
    for (const row of rows) if (find(row) === null && !pending.has(row)) missing.push(row);
    if (missing.length === 0) return;
    for (const { row, id, history, bytes } of tables.keptOf(missing)) {
      const held = opened(row, id, history, bytes);
      held.passing = true;
      clean.set(row, held);
    }
  };

  const pack = (held: Held): void => {
    let news = pending.get(held.row);
    if (news === undefined) {
      news = { id: held.id, history: null, row: null };
      pending.set(held.row, news);
    }
    if (held.historyChanged) {
      const { base, tail } = held.history.save();
      news.history = { base: base === held.storedBase ? (news.history?.base ?? null) : base, tail };
      held.storedBase = base;
      held.historyChanged = false;
    }
    if (held.valuesChanged) {
      const bytes = held.valued ? encodeTagRow(layout().slots, held.newest, held.values, held.until) : null;
      news.row = { bytes };
      held.valuesChanged = false;
    }
  };

  const find = (row: number): Held | null => changed.get(row) ?? clean.get(row) ?? null;
  const idAt = (row: number): CustomerId | null => find(row)?.id ?? pending.get(row)?.id ?? tables.idAt(row);
  const rowOf = (id: CustomerId): number | null => {
    const known = newIds.get(id) ?? knownRows.get(id);
    if (known !== undefined) return known;
    const row = tables.rowOf(id);
    if (row !== null) knownRows.set(id, row);
    return row;
  };
  const keep = (held: Held): void => {
    if (changed.get(held.row) === held) return;
    clean.delete(held.row);
    changed.set(held.row, held);
  };
  const packChanged = (): void => {
    for (const held of changed.values()) pack(held);
  };

  return {
    open: (row, id) => {
      const found = find(row);
      if (found !== null) return found;
      const held = load(row, id);
      if (held !== null) clean.set(row, held);
      return held;
    },
    bring,
    take: (row, id) => {
      const found = find(row) ?? load(row, id);
      if (found !== null) keep(found);
      return found;
    },
    peek: row => find(row) ?? load(row),
    create: (row, id) => {
      newIds.set(id, row);
      return holding(row, id, createHistory());
    },
    change: keep,
    rowOf,
    idAt,
    trim: () => {
      if (changed.size <= changedLimit) return;
      packChanged();
      changed = new Map();
    },
    packAll: () => {
      packChanged();
      changed = new Map();
      clean.clear();
    },
    changes: () => {
      packChanged();
      const changes: CustomerTagsChange[] = [];
      for (const [row, { history, row: values }] of pending) {
        const due = values === null || values.bytes === null ? null : dueOf(row);
        changes.push({ row, history, values: values && { bytes: values.bytes, due } });
      }
      return changes.sort(byRow);
    },
    committed: () => {
      for (const [row, held] of changed) if (!held.passing) clean.set(row, held);
      changed = new Map();
      pending = new Map();
      newIds = new Map();
    },
  };
}

const byRow = (a: CustomerTagsChange, b: CustomerTagsChange): number => a.row - b.row;

function takeRow(held: Held, bytes: Uint8Array, { byNumber, slots }: Layout): void {
  let column = 0;
  held.newest = readTagRow(bytes, byNumber, (slot, value, until) => {
    while (slots[column]?.slot !== slot) column += 1;
    held.values[column] = value;
    held.until[column] = until;
  });
  held.valued = true;
}

/** A history is taken apart table by table when asked; what it takes then is near this. */
const bytesOf = ({ history, values }: Held): number => 2000 + values.length * 24 + history.size() * 64;
