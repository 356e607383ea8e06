import type { TagCode, TagVersion } from "../../../domain/tag/definition.ts";
import { createDerivedRows } from "../statistic/derivedRows.ts";
import { createSharedSelections } from "../statistic/sharedSelections.ts";
import { askedAnew } from "./askedAnew.ts";
import type { Collector, RuleEvaluator } from "./asking.ts";
import { evaluationOrder, inputsOf, typesOf } from "./dependencies.ts";
import type { Moment, TagProgram, TagSubject } from "./evaluateTag.ts";
import { nextChange } from "./nextChange.ts";
import { ruleEvaluator } from "./ruleEvaluator.ts";

/**
 * Makes definitions ready for evaluation. What it derives from a history (running sums, selected rows) it keeps as long as that
 * history lives and follows its growth. Throws on a cycle, and where a definition names a tag that is not among them.
 * `evaluate` and `explain` throw InexactFigure where a figure leaves the safe integers.
 */
export function compileTags(versions: readonly TagVersion[]): TagProgram {
  const byCode = new Map(versions.map(version => [version.code, version]));
  const order = evaluationOrder(versions);
  const evaluators = new Map<TagCode, RuleEvaluator>();
  const evaluatorOf = (code: TagCode): RuleEvaluator => {
    const evaluator = evaluators.get(code);
    if (evaluator === undefined) throw new Error(`tag ${code} is not among the tags`);
    return evaluator;
  };
  const surroundings = {
    derived: createDerivedRows(),
    selectionOf: createSharedSelections(),
    typeOf: (code: TagCode) => versionOf(code).definition.type,
    inputOf: (code: TagCode, asking: Parameters<RuleEvaluator>[0]) =>
      asking.subject.known?.(code) ??
      evaluatorOf(code)(asking.collector === null ? asking : { ...asking, collector: null }),
  };
  const versionOf = (code: TagCode): TagVersion => {
    const version = byCode.get(code);
    if (version === undefined) throw new Error(`tag ${code} is not among the tags`);
    return version;
  };
  for (const code of order) evaluators.set(code, ruleEvaluator(versionOf(code), surroundings));

  const direct = directDependents(versions);
  const inOrder = (codes: ReadonlySet<TagCode>): readonly TagCode[] => order.filter(code => codes.has(code));
  const withDependents = (codes: Iterable<TagCode>): Set<TagCode> => {
    const found = new Set(codes);
    // A set takes up what is added while it is walked.
    for (const code of found) for (const dependent of direct.get(code) ?? []) found.add(dependent);
    return found;
  };
  const touched = touchedTypes(versions);
  const touchedBy = new Map([...touched].map(([type, codes]) => [type, inOrder(withDependents(codes))]));
  const dependents = new Map(order.map(code => [code, inOrder(withDependents(direct.get(code) ?? []))] as const));
  const watching = new Map<TagCode, TagCode[]>();
  for (const {
    code,
    definition: { rule },
  } of versions) {
    if (rule.kind === "relation" && rule.of !== null) watching.set(rule.of, [...(watching.get(rule.of) ?? []), code]);
  }

  const evaluate = (code: TagCode, subject: TagSubject, { at, known }: Moment) =>
    evaluatorOf(code)({ subject, at, known, collector: null });

  return {
    versions,
    find: code => byCode.get(code) ?? null,
    touchedBy: type => touchedBy.get(type) ?? [],
    order,
    dependents: code => dependents.get(code) ?? [],
    watching: code => watching.get(code) ?? [],
    evaluate,
    explain: (code, subject, { at, known }) => {
      const asked = askedAnew(subject);
      const evidence: Collector = { positions: [], inputs: [], related: [], arithmetic: [], details: {} };
      const evaluated = evaluatorOf(code)({ subject: asked, at, known, collector: evidence });
      const next = nextChange(evaluated, then => evaluate(code, asked, { at: then, known }));
      return { ...evaluated, evidence, nextChange: next };
    },
  };
}

function directDependents(versions: readonly TagVersion[]): ReadonlyMap<TagCode, ReadonlySet<TagCode>> {
  const direct = new Map<TagCode, Set<TagCode>>();
  for (const { code, definition } of versions) {
    for (const input of inputsOf(definition.rule)) direct.set(input, (direct.get(input) ?? new Set()).add(code));
  }
  return direct;
}

/** A reversal is a fact of its own and takes away a transaction. */
function touchedTypes(versions: readonly TagVersion[]): ReadonlyMap<string, ReadonlySet<TagCode>> {
  const touched = new Map<string, Set<TagCode>>();
  const touch = (type: string, code: TagCode): void => {
    touched.set(type, (touched.get(type) ?? new Set()).add(code));
  };
  for (const version of versions) {
    for (const type of typesOf(version)) {
      touch(type, version.code);
      if (type === "transaction-posted") touch("transaction-reversed", version.code);
    }
  }
  return touched;
}
