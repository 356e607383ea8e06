import type { Fault } from "../domain/fault.ts";
import { formatInstant } from "../domain/instant.ts";
import { formatMinorUnits } from "../domain/money.ts";
import { accept, type Result, refuse } from "../domain/result.ts";
import type { TagAssignment } from "../domain/tag/events.ts";
import { readTagValue } from "../domain/tag/parse/literal.ts";
import type { Standards } from "../domain/tag/standards.ts";
import type { TagValue, ValueType } from "../domain/tag/tagValue.ts";

type Assigned = TagAssignment["value"];

/**
 * Reads a value that somebody sets by hand: the JSON literals of definitions, null to take the value away. `text`: it comes
 * from a cell of a file, where "true" is a boolean and "a|b" a set. Gives the one form in which it is stored.
 */
export function readAssignedValue(
  value: unknown,
  type: ValueType,
  standards: Standards,
  form: "json" | "text" = "json",
): Result<Assigned, readonly Fault[]> {
  if (value === null) return accept(null);
  const faults: Fault[] = [];
  const reading = { standards, faults, type, fields: { types: [], find: () => null } };
  const literal = form === "text" ? literalOf(value as string, type) : value;
  const read = readTagValue(reading, { value: literal, path: "value" }, type);
  return read === null ? refuse(faults) : accept(storedForm(read, type, standards));
}

function literalOf(cell: string, type: ValueType): unknown {
  if (type.kind === "boolean" && (cell === "true" || cell === "false")) return cell === "true";
  if (type.kind === "set") return cell.split("|").map(member => member.trim());
  return cell;
}

function storedForm(value: Exclude<TagValue, null>, type: ValueType, standards: Standards): Assigned {
  if (type.kind === "number") return formatMinorUnits(value as number, type.decimals);
  if (type.kind === "money") return formatMinorUnits(value as number, standards.digitsOf(type.currency) ?? 0);
  if (type.kind === "date") return formatInstant(value as number);
  return value;
}
