import { typeInWords } from "../../tag/check/compatible.ts";
import { readInstant, readScaled } from "../../tag/parse/literal.ts";
import {
  fault,
  isThere,
  member,
  quoted,
  readMembers,
  readText,
  readWhole,
  type Spot,
} from "../../tag/parse/reading.ts";
import type { Rule } from "../rule.ts";
import { SegmentId } from "../segment.ts";
import { largestTop } from "./limits.ts";
import { type Place, type RuleReading, readTag } from "./ruleReading.ts";

/** Buckets that customers are dealt into for samples. */
export const sampleBuckets = 10_000;

export function readSegmentId(reading: RuleReading, spot: Spot): SegmentId | null {
  const raw = readText(reading, spot, 200);
  const id = raw === null ? null : SegmentId.parse(raw);
  if (raw === null || id !== null) return id;
  const message = `expected lower-case words joined by hyphens, at most 64 characters; got ${quoted(raw)}`;
  return fault(reading, spot.path, "malformed", message);
}

/** A list uploaded by hand. */
export function readListLeaf(reading: RuleReading, spot: Spot, place: Place): Rule | null {
  const tag = readTag(reading, spot, place);
  if (tag === null) return null;
  if (tag.rule.kind === "manual" && tag.type.kind === "boolean") return { kind: "list", code: tag.code };
  const is = tag.rule.kind === "manual" ? typeInWords(tag.type) : `a ${tag.rule.kind} tag`;
  const message = `a list is a manual boolean tag; ${tag.code} is ${is}: test it with tag`;
  return fault(reading, spot.path, "not-a-list", message);
}

/** That the segment was one at that instant is looked at by `checkSegments`. */
export function readSnapshot(reading: RuleReading, spot: Spot): Rule | null {
  if (!readMembers(reading, spot, ["segment", "at"], "a snapshot")) return null;
  const segment = readSegmentId(reading, member(spot, "segment"));
  const at = readInstant(reading, member(spot, "at"), null);
  return segment === null || at === null ? null : { kind: "snapshot", segment, at };
}

export function readSample(reading: RuleReading, spot: Spot): Rule | null {
  if (!readMembers(reading, spot, ["salt", "percent", "buckets"], "a sample")) return null;
  const salt = readText(reading, member(spot, "salt"), 100);
  const [percentSpot, bucketsSpot] = [member(spot, "percent"), member(spot, "buckets")];
  if (isThere(percentSpot) === isThere(bucketsSpot))
    return fault(reading, spot.path, "one-of", "a sample takes exactly one of percent, buckets");
  if (isThere(percentSpot)) {
    const to = readScaled(reading, percentSpot, 2, "a percentage (one bucket of 10,000)");
    if (to === null || salt === null) return null;
    if (to > 0 && to <= sampleBuckets) return { kind: "sample", salt, from: 0, to };
    return fault(reading, percentSpot.path, "out-of-range", "expected more than 0 and at most 100");
  }
  if (!readMembers(reading, bucketsSpot, ["from", "to"], "a range of buckets")) return null;
  const from = readWhole(reading, member(bucketsSpot, "from"), 0, sampleBuckets - 1);
  const to = readWhole(reading, member(bucketsSpot, "to"), 1, sampleBuckets);
  if (salt === null || from === null || to === null) return null;
  if (from < to) return { kind: "sample", salt, from, to };
  return fault(
    reading,
    bucketsSpot.path,
    "empty-range",
    "`from` must be below `to`, which is the first that is not in it",
  );
}

export function readTop(reading: RuleReading, spot: Spot, place: Place): Rule | null {
  if (!readMembers(reading, spot, ["count", "highest", "lowest"], "a top")) return null;
  const count = readWhole(reading, member(spot, "count"), 1, largestTop);
  const [highest, lowest] = [member(spot, "highest"), member(spot, "lowest")];
  if (isThere(highest) === isThere(lowest))
    return fault(reading, spot.path, "one-of", "top takes exactly one of highest, lowest: the code of a tag");
  const order = isThere(highest) ? "highest" : "lowest";
  const at = member(spot, order);
  const tag = readTag(reading, at, place);
  if (tag === null) return null;
  if (!["number", "money", "date"].includes(tag.type.kind)) {
    const message = `top is by a number, money or date; ${tag.code} is ${typeInWords(tag.type)}`;
    return fault(reading, at.path, "type-mismatch", message);
  }
  return count === null ? null : { kind: "top", count, by: tag.code, order };
}
