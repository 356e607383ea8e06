import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from "type-graphql";
import type { Position } from "../../domain/event.ts";
import { accountRef } from "../../domain/ids.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Account, Provenance } from "../../projections/customer/customer.ts";
import type { Balance, IncomingRelationship, MaybePromise } from "../../projections/readModels.ts";
import { holderThen, partiesThen } from "../asOf/accountThen.ts";
import type { OfMoment } from "../asOf/customerThen.ts";
import { embeddedPage } from "../connection/embeddedPage.ts";
import type { Page } from "../connection/page.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { type CustomerNode, customerById } from "../customer/customerNode.ts";
import { whenReady } from "../maybePromise.ts";
import { minPositionOption, openSession } from "../minPosition.ts";
import { globalId } from "../node/globalId.ts";
import { nodeIdOption } from "../node/nodeType.ts";
import { AccountPartyConnection } from "../relationship/accountPartyType.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { PositionText } from "../scalars/position.ts";
import { AccountType } from "./accountType.ts";
import { BalanceType } from "./balanceType.ts";

/** In a profile of the past an account knows of when it is. */
type AccountNode = Account & OfMoment;

@Resolver(() => AccountType)
export class AccountResolver {
  @Query(() => AccountType, { nullable: true, description: "One account; null when nothing is known of it." })
  account(
    @Arg("system", () => String, { description: "The system of record." }) system: string,
    @Arg("id", () => String, { description: "The id that system gave it." }) id: string,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<Account | null> {
    return whenReady(openSession(context, info), session =>
      whenReady(session.account(accountRef(system, id)), found => found?.account ?? null),
    );
  }

  @FieldResolver(() => ID, nodeIdOption)
  id(@Root() { ref }: Account): string {
    return globalId("Account", ref);
  }

  @FieldResolver()
  accountId(@Root() { id }: Account): string {
    return id;
  }

  @FieldResolver()
  provenance(@Root() account: Account): Provenance {
    return account;
  }

  @FieldResolver()
  holder(@Root() { ref, moment }: AccountNode, @Ctx() context: RequestContext): MaybePromise<CustomerNode | null> {
    if (moment !== undefined) return holderThen(context, ref, moment);
    return whenReady(context.session().customerOfAccount(ref), holder =>
      holder === null ? null : customerById(context, holder),
    );
  }

  @FieldResolver()
  balance(@Root() { ref, moment }: AccountNode, @Ctx() context: RequestContext): MaybePromise<Balance | null> {
    const session = context.session();
    if (moment !== undefined) return session.balanceAt(ref, moment.at, moment.known);
    return session.balanceAt(
      ref,
      context.nowUntil(now => session.nextEntryAt(ref, now)),
    );
  }

  @FieldResolver(() => BalanceType, {
    nullable: true,
    description: "The balance as it was at the end of an instant; null before the first entry.",
  })
  balanceAt(
    @Root() { ref, moment }: AccountNode,
    @Arg("at", () => DateTime, { description: "The instant; every entry up to and at it counts." }) at: Instant,
    @Ctx() context: RequestContext,
  ): MaybePromise<Balance | null> {
    return context.session().balanceAt(ref, at, moment?.known);
  }

  @FieldResolver(() => AccountPartyConnection, {
    description: "Customers who have something to do with the account: owner, disponent …",
  })
  async parties(
    @Root() { ref, moment }: AccountNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("kinds", () => [String], { nullable: true, description: "Only these kinds of relationship." })
    kinds: string[] | null | undefined,
    @Ctx() context: RequestContext,
  ): Promise<Page<IncomingRelationship>> {
    const parties =
      moment === undefined ? await context.loaders().accountParties.load(ref) : await partiesThen(context, ref, moment);
    const wanted = kinds == null ? parties : parties.filter(({ relationship }) => kinds.includes(relationship.kind));
    return embeddedPage(
      `parties:${ref}`,
      wanted,
      ({ from, relationship }) => `${from}/${relationship.relationshipId}`,
      paging,
    );
  }
}
