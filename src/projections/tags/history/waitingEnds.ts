import type { Position } from "../../../domain/event.ts";
import { EventId } from "../../../domain/ids.ts";
import { type ByteReader, type ByteWriter, readCount, readText, writeBytes, writeCount, writeText } from "./bytes.ts";

/** Which fact an end waits for: the one at a position, or the one with an event id. */
export type AwaitedFact = Position | EventId;

/** Ends that came before their facts, by fact type. Of several ends of one fact the first counts. */
export type WaitingEnds = {
  /** False where an end at or before that position waits already. */
  readonly wait: (type: string, fact: AwaitedFact, by: Position) => boolean;
  /** The position that ends this fact, 0 for none. */
  readonly endOf: (type: string, fact: AwaitedFact) => Position;
  readonly settle: (type: string, fact: AwaitedFact) => void;
  readonly write: (to: ByteWriter) => void;
};

export function createWaitingEnds(from: ByteReader | null): WaitingEnds {
  const ends = new Ends();
  for (let left = from === null ? 0 : readCount(from); left > 0 && from !== null; left -= 1) {
    const type = readText(from);
    ends.wait(type, readAwaited(from), readCount(from));
  }
  return ends;
}

type WaitingEnd = { readonly type: string; readonly fact: AwaitedFact; readonly by: Position };
const keyOf = (type: string, fact: AwaitedFact): string => `${fact} ${type}`;

/** A class for the reason that tables are one; hardly any history has an end that waits. */
class Ends implements WaitingEnds {
  #ends: Map<string, WaitingEnd> | null = null;

  wait(type: string, fact: AwaitedFact, by: Position): boolean {
    const key = keyOf(type, fact);
    const known = this.#ends?.get(key);
    if (known !== undefined && known.by <= by) return false;
    this.#ends ??= new Map();
    this.#ends.set(key, { type, fact, by });
    return true;
  }
  endOf(type: string, fact: AwaitedFact): Position {
    return this.#ends === null ? 0 : (this.#ends.get(keyOf(type, fact))?.by ?? 0);
  }
  settle(type: string, fact: AwaitedFact): void {
    this.#ends?.delete(keyOf(type, fact));
  }
  write(to: ByteWriter): void {
    const ends = [...(this.#ends ?? [])].sort(([a], [b]) => (a < b ? -1 : 1));
    writeCount(to, ends.length);
    for (const [, { type, fact, by }] of ends) {
      writeText(to, type);
      writeAwaited(to, fact);
      writeCount(to, by);
    }
  }
}

/** A position as itself, an event id as 0 and its sixteen bytes: positions begin at 1. */
export function writeAwaited(to: ByteWriter, fact: AwaitedFact): void {
  writeCount(to, typeof fact === "number" ? fact : 0);
  if (typeof fact !== "number") writeBytes(to, Buffer.from(fact.replaceAll("-", ""), "hex"));
}

export function readAwaited(from: ByteReader): AwaitedFact {
  const position = readCount(from);
  if (position !== 0) return position;
  const hex = from.bytes.toString("hex", from.at, from.at + 16);
  from.at += 16;
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
  const id = EventId.parse(parts.join("-"));
  if (id === null) throw new Error("a stored history names no event id where one was due");
  return id;
}
