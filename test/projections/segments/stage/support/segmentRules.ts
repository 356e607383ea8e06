import type { Rule, Subject, Test } from "../../../../../src/domain/segment/rule.ts";
import type { SegmentId } from "../../../../../src/domain/segment/segment.ts";
import { code, day, versionsOf } from "../../../tags/stage/support/definitions.ts";

/** Each may name those before it, which come after it in order of their ids. */
export const segmentIds = ["d-first", "c-second", "b-third", "a-fourth"] as SegmentId[];

const tag = (raw: string): Subject => ({
  ...{ kind: "tag", code: code(raw), type: versionsOf[raw]![0]!.type },
});
const value = (raw: string, test: Test): Rule => ({ kind: "value", subject: tag(raw), test });
const posted = { types: ["transaction-posted"], where: null };

/** One of each kind, over the facts and tags of the stage's tests. */
export const segmentRules: readonly Rule[] = [
  value("spend", { kind: "atLeast", value: 20_000 }),
  { kind: "not", of: value("spend", { kind: "exists" }) },
  { kind: "did", facts: { ...posted, window: { kind: "rolling", length: 2 * day } }, times: 2 },
  { kind: "didNot", facts: { ...posted, window: { kind: "rolling", length: day } }, times: 1 },
  value("since", { kind: "withinLast", length: 3 * day }),
  value("spend", { kind: "compareTo", operator: ">", code: code("mean-credit") }),
  {
    kind: "relation",
    kinds: ["spouse"],
    direction: "both",
    quantifier: "any",
    where: value("big", { kind: "equals", value: true }),
  },
  {
    kind: "relation",
    ...{ kinds: ["spouse"], direction: "both", quantifier: { atLeast: 1 } },
    where: { kind: "did", facts: { ...posted, window: { kind: "rolling", length: 2 * day } }, times: 1 },
  },
  { kind: "top", count: 1, by: code("payments"), order: "highest" },
  { kind: "top", count: 2, by: code("spend"), order: "lowest" },
  { kind: "sample", salt: "x", from: 0, to: 5000 },
  { kind: "segment", id: "d-first" as SegmentId },
  { kind: "not", of: { kind: "segment", id: "c-second" as SegmentId } },
  {
    kind: "all",
    of: [
      value("payments", { kind: "moreThan", value: 1 }),
      {
        kind: "any",
        of: [{ kind: "segment", id: "d-first" as SegmentId }, value("tier", { kind: "in", values: ["gold"] })],
      },
    ],
  },
  {
    kind: "sequence",
    sequence: {
      steps: [
        { facts: { types: ["account-opened"], where: null }, absent: false },
        { facts: posted, absent: false },
      ],
      ...{ window: { kind: "lifetime" }, minGap: null, maxGap: 4 * day, within: null, same: [] },
    },
  },
];
