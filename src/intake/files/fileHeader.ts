import { type CsvForm, csvRows } from "./csvRows.ts";
import type { ExtractFile } from "./extractFiles.ts";
import type { FileRefusal } from "./fileRefusal.ts";
import { UnreadableFile } from "./unreadableFile.ts";

/** The places of a file's columns, by name. */
export type Header = { readonly columns: readonly string[]; readonly index: ReadonlyMap<string, number> };

/** Reads a file's first line (or takes the given columns) and says what is missing from it. */
export async function fileHeader(
  file: ExtractFile,
  form: CsvForm,
  given: readonly string[] | undefined,
  needed: readonly string[],
): Promise<Header | readonly FileRefusal[]> {
  const columns = given ?? (await firstLine(file, form));
  if (!isColumns(columns)) return [columns];
  const index = new Map<string, number>();
  const refusals: FileRefusal[] = [];
  for (const [place, column] of columns.entries()) {
    if (index.has(column) && needed.includes(column))
      refusals.push(refusal("COLUMN_REPEATED", file, column, `the column "${column}" stands twice in the header`));
    if (!index.has(column)) index.set(column, place);
  }
  for (const column of needed)
    if (!index.has(column))
      refusals.push(
        refusal(
          "COLUMN_MISSING",
          file,
          column,
          `the column "${column}" is missing; the file has ${columns.join(", ")}`,
        ),
      );
  return refusals.length > 0 ? refusals : { columns, index };
}

export const isHeader = (header: Header | readonly FileRefusal[]): header is Header => !Array.isArray(header);
const isColumns = (columns: readonly string[] | FileRefusal): columns is readonly string[] => Array.isArray(columns);

async function firstLine(file: ExtractFile, form: CsvForm): Promise<readonly string[] | FileRefusal> {
  try {
    for await (const [first] of csvRows(file.path, form, { read: 0 }))
      if (first !== undefined) return first.cells.map(cell => cell.trim());
  } catch (error) {
    if (error instanceof UnreadableFile) return error.refusal;
    throw error;
  }
  return refusal("FILE_EMPTY", file, null, "the file is empty: not even a header line");
}

const refusal = (code: FileRefusal["code"], file: ExtractFile, path: string | null, message: string): FileRefusal => ({
  code,
  file: file.path,
  line: null,
  path,
  message,
});
