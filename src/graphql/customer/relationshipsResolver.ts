import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { MaybePromise } from "../../projections/readModels.ts";
import { incomingThen } from "../asOf/accountThen.ts";
import { embeddedPage } from "../connection/embeddedPage.ts";
import type { Page } from "../connection/page.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { incoming, outgoing, type RelationshipNode, relationshipKey } from "../relationship/relationshipNode.ts";
import { RelationshipConnection, RelationshipSelection } from "../relationship/relationshipType.ts";
import type { CustomerNode } from "./customerNode.ts";
import { CustomerType } from "./customerType.ts";

@Resolver(() => CustomerType)
export class RelationshipsResolver {
  @FieldResolver(() => RelationshipConnection, {
    description: "Ties to other customers and to accounts, whichever side they were told from.",
  })
  relationships(
    @Root() { customer, moment }: CustomerNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("direction", () => RelationshipSelection, {
      defaultValue: RelationshipSelection.BOTH,
      description: "Which side they were told from.",
    })
    direction: RelationshipSelection,
    @Arg("kinds", () => [String], { nullable: true, description: "Only these kinds: `spouse`, `owner` …" })
    kinds: string[] | null | undefined,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<RelationshipNode>> {
    const own = direction === "incoming" ? [] : Object.values(customer.relationships).map(outgoing);
    const answer = (nodes: readonly RelationshipNode[]) =>
      embeddedPage(
        `relationships:${customer.id}`,
        kinds == null ? nodes : nodes.filter(({ kind }) => kinds.includes(kind)),
        relationshipKey,
        paging,
      );
    if (direction === "outgoing") return answer(own);
    if (moment !== null)
      return incomingThen(context, customer.id, moment).then(others => answer([...own, ...others.map(incoming)]));
    return context
      .loaders()
      .incomingRelationships.load(customer.id)
      .then(others => answer([...own, ...others.map(incoming)]));
  }
}
