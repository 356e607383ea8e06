import type { GraphQLResolveInfo } from "graphql";
import { Arg, Ctx, FieldResolver, Info, Query, Resolver, Root } from "type-graphql";
import type { Position } from "../../domain/event.ts";
import type { FactCatalogue } from "../../intake/catalogue.ts";
import type { QualitySource } from "../../projections/quality/qualityCount.ts";
import { type KnownFields, type QualityView, qualityView } from "../../projections/quality/qualityView.ts";
import type { ReadSession } from "../../projections/readModels.ts";
import type { RequestContext } from "../context.ts";
import { badUserInput } from "../errors.ts";
import { minPositionOption, openSession } from "../minPosition.ts";
import { PositionText } from "../scalars/position.ts";
import { UtcDay } from "../scalars/utcDay.ts";
import { createKnownFields } from "./knownFields.ts";
import { DataQualityType, DataSourceType } from "./qualityTypes.ts";

type QualityNode = QualityView & { readonly source: string; readonly from: number; readonly to: number };

const mostDays = 400;

@Resolver(() => DataQualityType)
export class QualityResolver {
  @Query(() => [DataSourceType], { description: "Every upstream system that was heard of, by name." })
  async dataSources(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): Promise<readonly QualitySource[]> {
    const session = await openSession(context, info);
    return session.qualitySources();
  }

  @Query(() => DataQualityType, {
    nullable: true,
    description: "The quality of what a source told; null where it was never heard of.",
  })
  async dataQuality(
    @Arg("source", () => String, { description: "The source's name." }) source: string,
    @Arg("from", () => UtcDay, { nullable: true, description: "The first day. Default: that of its first sign." })
    from: number | null | undefined,
    @Arg("to", () => UtcDay, { nullable: true, description: "The last day. Default: that of its latest sign." })
    to: number | null | undefined,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): Promise<QualityNode | null> {
    const session = await openSession(context, info);
    const known = (await session.qualitySources()).find(one => one.source === source);
    if (known === undefined) return null;
    if (from != null && to != null && from > to) throw badUserInput("to", "`to` lies before `from`.");
    return qualityOf(session, context, source, from ?? known.firstDay, to ?? known.lastDay);
  }

  @FieldResolver()
  async days(
    @Root() { source, from, to }: QualityNode,
    @Ctx() context: RequestContext,
  ): Promise<readonly (QualityView & { readonly day: number })[]> {
    if (to - from >= mostDays) throw badUserInput("from", `Ask for at most ${mostDays} days, not ${to - from + 1}.`);
    const counts = await context.session().qualityCounts({ source, from, to, grain: "day" });
    const known = knownFields(context.backend.catalogue);
    return [...Map.groupBy(counts, ({ day }) => day)]
      .sort(([a], [b]) => a - b)
      .map(([day, own]) => ({ day, ...qualityView(own, known) }));
  }
}

@Resolver(() => DataSourceType)
export class DataSourceResolver {
  @FieldResolver()
  quality(@Root() { source, firstDay, lastDay }: QualitySource, @Ctx() context: RequestContext): Promise<QualityNode> {
    return qualityOf(context.session(), context, source, firstDay, lastDay);
  }
}

async function qualityOf(
  session: ReadSession,
  { backend }: RequestContext,
  source: string,
  from: number,
  to: number,
): Promise<QualityNode> {
  const counts = await session.qualityCounts({ source, from, to, grain: "whole" });
  return { source, from, to, ...qualityView(counts, knownFields(backend.catalogue)) };
}

const known = new WeakMap<FactCatalogue, KnownFields>();
function knownFields(catalogue: FactCatalogue): KnownFields {
  const fields = known.get(catalogue) ?? createKnownFields(catalogue);
  known.set(catalogue, fields);
  return fields;
}
