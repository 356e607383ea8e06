import { expect, test } from "vitest";
import { type CampaignId } from "../../../src/domain/campaign/campaign.ts";
import type { DecisionCause } from "../../../src/domain/decision/decision.ts";
import { EventId } from "../../../src/domain/ids.ts";
import { decisionIdOf } from "../../../src/projections/campaigns/decisionIdOf.ts";
import { customer, eventId, noon } from "./support/givenDecision.ts";

const cause: DecisionCause = { kind: "trigger", eventId: eventId(9), position: 12 };
const of = { campaignId: "spring-loans" as CampaignId, assignmentVersion: 1, customerId: customer(1), cause };

test("the same decision has the same id, of the form of all event ids, wherever its cause stands in the log", () => {
  const id = decisionIdOf(of);
  expect(EventId.parse(id)).toBe(id);
  expect(id[14]).toBe("8");
  expect(decisionIdOf({ ...of, cause: { ...cause, position: 99 } })).toBe(id);
});

test("another campaign, version, customer, cause or kind of cause is another decision", () => {
  const others = [
    of,
    { ...of, campaignId: "autumn-loans" as CampaignId },
    { ...of, assignmentVersion: 2 },
    { ...of, customerId: customer(2) },
    { ...of, cause: { ...cause, eventId: eventId(10) } },
    { ...of, cause: { kind: "release", of: eventId(9) } as const },
    { ...of, cause: { kind: "wave", at: noon } as const },
    { ...of, cause: { kind: "wave", at: noon + 1 } as const },
  ];
  expect(new Set(others.map(decisionIdOf)).size).toBe(others.length);
});
