import type { Rule } from "../../../domain/segment/rule.ts";
import type { SegmentId } from "../../../domain/segment/segment.ts";
import type { Collector } from "../../tags/evaluation/asking.ts";
import type { Moment, TagSubject } from "../../tags/evaluation/evaluateTag.ts";
import { didLeaf, firstLeaf } from "./countLeaf.ts";
import { allOf, anyOf, notOf } from "./logic.ts";
import { sampleLeaf, segmentLeaf, snapshotLeaf, topLeaf } from "./populationLeaf.ts";
import { restartedLeaf, stoppedLeaf } from "./quietLeaf.ts";
import { regularlyLeaf } from "./regularlyLeaf.ts";
import { relationLeaf } from "./relationLeaf.ts";
import { sequenceLeaf } from "./sequence/sequenceLeaf.ts";
import type { Surroundings } from "./surroundings.ts";
import type { AskTruth, Truth } from "./truth.ts";
import { listLeaf, valueLeaf } from "./valueLeaf.ts";

/**
 * A rule made ready to be asked of any customer at any moment, straight from facts and tags. `validUntil` may come before the
 * truth changes, never after it, for as long as no other fact arrives. What is asked throws where it cannot be evaluated
 * (InexactFigure and the like) and the truth hangs on it. Throws itself for a segment that is not there or contains itself.
 */
export function compileRule(
  rule: Rule,
  around: Surroundings,
): (subject: TagSubject, moment: Moment, collector?: Collector | null) => Truth {
  const ask = ruleTruth(rule, around);
  return (subject, { at, known }, collector = null) => ask({ subject, at, known, collector });
}

/** `within`: segments whose rules this one is a part of. */
export function ruleTruth(rule: Rule, around: Surroundings, within: readonly SegmentId[] = []): AskTruth {
  const compile = (part: Rule): AskTruth => ruleTruth(part, around, within);
  switch (rule.kind) {
    case "all":
      return allOf(rule.of.map(compile));
    case "any":
      return anyOf(rule.of.map(compile));
    case "not":
      return notOf(compile(rule.of));
    case "value":
      return valueLeaf(rule, around);
    case "list":
      return listLeaf(rule, around);
    case "did":
      return didLeaf(rule, around);
    case "didNot":
      return notOf(didLeaf(rule, around));
    case "first":
      return firstLeaf(rule, around);
    case "regularly":
      return regularlyLeaf(rule, around);
    case "stopped":
      return stoppedLeaf(rule, around);
    case "restarted":
      return restartedLeaf(rule, around);
    case "sequence":
      return sequenceLeaf(rule.sequence, around);
    case "relation":
      return relationLeaf(rule, compile(rule.where));
    case "sample":
      return sampleLeaf(rule);
    case "segment": {
      const { id } = rule;
      if (within.includes(id)) throw new Error(`segment ${id} is made of itself: ${[...within, id].join(" → ")}`);
      return segmentLeaf(id, around, inner => ruleTruth(inner, around, [...within, id]));
    }
    case "snapshot":
      return snapshotLeaf(rule, around);
    case "top":
      return topLeaf(rule, around);
  }
}
