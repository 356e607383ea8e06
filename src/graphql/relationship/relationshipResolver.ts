import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Account } from "../../projections/customer/customer.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { RequestContext } from "../context.ts";
import { type CustomerNode, customerById } from "../customer/customerNode.ts";
import { whenReady } from "../maybePromise.ts";
import type { RelationshipNode } from "./relationshipNode.ts";
import { RelationshipType } from "./relationshipType.ts";

@Resolver(() => RelationshipType)
export class RelationshipResolver {
  @FieldResolver()
  customer(
    @Root() { otherCustomerId }: RelationshipNode,
    @Ctx() context: RequestContext,
  ): Promise<CustomerNode | null> | null {
    return otherCustomerId === null ? null : customerById(context, otherCustomerId);
  }

  @FieldResolver()
  account(@Root() { accountRef }: RelationshipNode, @Ctx() context: RequestContext): MaybePromise<Account | null> {
    if (accountRef === null) return null;
    return whenReady(context.session().account(accountRef), found => found?.account ?? null);
  }
}
