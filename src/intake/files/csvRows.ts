import { finished } from "node:stream/promises";
import { type Parser, parse } from "csv-parse";
import { type ByteCounter, textChunks } from "./textChunks.ts";
import { toUnreadable } from "./unreadableFile.ts";

/** How a delimited file is written down. */
export type CsvForm = {
  readonly delimiter: string;
  readonly encoding: string;
  readonly quotes: "strict" | "literal" | "none";
};

/** `line` is where the row begins. */
export type CsvRow = { readonly cells: readonly string[]; readonly line: number };

const largestRow = 1 << 20;

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
