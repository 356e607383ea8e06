import type { Instant } from "../instant.ts";
import type { Money } from "../money.ts";
import type { Rule } from "../segment/rule.ts";
import type { SegmentId } from "../segment/segment.ts";
import type { FactFilter } from "../tag/factSelection.ts";
import type { Measure } from "../tag/rule.ts";
import type { CalendarUnit } from "../tag/window.ts";
import type { OfferId } from "./offer.ts";
import type { PolicyId } from "./policy.ts";

type Brand<Name extends string> = string & { readonly __brand: Name };
/** Lower-case words joined by hyphens, at most 64 characters: "spring-loans". */
export type CampaignId = Brand<"CampaignId">;
export const CampaignId = {
  parse: (raw: string): CampaignId | null =>
    raw.length <= 64 && /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(raw) ? (raw as CampaignId) : null,
};
/** Lower-case words joined by hyphens, at most 64 characters: "bought-card". */
export const KpiCode = { parse: (raw: string): string | null => CampaignId.parse(raw) };
export const campaignStream = (id: CampaignId): string => `campaign-${id}`;

/** A campaign; checked against the fact catalogue, tags, segments, offers and policies before it is recorded. */
export type CampaignDefinition = {
  readonly id: CampaignId;
  readonly name: string;
  readonly owner: string;
  readonly description: string;
  /** What consent is asked for: "marketing". */
  readonly purpose: string;
  /** Who may be contacted; a segment is the rule that names it. */
  readonly audience: Rule;
  readonly start: CampaignStart;
  readonly policy: PolicyId | null;
  /** In order of preference: the first that every gate lets through is taken. */
  readonly channels: readonly CampaignChannel[];
  readonly assignment: Assignment;
  /** From which the next best is chosen for each send; none: the variant says it all. */
  readonly offers: readonly OfferId[];
  /** Share of sends, in hundredths of a percent, whose offer is drawn evenly from those eligible, however they score. */
  readonly exploration: number;
  readonly budget: Budget | null;
  /** The first is the one that the campaign is judged by. */
  readonly kpis: readonly Kpi[];
  /** Milliseconds from the assignment during which outcomes count, in every arm. Default 14 days. */
  readonly outcomeWindow: number;
  /** By which effects are broken down: those a customer was a member of when first assigned. */
  readonly breakdown: readonly SegmentId[];
  /** Of the days in its figures, and of its schedule. IANA. */
  readonly zone: string;
};

export type CampaignStart =
  /** A decision about each such fact, within the pass that takes it up. Facts that come later than `maxAge` after they occurred begin nothing. */
  | {
      readonly kind: "trigger";
      readonly types: readonly string[];
      readonly where: FactFilter | null;
      readonly maxAge: number;
    }
  /** One wave over the whole audience, at an instant; in customers' own zones, when their clocks show what the campaign's do then. */
  | { readonly kind: "once"; readonly at: Instant; readonly ownZone?: OwnZone }
  /**
   * A wave at `time` (minutes after local midnight) of each first day of the unit, from `from` on, before `until`. In customers' own
   * zones both are taken as what the campaign's clocks show then.
   */
  | {
      readonly kind: "recurring";
      readonly ownZone?: OwnZone;
      readonly unit: Extract<CalendarUnit, "day" | "week" | "month">;
      readonly time: number;
      readonly from: Instant;
      readonly until: Instant | null;
    }
  /** Run elsewhere: assignments, contacts and responses come as facts, and nothing is decided here. */
  | { readonly kind: "outside" };

/** Where each customer's own clock says when a wave comes; without it the clocks of the campaign's zone do. */
export type OwnZone = {
  /** Profile attribute that names the customer's IANA zone. */
  readonly zoneAttribute: string;
  /** Where the customer's is missing or no zone; null: unknown, and so nothing is sent. */
  readonly zone: string | null;
};
export const ownZoneOf = (start: CampaignStart): OwnZone | null =>
  start.kind === "once" || start.kind === "recurring" ? (start.ownZone ?? null) : null;

export type CampaignChannel = { readonly channel: string; readonly unitCost: Money | null };

/**
 * Arms by salted hash over 10,000 buckets, in the order given; what the shares leave free belongs to no arm and is not assigned.
 * Once the campaign has started, salt and shares stay as they are; others need another `version`, by which everybody is assigned anew.
 */
export type Assignment = { readonly version: number; readonly salt: string; readonly arms: readonly Arm[] };
export type Arm = {
  readonly name: string;
  /** Buckets of 10,000. */
  readonly share: number;
  /** Gets nothing; what the others are compared with. At most one. */
  readonly control: boolean;
  /** Of the arm's customers, by another hash under the same salt; shares add up to 10,000. Empty for control. */
  readonly variants: readonly { readonly name: string; readonly share: number; readonly content: VariantContent }[];
};
/** What a channel needs to make the message, by name: {"template": "spring-a", "subject": "…"}. */
export type VariantContent = Readonly<Record<string, string>>;

/** Both at most, from the start on; a send that would go beyond is skipped. */
export type Budget = { readonly money: Money | null; readonly contacts: number | null };

/**
 * What a campaign may bring about, counted over the facts of each assigned customer in (the campaign's outcome window). A conversion:
 * whether there is any such fact. A total: count, or the sum of a field, in the scale of `type` of the field's form.
 */
export type Kpi = {
  /** Lower-case words joined by hyphens. */
  readonly code: string;
  readonly name: string;
  readonly facts: { readonly types: readonly string[]; readonly where: FactFilter | null };
  readonly measure:
    | { readonly kind: "conversion" }
    | { readonly kind: "count" }
    | (Extract<Measure, { field: string }> & { readonly kind: "sum" });
  /** Share of a money total that is margin, in hundredths of a percent; for ROI. 10,000 unless said. */
  readonly margin: number;
  /** Milliseconds before the assignment over which the same measure is taken as covariate (CUPED); null: none. */
  readonly prePeriod: number | null;
};
