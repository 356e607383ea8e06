import { rowTest } from "./condition.ts";
import { type CsvForm, csvRows } from "./csvRows.ts";
import type { ExtractFile } from "./extractFiles.ts";
import type { Header } from "./fileHeader.ts";
import type { FileRefusal } from "./fileRefusal.ts";
import { addLookupRow, type Lookup, type LookupRow } from "./lookup.ts";
import type { LookupSpec } from "./mapping.ts";
import { cellText } from "./row.ts";
import { UnreadableFile } from "./unreadableFile.ts";

/** A file that a lookup reads, with its header already checked. */
export type LookupFile = {
  readonly file: ExtractFile;
  readonly form: CsvForm;
  readonly header: Header;
  readonly headerInFile: boolean;
};

/** Reads a lookup's files whole. Rows with another number of cells than columns are left out: they may be shifted. */
export async function loadLookup(
  name: string,
  spec: LookupSpec,
  files: readonly LookupFile[],
): Promise<Lookup | FileRefusal> {
  const rows = new Map<string, LookupRow>();
  try {
    for (const { file, form, header, headerInFile } of files) {
      const columnIndex = (column: string) => header.index.get(column) ?? -1;
      const wanted = rowTest(spec.where ?? [], columnIndex);
      const key = columnIndex(spec.key);
      const taken = spec.take.map(columnIndex);
      let skip = headerInFile;
      for await (const batch of csvRows(file.path, form, { read: 0 }))
        for (const { cells } of batch) {
          if (skip) skip = false;
          else if (cells.length === header.columns.length && wanted(cells))
            addLookupRow(
              rows,
              cellText(cells[key]),
              taken.map(index => cellText(cells[index])),
            );
        }
    }
  } catch (error) {
    if (error instanceof UnreadableFile) return error.refusal;
    throw error;
  }
  rows.delete("");
  return { name, file: spec.file, key: spec.key, columns: spec.take, rows };
}
