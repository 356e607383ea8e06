import { createReadStream } from "node:fs";
import { Readable, Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { CsvError, parse } from "csv-parse";
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
      const text = decoder.decode(chunk, { stream: true });
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

/** Rows of a delimited file in order, the header line among them. Ends by throwing UnreadableFile where it is broken. */
export async function* csvRows(path: string, form: CsvForm, counter: ByteCounter): AsyncGenerator<CsvRow> {
  const parser = parse({
    delimiter: form.delimiter,
    quote: form.quotes === "none" ? null : '"',
    relax_quotes: form.quotes === "literal",
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: largestRow,
    info: true,
  });
  const text = Readable.from(textChunks(path, form.encoding, counter), { objectMode: true, highWaterMark: 4 });
  pipeline(text, parser).catch(() => undefined);
  let line = 1;
  try {
    for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>) {
      const height = record.some(spansLines) ? linesOf(record) : 1;
      line = info.lines - height + 1;
      yield { cells: record, line };
    }
  } catch (error) {
    throw toUnreadable(error, path, form.encoding, line);
  } finally {
    parser.destroy();
  }
}

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
      `a byte from this line on is not ${encoding}; name the file's encoding in the mapping (latin1, windows-1250 …)`,
    );
  if (code === "Z_BUF_ERROR") return refuse("GZIP_BROKEN", line, "the gzip data ends too early; fetch the file again");
  if (code.startsWith("Z_")) return refuse("GZIP_BROKEN", line, `the gzip data is broken (${error.message})`);
  if (["ENOENT", "EACCES", "EISDIR", "EPERM", "EIO"].includes(code))
    return refuse("FILE_UNREADABLE", null, `cannot be read (${code})`);
  return error;
}
