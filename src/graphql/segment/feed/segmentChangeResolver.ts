import { Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import type { SegmentChange } from "../../../projections/segments/feed/segmentChange.ts";
import type { RequestContext } from "../../context.ts";
import { type CustomerNode, customerById } from "../../customer/customerNode.ts";
import { CustomerType } from "../../customer/customerType.ts";
import { globalId } from "../../node/globalId.ts";
import { SegmentChangeType } from "./segmentChangeType.ts";

@Resolver(() => SegmentChangeType)
export class SegmentChangeResolver {
  @FieldResolver(() => ID, { description: "The bare id of the segment." })
  segmentId(@Root() { segment }: SegmentChange): string {
    return segment;
  }

  @FieldResolver(() => ID, { description: "The global id of the customer, for `node`." })
  customerNodeId(@Root() { customerId }: SegmentChange): string {
    return globalId("Customer", customerId);
  }

  @FieldResolver(() => CustomerType, {
    nullable: true,
    description: "The customer as they are now, which may be after this change; null once merged into another.",
  })
  customer(@Root() { customerId }: SegmentChange, @Ctx() context: RequestContext): Promise<CustomerNode | null> {
    return customerById(context, customerId);
  }
}
