import { readKinds } from "../../tag/parse/facts.ts";
import { occurredAt, readField } from "../../tag/parse/fields.ts";
import { fault, isThere, member, readBoolean, readList, readMembers, type Spot } from "../../tag/parse/reading.ts";
import { readDuration, readWindow } from "../../tag/parse/window.ts";
import type { Rule, SequenceStep } from "../rule.ts";
import { mostSameFields, mostSteps } from "./limits.ts";
import type { RuleReading } from "./ruleReading.ts";

/** Facts that follow one another. */
export function readSequence(reading: RuleReading, spot: Spot): Rule | null {
  if (!readMembers(reading, spot, ["steps", "window", "maxGap", "within", "same"], "a sequence")) return null;
  const types = new Set<string>();
  const steps = readSteps(reading, member(spot, "steps"), types);
  const window = readWindow(reading, member(spot, "window"));
  const [gapSpot, withinSpot, sameSpot] = [member(spot, "maxGap"), member(spot, "within"), member(spot, "same")];
  const maxGap = isThere(gapSpot) ? readDuration(reading, gapSpot) : undefined;
  const within = isThere(withinSpot) ? readDuration(reading, withinSpot) : undefined;
  const same = isThere(sameSpot) ? readSame(reading, sameSpot, [...types]) : [];
  if (steps === null || window === null || maxGap === null || within === null || same === null) return null;
  return { kind: "sequence", sequence: { steps, window, maxGap: maxGap ?? null, within: within ?? null, same } };
}

function readSteps(reading: RuleReading, spot: Spot, types: Set<string>): readonly SequenceStep[] | null {
  if (Array.isArray(spot.value) && spot.value.length > mostSteps)
    return fault(reading, spot.path, "too-many", `has ${spot.value.length} steps; at most ${mostSteps} are possible`);
  const steps = readList(reading, spot, 2, (item): SequenceStep | null => {
    if (!readMembers(reading, item, ["types", "where", "absent"], "a step")) return null;
    const read = readKinds(reading, item);
    for (const type of read.types) types.add(type);
    const absentSpot = member(item, "absent");
    const absent = isThere(absentSpot) ? readBoolean(reading, absentSpot) : false;
    return read.kinds === null || absent === null ? null : { facts: read.kinds, absent };
  });
  if (steps?.[0]?.absent !== true) return steps;
  const message = "the first step has to happen; for what did not happen before it, write didNot beside the sequence";
  return fault(reading, `${spot.path}[0].absent`, "not-allowed", message);
}

/** Fields that the facts of every step have, and that hold something which is the same or not as it is stored. */
function readSame(reading: RuleReading, spot: Spot, types: readonly string[]): readonly string[] | null {
  const same = readList(reading, spot, 1, item => {
    const field = readField(reading, item, { types, on: "every" });
    if (field === null) return null;
    if (field.name === occurredAt)
      return fault(reading, item.path, "not-allowed", "when facts occurred is for maxGap, within and window");
    if (field.content.kind !== "money") return field.name;
    const message = `${field.name} is money, which has two parts: name ${field.name}.minorUnits or ${field.name}.currency`;
    return fault(reading, item.path, "wrong-form", message);
  });
  if (same === null) return null;
  if (same.length > mostSameFields)
    return fault(reading, spot.path, "too-many", `has ${same.length} fields; at most ${mostSameFields} are possible`);
  const twice = same.find((name, index) => same.indexOf(name) < index);
  return twice === undefined ? same : fault(reading, spot.path, "repeated", `names ${twice} twice`);
}
