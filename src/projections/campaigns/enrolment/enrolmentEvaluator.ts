import type { EnrolmentRule } from "../../../domain/effect/enrolmentRule.ts";
import type { RuleEvaluator } from "../../tags/evaluation/asking.ts";
import type { RuleSurroundings } from "../../tags/evaluation/ruleSurroundings.ts";
import { calendarOf } from "../../tags/statistic/calendar.ts";
import { outcomeCounter } from "./countedOutcome.ts";
import { Encounter, type Surveyed } from "./encounter.ts";
import { factsNaming } from "./factsNaming.ts";

/**
 * What a campaign has to say about a customer; missing of those it never met. Receipts count once for each contact and status, at the
 * first, and only of contacts that were decided or reported; a contact reported twice is one. A send that was withheld is none: it is
 * counted as such on the day of its decision, costs nothing, and reaches nobody.
 */
export function enrolmentEvaluator(rule: EnrolmentRule, around: RuleSurroundings): RuleEvaluator {
  const surveyed: Surveyed = {
    rule,
    calendar: calendarOf(rule.zone),
    decided: factsNaming("campaign-decided", "campaignId", around),
    assigned: factsNaming("campaign-assigned", "campaignId", around),
    contacted: factsNaming("campaign-contacted", "campaignId", around),
    responded: factsNaming("campaign-responded", "campaignId", around),
    reported: factsNaming("delivery-reported", "contactId", around),
    outcomes: rule.kpis.map(kpi => outcomeCounter(kpi, around)),
    counters: rule.kpis.map(({ measure }, index) => ({
      converted: `kpi\t${index}\tconverted`,
      total: measure.kind === "conversion" ? null : `kpi\t${index}\ttotal`,
    })),
  };
  return asking => new Encounter(surveyed, asking).evaluate();
}
