import type { Plan } from "../../../domain/segment/plan.ts";

/** A plan whose leaves are numbers: equal leaves of all segments have the same. */
export type BoundPlan =
  | { readonly kind: "all" | "any"; readonly of: readonly BoundPlan[] }
  | { readonly kind: "not"; readonly of: BoundPlan }
  | { readonly kind: "leaf"; readonly leaf: number };

export type LeafPlan = Exclude<Plan, { readonly kind: "all" | "any" | "not" }>;
/** 1: the plan can only become true by the leaf's becoming true; -1: only by its becoming false. */
export type Sign = 1 | -1;

export function bindPlan(plan: Plan, numberOf: (leaf: LeafPlan, sign: Sign) => number, sign: Sign = 1): BoundPlan {
  switch (plan.kind) {
    case "all":
    case "any":
      return { kind: plan.kind, of: plan.of.map(part => bindPlan(part, numberOf, sign)) };
    case "not":
      return { kind: "not", of: bindPlan(plan.of, numberOf, sign === 1 ? -1 : 1) };
    default:
      return { kind: "leaf", leaf: numberOf(plan, sign) };
  }
}

/**
 * The truth of a plan some of whose leaves cannot be told (null): null where it hangs on them, in whatever order the parts stand.
 */
export function truthOf(plan: BoundPlan, leafTruth: (leaf: number) => boolean | null): boolean | null {
  switch (plan.kind) {
    case "leaf":
      return leafTruth(plan.leaf);
    case "not": {
      const truth = truthOf(plan.of, leafTruth);
      return truth === null ? null : !truth;
    }
    case "all":
    case "any": {
      const deciding = plan.kind === "any";
      let open = false;
      for (const part of plan.of) {
        const truth = truthOf(part, leafTruth);
        if (truth === deciding) return deciding;
        if (truth === null) open = true;
      }
      return open ? null : !deciding;
    }
  }
}
