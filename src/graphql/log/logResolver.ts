import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, Info, Query, Resolver } from "type-graphql";
import type { Position } from "../../domain/event.ts";
import type { RequestContext } from "../context.ts";
import { minPositionOption, openSession } from "../minPosition.ts";
import { PositionText } from "../scalars/position.ts";
import { LogType } from "./logType.ts";

@Resolver(() => LogType)
export class LogResolver {
  @Query(() => LogType, { description: "The event log, and how far the read models have followed it." })
  async log(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): Promise<LogType> {
    const { position } = await openSession(context, info);
    return { logId: context.backend.logId, head: await context.logHead(), position };
  }
}
