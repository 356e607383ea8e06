import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { CustomerId } from "../../domain/ids.ts";
import type { RequestContext } from "../context.ts";
import type { CustomerRefInput } from "../customer/customerRefInput.ts";
import { badUserInput } from "../errors.ts";
import { keyOfId } from "../node/globalId.ts";
import { answerOf, decide } from "./identityDesk.ts";
import { MergeCustomersInput, SplitCustomersInput } from "./mergeInputs.ts";
import { MergeCustomersResult, SplitCustomersResult } from "./mergeResults.ts";

@Resolver()
export class MergeMutations {
  @Mutation(() => MergeCustomersResult, {
    description:
      "Records that two customers are one person. Everything told of either, before and after, counts for the survivor; of their consents the stricter stands.",
  })
  async mergeCustomers(
    @Arg("input", () => MergeCustomersInput, { description: "Which two, who decides it, and why." })
    input: MergeCustomersInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const survivor = await named("input.survivor", input.survivor, context);
    const absorbed = await named("input.absorbed", input.absorbed, context);
    return merge(context, survivor, absorbed, { ...input, proposalId: null });
  }

  @Mutation(() => SplitCustomersResult, {
    description:
      "Takes a merge back: both customers are again what was told of each, as if they had never been merged.",
  })
  async splitCustomers(
    @Arg("input", () => SplitCustomersInput, { description: "Which customer leaves, who decides it, and why." })
    { absorbed: id, actor, reason }: SplitCustomersInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const absorbed = keyOfId("Customer", id, CustomerId.parse, "input.absorbed");
    const session = context.session();
    const [view] = await session.customers([absorbed]);
    if (view == null) return { kind: "unknown", customerId: absorbed };
    const { merges } = await session.groupOf(absorbed, session.position);
    const merge = merges.find(merge => merge.absorbed === absorbed);
    if (merge === undefined) return { kind: "notMerged", customerId: absorbed };
    const { survivor, eventId } = merge;
    const decision = { type: "identity-split" as const, subject: survivor, other: absorbed, actor, data: { reason } };
    const outcome = await decide(context, { ...decision, correctsEvent: eventId });
    return answerOf(outcome, "split", { survivorId: survivor, absorbedId: absorbed });
  }
}

type Reviewed = {
  readonly actor: MergeCustomersInput["actor"];
  readonly reason: string;
  readonly proposalId: string | null;
};

export async function merge(
  context: RequestContext,
  survivor: CustomerId | null,
  absorbed: CustomerId | null,
  { actor, reason, proposalId }: Reviewed,
): Promise<object> {
  const session = context.session();
  for (const id of [survivor, absorbed]) {
    const [view] = id === null ? [null] : await session.customers([id]);
    if (id === null || view == null) return { kind: "unknown", customerId: id ?? "" };
    if (view.customer.mergedInto !== undefined) {
      const { survivor: standsFor } = await session.groupOf(id, session.position);
      return { kind: "alreadyMerged", customerId: id, survivorId: standsFor };
    }
  }
  const [subject, other] = [survivor, absorbed] as [CustomerId, CustomerId];
  if (subject === other) return { kind: "same", customerId: subject };
  const data = { reason, ...(proposalId === null ? {} : { proposalId }) };
  const outcome = await decide(context, { type: "identity-merged", subject, other, actor, data });
  return answerOf(outcome, "merged", { survivorId: subject, absorbedId: other });
}

async function named(argument: string, ref: CustomerRefInput, context: RequestContext): Promise<CustomerId | null> {
  if (ref.id != null) return keyOfId("Customer", ref.id, CustomerId.parse, `${argument}.id`);
  if (ref.identity == null) throw badUserInput(argument, "Name the customer by exactly one of `id` and `identity`.");
  return context.session().customerOfIdentity(ref.identity.system, ref.identity.id);
}
