import type { GraphQLResolveInfo } from "graphql";
import { Arg, Args, Ctx, FieldResolver, ID, Info, Int, Query, Resolver } from "type-graphql";
import type { Position } from "../../domain/event.ts";
import { accountRef, CustomerId } from "../../domain/ids.ts";
import type { MaybePromise, ReadSession } from "../../projections/readModels.ts";
import { isPresent, MomentArgs } from "../asOf/momentArgs.ts";
import { personThen } from "../asOf/personThen.ts";
import { numberKey } from "../connection/keyFormat.ts";
import type { KeysetList } from "../connection/keysetList.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { badUserInput } from "../errors.ts";
import { whenReady } from "../maybePromise.ts";
import { minPositionOption, openSession } from "../minPosition.ts";
import { keyOfId } from "../node/globalId.ts";
import { PositionText } from "../scalars/position.ts";
import { type CustomerNode, customerNode } from "./customerNode.ts";
import { CustomerConnection, CustomerType } from "./customerType.ts";
import { ExternalRefInput } from "./identityType.ts";

@Resolver()
export class CustomerQueries {
  @Query(() => CustomerType, {
    nullable: true,
    description: "One customer, by exactly one of `id`, `identity` and `account`; null when nobody is known by it.",
  })
  customer(
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("id", () => ID, { nullable: true, description: "The global id, or the bare `customerId`." })
    id?: string | null,
    @Arg("identity", () => ExternalRefInput, {
      nullable: true,
      description: "An id that an upstream system gave the customer.",
    })
    identity?: ExternalRefInput | null,
    @Arg("account", () => ExternalRefInput, { nullable: true, description: "An account that the customer holds." })
    account?: ExternalRefInput | null,
    @Args(() => MomentArgs) moment?: MomentArgs,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<CustomerNode | null> {
    const known = customerFinder({ id, identity, account });
    if (moment !== undefined && !isPresent(moment)) {
      return whenReady(openSession(context, info), session =>
        whenReady(known(session), found =>
          found === null ? null : personThen(context, found, { identity, account }, moment),
        ),
      );
    }
    return whenReady(openSession(context, info), session =>
      whenReady(known(session), found =>
        found === null
          ? null
          : whenReady(session.customers([found]), ([view]) => (view == null ? null : customerNode(view))),
      ),
    );
  }

  @Query(() => CustomerConnection, {
    description: "All customers, in the order in which they first appeared.",
  })
  customers(
    @Args(() => PagingArgs) paging: PagingArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
    @Arg("minPosition", () => PositionText, minPositionOption) _minPosition?: Position | null,
  ): MaybePromise<Page<CustomerNode>> {
    return whenReady(openSession(context, info), session => {
      const list: KeysetList<number, CustomerNode> = {
        name: "customers",
        format: numberKey,
        keyOf: ({ row }) => row,
        fetch: range => whenReady(session.customerList(range), views => views.map(customerNode)),
      };
      return paginate(list, paging);
    });
  }
}

/** Embedded lists know their length; that of all customers is counted only when asked for. */
@Resolver(() => CustomerConnection)
export class CustomerCount {
  @FieldResolver(() => Int)
  totalCount(@Ctx() context: RequestContext): MaybePromise<number> {
    return context.session().customerCount();
  }
}

type Named = {
  readonly id: string | null | undefined;
  readonly identity: ExternalRefInput | null | undefined;
  readonly account: ExternalRefInput | null | undefined;
};

function customerFinder({ id, identity, account }: Named): (session: ReadSession) => MaybePromise<CustomerId | null> {
  if ([id, identity, account].filter(given => given != null).length !== 1)
    throw badUserInput("id", "Name the customer by exactly one of `id`, `identity` and `account`.");
  if (identity != null) return session => session.customerOfIdentity(identity.system, identity.id);
  if (account != null) return session => session.customerOfAccount(accountRef(account.system, account.id));
  const parsed = keyOfId("Customer", id!, CustomerId.parse);
  return () => parsed;
}
