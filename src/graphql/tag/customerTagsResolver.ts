import { Arg, Args, Ctx, Field, FieldResolver, ID, InputType, Int, Resolver, Root } from "type-graphql";
import type { Instant } from "../../domain/instant.ts";
import { TagCode } from "../../domain/tag/definition.ts";
import type { TagState } from "../../domain/tag/tagCatalogue.ts";
import type { MaybePromise, Range } from "../../projections/readModels.ts";
import { textKey } from "../connection/keyFormat.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import type { CustomerNode } from "../customer/customerNode.ts";
import { CustomerType } from "../customer/customerType.ts";
import { badUserInput } from "../errors.ts";
import { whenReady } from "../maybePromise.ts";
import { keyOfId } from "../node/globalId.ts";
import { DateTime } from "../scalars/dateTime.ts";
import { type AskedMoment, askedMoment, inVersion } from "./askedMoment.ts";
import { type CustomerTagNode, customerTag, storedTags } from "./customerTagNode.ts";
import { CustomerTagConnection, CustomerTagType } from "./customerTagType.ts";
import { TagKind } from "./tagEnums.ts";
import { tagNode } from "./tagNode.ts";
import { matching } from "./tagQueries.ts";

@InputType({ description: "Which of a customer's tags; all that is given must hold." })
export class CustomerTagFilter {
  @Field(() => [String], { nullable: true, description: "Only the tags of these codes." })
  codes?: string[] | null;

  @Field(() => String, { nullable: true, description: "Only this category and those below it." })
  category?: string | null;

  @Field(() => [TagKind], { nullable: true, description: "Only these kinds." })
  kinds?: TagKind[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Words that stand in code, name, description, category or owner.",
  })
  search?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True: only tags of which the customer has a value. Default: false.",
  })
  present?: boolean | null;
}

const atOption = {
  nullable: true,
  description: "Of this instant. Default: that of the customer (now, or `asOf`).",
};

@Resolver(() => CustomerType)
export class CustomerTagsResolver {
  @FieldResolver(() => CustomerTagType, {
    nullable: true,
    description: "What one tag says of the customer. A code that no tag has is an error, not null.",
  })
  tag(
    @Root() customer: CustomerNode,
    @Arg("code", () => ID, { description: "The tag's code, or its global id." }) given: string,
    @Arg("at", () => DateTime, atOption) at: Instant | null | undefined,
    @Arg("version", () => Int, {
      nullable: true,
      description: "By this version of the tag's definition, drafts included. Default: the one in force.",
    })
    version: number | null | undefined,
    @Ctx() context: RequestContext,
  ): MaybePromise<CustomerTagNode> {
    const code = keyOfId("Tag", given, TagCode.parse, "code");
    return whenReady(askedMoment(context, customer, at), current => {
      const state = current.tags.get(code);
      if (state === undefined) throw noSuchTag("code", code);
      const asked = version == null ? current : inVersion(current, code, version);
      return whenReady(storedTags(context, customer.customerId, asked), stored =>
        customerTag(context, customer.customerId, state, asked, stored),
      );
    });
  }

  @FieldResolver(() => CustomerTagConnection, {
    description: "What all tags in force say of the customer, by code; also those without a value, unless filtered.",
  })
  tags(
    @Root() customer: CustomerNode,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("filter", () => CustomerTagFilter, { nullable: true, description: "Which tags." })
    filter: CustomerTagFilter | null | undefined,
    @Arg("at", () => DateTime, atOption) at: Instant | null | undefined,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<CustomerTagNode>> {
    const { customerId } = customer;
    return whenReady(askedMoment(context, customer, at), asked =>
      whenReady(storedTags(context, customerId, asked), stored => {
        const evaluate = (states: readonly TagState[]) =>
          inOrder(states.map(state => customerTag(context, customerId, state, asked, stored)));
        const states = statesFor(asked, filter);
        const name = `customer-tags:${customerId}`;
        if (filter?.present !== true) return page(name, states, ({ code }) => code, evaluate, paging);
        return whenReady(evaluate(states), tags =>
          page(
            name,
            tags.filter(({ state }) => state === "present"),
            ({ code }) => code,
            tags => tags,
            paging,
          ),
        );
      }),
    );
  }
}

const noSuchTag = (argument: string, code: string) =>
  badUserInput(argument, `There is no tag \`${code}\`; \`tags\` lists those there are.`);

/** Tags in force, and those that will be once they are filled, by code. */
function statesFor({ tags, versions }: AskedMoment, filter: CustomerTagFilter | null | undefined): readonly TagState[] {
  const { codes, category, kinds, search } = filter ?? {};
  for (const code of codes ?? []) if (!tags.has(code as TagCode)) throw noSuchTag("filter.codes", code);
  const matches = matching({ category, kinds, search });
  return [...tags.values()]
    .filter(
      state =>
        (versions.has(state.code) || state.status === "published") &&
        (codes == null || codes.includes(state.code)) &&
        matches(tagNode(state)),
    )
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Only what stands on the page is evaluated. */
function page<Item extends { readonly code: TagCode }>(
  name: string,
  items: readonly Item[],
  keyOf: (item: { readonly code: TagCode }) => string,
  evaluate: (items: readonly Item[]) => MaybePromise<readonly CustomerTagNode[]>,
  paging: PagingArgs,
): MaybePromise<Page<CustomerTagNode>> {
  const fetch = ({ after, before, direction, limit }: Range<string>) => {
    const between = items.filter(
      ({ code }) => (after === undefined || code > after) && (before === undefined || code < before),
    );
    return evaluate((direction === "forward" ? between : between.toReversed()).slice(0, limit));
  };
  return paginate({ name, format: textKey, keyOf, fetch }, paging, items.length);
}

const inOrder = <Value>(values: readonly MaybePromise<Value>[]): MaybePromise<readonly Value[]> =>
  values.some(value => value instanceof Promise) ? Promise.all(values) : (values as readonly Value[]);
