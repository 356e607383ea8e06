import type { CampaignId, Kpi } from "../campaign/campaign.ts";

/** All that an enrolment hangs on beside the customer's facts; see Enrolment. */
export type EnrolmentRule = {
  readonly kind: "enrolment";
  readonly campaign: CampaignId;
  /** Decisions of other versions do not count: by another version everybody is assigned anew. Assignments made elsewhere have 1. */
  readonly assignmentVersion: number;
  /** Milliseconds. */
  readonly outcomeWindow: number;
  readonly zone: string;
  readonly kpis: readonly CountedKpi[];
};

/** The part of a KPI that says what is counted. */
export type CountedKpi = Kpi["facts"] & Pick<Kpi, "measure" | "prePeriod">;

/** Facts that say what a campaign did, whatever its KPIs are. */
export const enrolmentTypes = [
  "campaign-decided",
  "campaign-assigned",
  "campaign-contacted",
  "campaign-responded",
  "delivery-reported",
] as const;
