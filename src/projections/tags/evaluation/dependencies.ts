import { type Asked, askedBy } from "../../../domain/segment/asked.ts";
import type { TagCode, TagVersion } from "../../../domain/tag/definition.ts";
import { factTypesOf, typesOfSource } from "../../../domain/tag/factTypesOf.ts";
import { referencesOf } from "../../../domain/tag/references.ts";
import type { AttributeSource, TagRule } from "../../../domain/tag/rule.ts";
import { linkTypes } from "./relatedCustomers.ts";
import { refreshedTable } from "./reportedTag.ts";

/** What moves a balance; a reversal touches whatever its original does. */
const ledgerTypes = ["transaction-posted", "balance-reported"];

/** Tags of the same customer that a tag is computed from whenever it is asked about. */
export function inputsOf(rule: TagRule): readonly TagCode[] {
  if (rule.kind === "relation") return rule.includeSelf && rule.of !== null ? [rule.of] : [];
  return [...new Set(referencesOf(rule).flatMap(({ code, of }) => (of === "own" ? [code] : [])))];
}

/** Tables whose facts a rule itself looks at. */
export function typesOf({ code, definition: { rule } }: TagVersion): readonly string[] {
  switch (rule.kind) {
    case "attribute":
      return tablesOfSource(rule.source);
    case "statistic":
      return rule.facts.types;
    case "relation":
      return linkTypes(rule.direction);
    case "manual":
      return ["tag-assigned"];
    case "score":
      return ["score-reported"];
    case "rfm":
    case "lookAlike":
      return [refreshedTable(code)];
    case "condition":
      return [...new Set(askedBy(rule.rule).flatMap(tablesAsked))];
    case "enrolment":
      return factTypesOf(rule);
    case "formula":
    case "tiers":
      return [];
  }
}

const tablesOfSource = (source: AttributeSource): readonly string[] =>
  source.kind === "balance" ? ledgerTypes : typesOfSource(source);

/** What related customers are asked is in their own tables. */
function tablesAsked(asked: Asked): readonly string[] {
  if (asked.related) return [];
  switch (asked.kind) {
    case "tag":
      return [];
    case "facts":
      return asked.facts.types;
    case "attribute":
      return tablesOfSource(asked.source);
    case "relationships":
      return linkTypes(asked.direction);
  }
}

/** Each after those it is computed from, relation tags as late as that allows. Throws on a cycle or an input that is not among them. */
export function evaluationOrder(versions: readonly TagVersion[]): readonly TagCode[] {
  const byCode = new Map(versions.map(version => [version.code, version]));
  const done = new Set<TagCode>();
  const path = new Set<TagCode>();
  const visit = (code: TagCode, wantedBy: TagCode): void => {
    if (done.has(code)) return;
    const version = byCode.get(code);
    if (version === undefined) throw new Error(`tag ${wantedBy} is computed from ${code}, which is not among the tags`);
    if (path.has(code)) throw new Error(`tag ${code} is computed from itself: ${[...path, code].join(" → ")}`);
    path.add(code);
    const { rule } = version.definition;
    for (const input of inputsOf(rule)) visit(input, code);
    if (rule.kind === "relation" && rule.of !== null) visit(rule.of, code);
    path.delete(code);
    done.add(code);
  };
  const isRelation = ({ definition: { rule } }: TagVersion): boolean => rule.kind === "relation";
  for (const version of versions) if (!isRelation(version)) visit(version.code, version.code);
  for (const version of versions) visit(version.code, version.code);
  return [...done];
}
