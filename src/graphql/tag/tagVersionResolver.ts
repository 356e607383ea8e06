import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RecordedEvent } from "../../domain/event.ts";
import { describeRule } from "../../domain/tag/describe/describeRule.ts";
import type { OutsideDefinition } from "../../domain/tag/outside.ts";
import { printDefinition } from "../../domain/tag/print/printDefinition.ts";
import type { VersionRecord } from "../../domain/tag/tagCatalogue.ts";
import { standards } from "../../intake/standards.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { TagFill } from "../../projections/tags/storedTags.ts";
import type { RequestContext } from "../context.ts";
import { eventAt } from "../event/eventAt.ts";
import { whenReady } from "../maybePromise.ts";
import type { VersionNode } from "./tagNode.ts";
import { fillOf, type TagSession, tagSession } from "./tagSession.ts";
import { TagStepType, TagVersionStatus, TagVersionType } from "./tagVersionType.ts";
import { type ValueTypeNode, valueTypeNode } from "./valueTypeNode.ts";

@Resolver(() => TagVersionType)
export class TagVersionResolver {
  @FieldResolver()
  status(@Root() version: VersionNode, @Ctx() context: RequestContext): MaybePromise<TagVersionStatus> {
    return whenReady(tagSession(context), session => statusOf(version, session));
  }

  @FieldResolver()
  definition(@Root() { definition }: VersionNode): OutsideDefinition {
    return printDefinition(definition, standards);
  }

  @FieldResolver()
  sentence(@Root() { definition }: VersionNode): string {
    return describeRule(definition, standards);
  }

  @FieldResolver()
  valueType(@Root() { definition }: VersionNode): ValueTypeNode {
    return valueTypeNode(definition.type);
  }

  @FieldResolver()
  fill(
    @Root() { tagState, version, published }: VersionNode,
    @Ctx() context: RequestContext,
  ): MaybePromise<TagFill | null> {
    if (published === null) return null;
    return whenReady(tagSession(context), ({ fills }) => fillOf(fills, tagState.code, version));
  }
}

function statusOf({ tagState, version, published, ended }: VersionNode, { inUse }: TagSession): TagVersionStatus {
  if (inUse.get(tagState.code)?.version === version) return TagVersionStatus.IN_FORCE;
  if (ended !== null) return TagVersionStatus.ENDED;
  if (published !== null) return TagVersionStatus.FILLING;
  return version === tagState.versions.at(-1)!.version ? TagVersionStatus.DRAFT : TagVersionStatus.SUPERSEDED;
}

@Resolver(() => TagStepType)
export class TagStepResolver {
  @FieldResolver()
  event(@Root() { position }: VersionRecord["drafted"], @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }
}
