import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RecordedEvent } from "../../domain/event.ts";
import type { MaybePromise, TimelineKey, TimelineRow } from "../../projections/readModels.ts";
import { timelineThen } from "../asOf/timelineThen.ts";
import { tupleKey } from "../connection/keyFormat.ts";
import type { KeysetList } from "../connection/keysetList.ts";
import { ListOrder, ordered, orderOption } from "../connection/order.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { eventAt } from "../event/eventAt.ts";
import type { CustomerNode } from "./customerNode.ts";
import { CustomerType } from "./customerType.ts";
import { TimelineConnection, TimelineEntryType } from "./timelineType.ts";

const timelineKey = tupleKey("occurredAt", "position");

@Resolver(() => CustomerType)
export class TimelineResolver {
  @FieldResolver(() => TimelineConnection, {
    description: "Everything that happened to the customer, in the order in which it happened.",
  })
  timeline(
    @Root() { customerId, moment }: CustomerNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("types", () => [String], {
      nullable: true,
      description: "Only these fact types. An empty list lets nothing through.",
    })
    types: string[] | null | undefined,
    @Arg("order", () => ListOrder, orderOption) order: ListOrder,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<TimelineRow>> {
    const list: KeysetList<TimelineKey, TimelineRow> = {
      name: `timeline:${customerId}`,
      format: timelineKey,
      keyOf: row => row,
      fetch: range => {
        if (types?.length === 0) return [];
        if (moment !== null) return timelineThen(context, customerId, moment, range, types ?? undefined);
        return context.session().timeline(customerId, range, types ?? undefined);
      },
    };
    return paginate(ordered(list, order), paging);
  }
}

@Resolver(() => TimelineEntryType)
export class TimelineEntryResolver {
  @FieldResolver()
  event(@Root() { position }: TimelineRow, @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }
}
