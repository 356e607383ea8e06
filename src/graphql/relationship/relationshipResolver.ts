import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Account } from "../../projections/customer/customer.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { accountThen } from "../asOf/accountThen.ts";
import { customerThen } from "../asOf/customerThen.ts";
import type { RequestContext } from "../context.ts";
import type { CustomerNode } from "../customer/customerNode.ts";
import { survivorById } from "../identity/survivorById.ts";
import { whenReady } from "../maybePromise.ts";
import type { RelationshipNode } from "./relationshipNode.ts";
import { RelationshipType } from "./relationshipType.ts";

@Resolver(() => RelationshipType)
export class RelationshipResolver {
  @FieldResolver()
  customer(
    @Root() { otherCustomerId, moment }: RelationshipNode,
    @Ctx() context: RequestContext,
  ): Promise<CustomerNode | null> | null {
    if (otherCustomerId === null) return null;
    return moment === undefined
      ? survivorById(context, otherCustomerId)
      : customerThen(context, otherCustomerId, moment);
  }

  @FieldResolver()
  account(
    @Root() { accountRef, moment }: RelationshipNode,
    @Ctx() context: RequestContext,
  ): MaybePromise<Account | null> {
    if (accountRef === null) return null;
    if (moment !== undefined) return accountThen(context, accountRef, moment);
    return whenReady(context.session().account(accountRef), found => found?.account ?? null);
  }
}
