import fc from "fast-check";
import type { Facts, Rule } from "../../../../../src/domain/segment/rule.ts";
import type { FactFilter } from "../../../../../src/domain/tag/factSelection.ts";
import { anyRule } from "../../../../domain/segment/support/anyRule.ts";
import { tags } from "./tags.ts";
import { half, hour } from "./world.ts";

const filters: readonly (FactFilter | null)[] = [
  null,
  null,
  { kind: "in", field: "direction", values: ["debit"] },
  { kind: "not", of: { kind: "text", field: "merchant", operator: "startsWith", value: "T" } },
  { kind: "compare", field: "amount", operator: ">=", value: 5000, as: { kind: "money", currency: "CZK" } },
  { kind: "in", field: "name", values: ["seen"] },
];
const facts: fc.Arbitrary<Facts> = fc.record({
  types: fc.constantFrom(["transaction-posted"], ["behaviour-observed"], ["transaction-posted", "behaviour-observed"]),
  where: fc.constantFrom(...filters),
});

/** Rules about what the facts of the tests' world say: its instants, its lengths of time, its values. */
export function localRule(base: number, maxDepth: number): fc.Arbitrary<Rule> {
  const edge = (seed: number): number => base + (Math.abs(seed) % 21) * half - (seed % 5 === 0 ? hour : 0);
  const rule = anyRule(
    tags.map(({ definition }) => definition),
    {
      facts,
      maxDepth,
      ...{ same: ["merchant", "direction"], tops: false },
      lengths: fc.constantFrom(half, 2 * half, 3 * half, 6 * half, 10 * half),
      valuesOf: ({ code, type }) => {
        if (type.kind === "date") return fc.nat().map(edge);
        if (type.kind === "money") return fc.constantFrom(1, 100, 5000, 5100, 20_000);
        if (type.kind === "number") return fc.integer({ min: 0, max: 4 });
        if (type.kind === "boolean") return fc.boolean();
        if (type.kind === "enumeration") return fc.constantFrom(...type.values);
        return code === "city" ? fc.constantFrom("a", "Praha", "ha") : fc.constantFrom("Tesco", "Lidl", "T");
      },
    },
  );
  return rule.map(found => local(found, edge) as Rule);
}

/** Instants of a rule that could be anywhere, brought among those of the facts. */
function local(node: unknown, edge: (seed: number) => number): unknown {
  if (Array.isArray(node)) return node.map(item => local(item, edge));
  if (typeof node !== "object" || node === null) return node;
  const { kind, from, to, day } = node as { kind?: string; from: number; to: number; day: string };
  if (kind === "absolute") return { kind, from: edge(from), to: edge(from) + (to - from) };
  if (kind === "onDay") return { kind, day: new Date(edge(Date.parse(day) / 1000)).toISOString().slice(0, 10) };
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, local(value, edge)]));
}
