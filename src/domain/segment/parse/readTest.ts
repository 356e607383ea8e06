import { mismatch, typeInWords } from "../../tag/check/compatible.ts";
import { longestText, readSet, readTagValue } from "../../tag/parse/literal.ts";
import {
  fault,
  isThere,
  member,
  quoted,
  readList,
  readMembers,
  readText,
  readTrue,
  readWhole,
  readWord,
  type Spot,
  wrongType,
} from "../../tag/parse/reading.ts";
import { readDuration } from "../../tag/parse/window.ts";
import { comparisons } from "../../tag/references.ts";
import type { ValueType } from "../../tag/tagValue.ts";
import type { Scalar, Test } from "../rule.ts";
import { mostValues } from "./limits.ts";
import { notTests, type TestName, testNames, testsOf } from "./operators.ts";
import { type Place, type RuleReading, readTag } from "./ruleReading.ts";

/**
 * The one test that stands beside the members of its subject. `type` is that of the subject's value; null where it is not
 * known (which was told already), so that the test's operand cannot be read.
 */
export function readTest(
  reading: RuleReading,
  spot: Spot,
  subject: readonly string[],
  type: ValueType | null,
  place: Place,
): Test | null {
  const named = testNames.filter(name => isThere(member(spot, name)));
  const unknown = Object.keys(spot.value as object).filter(
    name => ![...subject, ...testNames].includes(name) && isThere(member(spot, name)),
  );
  for (const name of unknown) tellUnknown(reading, spot, name);
  const [name] = named;
  if (named.length > 1) return fault(reading, spot.path, "one-of", `takes exactly one test; got ${named.join(", ")}`);
  if (name === undefined) {
    if (unknown.length > 0) return null;
    const fitting = type === null ? testNames : testsOf[type.kind];
    return fault(reading, spot.path, "missing", `needs a test: one of ${fitting.join(", ")}`);
  }
  if (type === null) return null;
  const operand = member(spot, name);
  if (testsOf[type.kind].includes(name)) return readOperand(reading, name, operand, type, place);
  return fault(
    reading,
    operand.path,
    "wrong-test",
    `is not for ${typeInWords(type)}; possible are ${testsOf[type.kind].join(", ")}`,
  );
}

function tellUnknown(reading: RuleReading, spot: Spot, name: string): void {
  const shown = name.length > 100 ? `${name.slice(0, 100)}…` : name;
  const hint = Object.hasOwn(notTests, name) ? notTests[name] : `tests are ${testNames.join(", ")}`;
  fault(reading, `${spot.path}.${shown}`, "unknown-field", `is not known here; ${hint}`);
}

function readOperand(reading: RuleReading, name: TestName, spot: Spot, type: ValueType, place: Place): Test | null {
  switch (name) {
    case "equals":
    case "notEquals": {
      const value = readScalar(reading, spot, type);
      return value === null ? null : { kind: name, value };
    }
    case "in":
    case "notIn": {
      const values = readValues(reading, spot, type);
      return values === null ? null : { kind: name, values };
    }
    case "lessThan":
    case "atMost":
    case "moreThan":
    case "atLeast": {
      const value = readScalar(reading, spot, type);
      return value === null ? null : { kind: name, value: value as number };
    }
    case "between":
      return readBetween(reading, spot, type);
    case "contains":
    case "startsWith":
    case "endsWith": {
      const text = readText(reading, spot, longestText);
      return text === null ? null : { kind: name, text };
    }
    case "containsAny":
    case "containsAll":
    case "containsNone": {
      const values = readHeld(reading, spot);
      return values === null ? null : { kind: name, values };
    }
    case "exists":
    case "missing":
      if (spot.value === false)
        return fault(reading, spot.path, "not-allowed", `write ${name === "exists" ? "missing" : "exists"}: true`);
      return readTrue(reading, spot) && { kind: name };
    case "withinLast":
    case "withinNext":
    case "olderThan": {
      const length = readDuration(reading, spot);
      return length === null ? null : { kind: name, length };
    }
    case "onDay":
      return readDay(reading, spot, (type as Extract<ValueType, { kind: "date" }>).zone);
    case "anniversary": {
      if (!readMembers(reading, spot, ["days"], "an anniversary")) return null;
      const days = readWhole(reading, member(spot, "days"), 0, 365);
      return days === null ? null : { kind: "anniversary", days };
    }
    case "compareTo":
      return readCompareTo(reading, spot, type, place);
  }
}

/** A single value: of a set, one that it may hold. */
const readScalar = (reading: RuleReading, spot: Spot, type: ValueType): Scalar | null =>
  readTagValue(reading, spot, type.kind === "set" ? { kind: "text" } : type) as Scalar | null;

/** In the order given, each once. */
function readValues(reading: RuleReading, spot: Spot, type: ValueType): readonly Scalar[] | null {
  if (hasTooMany(reading, spot)) return null;
  const values = readList(reading, spot, 1, item => readScalar(reading, item, type));
  return values === null ? null : [...new Set(values)];
}

function readHeld(reading: RuleReading, spot: Spot): readonly string[] | null {
  if (hasTooMany(reading, spot)) return null;
  const values = readSet(reading, spot);
  return values?.length === 0 ? fault(reading, spot.path, "too-few", "needs at least 1 entry") : values;
}

function hasTooMany(reading: RuleReading, { value, path }: Spot): boolean {
  if (!Array.isArray(value) || value.length <= mostValues) return false;
  const message = `has ${value.length} values; at most ${mostValues} are possible. For more, upload the customers as a list (a manual boolean tag) and name it with list`;
  fault(reading, path, "too-many", message);
  return true;
}

function readBetween(reading: RuleReading, spot: Spot, type: ValueType): Test | null {
  if (!readMembers(reading, spot, ["from", "to"], "a range")) return null;
  const from = readScalar(reading, member(spot, "from"), type) as number | null;
  const to = readScalar(reading, member(spot, "to"), type) as number | null;
  if (from === null || to === null) return null;
  if (from <= to) return { kind: "between", from, to };
  return fault(reading, spot.path, "empty-range", "`from` must not be above `to`; both belong to the range");
}

function readDay(reading: RuleReading, spot: Spot, zone: string): Test | null {
  const { value, path } = spot;
  if (typeof value !== "string") return wrongType(reading, spot, "a day (YYYY-MM-DD)");
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && reading.standards.startOfDay(value, zone) !== null)
    return { kind: "onDay", day: value };
  return fault(reading, path, "malformed", `expected a real day such as 2024-02-29; got ${quoted(value)}`);
}

type Operator = keyof typeof comparisons;
const operators = Object.fromEntries(Object.entries(comparisons).map(([sign, name]) => [name, sign])) as Readonly<
  Record<(typeof comparisons)[Operator], Operator>
>;
const ordered: readonly ValueType["kind"][] = ["number", "money", "date"];

function readCompareTo(reading: RuleReading, spot: Spot, type: ValueType, place: Place): Test | null {
  if (!readMembers(reading, spot, ["operator", "tag"], "a comparison with another tag")) return null;
  const at = member(spot, "operator");
  const word = readWord(reading, at, Object.keys(operators) as (keyof typeof operators)[]);
  const tagSpot = member(spot, "tag");
  const tag = readTag(reading, tagSpot, place);
  if (word !== null && word !== "equal" && word !== "notEqual" && !ordered.includes(type.kind)) {
    const message = `puts values in order, which ${typeInWords(type)} has none of; possible are equal and notEqual`;
    return fault(reading, at.path, "wrong-test", message);
  }
  if (word === null || tag === null) return null;
  const unlike = whyUnlike(type, tag.type);
  if (unlike !== null) return fault(reading, tagSpot.path, unlike.code, `${tag.code}: ${unlike.message}`);
  return { kind: "compareTo", operator: operators[word], code: tag.code };
}

/** Values are held against each other as they are kept, so that they have to be kept alike. */
function whyUnlike(a: ValueType, b: ValueType): ReturnType<typeof mismatch> {
  if (a.kind !== b.kind)
    return { code: "type-mismatch", message: `${typeInWords(a)} and ${typeInWords(b)} do not go together` };
  if (a.kind === "number" && b.kind === "number" && a.decimals !== b.decimals) {
    const message = `is kept to ${b.decimals} decimals, this to ${a.decimals}; compare them in a formula tag`;
    return { code: "type-mismatch", message };
  }
  return mismatch(a, b);
}
