import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import { CustomerId } from "../../domain/ids.ts";
import type { RequestContext } from "../context.ts";
import { keyOfId } from "../node/globalId.ts";
import { RetryResult } from "./retryType.ts";

@Resolver()
export class RetryResolver {
  @Mutation(() => RetryResult, {
    description: "Tries again to work in the event at which a customer stands still, and what came after it.",
  })
  async retryDegradedCustomer(
    @Arg("id", () => ID, { description: "The global id, or the bare `customerId`." }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const customerId = keyOfId("Customer", id, CustomerId.parse);
    const outcome = await context.backend.operations.retryCustomer(customerId);
    switch (outcome.kind) {
      case "recovered":
        return outcome;
      case "stillDegraded":
        return { kind: outcome.kind, ...outcome.degraded };
      case "notDegraded": {
        const [view] = await context.session().customers([customerId]);
        return { kind: view == null ? "unknown" : outcome.kind, customerId };
      }
    }
  }
}
