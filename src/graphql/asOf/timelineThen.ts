import { type CustomerId, customerStream } from "../../domain/ids.ts";
import type { Range, TimelineKey, TimelineRow } from "../../projections/readModels.ts";
import type { Moment } from "../../projections/tags/evaluation/evaluateTag.ts";
import type { RequestContext } from "../context.ts";
import { eventAt } from "../event/eventAt.ts";

const rowsAtOnce = 500;

/** The timeline as it was known at a moment: today's, without what came later and what another customer brought in since. */
export async function timelineThen(
  context: RequestContext,
  id: CustomerId,
  moment: Moment,
  range: Range<TimelineKey>,
  types: readonly string[] | undefined,
): Promise<TimelineRow[]> {
  const session = context.session();
  const { survivor } = await session.groupOf(id, session.position);
  const isOwn = await ownPositions(context, id, survivor, moment);
  const forward = range.direction === "forward";
  const end = { occurredAt: moment.at + 1, position: 0 };
  const { before = end } = range;
  let bounds = { ...range, limit: rowsAtOnce, before: before.occurredAt > moment.at ? end : before };
  const found: TimelineRow[] = [];
  for (;;) {
    const rows = await session.timeline(survivor, bounds, types);
    for (const row of rows)
      if (found.length < range.limit && row.position <= moment.known && (await isOwn(row.position))) found.push(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < bounds.limit || found.length >= range.limit) return found;
    bounds = forward ? { ...bounds, after: last } : { ...bounds, before: last };
  }
}

/** Whether an event of today's profile was the customer's own then; always so unless there were merges since. */
async function ownPositions(context: RequestContext, id: CustomerId, survivor: CustomerId, { known }: Moment) {
  const session = context.session();
  const now = await session.groupOf(survivor, session.position);
  const then = await session.groupOf(id, known);
  const members = new Set(then.survivor === id ? then.members : []);
  if (now.members.every(member => members.has(member))) return () => true;
  const streams = new Set([...members].map(customerStream));
  return async (position: number): Promise<boolean> => streams.has((await eventAt(context, position)).stream);
}
