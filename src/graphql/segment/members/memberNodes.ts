import type { CustomerId } from "../../../domain/ids.ts";
import type { MaybePromise } from "../../../projections/readModels.ts";
import type { Moment } from "../../../projections/tags/evaluation/evaluateTag.ts";
import { customerThen } from "../../asOf/customerThen.ts";
import type { RequestContext } from "../../context.ts";
import { type CustomerNode, customerById, customerNode } from "../../customer/customerNode.ts";
import { whenReady } from "../../maybePromise.ts";

/** Customers that an answer about an audience names, as they are, or as they were at a moment of the past. */
export const customersById = (
  context: RequestContext,
  ids: readonly CustomerId[],
  moment: Moment | null,
): Promise<readonly CustomerNode[]> =>
  Promise.all(
    ids.map(async id => {
      const node = await (moment === null ? customerById(context, id) : customerThen(context, id, moment));
      // Audiences are counted where facts arrive first; a profile is there as soon as the commit is.
      if (node === null) throw new Error(`customer ${id} belongs to an audience but has no profile yet`);
      return node;
    }),
  );

/** Customers by their rows, as the session has them. */
export const customersByRow = (
  context: RequestContext,
  rows: readonly number[],
): MaybePromise<readonly CustomerNode[]> => {
  const session = context.session();
  const found = rows.map(row =>
    whenReady(session.customerList({ after: row - 1, before: row + 1, direction: "forward", limit: 1 }), ([view]) => {
      if (view === undefined) throw new Error(`row ${row} is a member of a segment but nobody's`);
      return customerNode(view);
    }),
  );
  return found.some(node => node instanceof Promise) ? Promise.all(found) : (found as readonly CustomerNode[]);
};
