import { accept, type Result, refuse } from "../../domain/result.ts";
import { codeReader } from "./codeTable.ts";
import { columnsOfFile, columnsOfLookup, yearColumn } from "./columnsNeeded.ts";
import type { CsvForm } from "./csvRows.ts";
import { type NumberStyle, plainNumbers } from "./decimalText.ts";
import { type ExtractFile, extractFiles, filesNamed } from "./extractFiles.ts";
import { type FactMapper, factMapper } from "./factMapper.ts";
import { fileHeader, type Header, isHeader } from "./fileHeader.ts";
import type { FileRefusal } from "./fileRefusal.ts";
import { type LookupFile, loadLookup } from "./loadLookup.ts";
import type { Lookup } from "./lookup.ts";
import type { FileSpec, LookupSpec, Mapping } from "./mapping.ts";
import { addYear } from "./runningYear.ts";
import type { Scope } from "./scope.ts";
import { zonedClock } from "./zonedTime.ts";

/** One file to be read: checked, with the readers of its facts. */
export type PlannedFile = {
  readonly file: ExtractFile;
  readonly form: CsvForm;
  readonly headerInFile: boolean;
  readonly columns: readonly string[];
  readonly factTypes: readonly string[];
  /** Readers keep count of what they have seen: a fresh set for each reading. */
  readonly mappers: () => readonly FactMapper[];
};

/** An import that can begin: every file found, every column there, every lookup loaded. */
export type ImportPlan = {
  readonly source: string;
  readonly files: readonly PlannedFile[];
  readonly bytesTotal: number;
};

/**
 * Matches a mapping with an extract: a folder, or files one by one. Nothing is sent yet; whatever is missing (a file, a
 * column, an unreadable lookup) is told at once, each naming its file.
 */
export async function planImport(
  mapping: Mapping,
  paths: readonly string[],
): Promise<Result<ImportPlan, readonly FileRefusal[]>> {
  const found = await extractFiles(paths);
  if (!found.ok) return found;
  const refusals: FileRefusal[] = [];
  const lookups = await loadLookups(mapping, found.value, refusals);
  const files: PlannedFile[] = [];
  for (const spec of mapping.files) {
    const matching = filesNamed(spec.name, found.value);
    if (matching.length === 0 && !spec.optional) refusals.push(missingFile(spec.name, mapping, paths));
    for (const file of matching) {
      const planned = await planFile(mapping, spec, file, lookups);
      if (Array.isArray(planned)) refusals.push(...planned);
      else files.push(planned as PlannedFile);
    }
  }
  if (refusals.length > 0) return refuse(withoutRepeats(refusals));
  return accept({ source: mapping.source, files, bytesTotal: files.reduce((sum, { file }) => sum + file.bytes, 0) });
}

async function loadLookups(
  mapping: Mapping,
  found: readonly ExtractFile[],
  refusals: FileRefusal[],
): Promise<ReadonlyMap<string, Lookup>> {
  const lookups = new Map<string, Lookup>();
  for (const [name, spec] of Object.entries(mapping.lookups ?? {})) {
    const matching = filesNamed(spec.file, found);
    if (matching.length === 0 && !spec.optional) refusals.push(missingFile(spec.file, mapping, []));
    const files: LookupFile[] = [];
    for (const file of matching) {
      const checked = await checkLookupFile(mapping, spec, file);
      if (Array.isArray(checked)) refusals.push(...checked);
      else files.push(checked as LookupFile);
    }
    const loaded = await loadLookup(name, spec, files);
    if ("rows" in loaded) lookups.set(name, loaded);
    else refusals.push(loaded);
  }
  return lookups;
}

async function checkLookupFile(
  mapping: Mapping,
  lookup: LookupSpec,
  file: ExtractFile,
): Promise<LookupFile | readonly FileRefusal[]> {
  const spec = mapping.files.find(({ name }) => filesNamed(name, [file]).length > 0);
  const form = formOf(mapping, spec);
  const header = await fileHeader(file, form, spec?.columns, columnsOfLookup(lookup));
  return isHeader(header) ? { file, form, header, headerInFile: spec?.columns === undefined } : header;
}

async function planFile(
  mapping: Mapping,
  spec: FileSpec,
  file: ExtractFile,
  lookups: ReadonlyMap<string, Lookup>,
): Promise<PlannedFile | readonly FileRefusal[]> {
  const form = formOf(mapping, spec);
  const optional = new Set(spec.optionalColumns);
  const needed = columnsOfFile(spec).filter(column => !optional.has(column));
  const header = await fileHeader(file, form, spec.columns, needed);
  if (!isHeader(header)) return header;
  const scope = scopeOf(mapping, header, lookups);
  const { withoutYear } = spec;
  return {
    file,
    form,
    headerInFile: spec.columns === undefined,
    columns: header.columns,
    factTypes: spec.facts.map(fact => fact.type),
    mappers: () => {
      const mappers = spec.facts.map(fact => factMapper(fact, mapping.source, scope));
      return withoutYear === undefined ? mappers : addYear(mappers, withoutYear, scope);
    },
  };
}

const formOf = (mapping: Mapping, spec: FileSpec | undefined): CsvForm => ({
  delimiter: spec?.delimiter ?? mapping.delimiter ?? ",",
  encoding: spec?.encoding ?? mapping.encoding ?? "utf-8",
  quotes: spec?.quotes ?? "strict",
});

function scopeOf(mapping: Mapping, header: Header, lookups: ReadonlyMap<string, Lookup>): Scope {
  const clocks = new Map<string, ReturnType<typeof zonedClock>>();
  return {
    columnIndex: column => (column === yearColumn ? header.columns.length : (header.index.get(column) ?? -1)),
    // A lookup that could not be loaded has refused the plan already; its name is checked with the mapping.
    lookup: name => lookups.get(name) ?? { name, file: "", key: "", columns: [], rows: new Map() },
    codes: name => {
      const table = mapping.codes![name]!;
      return { table, read: codeReader(table) };
    },
    clock: (zone = mapping.timeZone) => {
      const clock = clocks.get(zone) ?? zonedClock(zone);
      clocks.set(zone, clock);
      return clock;
    },
    numbers: numberStyle(mapping),
    currency: mapping.currency ?? null,
    customerSystem: mapping.customerSystem,
    accountSystem: mapping.accountSystem ?? "",
    twoDigitYearsFrom: mapping.twoDigitYearsFrom,
    empty: mapping.empty ?? [],
  };
}

const numberStyle = ({ numbers }: Mapping): NumberStyle =>
  numbers === undefined ? plainNumbers : { decimal: numbers.decimal ?? ".", group: numbers.group ?? null };

const missingFile = (name: string, { source }: Mapping, paths: readonly string[]): FileRefusal => ({
  code: "FILE_MISSING",
  file: name,
  line: null,
  path: null,
  message: `the mapping of ${source} needs this file (or ${name}.gz)${paths.length > 0 ? `; it is not in ${paths.join(", ")}` : ""}`,
});

/** A file may be needed for its facts and for a lookup; one word about it is enough. */
function withoutRepeats(refusals: readonly FileRefusal[]): FileRefusal[] {
  const told = new Map<string, FileRefusal>();
  for (const refusal of refusals) told.set(JSON.stringify([refusal.code, refusal.file, refusal.path]), refusal);
  return [...told.values()];
}
