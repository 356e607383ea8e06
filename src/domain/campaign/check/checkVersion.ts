import type { Fault } from "../../fault.ts";
import { checkSegments } from "../../segment/check/checkSegments.ts";
import type { CampaignCatalogue } from "../campaignCatalogue.ts";
import { campaignsOffering, campaignsUnder, standingVersion } from "../campaignGraph.ts";
import type { OfferDefinition } from "../offer.ts";
import type { PolicyDefinition } from "../policy.ts";
import { type Catalogues, sameSalt } from "./checkCampaign.ts";

/** Holds a policy against the segments there are, and the campaigns under it. Empty where all is well. */
export function checkPolicy(
  { id, suppression, holdout }: PolicyDefinition,
  catalogue: CampaignCatalogue,
  { segments, now }: Catalogues,
): readonly Fault[] {
  const rule = suppression === null ? [] : checkSegments(suppression, segments, now, "suppression");
  const shared = campaignsUnder(catalogue, id).filter(
    ({ record }) => record.definition.assignment.salt === holdout?.salt,
  );
  return [
    ...rule,
    ...shared.map(campaign => ({
      field: "holdout.salt",
      code: "same-salt",
      message: sameSalt(`campaign ${campaign.id}`),
    })),
  ];
}

/** Holds an offer against the segments there are, and the campaigns that choose from it. Empty where all is well. */
export function checkOffer(
  { id, eligible, value }: OfferDefinition,
  catalogue: CampaignCatalogue,
  { segments, now }: Catalogues,
): readonly Fault[] {
  const mixed = campaignsOffering(catalogue, id).flatMap(({ id: campaign, record }) => {
    const other = record.definition.offers.find(offer => {
      const state = offer === id ? undefined : catalogue.offers.get(offer);
      const standing = state === undefined ? null : standingVersion(state);
      return standing !== null && standing.definition.value.currency !== value.currency;
    });
    if (other === undefined) return [];
    const message = `is ${value.currency}; campaign ${campaign} chooses from ${other} too, which is valued in another currency`;
    return [{ field: "value.currency", code: "currency-mismatch", message }];
  });
  return [...checkSegments(eligible, segments, now, "eligible"), ...mixed];
}
