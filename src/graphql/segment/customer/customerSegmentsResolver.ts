import { Arg, Args, Ctx, FieldResolver, ID, Int, Resolver, Root } from "type-graphql";
import type { Instant } from "../../../domain/instant.ts";
import type { MaybePromise } from "../../../projections/readModels.ts";
import { embeddedPage } from "../../connection/embeddedPage.ts";
import type { Page } from "../../connection/page.ts";
import { PagingArgs } from "../../connection/pagingArgs.ts";
import type { RequestContext } from "../../context.ts";
import type { CustomerNode } from "../../customer/customerNode.ts";
import { CustomerType } from "../../customer/customerType.ts";
import { badUserInput } from "../../errors.ts";
import { whenReady } from "../../maybePromise.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { type AskedMoment, askedMoment } from "../../tag/askedMoment.ts";
import { type SegmentNode, segmentNode } from "../segmentNode.ts";
import { noSuchSegment, segmentById, segmentKey } from "../segmentQueries.ts";
import { type CustomerSegmentNode, customerSegment } from "./customerSegmentNode.ts";
import { CustomerSegmentConnection, CustomerSegmentType } from "./customerSegmentType.ts";

const atOption = {
  nullable: true,
  description: "Of this instant. Default: that of the customer (now, or `asOf`).",
};

@Resolver(() => CustomerType)
export class CustomerSegmentsResolver {
  @FieldResolver(() => CustomerSegmentType, {
    description:
      "Whether the customer belongs to a segment, and why; of members and others alike. An id that no segment has is an error.",
  })
  segment(
    @Root() customer: CustomerNode,
    @Arg("id", () => ID, { description: "The segment's id, or its global id." }) id: string,
    @Arg("at", () => DateTime, atOption) at: Instant | null | undefined,
    @Arg("version", () => Int, {
      nullable: true,
      description: "By this version of the segment's definition, drafts included. Default: the one in force.",
    })
    version: number | null | undefined,
    @Ctx() context: RequestContext,
  ): MaybePromise<CustomerSegmentNode> {
    const key = segmentKey(id);
    return whenReady(askedMoment(context, customer, at), asked => {
      const segment = segmentById(context, key) ?? noSuchSegment("id", key);
      return customerSegment(context, customer, segment, asked, versionOf(segment, version));
    });
  }

  @FieldResolver(() => CustomerSegmentConnection, {
    description:
      "The segments that the customer belongs to, by id. Of another moment than now, those of which nobody can say are among them.",
  })
  segments(
    @Root() customer: CustomerNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("at", () => DateTime, atOption) at: Instant | null | undefined,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<CustomerSegmentNode>> {
    return whenReady(askedMoment(context, customer, at), asked =>
      whenReady(memberships(context, customer, asked), found =>
        embeddedPage(`customer-segments:${customer.customerId}`, found, ({ segmentId }) => segmentId, paging),
      ),
    );
  }
}

async function memberships(
  context: RequestContext,
  customer: CustomerNode,
  asked: AskedMoment,
): Promise<readonly CustomerSegmentNode[]> {
  const session = context.session();
  const candidates: readonly SegmentNode[] = asked.now
    ? session.segmentsOfCustomer(customer.row).map(id => segmentById(context, id)!)
    : session.segmentStates().map(segmentNode);
  const found: CustomerSegmentNode[] = [];
  for (const segment of candidates) {
    const membership = await customerSegment(context, customer, segment, asked, null);
    if (membership.state === "member" || membership.state === "failed") found.push(membership);
  }
  return found;
}

function versionOf({ segmentState, segmentId }: SegmentNode, version: number | null | undefined) {
  if (version == null) return null;
  const found = segmentState.versions.find(candidate => candidate.version === version);
  if (found === undefined) throw badUserInput("version", `The segment \`${segmentId}\` has no version ${version}.`);
  return found;
}
