import type { Position } from "../../../domain/event.ts";
import type { EventId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import { type ByteReader, type ByteWriter, newWriter, readCount, readerOf, writeCount, written } from "./bytes.ts";
import { type FactValues, factValues } from "./factValues.ts";
import type { History } from "./history.ts";
import { type HistoryChange, readStoredChange, writeChange } from "./historyChange.ts";
import { createHistoryTables } from "./historyTables.ts";
import { createWaitingEnds } from "./waitingEnds.ts";

/** A history as it is kept: what it was when it was last written as a whole, and the changes since. */
export type StoredHistory = { readonly base: Uint8Array; readonly tail: Uint8Array };

export type KeptHistory = History & {
  /**
   * What to store now. `base` is the very object that was there before unless it was written anew, which happens only
   * when the tail has grown to a good part of it: a fact of a customer with thousands costs no more than one of a new customer.
   */
  readonly save: () => StoredHistory;
  /** The whole history as bytes, equal for equal histories in whatever order facts came and however they are stored: for digests. */
  readonly encode: () => Uint8Array;
};

/** The first byte of a base: raised with every change to the stored form, `knownTexts` included. */
const form = 1;
/**
 * How long a tail may get. Each save writes the tail again, and each time it is full the base: what that costs together is
 * least at about the root of the base's length times the bytes of a fact, twice over.
 */
const tailLimit = (base: number): number => Math.max(512, 16 * Math.sqrt(base));
const changes = newWriter(4096);
const none = new Uint8Array(0);

/** A history that has met no fact yet. */
export const createHistory = (): KeptHistory => historyOver(null);

/** A stored history. It is taken apart table by table, column by column, as they are asked for. Throws where the bytes are none. */
export const openHistory = (stored: StoredHistory): KeptHistory => historyOver(stored);

function historyOver(given: StoredHistory | null): KeptHistory {
  let stored = given;
  const base = given === null ? null : baseReader(given.base);
  const waiting = createWaitingEnds(base);
  const tables = createHistoryTables(base);
  let size = tables.storedRows;
  /** What `stored` does not hold yet. */
  let unsaved: HistoryChange[] = [];
  if (given !== null) size += replay(given.tail);

  function replay(tail: Uint8Array): number {
    let added = 0;
    const from = readerOf(tail);
    while (from.at < tail.length) {
      const change = readStoredChange(from);
      if (change.kind === "added" || change.kind === "ended") tables.replay(change);
      else settleOrWait(change.read());
      if (change.kind === "added") added += 1;
    }
    return added;
  }

  function settleOrWait(change: HistoryChange): void {
    if (change.kind === "waits") waiting.wait(change.type, change.awaited, change.by);
    else if (change.kind === "settled") waiting.settle(change.type, change.awaited);
  }

  const changed = (change: HistoryChange): void => {
    if (stored !== null) unsaved.push(change);
  };

  const take = (type: string, occurredAt: Instant, position: Position, fact: FactValues, id: EventId | null): void => {
    const atPosition = waiting.endOf(type, position);
    const ofId = id === null ? 0 : waiting.endOf(type, id);
    const endedBy = first(atPosition, ofId);
    if (!tables.change(type).add(occurredAt, position, fact, endedBy)) return;
    size += 1;
    changed({ kind: "added", type, occurredAt, position, endedBy, fact });
    for (const awaited of [atPosition === 0 ? null : position, ofId === 0 ? null : id]) {
      if (awaited === null) continue;
      waiting.settle(type, awaited);
      changed({ kind: "settled", type, awaited });
    }
  };

  const encode = (): Uint8Array => {
    const to = newWriter(512 + size * 32);
    writeCount(to, form);
    waiting.write(to);
    tables.write(to);
    return written(to);
  };

  return {
    add: ({ type, occurredAt, position, eventId, data }) => take(type, occurredAt, position, factValues(data), eventId),
    end: (type, occurredAt, position, by) => {
      const found = tables.find(type) !== null && tables.change(type).end(occurredAt, position, by);
      if (found) changed({ kind: "ended", type, occurredAt, position, by });
      else if (waiting.wait(type, position, by)) changed({ kind: "waits", type, awaited: position, by });
    },
    endEarly: (type, eventId, by) => {
      if (waiting.wait(type, eventId, by)) changed({ kind: "waits", type, awaited: eventId, by });
    },
    addIncoming: (from, { type, occurredAt, position, data }) =>
      take(`incoming:${type}`, occurredAt, position, factValues({ ...data, from }), null),
    addFound: (table, occurredAt, position, data) => take(table, occurredAt, position, factValues(data), null),
    table: tables.find,
    types: tables.types,
    size: () => size,
    save: () => {
      if (stored === null) stored = { base: encode(), tail: none };
      else if (unsaved.length > 0) {
        changes.length = 0;
        for (const change of unsaved) writeChange(changes, change);
        const length = stored.tail.length + changes.length;
        stored =
          length > tailLimit(stored.base.length)
            ? { base: encode(), tail: none }
            : { base: stored.base, tail: joined(stored.tail, changes) };
      }
      unsaved = [];
      return stored;
    },
    encode,
  };
}

function baseReader(base: Uint8Array): ByteReader {
  const from = readerOf(base);
  const found = readCount(from);
  if (found !== form) throw new Error(`a stored history is of form ${found}, not ${form}: rebuild the read models`);
  return from;
}

function joined(tail: Uint8Array, { bytes, length }: ByteWriter): Uint8Array {
  const whole = Buffer.allocUnsafeSlow(tail.length + length);
  whole.set(tail);
  bytes.copy(whole, tail.length, 0, length);
  return whole;
}

const first = (a: Position, b: Position): Position => (a === 0 ? b : b === 0 ? a : Math.min(a, b));
