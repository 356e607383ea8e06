import type { Rule, Subject } from "../../../domain/segment/rule.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { TagValue } from "../../../domain/tag/tagValue.ts";
import { type Asking, earlier, type RuleEvaluator } from "../../tags/evaluation/asking.ts";
import type { Evaluated } from "../../tags/evaluation/evaluated.ts";
import { sourceEvaluator } from "../../tags/evaluation/sourceEvaluator.ts";
import { valueText } from "../../tags/evaluation/valueText.ts";
import { comparisonOperand } from "../../tags/formula/comparison.ts";
import { booleanOf, holdsUntil, operandOf, type Run } from "../../tags/formula/operand.ts";
import { statisticEvaluator } from "../../tags/statistic/statistic.ts";
import type { Surroundings } from "./surroundings.ts";
import type { AskTruth } from "./truth.ts";
import { valueTest } from "./valueTest.ts";

/** A test of a value: of a tag, an attribute or a measure. */
export function valueLeaf({ subject, test }: Extract<Rule, { kind: "value" }>, around: Surroundings): AskTruth {
  const value = subjectEvaluator(subject, around);
  if (test.kind === "compareTo") {
    const left = operandOf(subject.type, running(value));
    const right = operandOf(around.typeOf(test.code), running(tagEvaluator(test.code, around)));
    const compared = booleanOf(comparisonOperand(test.operator, left, right));
    return asking => {
      const run: Run = { asking, validUntil: null };
      return { truth: compared(run) === true, validUntil: run.validUntil };
    };
  }
  const meets = valueTest(test, subject.type);
  return asking => {
    const evaluated = value(asking);
    if (asking.collector !== null) asking.collector.details.value = valueText(evaluated.value, subject.type);
    const { truth, validUntil } = meets(evaluated.value, asking.at);
    return { truth, validUntil: earlier(evaluated.validUntil, validUntil) };
  };
}

/** A list is a boolean tag that is true of who is on it. */
export function listLeaf({ code }: Extract<Rule, { kind: "list" }>, around: Surroundings): AskTruth {
  const listed = tagEvaluator(code, around);
  return asking => {
    const { value, validUntil } = listed(asking);
    return { truth: value === true, validUntil };
  };
}

export function subjectEvaluator(subject: Subject, around: Surroundings): RuleEvaluator {
  switch (subject.kind) {
    case "tag":
      return tagEvaluator(subject.code, around);
    case "attribute":
      return sourceEvaluator(subject.source, subject.type, around.derived);
    case "measure": {
      const { measure, facts, type } = subject;
      return statisticEvaluator(measure, facts, type, around.selectionOf(facts.types, facts.where), around.derived);
    }
  }
}

const tagEvaluator =
  (code: TagCode, { inputOf }: Surroundings): RuleEvaluator =>
  asking => {
    const evaluated = inputOf(code, asking);
    asking.collector?.inputs.push({ code, value: evaluated.value });
    return evaluated;
  };

/** The value as part of an expression, which is over when its shortest-lived part is. */
const running =
  (evaluate: (asking: Asking) => Evaluated): ((run: Run) => TagValue) =>
  run => {
    const { value, validUntil } = evaluate(run.asking);
    holdsUntil(run, validUntil);
    return value;
  };
