import type { FactFilter, FactSelection } from "../factSelection.ts";
import { readFilter } from "./filter.ts";
import { fault, isThere, member, quoted, type Reading, readList, readMembers, readText, type Spot } from "./reading.ts";
import { readWindow } from "./window.ts";

const longestName = 100;

/** `kinds` is null where they cannot be read; `types` even then, so that fields asked of them can still be looked at. */
export type ReadKinds = {
  readonly types: readonly string[];
  readonly kinds: { readonly types: readonly string[]; readonly where: FactFilter | null } | null;
};

/** Some fact types and a condition on their facts. `spot` is an object, whose members were looked at. */
export function readKinds(reading: Reading, spot: Spot): ReadKinds {
  const typesSpot = member(spot, "types");
  const types = readList(reading, typesSpot, 1, item => readText(reading, item, longestName));
  types?.forEach((type, index) => {
    const path = `${typesSpot.path}[${index}]`;
    if (!reading.fields.types.includes(type))
      fault(reading, path, "unknown-type", `there is no fact type ${quoted(type)}; see the catalogue of fact types`);
    else if (types.indexOf(type) < index) fault(reading, path, "repeated", `${type} is named twice`);
  });
  const whereSpot = member(spot, "where");
  const where = isThere(whereSpot) ? readFilter(reading, whereSpot, { types: types ?? [], on: "every" }) : undefined;
  const readable = types !== null && where !== null;
  return { types: types ?? [], kinds: readable ? { types, where: where ?? null } : null };
}

/**
 * A selection of facts, beside what else its object may hold. The types even where the rest cannot be read, so that the
 * measure's field can still be looked at.
 */
export function readFacts(
  reading: Reading,
  spot: Spot,
  beside: readonly string[] = [],
): { readonly types: readonly string[]; readonly selection: FactSelection | null } | null {
  if (!readMembers(reading, spot, ["types", "where", "window", ...beside], "a selection of facts")) return null;
  const { types, kinds } = readKinds(reading, spot);
  const window = readWindow(reading, member(spot, "window"));
  return { types, selection: kinds !== null && window !== null ? { ...kinds, window } : null };
}
