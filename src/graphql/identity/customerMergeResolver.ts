import { Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Merge } from "../../domain/customer/mergeGraph.ts";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { numberKey } from "../connection/keyFormat.ts";
import type { KeysetList } from "../connection/keysetList.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { type CustomerNode, customerById } from "../customer/customerNode.ts";
import { CustomerType } from "../customer/customerType.ts";
import { eventAt } from "../event/eventAt.ts";
import { CustomerMergeConnection, CustomerMergeType } from "./customerMergeType.ts";
import { survivorById } from "./survivorById.ts";

@Resolver(() => CustomerType)
export class CustomerIdentityResolver {
  @FieldResolver(() => CustomerType, {
    nullable: true,
    description:
      "The customer whose profile has everything told of this one, once the two were found to be one person. This one shows nothing else then. Null unless merged.",
  })
  mergedInto(@Root() { customer }: CustomerNode, @Ctx() context: RequestContext): Promise<CustomerNode | null> | null {
    return customer.mergedInto === undefined ? null : survivorById(context, customer.mergedInto.customer);
  }

  @FieldResolver(() => CustomerMergeConnection, {
    description: "The customers who were merged into this one, and are; each may have taken in others before.",
  })
  mergedFrom(
    @Root() { customerId }: CustomerNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<Merge>> {
    const list: KeysetList<Position, Merge> = {
      name: `mergedFrom:${customerId}`,
      format: numberKey,
      keyOf: ({ position }) => position,
      fetch: range => context.session().mergesInto(customerId, range),
    };
    return paginate(list, paging);
  }
}

@Resolver(() => CustomerMergeType)
export class CustomerMergeResolver {
  @FieldResolver()
  survivor(@Root() { survivor }: Merge, @Ctx() context: RequestContext): Promise<CustomerNode | null> {
    return customerById(context, survivor);
  }

  @FieldResolver()
  absorbed(@Root() { absorbed }: Merge, @Ctx() context: RequestContext): Promise<CustomerNode | null> {
    return customerById(context, absorbed);
  }

  @FieldResolver()
  event(@Root() { position }: Merge, @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }

  @FieldResolver()
  split(@Root() { splitAt }: Merge, @Ctx() context: RequestContext): Promise<RecordedEvent> | null {
    return splitAt === null ? null : eventAt(context, splitAt);
  }
}
