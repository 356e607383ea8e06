import { Arg, Args, Ctx, FieldResolver, ID, Resolver, Root } from "type-graphql";
import { SegmentId } from "../../../domain/segment/segment.ts";
import type { MaybePromise } from "../../../projections/readModels.ts";
import type { SegmentChange } from "../../../projections/segments/feed/segmentChange.ts";
import type { CustomerChangeKey } from "../../../projections/segments/feed/segmentTables.ts";
import { connectionOf } from "../../connection/connectionOf.ts";
import { ForwardArgs } from "../../connection/forwardArgs.ts";
import type { KeyFormat } from "../../connection/keyFormat.ts";
import type { KeysetList } from "../../connection/keysetList.ts";
import type { Page } from "../../connection/page.ts";
import { paginate } from "../../connection/paginate.ts";
import type { RequestContext } from "../../context.ts";
import type { CustomerNode } from "../../customer/customerNode.ts";
import { CustomerType } from "../../customer/customerType.ts";
import { badUserInput } from "../../errors.ts";
import { SegmentChangeType } from "../feed/segmentChangeType.ts";
import { noSuchSegment, segmentById, segmentKey } from "../segmentQueries.ts";

export const SegmentChangeConnection = connectionOf(() => SegmentChangeType, "SegmentChange");

/** Sequences and times are written as they are; the id, which has neither commas, stands last. */
const changeKey: KeyFormat<CustomerChangeKey> = {
  encode: ({ at, segment, sequence }) => [at, sequence, segment].join(","),
  decode: text => {
    const [at, sequence, id, ...rest] = text.split(",");
    const segment = SegmentId.parse(id ?? "");
    if (segment === null || rest.length > 0) return null;
    return Number.isSafeInteger(Number(at)) && Number.isSafeInteger(Number(sequence))
      ? { at: Number(at), sequence: Number(sequence), segment }
      : null;
  },
};

@Resolver(() => CustomerType)
export class CustomerChangesResolver {
  @FieldResolver(() => SegmentChangeConnection, {
    description:
      "The customer's entries into segments and exits from them, newest first, as they were told. Not for a profile of the past.",
  })
  segmentChanges(
    @Root() { row, customerId, moment }: CustomerNode,
    @Args(() => ForwardArgs) { first, after }: ForwardArgs,
    @Arg("segment", () => ID, { nullable: true, description: "Only of this segment." }) given:
      | string
      | null
      | undefined,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<SegmentChange>> {
    if (moment !== null)
      throw badUserInput("segmentChanges", "Changes are those that were told; ask the customer as of now for them.");
    const segment = given == null ? null : segmentKey(given, "segment");
    if (segment !== null && segmentById(context, segment) === null) noSuchSegment("segment", segment);
    const list: KeysetList<CustomerChangeKey, SegmentChange> = {
      name: `customer-segment-changes:${customerId}:${segment ?? ""}`,
      format: changeKey,
      keyOf: change => change,
      fetch: ({ after, limit }) => context.session().customerSegmentChanges(row, segment, after ?? null, limit),
    };
    return paginate(list, { ...(first != null && { first }), ...(after != null && { after }) });
  }
}
