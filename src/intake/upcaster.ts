import type { RecordedEvent } from "../domain/event.ts";
import type { JsonObject, JsonValue } from "../domain/json.ts";
import { setMember } from "./canonicalJson.ts";
import type { FactCatalogue } from "./catalogue.ts";

/** How data of the version before becomes data of this one; names are fields of `data`, inner ones dotted. */
export type Upcast = {
  readonly rename?: Readonly<Record<string, string>>;
  readonly default?: JsonObject;
  readonly remove?: readonly string[];
};

/**
 * Turns stored events of older schema versions into the newest, on read; the stored bytes stay as they are. Events of
 * the newest version, and of types or versions that the catalogue does not know, come back as they went in.
 */
export function createUpcaster(catalogue: FactCatalogue): (event: RecordedEvent) => RecordedEvent {
  const steps = new Map<string, readonly Upcast[]>();
  for (const { type, versions } of catalogue.types)
    if (versions.length > 1)
      steps.set(
        type,
        versions.map(version => version.upcast),
      );
  return event => {
    const upcasts = steps.get(event.type);
    if (upcasts === undefined || event.schemaVersion < 1 || event.schemaVersion >= upcasts.length) return event;
    const data = upcasts.slice(event.schemaVersion).reduce(upcastData, event.data);
    return { ...event, schemaVersion: upcasts.length, data };
  };
}

/** Removes, then renames, then fills what is missing. */
export function upcastData(data: JsonObject, { remove = [], rename = {}, default: defaults = {} }: Upcast): JsonObject {
  let next = data;
  for (const path of remove) next = without(next, path.split("."));
  const moved = Object.entries(rename).map(([from, to]) => ({ from, to, value: valueAt(next, from.split(".")) }));
  for (const { from } of moved) next = without(next, from.split("."));
  for (const { to, value } of moved) if (value !== undefined) next = withValue(next, to.split("."), value);
  for (const [path, value] of Object.entries(defaults))
    if (valueAt(next, path.split(".")) === undefined) next = withValue(next, path.split("."), value);
  return next;
}

const isObject = (value: JsonValue | undefined): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function valueAt(data: JsonObject, [step = "", ...rest]: readonly string[]): JsonValue | undefined {
  const value = Object.hasOwn(data, step) ? data[step] : undefined;
  if (rest.length === 0) return value;
  return isObject(value) ? valueAt(value, rest) : undefined;
}

function without(data: JsonObject, [step = "", ...rest]: readonly string[]): JsonObject {
  if (!Object.hasOwn(data, step)) return data;
  const { [step]: value, ...others } = data;
  if (rest.length === 0) return others;
  return isObject(value) ? { ...data, [step]: without(value, rest) } : data;
}

function withValue(data: JsonObject, [step = "", ...rest]: readonly string[], value: JsonValue): JsonObject {
  const inner = data[step];
  const next: Record<string, JsonValue> = { ...data };
  setMember(next, step, rest.length === 0 ? value : withValue(isObject(inner) ? inner : {}, rest, value));
  return next;
}
