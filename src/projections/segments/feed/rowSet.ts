import { newWriter, readCount, readerOf, writeCount, written } from "../../tags/history/bytes.ts";

/** Row numbers, ascending and each once, as the steps between them. */
export function encodeRows(rows: readonly number[]): Uint8Array {
  const to = newWriter(rows.length * 2 + 8);
  let last = -1;
  for (const row of rows) {
    writeCount(to, row - last - 1);
    last = row;
  }
  return written(to);
}

export function decodeRows(bytes: Uint8Array): number[] {
  const from = readerOf(bytes);
  const rows: number[] = [];
  let last = -1;
  while (from.at < bytes.length) {
    last += readCount(from) + 1;
    rows.push(last);
  }
  return rows;
}
