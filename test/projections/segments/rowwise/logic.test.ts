import fc from "fast-check";
import { expect, test } from "vitest";
import { allOf, anyOf, notOf } from "../../../../src/projections/segments/rowwise/logic.ts";
import type { AskTruth } from "../../../../src/projections/segments/rowwise/truth.ts";
import type { Asking } from "../../../../src/projections/tags/evaluation/asking.ts";
import { adaWith, everything } from "../../tags/support/subjects.ts";

type Tree = boolean | "fails" | { readonly kind: "all" | "any" | "not"; readonly of: readonly Tree[] };

const { tree } = fc.letrec<{ tree: Tree }>(tie => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Tree>(true, false, "fails"),
    fc.record({ kind: fc.constantFrom("all", "any"), of: fc.array(tie("tree"), { maxLength: 4 }) }),
    tie("tree").map((of): Tree => ({ kind: "not", of: [of] })),
  ),
}));

const asking: Asking = { subject: adaWith([]), at: 0, known: everything, collector: null };
const compiled = (node: Tree): AskTruth => {
  if (node === "fails")
    return () => {
      throw new Error("no figure");
    };
  if (typeof node === "boolean") return () => ({ truth: node, validUntil: null });
  const of = node.of.map(compiled);
  return node.kind === "all" ? allOf(of) : node.kind === "any" ? anyOf(of) : notOf(of[0] as AskTruth);
};
const answer = (node: Tree): boolean | "fails" => {
  try {
    return compiled(node)(asking).truth;
  } catch {
    return "fails";
  }
};
/** What comes of it with every failing part taken for true, or for false. */
const supposing = (node: Tree, failing: readonly boolean[], next: { at: number }): boolean => {
  if (node === "fails") return failing[next.at++ % failing.length] as boolean;
  if (typeof node === "boolean") return node;
  const parts = node.of.map(part => supposing(part, failing, next));
  if (node.kind === "not") return !parts[0];
  return node.kind === "all" ? parts.every(part => part) : parts.some(part => part);
};
const mirrored = (node: Tree): Tree =>
  typeof node === "object" ? { kind: node.kind, of: node.of.map(mirrored).reverse() } : node;

test("a part that cannot be evaluated fails the rule only where the truth hangs on it, whatever the order of parts", () =>
  fc.assert(
    fc.property(tree, fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }), (node, failing) => {
      const found = answer(node);
      expect(answer(mirrored(node))).toBe(found);
      if (found !== "fails") expect(supposing(node, failing, { at: 0 })).toBe(found);
      if (!JSON.stringify(node).includes("fails")) expect(found).not.toBe("fails");
    }),
    { numRuns: 2000 },
  ));

test("false and what fails is false, true and what fails is an error", () => {
  expect(answer({ kind: "all", of: ["fails", false] })).toBe(false);
  expect(answer({ kind: "any", of: ["fails", true] })).toBe(true);
  expect(answer({ kind: "all", of: ["fails", true] })).toBe("fails");
  expect(answer({ kind: "any", of: [false, "fails"] })).toBe("fails");
  expect(answer({ kind: "not", of: ["fails"] })).toBe("fails");
});
