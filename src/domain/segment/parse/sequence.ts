import { readKinds } from "../../tag/parse/facts.ts";
import { occurredAt, readField } from "../../tag/parse/fields.ts";
import { fault, isThere, member, readBoolean, readList, readMembers, type Spot } from "../../tag/parse/reading.ts";
import { readDuration, readWindow } from "../../tag/parse/window.ts";
import type { Rule, SequenceStep } from "../rule.ts";
import { mostSameFields, mostSteps } from "./limits.ts";
import type { RuleReading } from "./ruleReading.ts";

/** Facts that follow one another. */
export function readSequence(reading: RuleReading, spot: Spot): Rule | null {
  if (!readMembers(reading, spot, ["steps", "window", "minGap", "maxGap", "within", "same"], "a sequence")) return null;
  const types = new Set<string>();
  const steps = readSteps(reading, member(spot, "steps"), types);
  const window = readWindow(reading, member(spot, "window"));
  const minGap = readGap(reading, member(spot, "minGap"));
  const maxGap = readGap(reading, member(spot, "maxGap"));
  const within = readGap(reading, member(spot, "within"));
  const sameSpot = member(spot, "same");
  const same = isThere(sameSpot) ? readSame(reading, sameSpot, [...types]) : [];
  if (minGap === null || maxGap === null || within === null) return null;
  if (minGap !== undefined && minGap > Math.min(maxGap ?? minGap, within ?? minGap)) {
    const message = "must not be longer than maxGap and within, else no facts could follow one another";
    return fault(reading, `${spot.path}.minGap`, "empty-range", message);
  }
  if (steps === null || window === null || same === null) return null;
  const gaps = { minGap: minGap ?? null, maxGap: maxGap ?? null, within: within ?? null };
  return { kind: "sequence", sequence: { steps, window, ...gaps, same } };
}

/** Undefined where nothing is said. */
const readGap = (reading: RuleReading, spot: Spot): number | null | undefined =>
  isThere(spot) ? readDuration(reading, spot) : undefined;

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
