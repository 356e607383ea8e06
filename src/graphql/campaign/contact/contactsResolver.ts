import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import { whyInWords } from "../../../domain/decision/whyInWords.ts";
import type { MaybePromise, TimelineKey } from "../../../projections/readModels.ts";
import { timelineThen } from "../../asOf/timelineThen.ts";
import { tupleKey } from "../../connection/keyFormat.ts";
import type { KeysetList } from "../../connection/keysetList.ts";
import { ListOrder, ordered } from "../../connection/order.ts";
import type { Page } from "../../connection/page.ts";
import { paginate } from "../../connection/paginate.ts";
import { PagingArgs } from "../../connection/pagingArgs.ts";
import type { RequestContext } from "../../context.ts";
import type { CustomerNode } from "../../customer/customerNode.ts";
import { CustomerType } from "../../customer/customerType.ts";
import { eventAt } from "../../event/eventAt.ts";
import { type CampaignNode, campaignNamed } from "../campaignNode.ts";
import { type ContactNode, contactNode, contactTypes } from "./contactNode.ts";
import { CustomerContactConnection, CustomerContactType } from "./contactType.ts";
import { type FollowUps, followUpsOf, withheldOf } from "./followUps.ts";

const contactKey = tupleKey("occurredAt", "position");

@Resolver(() => CustomerType)
export class ContactsResolver {
  @FieldResolver(() => CustomerContactConnection, {
    description:
      "The contact history: every decision about the customer, sends, skips and defers alike, and contacts that were reported from outside. Those of customers merged into this one are among them.",
  })
  contacts(
    @Root() { customerId, moment }: CustomerNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("order", () => ListOrder, { defaultValue: ListOrder.NEWEST_FIRST, description: "Which way the list runs." })
    order: ListOrder,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<ContactNode>> {
    const list: KeysetList<TimelineKey, ContactNode> = {
      name: `contacts:${customerId}`,
      format: contactKey,
      keyOf: ({ event: { occurredAt, position } }) => ({ occurredAt, position }),
      fetch: async range => {
        const rows =
          moment === null
            ? await context.session().timeline(customerId, range, contactTypes)
            : await timelineThen(context, customerId, moment, range, contactTypes);
        const events = await Promise.all(rows.map(({ position }) => eventAt(context, position)));
        return events.map(event => contactNode(event, moment));
      },
    };
    return paginate(ordered(list, order), paging);
  }
}

@Resolver(() => CustomerContactType)
export class ContactResolver {
  @FieldResolver()
  campaign(@Root() { campaignId }: ContactNode, @Ctx() context: RequestContext): Promise<CampaignNode | null> {
    return campaignNamed(context, campaignId);
  }

  @FieldResolver()
  async contacted(@Root() { decision }: ContactNode, @Ctx() context: RequestContext): Promise<boolean> {
    if (decision === null) return true;
    return decision.outcome === "send" && (await withheldOf(context, decision)) === null;
  }

  @FieldResolver()
  async why(
    @Root() { decision, channel, purpose, event }: ContactNode,
    @Ctx() context: RequestContext,
  ): Promise<string> {
    if (decision !== null) return whyInWords(decision, await withheldOf(context, decision));
    const wherefore = purpose === null ? "" : ` for ${purpose}`;
    return `Contacted by ${channel}${wherefore}, as ${event.source} reported: it was not decided here.`;
  }

  @FieldResolver()
  async receipts(
    @Root() { customerId, contactId, moment }: ContactNode,
    @Ctx() context: RequestContext,
  ): Promise<FollowUps["receipts"]> {
    return (await followUpsOf(context, customerId, contactId, moment)).receipts;
  }

  @FieldResolver()
  async responses(
    @Root() { customerId, contactId, moment }: ContactNode,
    @Ctx() context: RequestContext,
  ): Promise<FollowUps["responses"]> {
    return (await followUpsOf(context, customerId, contactId, moment)).responses;
  }
}
