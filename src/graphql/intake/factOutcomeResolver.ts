import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RecordedEvent } from "../../domain/event.ts";
import type { FactOutcome } from "../../intake/fact.ts";
import type { RequestContext } from "../context.ts";
import { eventAt } from "../event/eventAt.ts";
import { FactAccepted, FactDuplicate } from "./factOutcomeType.ts";

type Stored = Extract<FactOutcome, { position: number }>;

@Resolver(() => FactAccepted)
export class FactAcceptedResolver {
  @FieldResolver()
  event(@Root() { position }: Stored, @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }
}

@Resolver(() => FactDuplicate)
export class FactDuplicateResolver {
  @FieldResolver()
  event(@Root() { position }: Stored, @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }
}
