import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RecordedEvent } from "../../domain/event.ts";
import type { Provenance } from "../../projections/customer/customer.ts";
import type { RequestContext } from "../context.ts";
import { eventAt } from "./eventAt.ts";
import { ProvenanceType } from "./provenanceType.ts";

@Resolver(() => ProvenanceType)
export class ProvenanceResolver {
  @FieldResolver()
  event(@Root() { position }: Provenance, @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }
}
