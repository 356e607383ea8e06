import { Arg, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import type { ReplayReport } from "../../../domain/decision/replay/replayReport.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { PolicyReplayStatus } from "../../../projections/operations.ts";
import type { MaybePromise } from "../../../projections/readModels.ts";
import { campaignKey } from "../../campaign/campaignNode.ts";
import type { RequestContext } from "../../context.ts";
import { whenReady } from "../../maybePromise.ts";
import { DateTime } from "../../scalars/dateTime.ts";
import { policyKey } from "../policyNode.ts";
import { PolicyReplayRunType, StartPolicyReplayResult } from "./policyReplayType.ts";

const mostKept = 1_000;

@Resolver(() => PolicyReplayRunType)
export class PolicyReplayResolver {
  @Query(() => PolicyReplayRunType, {
    nullable: true,
    description: "The latest replay of a policy since the process started, running or ended; null when there was none.",
  })
  policyReplay(@Ctx() { backend }: RequestContext): MaybePromise<object | null> {
    return whenReady(backend.operations.policyReplay(), status => (status === null ? null : runNode(status)));
  }

  @Mutation(() => StartPolicyReplayResult, {
    description:
      "Starts trying a version of a policy, draft or published, on the decisions that were made under it: caps and budgets count what would have been sent, everything else is as it was recorded, or as history tells. Follow it with `policyReplay`.",
  })
  async startPolicyReplay(
    @Ctx() { backend }: RequestContext,
    @Arg("policyId", () => ID, { description: "The policy, by its id or its global id." }) policyId: string,
    @Arg("version", () => Int, { description: "The version to be tried." }) version: number,
    @Arg("campaignId", () => ID, { nullable: true, description: "Only decisions of this campaign." })
    campaignId?: string | null,
    @Arg("from", () => DateTime, { nullable: true, description: "Only decisions made at this instant or later." })
    from?: Instant | null,
    @Arg("to", () => DateTime, { nullable: true, description: "Only decisions made before this instant." })
    to?: Instant | null,
    @Arg("first", () => Int, {
      defaultValue: 100,
      description: `How many of the decisions that differ are told one by one: 0 to ${mostKept}.`,
    })
    first = 100,
  ): Promise<object> {
    const policy = policyKey(policyId, "policyId");
    const campaign = campaignId == null ? null : campaignKey(campaignId, "campaignId");
    const catalogue = await backend.campaignDefinitions.catalogue();
    const state = catalogue.policies.get(policy);
    if (state === undefined) return { field: "policyId", message: `There is no policy ${policy}.` };
    if (state.versions[version - 1] === undefined)
      return {
        field: "version",
        message: `Policy ${policy} has versions 1 to ${state.versions.length}, no ${version}.`,
      };
    if (campaign !== null && !catalogue.campaigns.has(campaign))
      return { field: "campaignId", message: `There is no campaign ${campaign}.` };
    if (from != null && to != null && from >= to) return { field: "to", message: "`to` is not after `from`." };
    if (first < 0 || first > mostKept) return { field: "first", message: `\`first\` can be 0 to ${mostKept}.` };
    const trial = { policy, version, campaign, from: from ?? null, to: to ?? null, keep: first };
    const started = await backend.operations.startPolicyReplay(trial);
    return started.ok
      ? runNode(started.value)
      : { message: "Follow the one at work with the query `policyReplay`, or wait for its end." };
  }

  @FieldResolver(() => Float, { description: "The share that is done, from 0 to 1." })
  progress(@Root() { state, processed, target }: Pick<PolicyReplayStatus, "state" | "processed" | "target">): number {
    if (state === "done") return 1;
    return target === 0 ? 0 : Math.min(1, processed / target);
  }
}

const runNode = ({ trial, report, ...run }: PolicyReplayStatus) => ({
  ...run,
  policyId: trial.policy,
  version: trial.version,
  report: report === null ? null : reportNode(report),
});

const reportNode = ({ changes, contacts, costs, released, ...report }: ReplayReport) => ({
  ...report,
  changes: changes.map(({ was, wouldBe, count }) => ({
    ...{ was: was.outcome, wasReason: was.reason, wouldBe: wouldBe.outcome, wouldBeReason: wouldBe.reason, count },
  })),
  ...{ contactsMade: contacts.made, contactsWouldBe: contacts.wouldBe },
  ...{ contactsSaved: contacts.saved, contactsAdded: contacts.added },
  costs: costs.map(({ currency, made, wouldBe }) => ({
    made: { minorUnits: made, currency },
    wouldBe: { minorUnits: wouldBe, currency },
  })),
  ...{ releasedSent: released.sent, releasedSkipped: released.skipped, stillHeld: released.stillHeld },
});
