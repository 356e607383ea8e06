import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import type { JsonValue } from "../../domain/json.ts";
import type { QuarantineEvent } from "../../domain/quarantine.ts";
import type { MaybePromise, QuarantineRow } from "../../projections/readModels.ts";
import { numberKey } from "../connection/keyFormat.ts";
import type { KeysetList } from "../connection/keysetList.ts";
import { ListOrder, ordered, orderOption } from "../connection/order.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { eventAt } from "../event/eventAt.ts";
import { whenReady } from "../maybePromise.ts";
import { minPositionOption, openSession } from "../minPosition.ts";
import { globalId } from "../node/globalId.ts";
import { nodeIdOption } from "../node/nodeType.ts";
import { PositionText } from "../scalars/position.ts";
import {
  QuarantinedFactConnection,
  QuarantinedFactType,
  QuarantineStatus,
  type RawFactForm,
} from "./quarantinedFactType.ts";
import { quarantineIdOf } from "./quarantineIdOf.ts";

type Quarantined = Extract<QuarantineEvent, { type: "fact-quarantined" }>["data"];

@Resolver(() => QuarantinedFactType)
export class QuarantineResolver {
  @Query(() => QuarantinedFactConnection, {
    description: "The facts that the door refused, in the order in which they came.",
  })
  quarantine(
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("status", () => QuarantineStatus, { nullable: true, description: "Only those of this status." })
    status: QuarantineStatus | null | undefined,
    @Arg("source", () => String, { nullable: true, description: "Only those from this upstream system." })
    source: string | null | undefined,
    @Arg("order", () => ListOrder, orderOption) order: ListOrder,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<Page<QuarantineRow>> {
    const filter = { ...(status != null && { status }), ...(source != null && { source }) };
    return whenReady(openSession(context, info), session => {
      const list: KeysetList<Position, QuarantineRow> = {
        name: "quarantine",
        format: numberKey,
        keyOf: ({ position }) => position,
        fetch: range => session.quarantine(range, filter),
      };
      return paginate(ordered(list, order), paging);
    });
  }

  @Query(() => QuarantinedFactType, { nullable: true, description: "One refused fact; null when there is none." })
  quarantinedFact(
    @Arg("id", () => ID, { description: "The global id, or the bare `quarantineId`." }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<QuarantineRow | null> {
    return whenReady(openSession(context, info), session => session.quarantined(quarantineIdOf(id)));
  }

  @FieldResolver(() => ID, nodeIdOption)
  id(@Root() { quarantineId }: QuarantineRow): string {
    return globalId("QuarantinedFact", quarantineId);
  }

  @FieldResolver()
  async form(@Root() { position }: QuarantineRow, @Ctx() context: RequestContext): Promise<RawFactForm> {
    return (await refusal(context, position)).form;
  }

  @FieldResolver()
  async raw(@Root() { position }: QuarantineRow, @Ctx() context: RequestContext): Promise<JsonValue> {
    return ((await refusal(context, position)).raw ?? null) as JsonValue;
  }

  @FieldResolver()
  event(@Root() { position }: QuarantineRow, @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }

  @FieldResolver()
  settledBy(@Root() { settledBy }: QuarantineRow, @Ctx() context: RequestContext): Promise<RecordedEvent> | null {
    return settledBy === null ? null : eventAt(context, settledBy);
  }
}

const refusal = async (context: RequestContext, position: Position): Promise<Quarantined> => {
  const { data } = await eventAt(context, position);
  return data as unknown as Quarantined; // the row was made from an event of this type, which only the door writes
};
