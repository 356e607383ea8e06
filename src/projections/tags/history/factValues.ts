import type { JsonObject, JsonScalar, JsonValue } from "../../../domain/json.ts";
import { unaskedFields } from "../../../domain/tag/unaskedFields.ts";

/** The fields of one fact under their dotted paths, in two lists of the same length. */
export type FactValues = { readonly fields: string[]; readonly values: JsonScalar[] };

/**
 * Lays out what a fact says: inner objects under dotted paths, a list of scalars as its JSON text, null as null. Left out are
 * lists that hold anything else, empty objects, and the ids that no tag can ask about.
 */
export function factValues(data: JsonObject): FactValues {
  const found: FactValues = { fields: [], values: [] };
  for (const name of Object.keys(data)) if (!unaskedFields.has(name)) lay(found, name, data[name] as JsonValue);
  return found;
}

function lay(found: FactValues, path: string, value: JsonValue): void {
  if (typeof value === "number")
    keep(found, path, value + 0); // −0 and 0 are one value
  else if (typeof value !== "object" || value === null) keep(found, path, value);
  else if (!Array.isArray(value))
    for (const name of Object.keys(value)) lay(found, pathOf(path, name), (value as JsonObject)[name] as JsonValue);
  else if (value.every(member => typeof member !== "object" || member === null))
    keep(found, path, JSON.stringify(value));
}

function keep({ fields, values }: FactValues, path: string, value: JsonScalar): void {
  fields.push(path);
  values.push(value);
}

const paths = new Map<string, Map<string, string>>();
const pathsKept = 10_000;
let kept = 0;

/** Remembered, because a text joined anew has to be hashed anew wherever it is looked up. */
function pathOf(outer: string, name: string): string {
  let inner = paths.get(outer);
  let path = inner?.get(name);
  if (path !== undefined) return path;
  path = `${outer}.${name}`;
  if (kept >= pathsKept) {
    paths.clear();
    inner = undefined;
    kept = 0;
  }
  if (inner === undefined) {
    inner = new Map();
    paths.set(outer, inner);
  }
  inner.set(name, path);
  kept += 1;
  return path;
}
