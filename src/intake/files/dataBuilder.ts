import type { JsonObject, JsonValue } from "../../domain/json.ts";
import { type FieldReader, fieldReader } from "./fieldValue.ts";
import type { ValueSpec } from "./mapping.ts";
import type { Row } from "./row.ts";
import type { Scope } from "./scope.ts";

type Building = { [key: string]: JsonValue };

/** Builds a fact's `data` from fields by dotted path; what is empty in the row is absent, and so is an object left empty. */
export function dataBuilder(data: Readonly<Record<string, ValueSpec>>, scope: Scope): (row: Row) => JsonObject {
  const fields = Object.entries(data).map(([path, spec]) => {
    const parents = path.split(".");
    const last = parents.pop()!;
    return { path: `data.${path}`, parents, last, read: fieldReader(spec, scope) satisfies FieldReader };
  });
  return row => {
    const built: Building = {};
    for (const { path, parents, last, read } of fields) {
      row.field = path;
      const value = read(row);
      if (value === undefined) continue;
      let target = built;
      for (const parent of parents) {
        target[parent] ??= {};
        target = target[parent] as Building;
      }
      target[last] = value;
    }
    return built;
  };
}
