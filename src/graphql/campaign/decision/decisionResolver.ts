import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Decision, DecisionCause } from "../../../domain/decision/decision.ts";
import { whyInWords } from "../../../domain/decision/whyInWords.ts";
import type { RecordedEvent } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { RequestContext } from "../../context.ts";
import type { CustomerNode } from "../../customer/customerNode.ts";
import { eventAt } from "../../event/eventAt.ts";
import { survivorById } from "../../identity/survivorById.ts";
import { type OfferNode, offerNamed } from "../../offer/offerNode.ts";
import { type PolicyNode, policyNamed } from "../../policy/policyNode.ts";
import { type CampaignNode, campaignNamed } from "../campaignNode.ts";
import { type FollowUps, followUpsOf, withheldOf } from "../contact/followUps.ts";
import { type DecisionNode, decisionNode } from "./decisionNode.ts";
import { CampaignDecisionType, ConsentEvidenceType, DecisionCauseType } from "./decisionType.ts";

@Resolver(() => CampaignDecisionType)
export class DecisionResolver {
  @FieldResolver()
  campaign(@Root() { campaignId }: DecisionNode, @Ctx() context: RequestContext): Promise<CampaignNode | null> {
    return campaignNamed(context, campaignId);
  }

  @FieldResolver()
  customer(@Root() { customerId }: DecisionNode, @Ctx() context: RequestContext): Promise<CustomerNode | null> {
    return survivorById(context, customerId);
  }

  @FieldResolver()
  async why(@Root() decision: DecisionNode, @Ctx() context: RequestContext): Promise<string> {
    return whyInWords(decision, await withheldOf(context, decision));
  }

  @FieldResolver()
  async offer(@Root() { offerId }: DecisionNode, @Ctx() context: RequestContext): Promise<OfferNode | null> {
    return offerId === null ? null : offerNamed(context, offerId);
  }

  @FieldResolver()
  async policy(@Root() { policyId }: DecisionNode, @Ctx() context: RequestContext): Promise<PolicyNode | null> {
    return policyId === null ? null : policyNamed(context, policyId);
  }

  @FieldResolver()
  async receipts(
    @Root() { customerId, decisionId, moment }: DecisionNode,
    @Ctx() context: RequestContext,
  ): Promise<FollowUps["receipts"]> {
    return (await followUpsOf(context, customerId, decisionId, moment)).receipts;
  }

  @FieldResolver()
  async responses(
    @Root() { customerId, decisionId, moment }: DecisionNode,
    @Ctx() context: RequestContext,
  ): Promise<FollowUps["responses"]> {
    return (await followUpsOf(context, customerId, decisionId, moment)).responses;
  }
}

@Resolver(() => DecisionCauseType)
export class DecisionCauseResolver {
  @FieldResolver()
  async fact(@Root() cause: DecisionCause, @Ctx() context: RequestContext): Promise<RecordedEvent | null> {
    return cause.kind === "trigger" ? eventAt(context, cause.position) : null;
  }

  @FieldResolver()
  wave(@Root() cause: DecisionCause): Instant | null {
    return cause.kind === "wave" ? cause.at : null;
  }

  @FieldResolver()
  async held(@Root() cause: DecisionCause, @Ctx() context: RequestContext): Promise<DecisionNode | null> {
    if (cause.kind !== "release") return null;
    const event = await context.loaders().eventById.load(cause.of);
    return event === null ? null : decisionNode(event);
  }
}

@Resolver(() => ConsentEvidenceType)
export class ConsentEvidenceResolver {
  @FieldResolver()
  event(
    @Root() { position }: NonNullable<Decision["consent"]>,
    @Ctx() context: RequestContext,
  ): Promise<RecordedEvent> {
    return eventAt(context, position);
  }
}
