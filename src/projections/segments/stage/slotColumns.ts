import { isEnrolment } from "../../../domain/effect/enrolmentTag.ts";
import type { Plan } from "../../../domain/segment/plan.ts";
import { columnsOf } from "../../../domain/segment/planOf.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { Slot } from "../../tags/stage/slot.ts";

/*
 * Columns are named after slots, not after tags: while a tag is filled anew it has two, and what stands on it changes over
 * from one to the other at once.
 */
export const slotColumn = (slot: number): TagCode => `#${slot}` as TagCode;

/** Nobody asks which customers have the same enrolment, and hardly two of them do: a column of them would hold every text there is. */
export const hasColumn = ({ code }: Pick<Slot, "code">): boolean => !isEnrolment(code);

/** The plan over the columns of slots in force; or the codes that are not in force (yet). */
export function planInForce(
  plan: Plan,
  slots: readonly Slot[],
): { readonly kind: "ready"; readonly plan: Plan } | { readonly kind: "waiting"; readonly codes: readonly TagCode[] } {
  const serving = new Map(slots.flatMap(({ code, slot, state }) => (state === "serving" ? [[code, slot]] : [])));
  const codes = columnsOf(plan).filter(code => !serving.has(code));
  if (codes.length > 0) return { kind: "waiting", codes };
  return { kind: "ready", plan: renamed(plan, code => slotColumn(serving.get(code) as number)) };
}

function renamed(plan: Plan, columnOf: (code: TagCode) => TagCode): Plan {
  switch (plan.kind) {
    case "all":
    case "any":
      return { kind: plan.kind, of: plan.of.map(part => renamed(part, columnOf)) };
    case "not":
      return { kind: "not", of: renamed(plan.of, columnOf) };
    case "column":
      return { ...plan, code: columnOf(plan.code) };
    case "compare":
      return { ...plan, left: columnOf(plan.left), right: columnOf(plan.right) };
    case "top":
      return { ...plan, by: columnOf(plan.by) };
    case "segment":
    case "snapshot":
    case "sample":
      return plan;
  }
}
