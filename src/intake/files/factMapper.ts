import { createHash } from "node:crypto";
import type { Fault } from "../../domain/fault.ts";
import type { JsonObject } from "../../domain/json.ts";
import type { Fact, FactSubject } from "../fact.ts";
import { rowTest } from "./condition.ts";
import { dataBuilder } from "./dataBuilder.ts";
import { instantReader } from "./instantValue.ts";
import type { FactSpec, SubjectSpec } from "./mapping.ts";
import { noteFault, type Row } from "./row.ts";
import type { Scope } from "./scope.ts";
import { describeValue, type TextReader, templateReader, textReader } from "./textValue.ts";

/** What one row says through one fact of the mapping. */
export type MappedFact =
  | { readonly kind: "fact"; readonly fact: Fact }
  | { readonly kind: "refused"; readonly factType: string; readonly draft: JsonObject; readonly faults: Fault[] }
  | null;

/** Reads rows in file order: repeats are counted, and `oncePer` remembers what it has seen. */
export type FactMapper = (cells: readonly string[]) => MappedFact;

/** Stands in an id for a digest of what the fact says: the same statement again is the same fact, a changed one is new. */
export const contentMark = "{#content}";

export function factMapper(spec: FactSpec, source: string, scope: Scope): FactMapper {
  const applies = spec.when === undefined ? () => true : rowTest(spec.when, scope.columnIndex);
  const isFirst = onceReader(spec, scope);
  const readId = idReader(spec, scope);
  const numbered = spec.numberRepeats ? repeatCounter() : (id: string) => id;
  const readSubject = subjectReader(spec.subject, scope);
  const readOccurredAt = instantReader(spec.occurredAt, scope);
  const buildData = dataBuilder(spec.data, scope);
  const readCorrelation = spec.correlationId === undefined ? null : textReader(spec.correlationId, scope);
  const readCorrects = spec.corrects === undefined ? null : textReader(spec.corrects, scope);
  const row: Row = { cells: [], field: "", faults: [] };

  return cells => {
    if (!applies(cells)) return null;
    row.cells = cells;
    if (!isFirst(row)) return null;
    row.field = "subject";
    const subject = readSubject(row);
    row.field = "occurredAt";
    const before = row.faults.length;
    const occurredAt = readOccurredAt(row);
    if (occurredAt === undefined && row.faults.length === before)
      noteFault(row, "missing", `${describeValue(whenSpec(spec), scope)} is empty or not found`);
    const data = buildData(row);
    row.field = "id";
    const idText = readId(row);
    if (idText === "") noteFault(row, "missing", `a column of the id (${[spec.id].flat().join(" or ")}) is empty`);
    const correlationId = readCorrelation?.(row) ?? "";
    const corrects = readCorrects?.(row) ?? "";
    const fact = {
      ...(idText === "" ? {} : { id: numbered(withContent(idText, subject, occurredAt, data)) }),
      source,
      type: spec.type,
      ...(spec.schemaVersion === undefined ? {} : { schemaVersion: spec.schemaVersion }),
      ...(subject === undefined ? {} : { subject }),
      ...(occurredAt === undefined ? {} : { occurredAt }),
      data,
      ...(correlationId === "" ? {} : { correlationId }),
      ...(corrects === "" ? {} : { corrects }),
    };
    if (row.faults.length === 0) return { kind: "fact", fact: fact as Fact };
    const faults = row.faults;
    row.faults = [];
    return { kind: "refused", factType: spec.type, draft: fact as JsonObject, faults };
  };
}

function onceReader({ oncePer }: FactSpec, scope: Scope): (row: Row) => boolean {
  if (oncePer === undefined) return () => true;
  const read = textReader(oncePer, scope);
  const seen = new Set<string>();
  return row => {
    const key = read(row);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  };
}

function idReader({ id }: FactSpec, scope: Scope): TextReader {
  const readers = [id].flat().map(template => {
    // The mark is filled in later, when the fact's content is known.
    const [head = "", ...rest] = template.split(contentMark);
    const pieces = [head, ...rest].map(piece => (piece === "" ? () => "" : templateReader(piece, scope)));
    const plain = [head, ...rest];
    return (row: Row) => {
      const texts = pieces.map(read => read(row));
      return texts.some((text, index) => text === "" && plain[index] !== "") ? "" : texts.join(contentMark);
    };
  });
  return row => {
    for (const read of readers) {
      const text = read(row);
      if (text !== "") return text;
    }
    return "";
  };
}

function withContent(
  id: string,
  subject: FactSubject | undefined,
  occurredAt: string | undefined,
  data: JsonObject,
): string {
  if (!id.includes(contentMark)) return id;
  const content = JSON.stringify([subject ?? null, occurredAt ?? null, data]);
  return id.replaceAll(contentMark, createHash("sha256").update(content).digest("hex").slice(0, 16));
}

/** The second row with one id becomes "id/2": for sources whose rows carry no key of their own. */
function repeatCounter(): (id: string) => string {
  const counts = new Map<string, number>();
  return id => {
    const count = (counts.get(id) ?? 0) + 1;
    counts.set(id, count);
    return count === 1 ? id : `${id}/${count}`;
  };
}

function subjectReader(spec: SubjectSpec, scope: Scope): (row: Row) => FactSubject | undefined {
  const holder = spec.customer ?? spec.account;
  if (holder === undefined) return () => ({ unattributed: true });
  const read = textReader(holder, scope);
  const system = spec.system ?? (spec.customer === undefined ? scope.accountSystem : scope.customerSystem);
  return row => {
    const before = row.faults.length;
    const id = read(row);
    if (id !== "") return spec.customer === undefined ? { account: { system, id } } : { customer: { system, id } };
    if (row.faults.length > before) return undefined;
    if (spec.ifEmpty === "unattributed") return { unattributed: true };
    return noteFault(row, "missing", `${describeValue(holder, scope)} is empty or not found`);
  };
}

const whenSpec = ({ occurredAt }: FactSpec) =>
  typeof occurredAt === "string" ? occurredAt : (occurredAt.date ?? occurredAt.dateTime ?? occurredAt);
