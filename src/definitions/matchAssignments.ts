import type { Fault } from "../domain/fault.ts";
import type { CustomerId } from "../domain/ids.ts";
import type { Instant } from "../domain/instant.ts";
import type { TagAssignment } from "../domain/tag/events.ts";
import type { Standards } from "../domain/tag/standards.ts";
import { sameValue, type ValueType } from "../domain/tag/tagValue.ts";
import { readInstant } from "../intake/instants.ts";
import { textProblem } from "../intake/plainText.ts";
import { readAssignedValue } from "./assignedValue.ts";
import type { LineFault, ListedAssignment, ListFormat } from "./assignmentList.ts";

/** What became of the lines of a list; every line is in exactly one of these. */
export type ListReport = {
  readonly assignments: readonly TagAssignment[];
  /** The line of each assignment. */
  readonly lines: readonly number[];
  /** Ids that belong to no customer. */
  readonly unmatched: readonly { readonly line: number; readonly system: string; readonly id: string }[];
  /** Lines that say of a customer what an earlier line says. */
  readonly duplicates: readonly { readonly line: number; readonly of: number }[];
  /** Lines that cannot be used, by reason. A line with two reasons stands here twice. */
  readonly faults: readonly LineFault[];
};

export type Matching = {
  readonly type: ValueType;
  readonly standards: Standards;
  readonly now: Instant;
  readonly format: ListFormat;
  /** Null where the id belongs to nobody. */
  readonly customerOf: (system: string, id: string) => CustomerId | null;
};

/**
 * Finds whom a list means, and reads what it says of them. Lines that contradict each other about one customer are
 * faults, all of them: which one is meant cannot be known.
 */
export function matchAssignments(listed: readonly ListedAssignment[], matching: Matching): ListReport {
  const faults: LineFault[] = [];
  const unmatched: { line: number; system: string; id: string }[] = [];
  const found = new Map<
    CustomerId,
    { line: number; assignment: TagAssignment; repeats: number[]; contradicted: number[] }
  >();
  for (const item of listed) {
    const { line } = item;
    const problems: Fault[] = [];
    for (const field of ["system", "id"] as const) {
      const problem = textProblem(item[field], 200);
      if (problem !== null) problems.push({ field, ...problem });
    }
    const value = valueIn(item, matching, problems);
    const expiresAt = expiryIn(item.expiresAt, matching.now, problems);
    if (problems.length > 0) {
      faults.push(...problems.map(problem => ({ line, ...problem })));
      continue;
    }
    const [system, id] = [item.system as string, item.id as string];
    const customerId = matching.customerOf(system, id);
    if (customerId === null) {
      unmatched.push({ line, system, id });
      continue;
    }
    const assignment: TagAssignment = { customerId, value, expiresAt };
    const earlier = found.get(customerId);
    if (earlier === undefined) found.set(customerId, { line, assignment, repeats: [], contradicted: [] });
    else (sameAssignment(earlier.assignment, assignment) ? earlier.repeats : earlier.contradicted).push(line);
  }
  const assignments: TagAssignment[] = [];
  const lines: number[] = [];
  const duplicates: { line: number; of: number }[] = [];
  for (const { line, assignment, repeats, contradicted } of found.values())
    if (contradicted.length === 0) {
      assignments.push(assignment);
      lines.push(line);
      duplicates.push(...repeats.map(repeat => ({ line: repeat, of: line })));
    } else
      for (const own of [line, ...repeats, ...contradicted])
        faults.push({
          line: own,
          field: "id",
          code: "contradiction",
          message: `lines ${[line, ...contradicted].slice(0, 5).join(", ")} say different things of the same customer`,
        });
  return { assignments, lines, unmatched, duplicates: duplicates.sort(byLine), faults: faults.sort(byLine) };
}

const byLine = (a: { readonly line: number }, b: { readonly line: number }): number => a.line - b.line;

export const sameAssignment = (a: TagAssignment, b: TagAssignment): boolean =>
  a.customerId === b.customerId && a.expiresAt === b.expiresAt && sameValue(a.value, b.value);

function valueIn(
  { value }: ListedAssignment,
  { type, standards, format }: Matching,
  faults: Fault[],
): TagAssignment["value"] {
  // A list of customers without values says of each that the tag is true.
  const given = value === undefined && type.kind === "boolean" ? true : value;
  if (given === "" && format === "csv") {
    faults.push({ field: "value", code: "missing", message: "is empty; only NDJSON can take a value away, with null" });
    return null;
  }
  const read = readAssignedValue(
    given,
    type,
    standards,
    typeof given === "string" && format === "csv" ? "text" : "json",
  );
  if (read.ok) return read.value;
  faults.push(...read.refusal);
  return null;
}

/** Null for no end. */
export function expiryIn(expiresAt: unknown, now: Instant, faults: Fault[]): Instant | null {
  if (expiresAt === undefined || expiresAt === null) return null;
  const instant = typeof expiresAt === "string" ? readInstant(expiresAt) : null;
  if (instant === null)
    faults.push({
      field: "expiresAt",
      code: "malformed",
      message: "expected an RFC 3339 instant: 2030-01-01T00:00:00Z",
    });
  else if (instant <= now) faults.push({ field: "expiresAt", code: "in-past", message: "has passed already" });
  return instant;
}
