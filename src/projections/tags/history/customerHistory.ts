import type { Position, RecordedEvent } from "../../../domain/event.ts";
import type { CustomerId, EventId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonObject } from "../../../domain/json.ts";
import { type ByteReader, type ByteWriter, newWriter, readCount, readerOf, writeCount, written } from "./bytes.ts";
import { type FactValues, factValues } from "./factValues.ts";
import type { FactTable, History, IncomingFact } from "./history.ts";
import { type HistoryChange, readStoredChange, writeChange } from "./historyChange.ts";
import { createHistoryTables, type HistoryTables } from "./historyTables.ts";
import { type AwaitedFact, createWaitingEnds, type WaitingEnds } from "./waitingEnds.ts";

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
/** Bytes that a tail is given at first: a few facts. */
const tailRoom = 512;
const changes = newWriter(4096);
const none = new Uint8Array(0);

/** A history that has met no fact yet. */
export const createHistory = (): KeptHistory => new CustomerHistory(null);

/** A stored history. It is taken apart table by table, column by column, as they are asked for. Throws where the bytes are none. */
export const openHistory = (stored: StoredHistory): KeptHistory => new CustomerHistory(stored);

/** A class for the reason that tables are one. */
class CustomerHistory implements KeptHistory {
  #stored: StoredHistory | null;
  readonly #waiting: WaitingEnds;
  readonly #tables: HistoryTables;
  #size: number;
  /** Where the stored tail lies, with room behind it. */
  #room: Buffer | null = null;
  /** What `stored` does not hold yet. */
  #unsaved: HistoryChange[] | null = null;

  constructor(given: StoredHistory | null) {
    const base = given === null ? null : baseReader(given.base);
    this.#stored = given;
    this.#waiting = createWaitingEnds(base);
    this.#tables = createHistoryTables(base);
    this.#size = this.#tables.storedRows;
    if (given !== null) this.#replay(given.tail);
  }

  add({ type, occurredAt, position, eventId, data }: RecordedEvent): void {
    this.#take(type, occurredAt, position, factValues(type, data), eventId);
  }
  end(type: string, occurredAt: Instant, position: Position, by: Position): void {
    const found = this.#tables.find(type) !== null && this.#tables.change(type).end(occurredAt, position, by);
    if (found) this.#changed({ kind: "ended", type, occurredAt, position, by });
    else if (this.#waiting.wait(type, position, by)) this.#changed({ kind: "waits", type, awaited: position, by });
  }
  endEarly(type: string, eventId: EventId, by: Position): void {
    if (this.#waiting.wait(type, eventId, by)) this.#changed({ kind: "waits", type, awaited: eventId, by });
  }
  addIncoming(from: CustomerId, { type, occurredAt, position, data }: IncomingFact): void {
    const table = `incoming:${type}`;
    this.#take(table, occurredAt, position, factValues(table, { ...data, from }), null);
  }
  addFound(table: string, occurredAt: Instant, position: Position, data: JsonObject): void {
    this.#take(table, occurredAt, position, factValues(table, data), null);
  }
  table(type: string): FactTable | null {
    return this.#tables.find(type);
  }
  types(): readonly string[] {
    return this.#tables.types();
  }
  size(): number {
    return this.#size;
  }

  save(): StoredHistory {
    const unsaved = this.#unsaved;
    if (this.#stored === null) this.#stored = { base: this.encode(), tail: none };
    else if (unsaved !== null) {
      changes.length = 0;
      for (const change of unsaved) writeChange(changes, change);
      const { base, tail } = this.#stored;
      const whole = tail.length + changes.length > tailLimit(base.length);
      this.#stored = whole ? { base: this.encode(), tail: none } : { base, tail: this.#joined(tail, changes) };
    }
    this.#unsaved = null;
    return this.#stored;
  }

  encode(): Uint8Array {
    const to = newWriter(512 + this.#size * 32);
    writeCount(to, form);
    this.#waiting.write(to);
    this.#tables.write(to);
    return written(to);
  }

  /** Behind the tail that is there, whose bytes stay as they are: a buffer for each fact would be most of what the garbage collector is called for. */
  #joined(tail: Uint8Array, { bytes, length }: ByteWriter): Uint8Array {
    const whole = tail.length + length;
    if (this.#room === null || this.#room.length < whole || this.#room.buffer !== tail.buffer) {
      this.#room = Buffer.allocUnsafeSlow(Math.max(whole + (whole >>> 1), tailRoom));
      this.#room.set(tail);
    }
    bytes.copy(this.#room, tail.length, 0, length);
    return this.#room.subarray(0, whole);
  }

  #replay(tail: Uint8Array): void {
    const from = readerOf(tail);
    while (from.at < tail.length) {
      const change = readStoredChange(from);
      if (change.kind === "added" || change.kind === "ended") this.#tables.replay(change);
      else this.#settleOrWait(change.read());
      if (change.kind === "added") this.#size += 1;
    }
  }

  #settleOrWait(change: HistoryChange): void {
    if (change.kind === "waits") this.#waiting.wait(change.type, change.awaited, change.by);
    else if (change.kind === "settled") this.#waiting.settle(change.type, change.awaited);
  }

  #changed(change: HistoryChange): void {
    if (this.#stored === null) return;
    if (this.#unsaved === null) this.#unsaved = [change];
    else this.#unsaved.push(change);
  }

  #settled(type: string, awaited: AwaitedFact): void {
    this.#waiting.settle(type, awaited);
    this.#changed({ kind: "settled", type, awaited });
  }

  #take(type: string, occurredAt: Instant, position: Position, fact: FactValues, id: EventId | null): void {
    const atPosition = this.#waiting.endOf(type, position);
    const ofId = id === null ? 0 : this.#waiting.endOf(type, id);
    const endedBy = first(atPosition, ofId);
    if (!this.#tables.change(type).add(occurredAt, position, fact, endedBy)) return;
    this.#size += 1;
    this.#changed({ kind: "added", type, occurredAt, position, endedBy, fact });
    if (atPosition !== 0) this.#settled(type, position);
    if (ofId !== 0) this.#settled(type, id as EventId);
  }
}

function baseReader(base: Uint8Array): ByteReader {
  const from = readerOf(base);
  const found = readCount(from);
  if (found !== form) throw new Error(`a stored history is of form ${found}, not ${form}: rebuild the read models`);
  return from;
}

const first = (a: Position, b: Position): Position => (a === 0 ? b : b === 0 ? a : Math.min(a, b));
