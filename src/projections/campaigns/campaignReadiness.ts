import type { CampaignDefinition } from "../../domain/campaign/campaign.ts";
import type { OfferState, PolicyState } from "../../domain/campaign/campaignCatalogue.ts";
import { standingVersion } from "../../domain/campaign/campaignGraph.ts";
import { isCondition } from "../../domain/segment/conditions.ts";
import { columnsOf, planOf } from "../../domain/segment/planOf.ts";
import type { Rule } from "../../domain/segment/rule.ts";
import type { SegmentId } from "../../domain/segment/segment.ts";
import type { TagCode } from "../../domain/tag/definition.ts";
import { localDayRange } from "../segments/localDayRange.ts";
import { segmentsIn } from "../segments/stage/segmentsIn.ts";
import type { TagFill } from "../tags/storedTags.ts";

/** What a campaign's rules ask for, as far as it is kept up to date. */
export type Kept = {
  /** Of tags and of hidden conditions. */
  readonly fills: readonly TagFill[];
  readonly stands: (id: SegmentId) => boolean;
  readonly policy: PolicyState | null;
  readonly offers: readonly (OfferState | null)[];
};

export type Preparing = {
  /** In words, each once: "the members of segment dormant-gold". */
  readonly waitsFor: readonly string[];
  /** Customers done, once for each value that is being worked out, and to do in all. */
  readonly done: number;
  readonly total: number;
};

/**
 * What is not in force yet of all that decisions of a campaign look at; null where nothing is missing. Asks what
 * `readyCampaign` asks, by what is stored.
 */
export function preparing(definition: CampaignDefinition, { fills, stands, policy, offers }: Kept): Preparing | null {
  if (definition.start.kind === "outside") return null;
  const waitsFor = new Set<string>();
  const filled = new Set(fills.flatMap(fill => (fill.filled ? [fill.code] : [])));
  const missing = new Set<TagCode>();
  const askFor = (codes: readonly TagCode[], by: string): void => {
    for (const code of codes) {
      if (filled.has(code)) continue;
      missing.add(code);
      waitsFor.add(isCondition(code) ? `a condition of ${by}` : `the values of tag ${code}`);
    }
  };
  const askOf = (segments: readonly SegmentId[]): void => {
    for (const id of segments) if (!stands(id)) waitsFor.add(`the members of segment ${id}`);
  };
  const ask = (rule: Rule, by: string): void => {
    const plan = planOf(rule, { at: null, dayRange: localDayRange });
    askFor(columnsOf(plan), by);
    askOf(segmentsIn(plan));
  };
  ask(definition.audience, "the audience");
  askOf(definition.breakdown);
  if (definition.policy !== null) {
    const standing = policy === null ? null : standingVersion(policy);
    if (standing === null) waitsFor.add(`policy ${definition.policy}`);
    else if (standing.definition.suppression !== null) ask(standing.definition.suppression, `policy ${policy?.id}`);
  }
  for (const offer of offers) {
    const standing = offer === null ? null : standingVersion(offer);
    if (standing === null) continue;
    const by = `offer ${standing.definition.id}`;
    ask(standing.definition.eligible, by);
    if (standing.definition.tier !== null) askFor([standing.definition.tier], by);
  }
  if (waitsFor.size === 0) return null;
  const underway = fills.filter(({ code, filled: is }) => !is && missing.has(code));
  const sum = (of: "done" | "total"): number => underway.reduce((total, fill) => total + fill[of], 0);
  return { waitsFor: [...waitsFor], done: sum("done"), total: sum("total") };
}
