import type { CampaignId } from "../campaign/campaign.ts";
import { derivedEventIdBy, type Sha256 } from "../derivedEventId.ts";
import type { CustomerId, EventId } from "../ids.ts";
import type { DecisionCause } from "./decision.ts";

/**
 * Which decision it is: one campaign decides once about one customer for one cause under one version of its assignment. A retry,
 * a restart or a second look at the same fact comes to the same id, and so to the same event.
 */
export function decisionId(
  sha256: Sha256,
  of: {
    readonly campaignId: CampaignId;
    readonly assignmentVersion: number;
    readonly customerId: CustomerId;
    readonly cause: DecisionCause;
  },
): EventId {
  return derivedEventIdBy(sha256, [
    "decision",
    of.campaignId,
    of.assignmentVersion,
    of.customerId,
    of.cause.kind,
    causeKey(of.cause),
  ]);
}

/** The position of a trigger is where its id stands in the log, and says nothing more. */
function causeKey(cause: DecisionCause): string | number {
  switch (cause.kind) {
    case "trigger":
      return cause.eventId;
    case "wave":
      return cause.at;
    case "release":
      return cause.of;
  }
}
