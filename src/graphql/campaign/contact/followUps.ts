import { isWithheld, withheldStatus } from "../../../domain/decision/withheld.ts";
import type { RecordedEvent } from "../../../domain/event.ts";
import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { Moment } from "../../../projections/tags/evaluation/evaluateTag.ts";
import type { RequestContext } from "../../context.ts";
import { survivorById } from "../../identity/survivorById.ts";
import type { DecisionNode } from "../decision/decisionNode.ts";

/** What came after one contact, in the order in which it happened. */
export type FollowUps = {
  readonly receipts: readonly ReceiptNode[];
  readonly responses: readonly ResponseNode[];
  /** Of a send that was handed to no channel; null where it was, or is to be. */
  readonly withheld: Pick<ReceiptNode, "reason"> | null;
};
type ReceiptNode = {
  readonly at: Instant;
  readonly status: string;
  readonly reason: string | null;
  readonly event: RecordedEvent;
};
type ResponseNode = { readonly at: Instant; readonly response: string; readonly event: RecordedEvent };

/** What is known of a contact by now, or was at a moment. `customerId`: whose it was then; since merged, it is another's. */
export async function followUpsOf(
  context: RequestContext,
  customerId: CustomerId,
  contactId: string,
  moment: Moment | null,
): Promise<FollowUps> {
  const person = await survivorById(context, customerId);
  const events = person === null ? [] : await context.loaders().followUps.load(person.customerId);
  const own = events.filter(
    ({ data, occurredAt, position }) =>
      data.contactId === contactId && (moment === null || (occurredAt <= moment.at && position <= moment.known)),
  );
  const receipts = own.flatMap(event => {
    if (event.type !== "delivery-reported") return [];
    const { status, reason } = event.data as { readonly status: string; readonly reason?: string };
    return [{ at: event.occurredAt, status, reason: reason ?? null, event }];
  });
  const isNeverMade = isWithheld(new Set(receipts.map(({ status }) => status)));
  return {
    receipts,
    withheld: isNeverMade ? (receipts.find(({ status }) => status === withheldStatus) ?? null) : null,
    responses: own.flatMap(event => {
      if (event.type !== "campaign-responded") return [];
      return [{ at: event.occurredAt, response: String(event.data.response), event }];
    }),
  };
}

/** That a decided send was handed to no channel, as known by now or at the moment that is asked for; null where it was, or is none. */
export async function withheldOf(
  context: RequestContext,
  { decisionId, customerId, outcome, moment }: DecisionNode,
): Promise<FollowUps["withheld"]> {
  return outcome === "send" ? (await followUpsOf(context, customerId, decisionId, moment)).withheld : null;
}
