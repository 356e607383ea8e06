import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import type { FactType } from "../../intake/catalogue.ts";
import type { FactSchema } from "../../intake/factSchema.ts";
import { embeddedPage } from "../connection/embeddedPage.ts";
import type { Page } from "../connection/page.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { FactTypeConnection, FactTypeType } from "./factTypeType.ts";

@Resolver(() => FactTypeType)
export class FactTypeResolver {
  @Query(() => FactTypeConnection, {
    description: "The data standard: every fact type the bank may send, by name.",
  })
  factTypes(@Args(() => PagingArgs) paging: PagingArgs, @Ctx() { backend }: RequestContext): Page<FactType> {
    return embeddedPage("factTypes", backend.catalogue.types, ({ type }) => type, paging);
  }

  @Query(() => FactTypeType, { nullable: true, description: "One fact type by name; null when there is none." })
  factType(
    @Arg("type", () => String, { description: "Its name, such as `transaction-posted`." }) name: string,
    @Ctx() { backend }: RequestContext,
  ): FactType | null {
    return backend.catalogue.types.find(({ type }) => type === name) ?? null;
  }

  @FieldResolver()
  newest(@Root() { versions }: FactType): FactSchema {
    return versions.at(-1)!;
  }
}
