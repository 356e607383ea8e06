import { Arg, Ctx, ID, Mutation, Resolver } from "type-graphql";
import type { ManualTagCommand, ManualTagOutcome } from "../../../definitions/manualTags.ts";
import { CustomerId } from "../../../domain/ids.ts";
import { formatInstant, type Instant } from "../../../domain/instant.ts";
import type { RequestContext } from "../../context.ts";
import type { CustomerRefInput } from "../../customer/customerRefInput.ts";
import { ActorInput } from "../../event/actorType.ts";
import { keyOfId } from "../../node/globalId.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { bareCode } from "../bareCode.ts";
import { tagRefused } from "../refusalType.ts";
import { AssignTagInput, ProposeTagListInput, SettleTagListInput } from "./manualInput.ts";
import {
  ApproveTagListResult,
  AssignTagResult,
  ProposeTagListResult,
  RefreshTagResult,
  RejectTagListResult,
} from "./manualResultType.ts";

@Resolver()
export class ManualMutations {
  @Mutation(() => RefreshTagResult, {
    description:
      "Has a tag that is relative to the population (RFM, look-alike) computed anew. Between refreshes its values stand still.",
  })
  refreshTag(
    @Arg("code", () => ID, { description: "The tag's code, or its global id." }) code: string,
    @Arg("asOf", () => DateTime, { nullable: true, description: "The instant whose state is looked at. Default: now." })
    asOf: Instant | null | undefined,
    @Arg("actor", () => ActorInput, { description: "Who asks for it. Stays on record." }) actor: ActorInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return run(context, { kind: "refresh", code: bareCode(code), asOf: text(asOf), actor: { ...actor } });
  }

  @Mutation(() => AssignTagResult, { description: "Sets, or takes away, one customer's value of a manual tag." })
  assignTag(
    @Arg("input", () => AssignTagInput, { description: "Whose value, which, and who does it." })
    { code, customer, value, expiresAt, requestId, actor }: AssignTagInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return run(context, {
      kind: "assign",
      code,
      customer: refOf(customer),
      value: value ?? null,
      expiresAt: text(expiresAt),
      requestId: requestId ?? null,
      actor: { ...actor },
    });
  }

  @Mutation(() => ProposeTagListResult, {
    description:
      "Reads a list of values for a manual tag and proposes those that can be used, for a second person to approve.",
  })
  proposeTagList(
    @Arg("input", () => ProposeTagListInput, { description: "The list, and who proposes it." })
    { code, proposalId, format, content, note, check, actor }: ProposeTagListInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const command = { code, proposalId: proposalId ?? null, format, content, note, check, actor: { ...actor } };
    return run(context, { kind: "propose", ...command });
  }

  @Mutation(() => ApproveTagListResult, {
    description: "Puts a proposal in force; not by its own proposer. Asking again finishes what was interrupted.",
  })
  approveTagList(
    @Arg("input", () => SettleTagListInput, { description: "Which proposal, and who approves." })
    { code, proposalId, assignments, note, actor }: SettleTagListInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    const command = { code, proposalId, assignments: assignments ?? null, note, actor: { ...actor } };
    return run(context, { kind: "approve", ...command });
  }

  @Mutation(() => RejectTagListResult, { description: "Gives a proposal up; nothing of it is set." })
  rejectTagList(
    @Arg("input", () => SettleTagListInput, { description: "Which proposal, and who rejects." })
    { code, proposalId, note, actor }: SettleTagListInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return run(context, { kind: "reject", code, proposalId, note, actor: { ...actor } });
  }
}

async function run({ backend }: RequestContext, command: ManualTagCommand): Promise<object> {
  const outcome = await backend.manualTags.run(command);
  if (isRefusal(outcome)) return tagRefused(outcome);
  if (outcome.kind !== "proposed") return outcome;
  const { report, ...proposed } = outcome;
  return { ...proposed, report: { ...report, assigned: report.assignments.length } };
}

const isRefusal = (outcome: ManualTagOutcome): outcome is Extract<ManualTagOutcome, { message: string }> =>
  "message" in outcome;

const text = (instant: Instant | null | undefined): string | null => (instant == null ? null : formatInstant(instant));

const refOf = ({ id, identity }: CustomerRefInput) =>
  identity == null
    ? { customerId: keyOfId("Customer", id!, CustomerId.parse, "input.customer.id") }
    : { system: identity.system, id: identity.id };
