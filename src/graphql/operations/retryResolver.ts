import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import { CustomerId } from "../../domain/ids.ts";
import type { RequestContext } from "../context.ts";
import { keyOfId } from "../node/globalId.ts";
import type { RetryOutcome } from "../operations.ts";
import { RetryResult } from "./retryType.ts";

@Resolver()
export class RetryResolver {
  @Mutation(() => RetryResult, {
    description: "Tries again to work in the event at which a customer stands still, and what came after it.",
  })
  async retryDegradedCustomer(
    @Arg("id", () => ID, { description: "The global id, or the bare `customerId`." }) id: string,
    @Ctx() { backend }: RequestContext,
  ): Promise<RetryOutcome & { readonly customerId: CustomerId }> {
    const customerId = keyOfId("Customer", id, CustomerId.parse);
    return { ...(await backend.operations.retryCustomer(customerId)), customerId };
  }
}
