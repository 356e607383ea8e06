import type { CampaignState, OfferState, PolicyState } from "../../domain/campaign/campaignCatalogue.ts";
import { statesAfter } from "../../projections/campaigns/campaignReads.ts";
import type { MaybePromise, ReadSession } from "../../projections/readModels.ts";
import type { ForwardArgs } from "../connection/forwardArgs.ts";
import { textKey } from "../connection/keyFormat.ts";
import type { KeysetList } from "../connection/keysetList.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";

type States = { readonly campaign: CampaignState; readonly policy: PolicyState; readonly offer: OfferState };

/** A page of the campaigns, policies or offers that are wanted, by id. */
export function statePage<Kind extends keyof States, Node extends object>(
  session: ReadSession,
  kind: Kind,
  wanted: (state: States[Kind]) => boolean,
  nodeOf: (state: States[Kind]) => Node,
  idOf: (node: Node) => string,
  { first, after }: ForwardArgs,
): MaybePromise<Page<Node>> {
  const list: KeysetList<string, Node> = {
    name: `${kind}-list`,
    format: textKey,
    keyOf: idOf,
    fetch: ({ after: from, limit }) => statesAfter(session, kind, from, limit, wanted).map(nodeOf),
  };
  return paginate(list, { ...(first != null && { first }), ...(after != null && { after }) });
}
