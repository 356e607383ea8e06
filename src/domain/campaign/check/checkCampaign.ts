import { nearestName } from "../../definition/nearestName.ts";
import type { Fault } from "../../fault.ts";
import type { Instant } from "../../instant.ts";
import { checkSegments } from "../../segment/check/checkSegments.ts";
import type { SegmentCatalogue } from "../../segment/segmentCatalogue.ts";
import type { CampaignDefinition } from "../campaign.ts";
import type { CampaignCatalogue, OfferState, PolicyState } from "../campaignCatalogue.ts";
import { standingVersion } from "../campaignGraph.ts";

/** What definitions are held against. */
export type Catalogues = {
  readonly segments: SegmentCatalogue;
  readonly now: Instant;
};

/** Holds a campaign against the segments, policies and offers there are, which have to be published. Empty where all is well. */
export function checkCampaign(
  definition: CampaignDefinition,
  catalogue: CampaignCatalogue,
  { segments, now }: Catalogues,
): readonly Fault[] {
  const { audience, breakdown } = definition;
  const breakdownFaults = breakdown.flatMap((id, index) =>
    checkSegments({ kind: "segment", id }, segments, now).map(fault => ({ ...fault, field: `breakdown[${index}]` })),
  );
  return [
    ...checkSegments(audience, segments, now, "audience"),
    ...breakdownFaults,
    ...policyFaults(definition, catalogue),
    ...offerFaults(definition, catalogue),
  ];
}

function policyFaults({ policy, assignment }: CampaignDefinition, { policies }: CampaignCatalogue): readonly Fault[] {
  if (policy === null) return [];
  const faults = namedFaults("policy", policy, "policy", policies);
  const state = policies.get(policy);
  const holdout = state === undefined ? null : standingVersion(state)?.definition.holdout;
  if (holdout?.salt !== assignment.salt) return faults;
  return [...faults, { field: "assignment.salt", code: "same-salt", message: sameSalt(`policy ${policy}`) }];
}

/** Under one salt those kept out and the arms would be dealt from the same order of customers, and the arms be unlike each other. */
export const sameSalt = (whose: string): string =>
  `is the salt of ${whose} too: who is kept out would not be independent of the arms; choose another salt`;

function offerFaults({ offers }: CampaignDefinition, catalogue: CampaignCatalogue): readonly Fault[] {
  const currencies = offers.map(id => currencyOf(catalogue.offers.get(id)));
  const first = currencies.find(currency => currency !== null) ?? null;
  return offers.flatMap((id, index) => {
    const field = `offers[${index}]`;
    const currency = currencies[index] ?? null;
    const mixed = currency !== null && currency !== first;
    const message = `${id} is valued in ${currency}, the one before in ${first}: values in different currencies cannot be ranked`;
    return [
      ...namedFaults("offer", id, field, catalogue.offers),
      ...(mixed ? [{ field, code: "currency-mismatch", message }] : []),
    ];
  });
}

const currencyOf = (state: OfferState | undefined): string | null =>
  state === undefined ? null : (standingVersion(state)?.definition.value.currency ?? null);

/** A policy or an offer that is named has to be in force. */
function namedFaults(
  what: "policy" | "offer",
  id: string,
  field: string,
  states: ReadonlyMap<string, PolicyState | OfferState>,
): readonly Fault[] {
  const state = states.get(id);
  if (state === undefined) {
    const near = nearestName(id, states.keys());
    const message = `there is no ${what} ${id}: ${near === null ? "" : `did you mean ${near}? Else `}define it first`;
    return [{ field, code: `unknown-${what}`, message }];
  }
  if (state.status === "published") return [];
  if (state.status === "retired") {
    const message = `${what} ${id} is retired: name another one`;
    return [{ field, code: `retired-${what}`, message }];
  }
  return [{ field, code: `unpublished-${what}`, message: `${what} ${id} is only a draft: publish it first` }];
}
