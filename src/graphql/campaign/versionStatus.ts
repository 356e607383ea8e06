import type { Said } from "../../domain/campaign/campaignCatalogue.ts";
import { CampaignVersionStatus } from "./campaignEnums.ts";

/** @param taken when it was approved or published */
export function versionStatus(
  version: number,
  taken: Said | null,
  ended: Said | null,
  versions: readonly { readonly version: number }[],
): CampaignVersionStatus {
  if (ended !== null) return CampaignVersionStatus.ENDED;
  if (taken !== null) return CampaignVersionStatus.IN_FORCE;
  return version === versions.at(-1)?.version ? CampaignVersionStatus.DRAFT : CampaignVersionStatus.SUPERSEDED;
}
