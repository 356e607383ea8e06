import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import { standingVersion } from "../../domain/campaign/campaignGraph.ts";
import { describePolicy } from "../../domain/campaign/describe/describePolicy.ts";
import type { OutsidePolicy } from "../../domain/campaign/outside.ts";
import { policyStream } from "../../domain/campaign/policy.ts";
import { printPolicy } from "../../domain/campaign/print/printPolicy.ts";
import type { RecordedEvent } from "../../domain/event.ts";
import { standards } from "../../intake/standards.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { CampaignVersionStatus } from "../campaign/campaignEnums.ts";
import { definitionEvents } from "../campaign/definitionEvents.ts";
import { versionStatus } from "../campaign/versionStatus.ts";
import { ListOrder, orderOption } from "../connection/order.ts";
import type { Page } from "../connection/page.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { EventConnection } from "../event/eventType.ts";
import { globalId } from "../node/globalId.ts";
import { nodeIdOption } from "../node/nodeType.ts";
import { type PolicyNode, type PolicyVersionNode, policyVersionNode } from "./policyNode.ts";
import { PolicyType, PolicyVersionType } from "./policyType.ts";

@Resolver(() => PolicyType)
export class PolicyResolver {
  @FieldResolver(() => ID, nodeIdOption)
  id(@Root() { policyId }: PolicyNode): string {
    return globalId("Policy", policyId);
  }

  @FieldResolver()
  definition(@Root() { shown }: PolicyNode): OutsidePolicy {
    return printPolicy(shown.definition, standards);
  }

  @FieldResolver()
  sentence(@Root() { shown }: PolicyNode): string {
    return describePolicy(shown.definition, standards);
  }

  @FieldResolver()
  current(@Root() { policyState }: PolicyNode): PolicyVersionNode | null {
    const standing = standingVersion(policyState);
    return standing === null ? null : policyVersionNode(policyState, standing);
  }

  @FieldResolver()
  draft(@Root() { policyState }: PolicyNode): PolicyVersionNode | null {
    const newest = policyState.versions.at(-1)!;
    return newest.published === null && newest.ended === null ? policyVersionNode(policyState, newest) : null;
  }

  @FieldResolver()
  versions(@Root() { policyState }: PolicyNode): readonly PolicyVersionNode[] {
    return policyState.versions.map(version => policyVersionNode(policyState, version));
  }

  @FieldResolver(() => EventConnection, {
    description: "What happened to the definition: every draft, publication and the end, by whom and when.",
  })
  definitionEvents(
    @Root() { policyId }: PolicyNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("order", () => ListOrder, orderOption) order: ListOrder,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<RecordedEvent>> {
    return definitionEvents(context, policyStream(policyId), paging, order);
  }
}

@Resolver(() => PolicyVersionType)
export class PolicyVersionResolver {
  @FieldResolver()
  status(@Root() { version, published, ended, policyState }: PolicyVersionNode): CampaignVersionStatus {
    return versionStatus(version, published, ended, policyState.versions);
  }

  @FieldResolver()
  definition(@Root() { definition }: PolicyVersionNode): OutsidePolicy {
    return printPolicy(definition, standards);
  }

  @FieldResolver()
  sentence(@Root() { definition }: PolicyVersionNode): string {
    return describePolicy(definition, standards);
  }
}
