import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from "type-graphql";
import type { Position, RecordedEvent } from "../../domain/event.ts";
import { EventId } from "../../domain/ids.ts";
import { numberKey } from "../connection/keyFormat.ts";
import { ListOrder, ordered, orderOption } from "../connection/order.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { badUserInput } from "../errors.ts";
import { globalId, keyOfId } from "../node/globalId.ts";
import { nodeIdOption } from "../node/nodeType.ts";
import { PositionText } from "../scalars/position.ts";
import { EventFilter, logFilter } from "./eventFilter.ts";
import { EventConnection, EventType } from "./eventType.ts";

@Resolver(() => EventType)
export class EventResolver {
  @Query(() => EventConnection, {
    description: "The log itself, for auditors: every event, in the order it was recorded, up to the head of the log.",
  })
  async events(
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("filter", () => EventFilter, { nullable: true, description: "Which events." })
    filter: EventFilter | null | undefined,
    @Arg("order", () => ListOrder, orderOption) order: ListOrder,
    @Ctx() context: RequestContext,
  ): Promise<Page<RecordedEvent>> {
    const head = await context.logHead();
    const wanted = logFilter(filter);
    const list = {
      name: "events",
      format: numberKey,
      keyOf: (event: RecordedEvent) => event.position,
      fetch: ({ before = head + 1, ...range }) =>
        wanted.types?.length === 0
          ? []
          : context.backend.log.read({ ...wanted, ...range, before: Math.min(before, head + 1) }),
    } satisfies Parameters<typeof paginate<Position, RecordedEvent>>[0];
    return paginate(ordered(list, order), paging);
  }

  @Query(() => EventType, {
    nullable: true,
    description: "One event, by its id or its position (give one of them); null when there is none.",
  })
  async event(
    @Arg("id", () => ID, { nullable: true, description: "The event's UUID or its global id." })
    id: string | null | undefined,
    @Arg("position", () => PositionText, { nullable: true, description: "Its place in the log." })
    position: Position | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<RecordedEvent | null> {
    if ((id == null) === (position == null)) throw badUserInput("id", "Give either `id` or `position`.");
    await context.logHead();
    return id == null
      ? context.loaders().eventAt.load(position!)
      : context.loaders().eventById.load(keyOfId("Event", id, EventId.parse));
  }

  @FieldResolver(() => ID, nodeIdOption)
  id(@Root() { eventId }: RecordedEvent): string {
    return globalId("Event", eventId);
  }

  @FieldResolver()
  corrects(@Root() { corrects }: RecordedEvent, @Ctx() context: RequestContext): Promise<RecordedEvent | null> | null {
    return corrects === null ? null : context.loaders().eventById.load(corrects);
  }
}
