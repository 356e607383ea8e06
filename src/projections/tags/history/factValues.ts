import type { JsonObject, JsonScalar, JsonValue } from "../../../domain/json.ts";
import { unaskedFields } from "../../../domain/tag/unaskedFields.ts";

/** The fields of one fact under their dotted paths, in two lists of the same length. */
export type FactValues = { readonly fields: readonly string[]; readonly values: readonly JsonScalar[] };

/** One that is being laid out: its fields are those of another fact as far as they are the same. */
type Growing = { fields: string[]; shared: boolean; readonly values: JsonScalar[]; length: number };

/**
 * Lays out what a fact of a type says: inner objects under dotted paths, a list of scalars as its JSON text, null as null. Left out are
 * lists that hold anything else, empty objects, and the ids that no tag can ask about.
 */
export function factValues(type: string, data: JsonObject): FactValues {
  const known = fieldsOf.get(type) ?? [];
  const found: Growing = { fields: known, shared: true, values: new Array<JsonScalar>(known.length), length: 0 };
  for (const name of Object.keys(data)) if (!unaskedFields.has(name)) lay(found, name, data[name] as JsonValue);
  const { values, length } = found;
  if (length < values.length) values.length = length;
  if (length < found.fields.length) found.fields = found.fields.slice(0, length);
  if (found.fields !== known) {
    if (fieldsOf.size >= typesKept) fieldsOf = new Map();
    fieldsOf.set(type, found.fields);
  }
  return { fields: found.fields, values };
}

/** By type the fields of the last fact: most facts of a type have the same, and one list of them. */
let fieldsOf = new Map<string, string[]>();
const typesKept = 1_000;

function lay(found: Growing, path: string, value: JsonValue): void {
  if (typeof value === "number")
    keep(found, path, value + 0); // −0 and 0 are one value
  else if (typeof value !== "object" || value === null) keep(found, path, value);
  else if (!Array.isArray(value))
    for (const name of Object.keys(value)) lay(found, pathOf(path, name), (value as JsonObject)[name] as JsonValue);
  else if (value.every(member => typeof member !== "object" || member === null))
    keep(found, path, JSON.stringify(value));
}

function keep(found: Growing, path: string, value: JsonScalar): void {
  const { fields, values, length } = found;
  if (found.shared && fields[length] !== path) {
    found.fields = fields.slice(0, length);
    found.shared = false;
  }
  if (!found.shared) found.fields.push(path);
  values[length] = value;
  found.length = length + 1;
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
