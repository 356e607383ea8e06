import type { Fault } from "../../fault.ts";
import { checkTagTypes } from "../../segment/check/checkTagTypes.ts";
import type { RuleSurroundings } from "../../segment/parse/ruleReading.ts";
import type { CampaignDefinition } from "../campaign.ts";
import type { OfferDefinition } from "../offer.ts";
import { parseCampaign } from "../parse/parseCampaign.ts";
import { parseOffer } from "../parse/parseOffer.ts";
import { parsePolicy } from "../parse/parsePolicy.ts";
import type { PolicyDefinition } from "../policy.ts";
import { printCampaign } from "../print/printCampaign.ts";
import { printOffer } from "../print/printOffer.ts";
import { printPolicy } from "../print/printPolicy.ts";

/*
 * What no longer makes sense in a definition that did when it was recorded: tags and fact types may have changed since.
 */

export function rereadCampaign(definition: CampaignDefinition, surroundings: RuleSurroundings): readonly Fault[] {
  const changed = checkTagTypes(definition.audience, surroundings.tag, "audience");
  if (changed.length > 0) return changed;
  const parsed = parseCampaign(printCampaign(definition, surroundings.standards), surroundings);
  return parsed.ok ? [] : parsed.refusal;
}

export function rereadPolicy(definition: PolicyDefinition, surroundings: RuleSurroundings): readonly Fault[] {
  const { suppression } = definition;
  const changed = suppression === null ? [] : checkTagTypes(suppression, surroundings.tag, "suppression");
  if (changed.length > 0) return changed;
  const parsed = parsePolicy(printPolicy(definition, surroundings.standards), surroundings);
  return parsed.ok ? [] : parsed.refusal;
}

export function rereadOffer(definition: OfferDefinition, surroundings: RuleSurroundings): readonly Fault[] {
  const changed = checkTagTypes(definition.eligible, surroundings.tag, "eligible");
  if (changed.length > 0) return changed;
  const parsed = parseOffer(printOffer(definition, surroundings.standards), surroundings);
  return parsed.ok ? [] : parsed.refusal;
}
