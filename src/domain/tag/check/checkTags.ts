import type { Fault } from "../../fault.ts";
import type { TagCode, TagDefinition } from "../definition.ts";
import { inputsOf, referencesOf } from "../references.ts";
import type { TagRule } from "../rule.ts";
import type { ValueType } from "../tagValue.ts";
import { typeInWords, unfit } from "./compatible.ts";
import { expressionType } from "./expressionType.ts";

/** The definition that a reference to a tag means, or why it cannot be referred to. */
export type Referable =
  | { readonly kind: "usable"; readonly definition: TagDefinition }
  | { readonly kind: "unusable"; readonly code: string; readonly message: string };

/** Tags may be computed from tags that are computed from tags … this often. */
const longestChain = 50;

/** Holds a definition against the other tags: references, types of formulas and inputs, cycles. Empty where all is well. */
export function checkTags(definition: TagDefinition, find: (code: TagCode) => Referable): readonly Fault[] {
  const faults: Fault[] = [];
  const told = new Set<string>();
  for (const { code, path } of referencesOf(definition.rule)) {
    const found = code === definition.code ? null : find(code);
    if (found?.kind !== "unusable" || told.has(code)) continue;
    told.add(code);
    faults.push({ field: path, code: found.code, message: found.message });
  }
  const definitionOf = (code: TagCode): TagDefinition | null => {
    if (code === definition.code) return definition;
    const found = find(code);
    return found.kind === "usable" ? found.definition : null;
  };
  const cycle = cycleFault(definition, definitionOf);
  if (cycle !== null) return [...faults, cycle];
  checkRule(definition, code => definitionOf(code)?.type ?? null, faults);
  if (definition.rule.kind === "relation") checkOneLevel(definition.rule, definitionOf, faults);
  return faults;
}

function checkRule({ rule, type }: TagDefinition, typeOf: (code: TagCode) => ValueType | null, faults: Fault[]): void {
  const expect = (code: TagCode, path: string, what: string, ...kinds: readonly ValueType["kind"][]): void => {
    const found = typeOf(code);
    if (found === null || kinds.includes(found.kind)) return;
    const message = `${what} has to be ${kinds.join(" or ")}; ${code} is ${typeInWords(found)}`;
    faults.push({ field: path, code: "type-mismatch", message });
  };
  switch (rule.kind) {
    case "formula": {
      const found = expressionType(rule.expression, "rule.formula", { typeOf, faults });
      const wrong = found === null ? null : unfit(found, type);
      if (wrong !== null) faults.push({ field: "rule.formula", ...wrong });
      return;
    }
    case "tiers":
      rule.tiers.forEach(({ when }, index) => {
        const path = `rule.tiers.tiers[${index}].when`;
        const found = expressionType(when, path, { typeOf, faults });
        if (found === null || found.kind === "boolean") return;
        const message = `a condition is true or false; this is ${typeInWords(found)}`;
        faults.push({ field: path, code: "type-mismatch", message });
      });
      return;
    case "relation": {
      if (rule.of === null) return;
      const { measure, of } = rule;
      if (measure !== "sum") {
        expect(of, "rule.relation.of", `the tag of ${measure}`, "boolean");
        return;
      }
      expect(of, "rule.relation.of", "the tag of sum", "number", "money");
      const found = typeOf(of);
      if (found?.kind !== "number" && found?.kind !== "money") return;
      const finer = found.kind === "number" && type.kind === "number" && found.decimals > type.decimals;
      const wrong = finer
        ? {
            code: "type-mismatch",
            message: `${of} has ${found.decimals} decimals; the sum needs at least as many in the tag's type`,
          }
        : unfit(found, type);
      if (wrong !== null) faults.push({ field: "rule.relation.of", ...wrong });
      return;
    }
    case "rfm":
      expect(rule.recency, "rule.rfm.recency", "recency", "number", "date");
      expect(rule.frequency, "rule.rfm.frequency", "frequency", "number");
      expect(rule.monetary, "rule.rfm.monetary", "monetary", "money", "number");
      return;
    case "lookAlike":
      expect(rule.seed, "rule.lookAlike.seed", "the seed list", "boolean");
  }
}

/** Follows what the definition is computed from; names the way round when it leads back. */
function cycleFault(definition: TagDefinition, find: (code: TagCode) => TagDefinition | null): Fault | null {
  const lengths = new Map<TagCode, number>();
  const way: TagCode[] = [];
  /** Length of the longest chain below; null when it leads back to the definition. */
  const follow = (code: TagCode): number | null => {
    if (way.length > 0 && code === definition.code) return null;
    const known = lengths.get(code);
    if (known !== undefined || way.length > longestChain) return known ?? 1;
    way.push(code);
    let longest = 0;
    for (const input of inputsOf(find(code)?.rule ?? { kind: "manual" })) {
      const length = follow(input);
      if (length === null) return null;
      longest = Math.max(longest, length);
    }
    way.pop();
    lengths.set(code, longest + 1);
    return longest + 1;
  };
  const length = follow(definition.code);
  if (length === null) {
    const first = referencesOf(definition.rule).find(({ code }) => code === (way[1] ?? definition.code));
    const message = `goes round in a circle: ${[...way, definition.code].join(" → ")}`;
    return { field: first?.path ?? "rule", code: "cycle", message };
  }
  if (length <= longestChain) return null;
  return { field: "rule", code: "too-deep", message: `tags build upon each other more than ${longestChain} deep` };
}

/** Related customers are looked at by their own tags only: what these are computed from must not look at others in turn. */
function checkOneLevel(
  { of }: Extract<TagRule, { kind: "relation" }>,
  find: (code: TagCode) => TagDefinition | null,
  faults: Fault[],
): void {
  const found = of === null ? null : relationBelow(of, find);
  if (found === null) return;
  const message = `${found === of ? `${of} is` : `${of} is computed from ${found},`} a relation tag; a relation tag looks at related customers' own tags only`;
  faults.push({ field: "rule.relation.of", code: "relation-over-relation", message });
}

/** The relation tag that a tag is, or is computed from; null where there is none. */
export function relationBelow(of: TagCode, find: (code: TagCode) => TagDefinition | null): TagCode | null {
  const seen = new Set<TagCode>();
  const relationIn = (code: TagCode): TagCode | null => {
    if (seen.has(code)) return null;
    seen.add(code);
    const rule = find(code)?.rule;
    if (rule === undefined) return null;
    if (rule.kind === "relation") return code;
    // Scores of a whole population are constant between refreshes: they end the way.
    if (rule.kind === "rfm" || rule.kind === "lookAlike") return null;
    for (const input of inputsOf(rule)) {
      const found = relationIn(input);
      if (found !== null) return found;
    }
    return null;
  };
  return relationIn(of);
}
