import type { JsonValue } from "../json.ts";
import type { TagCode, TagDefinition, TagVersion } from "../tag/definition.ts";
import type { TagRule } from "../tag/rule.ts";
import type { ValueType } from "../tag/tagValue.ts";
import type { EventLeaf, Rule, Subject, Test } from "./rule.ts";

/*
 * What a rule asks of facts or of the time is kept up to date like a tag, under a code that no user can give: "~" and what
 * it says. The same question in two segments is one condition.
 */

export const isCondition = (code: TagCode): boolean => code.startsWith("~");

/** The condition that a code stands for. Throws for a code that is none. */
export function conditionNamed(code: TagCode): TagVersion {
  const { type, rule } = JSON.parse(code.slice(1)) as Pick<TagDefinition, "type" | "rule">;
  return hiddenTag(type, rule);
}

/** Where the value of a subject is kept. */
export function subjectCode(subject: Subject): TagCode {
  return subject.kind === "tag" ? subject.code : subjectVersion(subject).code;
}

/** Whether the truth of a test can change as time goes by though the value does not. */
export const hangsOnTime = ({ kind }: Test): boolean =>
  kind === "withinLast" || kind === "withinNext" || kind === "olderThan" || kind === "anniversary";

/** The boolean condition that stands for a rule's node which no comparison of a kept value can answer. */
export const conditionOf = (rule: Rule): TagVersion => hiddenTag({ kind: "boolean" }, { kind: "condition", rule });

/** How often the facts of a `did` or `didNot` occurred. */
export const timesOf = ({ facts }: Extract<EventLeaf, { kind: "did" | "didNot" }>): TagVersion =>
  hiddenTag(wholeNumber, { kind: "statistic", measure: { kind: "count" }, facts });

/** What a relation leaf asks of each related customer, and of all of them together. */
export function relationOf({ kinds, direction, quantifier, where }: Extract<Rule, { kind: "relation" }>): {
  readonly each: TagVersion;
  readonly together: TagVersion;
} {
  const each = conditionOf(where);
  const measure = typeof quantifier === "object" ? "count" : quantifier === "all" ? "all" : "any";
  const type: ValueType = measure === "count" ? wholeNumber : { kind: "boolean" };
  const together = hiddenTag(type, {
    ...{ kind: "relation", kinds, direction, measure, of: each.code, includeSelf: false },
  });
  return { each, together };
}

/** The condition that tells whether a channel may be used for a purpose: true, false once withdrawn, missing while nothing was said. */
export const consentCondition = (channel: string, purpose: string): TagVersion =>
  subjectVersion(consentSubject(channel, purpose));

/** Customers who allow contact, and those who did and do no longer; of all others nothing was ever heard. */
export function consentOf(channel: string, purpose: string): { readonly allowed: Rule; readonly withdrawn: Rule } {
  const subject = consentSubject(channel, purpose);
  const is = (value: boolean): Rule => ({ kind: "value", subject, test: { kind: "equals", value } });
  return { allowed: is(true), withdrawn: is(false) };
}

const consentSubject = (channel: string, purpose: string): Extract<Subject, { kind: "attribute" }> => ({
  kind: "attribute",
  source: { kind: "consent", channel, purpose },
  type: { kind: "boolean" },
});

/** Everything that has to be kept of every customer beside the tags for this rule to stand; each once, in any order. */
export function conditionsOf(rule: Rule): readonly TagVersion[] {
  const found = new Map<TagCode, TagVersion>();
  for (const one of conditionsIn(rule)) found.set(one.code, one);
  return [...found.values()];
}

function conditionsIn(rule: Rule): readonly TagVersion[] {
  switch (rule.kind) {
    case "all":
    case "any":
      return rule.of.flatMap(conditionsIn);
    case "not":
      return conditionsIn(rule.of);
    case "value":
      if (hangsOnTime(rule.test) || rule.test.kind === "compareTo") return [conditionOf(rule)];
      return rule.subject.kind === "tag" ? [] : [subjectVersion(rule.subject)];
    case "did":
    case "didNot":
      return [timesOf(rule)];
    case "first":
    case "regularly":
    case "stopped":
    case "restarted":
    case "sequence":
      return [conditionOf(rule)];
    case "relation": {
      const { each, together } = relationOf(rule);
      return [each, together];
    }
    case "segment":
    case "list":
    case "snapshot":
    case "sample":
    case "top":
      return [];
  }
}

const wholeNumber: ValueType = { kind: "number", decimals: 0, unit: null };

function subjectVersion(subject: Exclude<Subject, { kind: "tag" }>): TagVersion {
  const { type } = subject;
  return subject.kind === "attribute"
    ? hiddenTag(type, { kind: "attribute", source: subject.source })
    : hiddenTag(type, { kind: "statistic", measure: subject.measure, facts: subject.facts });
}

/** What is kept up to date like a tag under a code of its own, by which `conditionNamed` finds it again. */
export function hiddenTag(type: ValueType, rule: TagRule): TagVersion {
  const code = `~${canonical({ type, rule } as unknown as JsonValue)}` as TagCode;
  const definition: TagDefinition = {
    ...{ code, name: code, category: "conditions", owner: "c360", description: "" },
    ...{ type, sensitivity: "internal", rule },
  };
  return { code, version: 1, definition };
}

/** JSON text that does not hang on the order in which members were written. */
function canonical(value: JsonValue): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.entries(value as Readonly<Record<string, JsonValue | undefined>>)
    .filter((entry): entry is [string, JsonValue] => entry[1] !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
}
