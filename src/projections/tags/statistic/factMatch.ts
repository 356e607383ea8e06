import type { JsonScalar } from "../../../domain/json.ts";
import type { FactFilter } from "../../../domain/tag/factSelection.ts";
import { type FieldSource, fieldReader, scalarReader } from "./fieldReader.ts";

/** Whether the fact meets the condition. A comparison with a field that the fact does not have is false, so its `not` is true. */
export type FactMatch = (source: FieldSource, row: number) => boolean;

export function factMatch(filter: FactFilter): FactMatch {
  switch (filter.kind) {
    case "all": {
      const parts = filter.of.map(factMatch);
      return (source, row) => parts.every(part => part(source, row));
    }
    case "any": {
      const parts = filter.of.map(factMatch);
      return (source, row) => parts.some(part => part(source, row));
    }
    case "not": {
      const part = factMatch(filter.of);
      return (source, row) => !part(source, row);
    }
    case "in":
      return inMatch(filter.field, filter.values);
    case "exists":
      return existsMatch(filter.field);
    case "text":
      return textMatch(filter);
    case "compare":
      return compareMatch(filter);
  }
}

function inMatch(field: string, values: readonly JsonScalar[]): FactMatch {
  const read = fieldReader(field, { kind: "text" });
  if (field === "occurredAt") return (source, row) => values.includes(read(source, row));
  const [only] = values;
  if (values.length === 1 && only !== undefined) return (source, row) => source.value(row, field) === only;
  const wanted = new Set(values);
  return (source, row) => {
    const value = source.value(row, field);
    return value !== undefined && wanted.has(value);
  };
}

/** Money is stored in two parts, so an amount exists where its minor units do. */
function existsMatch(field: string): FactMatch {
  if (field === "occurredAt") return () => true;
  const minorUnits = `${field}.minorUnits`;
  const has = (value: JsonScalar | undefined): boolean => value !== undefined && value !== null;
  return (source, row) => has(source.value(row, field)) || has(source.value(row, minorUnits));
}

function textMatch({ field, operator, value }: Extract<FactFilter, { kind: "text" }>): FactMatch {
  const read = fieldReader(field, { kind: "text" });
  const compare = {
    contains: (text: string) => text.includes(value),
    startsWith: (text: string) => text.startsWith(value),
    endsWith: (text: string) => text.endsWith(value),
  }[operator];
  return (source, row) => {
    const text = read(source, row);
    return text !== null && compare(text as string);
  };
}

function compareMatch({ field, operator, value, as }: Extract<FactFilter, { kind: "compare" }>): FactMatch {
  const read = fieldReader(field, as);
  // Definitions hold figures in the scale of the form; a text is what an upstream system would write.
  const bound = typeof value === "number" ? value : scalarReader(as)(value);
  if (bound === null) throw new Error(`a condition on ${field}: "${value}" cannot be read as ${as.kind}`);
  const compare = {
    "<": (read: number | string) => read < bound,
    "<=": (read: number | string) => read <= bound,
    ">": (read: number | string) => read > bound,
    ">=": (read: number | string) => read >= bound,
  }[operator];
  return (source, row) => {
    const found = read(source, row);
    return found !== null && compare(found as number | string);
  };
}
