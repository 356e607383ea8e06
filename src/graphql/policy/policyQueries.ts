import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, ID, Info, Query, Resolver } from "type-graphql";
import type { PolicyState } from "../../domain/campaign/campaignCatalogue.ts";
import type { Position } from "../../domain/event.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { statePage } from "../campaign/statePage.ts";
import { PublicationFilter } from "../campaign/versionedType.ts";
import { wordsIn } from "../campaign/wordsIn.ts";
import { ForwardArgs } from "../connection/forwardArgs.ts";
import type { Page } from "../connection/page.ts";
import type { RequestContext } from "../context.ts";
import { whenReady } from "../maybePromise.ts";
import { minPositionOption, openSession } from "../minPosition.ts";
import { PositionText } from "../scalars/position.ts";
import { type PolicyNode, policyById, policyKey, policyNode } from "./policyNode.ts";
import { PolicyConnection, PolicyType } from "./policyType.ts";

@Resolver()
export class PolicyQueries {
  @Query(() => PolicyConnection, { description: "The policies there are, by id." })
  policies(
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Arg("filter", () => PublicationFilter, { nullable: true, description: "Which policies." })
    filter: PublicationFilter | null | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<Page<PolicyNode>> {
    return whenReady(openSession(context, info), session =>
      statePage(session, "policy", matching(filter), policyNode, node => node.policyId, paging),
    );
  }

  @Query(() => PolicyType, { nullable: true, description: "One policy; null when there is none of this id." })
  policy(
    @Arg("id", () => ID, { description: "Its id, or its global id." }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<PolicyNode | null> {
    const key = policyKey(id);
    return whenReady(openSession(context, info), () => policyById(context, key));
  }
}

function matching(filter: PublicationFilter | null | undefined): (state: PolicyState) => boolean {
  const found = wordsIn(filter?.search);
  return state => {
    if (filter?.status != null && !filter.status.includes(state.status)) return false;
    const { policyId, name, description, owner } = policyNode(state);
    return found(policyId, name, description, owner);
  };
}
