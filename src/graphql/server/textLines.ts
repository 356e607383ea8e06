import { isUtf8 } from "node:buffer";

/** A line of a stream: its text and number (from 1), or that it was longer than allowed. */
export type TextLine =
  | { readonly kind: "text"; readonly number: number; readonly text: string; readonly bytes: number }
  | { readonly kind: "tooLong"; readonly number: number };

const newline = 10;
const carriageReturn = 13;

/**
 * Cuts a byte stream into lines, one array per chunk read, in bounded memory: a line beyond `maxBytes` is skipped, not
 * kept. Blank lines count, but are left out. A line that is not UTF-8 becomes a text that says so and holds its bytes in
 * base64: replacing the bad bytes would change the fact and might let it through.
 */
export async function* textLines(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<TextLine[]> {
  let number = 1;
  let pending: Buffer[] = [];
  let size = 0;

  const take = (part: Buffer): void => {
    size += part.length;
    if (size <= maxBytes) pending.push(part);
    else pending = [];
  };
  const finish = (): TextLine | null => {
    const bytes = pending.length === 1 ? pending[0]! : Buffer.concat(pending);
    const line: TextLine | null = size > maxBytes ? { kind: "tooLong", number } : lineOf(bytes, number);
    number += 1;
    pending = [];
    size = 0;
    return line;
  };

  for await (const chunk of source) {
    const lines: TextLine[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      take(chunk.subarray(start, end));
      const line = finish();
      if (line !== null) lines.push(line);
      start = end + 1;
    }
    if (start < chunk.length) take(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  const last = size > 0 ? finish() : null;
  if (last !== null) yield [last];
}

function lineOf(raw: Buffer, number: number): TextLine | null {
  const bytes = raw.at(-1) === carriageReturn ? raw.subarray(0, -1) : raw;
  const text = isUtf8(bytes) ? bytes.toString("utf8") : `not UTF-8, as base64: ${bytes.toString("base64")}`;
  return text.trim() === "" ? null : { kind: "text", number, text, bytes: bytes.length };
}
