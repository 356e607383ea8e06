import type { Fault } from "../../fault.ts";
import { accept, type Result, refuse } from "../../result.ts";
import type { TagDefinition } from "../definition.ts";
import type { FactFields } from "../factFields.ts";
import type { Standards } from "../standards.ts";
import { boundedFaults } from "./boundedFaults.ts";
import { readTagCode } from "./expression.ts";
import { fault, isThere, member, type Reading, readMembers, readText, readWord, type Spot } from "./reading.ts";
import { readRule } from "./rule.ts";
import { isTooLarge, type JsonLimits } from "./tooLarge.ts";
import { readValueType } from "./valueType.ts";

/** What definitions are read against. */
export type Surroundings = { readonly standards: Standards; readonly fields: FactFields };

const members = ["code", "name", "category", "owner", "description", "type", "sensitivity", "rule"] as const;
const sensitivities = ["public", "internal", "confidential", "restricted"] as const;
const largest: JsonLimits = { levels: 250, parts: 20_000 };

/**
 * Reads a definition in its outside form, whatever it may be, and checks it against the fact schemas; other tags are looked
 * at by `checkTags`. Refuses with everything wrong with it at once, each with its path; never throws for bad input.
 */
export function parseDefinition(
  json: unknown,
  { standards, fields }: Surroundings,
): Result<TagDefinition, readonly Fault[]> {
  const faults: Fault[] = [];
  const untyped: Reading = { standards, fields, faults, type: null };
  const spot: Spot = { value: json, path: "" };
  if (isTooLarge(json, largest)) {
    fault(
      untyped,
      "",
      "too-large",
      `is nested deeper than ${largest.levels} levels or has more than ${largest.parts} parts`,
    );
    return refuse(faults);
  }
  if (!readMembers(untyped, spot, members, "a definition of a tag")) return refuse(faults);
  const at = (name: (typeof members)[number]): Spot => member(spot, name);
  const code = readTagCode(untyped, at("code"));
  const name = readText(untyped, at("name"), 200);
  const category = readCategory(untyped, at("category"));
  const owner = readText(untyped, at("owner"), 200);
  const description = readText(untyped, at("description"), 4000, true);
  const type = readValueType(untyped, at("type"));
  const sensitivity = isThere(at("sensitivity"))
    ? readWord(untyped, at("sensitivity"), sensitivities)
    : ("internal" as const);
  const rule = readRule({ ...untyped, type }, at("rule"));
  const unread = [code, name, category, owner, description, type, sensitivity, rule].includes(null);
  if (unread || faults.length > 0) return refuse(boundedFaults(faults));
  return accept({ code, name, category, owner, description, type, sensitivity, rule } as TagDefinition);
}

function readCategory(reading: Reading, spot: Spot): string | null {
  const category = readText(reading, spot, 200);
  if (category === null) return null;
  const steps = category.split("/");
  if (steps.length <= 5 && steps.every(step => step !== "" && step === step.trim())) return category;
  return fault(reading, spot.path, "malformed", "expected a path of one to five names, such as behaviour/payments");
}
