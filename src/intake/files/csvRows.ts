import { createReadStream } from "node:fs";
import { Transform } from "node:stream";
import { finished, pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { CsvError, type Parser, parse } from "csv-parse";
import type { FileRefusal } from "./fileRefusal.ts";

/** How a delimited file is written down. */
export type CsvForm = {
  readonly delimiter: string;
  readonly encoding: string;
  readonly quotes: "strict" | "literal" | "none";
};

/** `line` is where the row begins. */
export type CsvRow = { readonly cells: readonly string[]; readonly line: number };

/** Raised inside this folder only, to leave a stream; the readers turn it back into a value. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
  readonly refusal: FileRefusal;
  constructor(refusal: FileRefusal, options?: ErrorOptions) {
    super(refusal.message, options);
    this.refusal = refusal;
  }
}

/** Bytes taken from disk so far (compressed ones of a .gz), for progress. */
export type ByteCounter = { read: number };

const largestRow = 1 << 20;

/** The bytes of a file, unzipped where its name ends in .gz, as text. */
export async function* textChunks(path: string, encoding: string, counter: ByteCounter): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const source = createReadStream(path, { highWaterMark: 1 << 17 });
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      counter.read += chunk.length;
      done(null, chunk);
    },
  });
  let line = 1;
  try {
    const bytes = path.endsWith(".gz") ? createGunzip({ chunkSize: 1 << 17 }) : new Transform({ transform: pass });
    // Errors arrive through the iteration of the last stream; this promise only ties the three together.
    pipeline(source, count, bytes).catch(() => undefined);
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      let text: string;
      try {
        text = decoder.decode(chunk, { stream: true });
      } catch (error) {
        line += linesBeforeBadByte(chunk, encoding);
        throw error;
      }
      if (text !== "") yield text;
      line += countLines(chunk);
    }
    const rest = decoder.decode();
    if (rest !== "") yield rest;
  } catch (error) {
    throw toUnreadable(error, path, encoding, line);
  } finally {
    source.destroy();
  }
}

function pass(chunk: Buffer, _encoding: string, done: (error: null, chunk: Buffer) => void): void {
  done(null, chunk);
}

function countLines(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}

function linesBeforeBadByte(bytes: Buffer, encoding: string): number {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let lines = 0;
  let from = bytes.findIndex(byte => (byte & 0b1100_0000) !== 0b1000_0000); // past a character begun in the last chunk
  for (let to = bytes.indexOf(10, from); to !== -1; to = bytes.indexOf(10, from)) {
    try {
      decoder.decode(bytes.subarray(from, to));
    } catch {
      return lines;
    }
    lines++;
    from = to + 1;
  }
  return lines;
}

/**
 * Rows of a delimited file in order, the header line among them, some thousand at a time. Ends by throwing
 * UnreadableFile where the file is broken, after every row before the break was given.
 */
export async function* csvRows(path: string, form: CsvForm, counter: ByteCounter): AsyncGenerator<readonly CsvRow[]> {
  let rows: CsvRow[] = [];
  let line = 1;
  const parser = parse({
    delimiter: form.delimiter,
    quote: form.quotes === "none" ? null : '"',
    relax_quotes: form.quotes === "literal",
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: largestRow,
    // Rows are taken here, because the parser as a stream drops those it still holds when it meets an error.
    on_record: (cells: string[], { lines }) => {
      line = lines - (cells.some(spansLines) ? linesOf(cells) : 1) + 1;
      rows.push({ cells, line });
      return null;
    },
  });
  const ended = finished(parser);
  ended.catch(() => undefined); // a failure also comes through the write that met it
  parser.resume();
  const taken = () => {
    const given = rows;
    rows = [];
    return given;
  };
  try {
    for await (const text of textChunks(path, form.encoding, counter)) {
      await write(parser, text);
      if (rows.length > 0) yield taken();
    }
    parser.end();
    await ended;
  } catch (error) {
    if (rows.length > 0) yield taken();
    throw toUnreadable(error, path, form.encoding, line);
  } finally {
    parser.destroy();
  }
  if (rows.length > 0) yield taken();
}

const write = (parser: Parser, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    parser.write(text, error => (error ? reject(error) : resolve()));
  });

const spansLines = (cell: string): boolean => cell.includes("\n");
const linesOf = (record: readonly string[]): number =>
  1 + record.reduce((lines, cell) => lines + (cell.split("\n").length - 1), 0);

const csvAdvice: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote that begins here or before is never closed",
  CSV_INVALID_CLOSING_QUOTE: "text follows a closing quote",
  INVALID_OPENING_QUOTE: "a quote stands inside a value that does not begin with one",
  CSV_MAX_RECORD_SIZE: "a row is longer than 1 MB, most likely because a quote before it is never closed",
};

function toUnreadable(error: unknown, path: string, encoding: string, line: number): unknown {
  if (error instanceof UnreadableFile) return error;
  if (!(error instanceof Error)) return error;
  const refuse = (code: FileRefusal["code"], at: number | null, message: string) =>
    new UnreadableFile({ code, file: path, line: at, path: null, message }, { cause: error });
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (error instanceof CsvError) {
    const at = typeof error.lines === "number" ? error.lines : line;
    return refuse(
      "CSV_BROKEN",
      at,
      `${csvAdvice[code] ?? error.message}; correct the file, or say in the mapping how it quotes (quotes: literal or none), then import again`,
    );
  }
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA")
    return refuse(
      "ENCODING_WRONG",
      line,
      `a byte of this line is not ${encoding}; name the file's encoding in the mapping (latin1, windows-1250 …)`,
    );
  if (code === "Z_BUF_ERROR") return refuse("GZIP_BROKEN", line, "the gzip data ends too early; fetch the file again");
  if (code.startsWith("Z_")) return refuse("GZIP_BROKEN", line, `the gzip data is broken (${error.message})`);
  if (["ENOENT", "EACCES", "EISDIR", "EPERM", "EIO"].includes(code))
    return refuse("FILE_UNREADABLE", null, `cannot be read (${code})`);
  return error;
}
