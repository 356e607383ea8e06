import { at, type Header } from "./header.ts";
import type { Entry } from "./layout.ts";

/** Text that only grows, one entry a line, in memory that readers follow. */
export type Journal = { readonly memory: SharedArrayBuffer; readonly append: (entry: Entry) => void };

const first = 64 * 1024;
/** Reserved as addresses, not as memory. */
const most = 4 * 1024 ** 3;

export function createJournal(header: Header): Journal {
  const memory = new SharedArrayBuffer(first, { maxByteLength: most });
  let bytes = new Uint8Array(memory, 0, first);
  header.numbers[at.journalBytes] = 0;

  return {
    memory,
    append: entry => {
      const line = Buffer.from(`${JSON.stringify(entry)}\n`);
      const from = header.numbers[at.journalBytes] as number;
      const to = from + line.length;
      if (to > bytes.length) {
        if (to > most) throw new RangeError("the distinct texts of all columns are more than 4 GiB");
        const length = Math.min(Math.max(bytes.length * 2, to), most);
        memory.grow(length);
        bytes = new Uint8Array(memory, 0, length);
      }
      bytes.set(line, from);
      header.numbers[at.journalBytes] = to;
    },
  };
}

/** Entries after a byte, and the byte after them. */
export function readJournal(memory: SharedArrayBuffer, from: number, to: number): Entry[] {
  if (from === to) return [];
  // Text cannot be decoded out of shared memory.
  const copy = Buffer.from(new Uint8Array(memory, from, to - from).slice());
  return linesOf(copy).map(line => JSON.parse(line) as Entry);
}

function linesOf(bytes: Buffer): string[] {
  const lines: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(10, start);
    lines.push(bytes.toString("utf8", start, end));
    start = end + 1;
  }
  return lines;
}
