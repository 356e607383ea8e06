import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { parse } from "csv-parse/sync";

export type Row = Readonly<Record<string, string>>;
export type Table = readonly Row[];

/** Reads a table of a public data set ("trans" is trans.csv.gz) the plain way, without a mapping. */
export const readTable = (folder: string, name: string): Table =>
  parse(gunzipSync(readFileSync(join(folder, `${name}.csv.gz`))), { columns: true });

/** How a table is written down. */
export type TableForm = { readonly gzip?: boolean; readonly lineEnd?: "\n" | "\r\n"; readonly lastLineEnd?: boolean };

/** Writes a table as CSV, its columns in the order of the first row. */
export function writeTable(
  folder: string,
  name: string,
  table: Table,
  { gzip = false, lineEnd = "\n", lastLineEnd = true }: TableForm = {},
): void {
  const columns = Object.keys(table[0] ?? {});
  const lines = [columns, ...table.map(row => columns.map(column => row[column] ?? ""))];
  const text = lines.map(cells => cells.map(quoted).join(",")).join(lineEnd) + (lastLineEnd ? lineEnd : "");
  if (gzip) writeFileSync(join(folder, `${name}.csv.gz`), gzipSync(text));
  else writeFileSync(join(folder, `${name}.csv`), text);
}

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
