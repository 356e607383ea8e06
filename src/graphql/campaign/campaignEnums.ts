import { registerEnumType } from "type-graphql";
import type { CampaignState, CampaignStatus as Status } from "../../domain/campaign/campaignCatalogue.ts";

export const CampaignStatus = {
  DRAFT: "draft",
  APPROVED: "approved",
  RUNNING: "running",
  PAUSED: "paused",
  FINISHED: "finished",
} as const satisfies Record<string, Status>;
export type CampaignStatus = Status;

registerEnumType(CampaignStatus, {
  name: "CampaignStatus",
  description: "How far a campaign has come.",
  valuesConfig: {
    DRAFT: { description: "No version was approved yet." },
    APPROVED: { description: "A version was approved; nothing is decided before the campaign is started." },
    RUNNING: { description: "Decisions are made." },
    PAUSED: { description: "Nothing is decided until it is resumed." },
    FINISHED: { description: "For good; outcomes go on being counted." },
  },
});

export const CampaignVersionStatus = {
  DRAFT: "draft",
  SUPERSEDED: "superseded",
  IN_FORCE: "inForce",
  ENDED: "ended",
} as const;
export type CampaignVersionStatus = (typeof CampaignVersionStatus)[keyof typeof CampaignVersionStatus];

registerEnumType(CampaignVersionStatus, {
  name: "CampaignVersionStatus",
  description: "How far one version of a campaign, a policy or an offer has come.",
  valuesConfig: {
    DRAFT: { description: "Written down; it waits to be approved or published." },
    SUPERSEDED: { description: "A draft that a newer draft replaced." },
    IN_FORCE: { description: "Approved or published: what is gone by." },
    ENDED: { description: "A newer version took its place, or there is an end to all of them." },
  },
});

export const CampaignStepKind = {
  STARTED: "started",
  PAUSED: "paused",
  RESUMED: "resumed",
  FINISHED: "finished",
} as const satisfies Record<string, CampaignState["course"][number]["what"]>;

registerEnumType(CampaignStepKind, {
  name: "CampaignStepKind",
  description: "What happened to a campaign.",
  valuesConfig: {
    STARTED: { description: "It was started." },
    PAUSED: { description: "It was paused." },
    RESUMED: { description: "It was resumed." },
    FINISHED: { description: "It was finished." },
  },
});
