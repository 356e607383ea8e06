import type { Plan } from "../../../../domain/segment/plan.ts";
import type { TagCode } from "../../../../domain/tag/definition.ts";
import type { Columns } from "../../columns/columns.ts";
import { scanBestOf } from "./scanBest.ts";
import { createTopOrder, type TopOrder } from "./topOrder.ts";

export type TopPlan = Extract<Plan, { readonly kind: "top" }>;
export const topName = ({ count, order, by }: TopPlan): string => `top ${count} ${order} ${by}`;

/** Orders are kept for as long as a segment asks for them: to make one, the whole column is read. */
export type Tops = {
  readonly orderOf: (plan: TopPlan) => TopOrder;
  /** Lets go of those that are not among these. */
  readonly keep: (plans: readonly TopPlan[]) => void;
  /** Lets go of those by one of these columns, which were filled otherwise than by changes. */
  readonly forget: (codes: ReadonlySet<TagCode>) => void;
};

export function createTops(columns: Columns): Tops {
  const orders = new Map<string, { readonly by: TagCode; readonly order: TopOrder }>();
  return {
    orderOf: plan => {
      const name = topName(plan);
      const known = orders.get(name);
      if (known !== undefined) return known.order;
      const order = createTopOrder(plan.count, scanBestOf(columns, plan.by, plan.order));
      orders.set(name, { by: plan.by, order });
      return order;
    },
    keep: plans => {
      const wanted = new Set(plans.map(topName));
      for (const name of [...orders.keys()]) if (!wanted.has(name)) orders.delete(name);
    },
    forget: codes => {
      for (const [name, { by }] of orders) if (codes.has(by)) orders.delete(name);
    },
  };
}
