import type { FactFilter } from "../factSelection.ts";
import { comparisonOf, comparisons } from "./comparison.ts";
import { type FieldHome, occurredAt, readField } from "./fields.ts";
import { checkReadable, readForm } from "./form.ts";
import { fault, isThere, member, type Reading, readList, readMembers, type Spot } from "./reading.ts";

/** Conditions and expressions may nest this deep. */
export const deepest = 50;

/** A condition on facts of these types. */
export function readFilter(reading: Reading, spot: Spot, home: FieldHome, depth = 1): FactFilter | null {
  if (depth > deepest) return fault(reading, spot.path, "too-deep", `nests deeper than ${deepest} levels`);
  const known = ["all", "any", "not", "field", ...comparisons, "as"];
  if (!readMembers(reading, spot, known, "a condition")) return null;
  const heads = (["all", "any", "not", "field"] as const).filter(name => isThere(member(spot, name)));
  const [head] = heads;
  if (head === undefined || heads.length > 1)
    return fault(reading, spot.path, "one-of", "a condition takes exactly one of all, any, not, field");
  if (head === "field") return readComparison(reading, spot, home);
  for (const name of [...comparisons, "as"])
    if (isThere(member(spot, name)))
      fault(reading, `${spot.path}.${name}`, "one-of", `belongs to a condition on a field, not to ${head}`);
  if (head === "not") {
    const of = readFilter(reading, member(spot, "not"), home, depth + 1);
    return of === null ? null : { kind: "not", of };
  }
  const of = readList(reading, member(spot, head), 1, item => readFilter(reading, item, home, depth + 1));
  return of === null ? null : { kind: head, of };
}

function readComparison(reading: Reading, spot: Spot, home: FieldHome): FactFilter | null {
  const field = readField(reading, member(spot, "field"), home);
  const form = readForm(reading, member(spot, "as"));
  const named = comparisons.filter(name => isThere(member(spot, name)));
  const [name] = named;
  if (name === undefined || named.length > 1)
    return fault(reading, spot.path, "one-of", `a condition on a field takes exactly one of ${comparisons.join(", ")}`);
  if (field === null || form === null) return null;
  if (field.name === occurredAt)
    return fault(reading, field.path, "not-allowed", "when a fact occurred is asked for by the window");
  if (form !== undefined && !checkReadable(reading, `${spot.path}.as`, field.name, field.content, form)) return null;
  return comparisonOf(reading, name, member(spot, name), field, form);
}
