import type { Fact, FactBatch, RefusedRow } from "../fact.ts";
import { csvRows } from "./csvRows.ts";
import type { FactMapper } from "./factMapper.ts";
import type { FileRefusal } from "./fileRefusal.ts";
import type { ImportPlan, PlannedFile } from "./planImport.ts";
import type { ByteCounter } from "./textChunks.ts";
import { UnreadableFile } from "./unreadableFile.ts";

/**
 * A stretch of an import. `batch` is what the door takes, `types[i]` the fact type of its item i (null where unknown);
 * `stopped` ends an import whose file is broken: what came before it is good.
 */
export type ReadStep =
  | {
      readonly kind: "batch";
      readonly batch: FactBatch;
      readonly types: readonly (string | null)[];
      readonly file: string;
      /** The last line read, and the rows read of this file so far. */
      readonly line: number;
      readonly rows: number;
      readonly bytesRead: number;
      readonly bytesTotal: number;
    }
  | { readonly kind: "stopped"; readonly refusal: FileRefusal };

/** Reads a planned import file by file, row by row, in batches of about `batchSize` facts. */
export async function* readFacts(plan: ImportPlan, batchSize = 1000): AsyncGenerator<ReadStep> {
  const counter: ByteCounter = { read: 0 };
  let bytesBefore = 0;
  for (const planned of plan.files) {
    try {
      yield* readFile(plan, planned, batchSize, counter);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      yield { kind: "stopped", refusal: error.refusal };
      return;
    }
    bytesBefore += planned.file.bytes;
    counter.read = bytesBefore;
  }
}

async function* readFile(
  { source, bytesTotal }: ImportPlan,
  planned: PlannedFile,
  batchSize: number,
  counter: ByteCounter,
): AsyncGenerator<ReadStep> {
  const mappers = planned.mappers();
  let facts: Fact[] = [];
  let refused: RefusedRow[] = [];
  let line = planned.headerInFile ? 1 : 0;
  let rows = 0;
  const steps = () => {
    const place = { file: planned.file.name, line, rows, bytesRead: Math.min(counter.read, bytesTotal), bytesTotal };
    const batches: ReadStep[] = [];
    if (facts.length > 0)
      batches.push({
        kind: "batch",
        batch: { format: "facts", facts },
        types: facts.map(fact => fact.type),
        ...place,
      });
    if (refused.length > 0)
      batches.push({
        kind: "batch",
        batch: { format: "refused-rows", rows: refused },
        types: refused.map(row => row.factType),
        ...place,
      });
    facts = [];
    refused = [];
    return batches;
  };
  let broken: unknown = null;
  try {
    let header = planned.headerInFile;
    for await (const read of csvRows(planned.file.path, planned.form, counter))
      for (const row of read) {
        if (header) {
          header = false;
          continue;
        }
        line = row.line;
        rows++;
        mapRow(source, planned, mappers, row, facts, refused);
        if (facts.length + refused.length >= batchSize) yield* steps();
      }
  } catch (error) {
    broken = error; // what was read before the break goes first
  }
  yield* steps();
  if (broken !== null) throw broken;
}

function mapRow(
  source: string,
  planned: PlannedFile,
  mappers: readonly FactMapper[],
  { cells, line }: { readonly cells: readonly string[]; readonly line: number },
  facts: Fact[],
  refused: RefusedRow[],
): void {
  const place = { source, file: planned.file.name, line };
  const { columns } = planned;
  const width = cells.length;
  // A short or long row may have its values under the wrong columns: none of them can be trusted.
  if (width < columns.length || cells.slice(columns.length).some(cell => cell !== "")) {
    const [onlyType, ...others] = planned.factTypes;
    const message = `the row has ${width} cells, the file ${columns.length} columns`;
    refused.push({
      ...place,
      factType: others.length === 0 ? (onlyType ?? null) : null,
      cells: cells.map(cell => quoted(cell, planned.form.delimiter)).join(planned.form.delimiter),
      draft: null,
      faults: [{ field: "", code: "wrong-column-count", message }],
    });
    return;
  }
  for (const mapper of mappers) {
    const mapped = mapper(cells);
    if (mapped === null) continue;
    if (mapped.kind === "fact") facts.push(mapped.fact);
    else {
      const { factType, draft, faults } = mapped;
      refused.push({ ...place, factType, cells: cellsByColumn(columns, cells), draft, faults });
    }
  }
}

const cellsByColumn = (columns: readonly string[], cells: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? ""]));

const quoted = (cell: string, delimiter: string): string =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
