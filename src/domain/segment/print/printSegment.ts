import type { Standards } from "../../tag/standards.ts";
import type { OutsideSegment } from "../outside.ts";
import type { SegmentDefinition } from "../segment.ts";
import { printRule } from "./printRule.ts";

/** The outside form of a segment: `parseSegment` gives the same definition again. */
export function printSegment(
  { id, name, owner, description, rule }: SegmentDefinition,
  standards: Standards,
): OutsideSegment {
  return { id, name, owner, description, rule: printRule(rule, standards) };
}
