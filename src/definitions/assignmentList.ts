import { CsvError, parse } from "csv-parse/sync";
import type { Fault } from "../domain/fault.ts";
import { accept, type Result, refuse } from "../domain/result.ts";

export type ListFormat = "csv" | "ndjson";

/** One line of a list, as it was read; nothing in it is trusted yet. `line` counts from 1, a header line included. */
export type ListedAssignment = {
  readonly line: number;
  readonly system: unknown;
  readonly id: unknown;
  /** Undefined where the list has no column for it. */
  readonly value: unknown;
  readonly expiresAt: unknown;
};
export type LineFault = Fault & { readonly line: number };
export type ReadList = { readonly listed: readonly ListedAssignment[]; readonly faults: readonly LineFault[] };

const columns = ["system", "id", "value", "expiresAt"];

/**
 * Reads a list of customers: CSV with a header line naming the columns (system, id, and optionally value and expiresAt, in
 * any order), or NDJSON of objects with these members. Refuses what is no such list at all; lines that cannot be read
 * are faults of their own.
 */
export const readAssignmentList = (text: string, format: ListFormat): Result<ReadList, Fault> =>
  format === "csv" ? readCsv(text) : accept(readNdjson(text));

function readCsv(text: string): Result<ReadList, Fault> {
  let rows: readonly { readonly record: string[]; readonly info: { readonly lines: number } }[];
  try {
    rows = parse(text, {
      bom: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    }) as unknown as typeof rows; // `info` makes it so
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return refuse({ field: "content", code: "malformed", message: `is not CSV: ${error.message}` });
  }
  const header = rows[0]?.record ?? [];
  const missing = ["system", "id"].filter(name => !header.includes(name));
  const unknown = header.filter(name => !columns.includes(name));
  if (missing.length + unknown.length > 0)
    return refuse({
      field: "content",
      code: "header",
      message: `expected a header line of system, id and, where needed, value and expiresAt; got "${header.join(",").slice(0, 200)}"`,
    });
  const listed: ListedAssignment[] = [];
  const faults: LineFault[] = [];
  for (const { record, info } of rows.slice(1)) {
    const line = info.lines;
    if (record.length !== header.length)
      faults.push({
        line,
        field: "",
        code: "columns",
        message: `expected ${header.length} cells, got ${record.length}`,
      });
    else {
      const cells = new Map(header.map((name, at) => [name, record[at]]));
      const expiresAt = cells.get("expiresAt") || undefined;
      listed.push({ line, system: cells.get("system"), id: cells.get("id"), value: cells.get("value"), expiresAt });
    }
  }
  return accept({ listed, faults });
}

function readNdjson(text: string): ReadList {
  const listed: ListedAssignment[] = [];
  const faults: LineFault[] = [];
  for (const [at, raw] of text.split("\n").entries()) {
    if (raw.trim() === "") continue;
    const line = at + 1;
    const parsed = objectIn(raw);
    if (parsed === null)
      faults.push({ line, field: "", code: "not-an-object", message: "the line is not a JSON object" });
    else {
      const unknown = Object.keys(parsed).find(name => !columns.includes(name));
      if (unknown === undefined)
        listed.push({
          line,
          system: parsed.system,
          id: parsed.id,
          value: parsed.value,
          expiresAt: parsed.expiresAt ?? undefined,
        });
      else
        faults.push({
          line,
          field: unknown.slice(0, 100),
          code: "unknown-field",
          message: `known are ${columns.join(", ")}`,
        });
    }
  }
  return { listed, faults };
}

function objectIn(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as never) : null;
  } catch {
    return null;
  }
}
