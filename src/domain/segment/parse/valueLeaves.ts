import { readAttribute } from "../../tag/parse/attribute.ts";
import { readFacts } from "../../tag/parse/facts.ts";
import { readMeasure } from "../../tag/parse/measure.ts";
import { isThere, member, type Reading, readMembers, type Spot } from "../../tag/parse/reading.ts";
import { readValueType } from "../../tag/parse/valueType.ts";
import type { ValueType } from "../../tag/tagValue.ts";
import type { Rule } from "../rule.ts";
import { readTest } from "./readTest.ts";
import { type Place, type RuleReading, readTag } from "./ruleReading.ts";

/** Whether the spot holds an object: which members it may have is looked at with its test. */
const isObject = (reading: Reading, { value, path }: Spot, what: string): boolean =>
  readMembers(reading, { value, path }, Object.keys(Object(value)), what);

/** A tag's value, put to a test. */
export function readTagLeaf(reading: RuleReading, spot: Spot, place: Place): Rule | null {
  if (!isObject(reading, spot, "a test of a tag")) return null;
  const tag = readTag(reading, member(spot, "code"), place);
  const test = readTest(reading, spot, ["code"], tag?.type ?? null, place);
  if (tag === null || test === null) return null;
  return { kind: "value", subject: { kind: "tag", code: tag.code, type: tag.type }, test };
}

/** What a profile says, put to a test. */
export function readAttributeLeaf(reading: RuleReading, spot: Spot, place: Place): Rule | null {
  if (!isObject(reading, spot, "a test of an attribute")) return null;
  const type = readValueType(reading, member(spot, "type"));
  const source = readAttribute(typed(reading, spot, type), member(spot, "of"));
  const test = readTest(reading, spot, ["of", "type"], type, place);
  if (type === null || source === null || test === null) return null;
  return { kind: "value", subject: { kind: "attribute", source, type }, test };
}

/** What is measured on facts, put to a test. */
export function readMeasureLeaf(reading: RuleReading, spot: Spot, place: Place): Rule | null {
  if (!isObject(reading, spot, "a test of a measure")) return null;
  const typeSpot = member(spot, "type");
  const type = isThere(typeSpot) || !isCounting(spot) ? readValueType(reading, typeSpot) : wholeNumber;
  const within = typed(reading, spot, type);
  const facts = readFacts(within, member(spot, "facts"));
  const measure = readMeasure(within, member(spot, "of"), facts?.types ?? []);
  const test = readTest(reading, spot, ["of", "facts", "type"], type, place);
  if (type === null || facts?.selection == null || measure === null || test === null) return null;
  return { kind: "value", subject: { kind: "measure", measure, facts: facts.selection, type }, test };
}

const wholeNumber: ValueType = { kind: "number", decimals: 0, unit: null };

function isCounting(spot: Spot): boolean {
  const { value } = member(spot, "of");
  if (typeof value !== "object" || value === null) return false;
  return ["count", "distinct", "distinctDays"].some(name => isThere(member({ value, path: "" }, name)));
}

/** Literals and fields of a subject are read after its own type. */
const typed = (reading: RuleReading, { path }: Spot, type: ValueType | null): RuleReading => ({
  ...reading,
  type,
  typeAt: `${path}.type`,
});
