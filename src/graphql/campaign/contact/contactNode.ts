import type { Position, RecordedEvent } from "../../../domain/event.ts";
import { type CustomerId, customerOfStream } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { Moment } from "../../../projections/tags/evaluation/evaluateTag.ts";
import { type DecisionNode, decisionNode, isDecision } from "../decision/decisionNode.ts";
import { ContactOrigin } from "./contactType.ts";

/** A contact as the API reads it. */
export type ContactNode = {
  readonly contactId: string;
  readonly customerId: CustomerId;
  readonly origin: ContactOrigin;
  readonly at: Instant;
  readonly position: Position;
  readonly campaignId: string;
  readonly channel: string | null;
  readonly purpose: string | null;
  readonly arm: string | null;
  readonly variant: string | null;
  readonly offerId: string | null;
  readonly decision: DecisionNode | null;
  readonly event: RecordedEvent;
  readonly moment: Moment | null;
};

/** The types of events that are contacts, or decisions about them. */
export const contactTypes = ["campaign-decided", "campaign-contacted"];

export function contactNode(event: RecordedEvent, moment: Moment | null): ContactNode {
  if (isDecision(event)) {
    const decision = decisionNode(event, moment);
    const { decisionId, customerId, at, position, campaignId, channel, purpose, arm, variant, offerId } = decision;
    return {
      ...{ contactId: decisionId, customerId, origin: ContactOrigin.DECIDED, at, position },
      ...{ campaignId, channel, purpose, arm, variant, offerId, decision, event, moment },
    };
  }
  const { data, occurredAt: at, position } = event;
  const text = (field: string): string | null => (typeof data[field] === "string" ? data[field] : null);
  const [channel, purpose] = [text("channel"), text("purpose")];
  const customerId = customerOfStream(event.stream);
  if (customerId === null) throw new Error(`a contact at position ${position} is nobody's`);
  return {
    ...{
      contactId: text("contactId") ?? "",
      customerId,
      origin: ContactOrigin.REPORTED,
      at,
      position,
    },
    ...{ campaignId: text("campaignId") ?? "", channel, purpose, arm: null },
    ...{ variant: text("variant"), offerId: text("offerId"), decision: null, event, moment },
  };
}
