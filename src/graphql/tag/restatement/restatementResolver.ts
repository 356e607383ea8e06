import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RecordedEvent } from "../../../domain/event.ts";
import { type CustomerId, customerOfStream } from "../../../domain/ids.ts";
import { type Restated, restatedBy } from "../../../projections/asOf/restatement.ts";
import { versionsInForce } from "../../../projections/tags/versionsInUse.ts";
import type { RequestContext } from "../../context.ts";
import { type CustomerNode, customerById } from "../../customer/customerNode.ts";
import { EventType } from "../../event/eventType.ts";
import { type TagNode, tagNode, type VersionNode, versionNode } from "../tagNode.ts";
import { tagSession } from "../tagSession.ts";
import { tagSubjects } from "../tagSubjects.ts";
import { type TagValueNode, tagValueNode } from "../tagValueNode.ts";
import { RestatementType } from "./restatementType.ts";

type StretchNode = Omit<Restated, "before" | "after"> & {
  readonly tag: TagNode;
  readonly definition: VersionNode;
  readonly before: TagValueNode | null;
  readonly after: TagValueNode | null;
};
type RestatementNode = {
  readonly customerId: CustomerId;
  readonly stretches: readonly StretchNode[];
  readonly cut: readonly { readonly code: string; readonly at: number }[];
};

/** Instants of change followed for one tag; an answer may ask about several events. */
const mostSteps = 2_000;

@Resolver(() => EventType)
export class EventRestatementResolver {
  @FieldResolver(() => RestatementType, {
    nullable: true,
    description:
      "Which tag values of its customer the event changed after they had been told, and when they held: of a late fact, a reversal or a correction. Null for events that are no customer's, or not reflected yet.",
  })
  async restatement(@Root() event: RecordedEvent, @Ctx() context: RequestContext): Promise<RestatementNode | null> {
    const stream = customerOfStream(event.stream);
    const session = context.session();
    if (stream === null || event.position > session.position) return null;
    const { survivor: customerId } = await session.groupOf(stream, event.position);
    const original = event.corrects === null ? null : await context.loaders().eventById.load(event.corrects);
    const { catalogue } = await tagSession(context);
    const versions = versionsInForce(catalogue, event.position);
    const program = context.backend.tags.program(versions);
    const found = await tagSubjects(context, event.position).ask(customerId, subject =>
      restatedBy(program, subject, event, {
        from: Math.min(event.occurredAt, original?.occurredAt ?? event.occurredAt),
        to: event.recordedAt,
        inForceSince: code => versions.get(code)?.published?.at ?? null,
        maxSteps: mostSteps,
      }),
    );
    const shown = ({ before, after, ...stretch }: Restated): StretchNode => {
      const version = versions.get(stretch.code)!;
      const state = catalogue.tags.get(stretch.code)!;
      const { type } = version.definition;
      return {
        ...stretch,
        tag: tagNode(state),
        definition: versionNode(state, version),
        before: tagValueNode(before, type),
        after: tagValueNode(after, type),
      };
    };
    return { customerId, stretches: found?.stretches.map(shown) ?? [], cut: found?.cut ?? [] };
  }
}

@Resolver(() => RestatementType)
export class RestatementResolver {
  @FieldResolver()
  customer(@Root() { customerId }: RestatementNode, @Ctx() context: RequestContext): Promise<CustomerNode | null> {
    return customerById(context, customerId);
  }
}
