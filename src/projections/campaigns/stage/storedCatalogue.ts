import type {
  CampaignCatalogue,
  CampaignState,
  OfferState,
  PolicyState,
} from "../../../domain/campaign/campaignCatalogue.ts";
import type { RowBuffer } from "./rowBuffer.ts";

/** The catalogue as it was committed. */
export function storedCatalogue(rows: RowBuffer): CampaignCatalogue {
  const states = <State extends { readonly id: string }>(kind: "campaign" | "policy" | "offer") =>
    new Map([...rows.stored(kind)].map(({ key, text }) => [key as State["id"], JSON.parse(text) as State]));
  return {
    position: 0,
    campaigns: states<CampaignState>("campaign"),
    policies: states<PolicyState>("policy"),
    offers: states<OfferState>("offer"),
  };
}

/** Puts what has changed since into the rows; true where anything has. */
export function storeChanged(rows: RowBuffer, before: CampaignCatalogue, after: CampaignCatalogue): boolean {
  let changed = false;
  const store = <Id extends string>(
    kind: "campaign" | "policy" | "offer",
    old: ReadonlyMap<Id, unknown>,
    now: ReadonlyMap<Id, unknown>,
  ): void => {
    if (old === now) return;
    for (const [id, state] of now)
      if (old.get(id) !== state) {
        rows.put(kind, id, JSON.stringify(state));
        changed = true;
      }
  };
  store("campaign", before.campaigns, after.campaigns);
  store("policy", before.policies, after.policies);
  store("offer", before.offers, after.offers);
  return changed;
}
