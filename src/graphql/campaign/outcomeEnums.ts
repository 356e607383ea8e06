import { registerEnumType } from "type-graphql";
import type { CampaignDone, PolicyDone } from "../../definitions/campaignDefinitions.ts";

export const CampaignOutcome = {
  DRAFTED: "drafted",
  APPROVED: "approved",
  STARTED: "started",
  PAUSED: "paused",
  RESUMED: "resumed",
  FINISHED: "finished",
  KPI_ADDED: "kpiAdded",
  UNCHANGED: "unchanged",
} as const satisfies Record<string, CampaignDone["kind"]>;

registerEnumType(CampaignOutcome, {
  name: "CampaignOutcome",
  description: "What was done to a campaign.",
  valuesConfig: {
    DRAFTED: { description: "A new draft was recorded." },
    APPROVED: { description: "The version was approved; while the campaign runs it takes effect at once." },
    STARTED: { description: "It was started." },
    PAUSED: { description: "It was paused." },
    RESUMED: { description: "It was resumed." },
    FINISHED: { description: "It was finished, for good." },
    KPI_ADDED: { description: "The KPI was added; it counts from the first assignment on." },
    UNCHANGED: { description: "Nothing: it was so already." },
  },
});

export const PublicationOutcome = {
  DRAFTED: "drafted",
  PUBLISHED: "published",
  RETIRED: "retired",
  UNCHANGED: "unchanged",
} as const satisfies Record<string, PolicyDone["kind"]>;

registerEnumType(PublicationOutcome, {
  name: "PublicationOutcome",
  description: "What was done to a policy or an offer.",
  valuesConfig: {
    DRAFTED: { description: "A new draft was recorded." },
    PUBLISHED: { description: "The version was published, and is in force." },
    RETIRED: { description: "It was retired." },
    UNCHANGED: { description: "Nothing: it was so already." },
  },
});
