import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Account } from "../../projections/customer/customer.ts";
import type { EntryKey, EntryRow, MaybePromise, Range } from "../../projections/readModels.ts";
import type { Moment } from "../../projections/tags/evaluation/evaluateTag.ts";
import type { OfMoment } from "../asOf/customerThen.ts";
import { tupleKey } from "../connection/keyFormat.ts";
import type { KeysetList } from "../connection/keysetList.ts";
import { ListOrder, ordered, orderOption } from "../connection/order.ts";
import type { Page } from "../connection/page.ts";
import { paginate } from "../connection/paginate.ts";
import { PagingArgs } from "../connection/pagingArgs.ts";
import type { RequestContext } from "../context.ts";
import { whenReady } from "../maybePromise.ts";
import { AccountType } from "./accountType.ts";
import { type AccountEntry } from "./balancePointResolver.ts";
import { BalancePointConnection, EntryKind } from "./balancePointType.ts";
import { TransactionConnection } from "./transactionType.ts";

const entryKey = tupleKey("occurredAt", "sequence", "position");
const keyOf = (entry: EntryKey): EntryKey => entry;

/** Of the past only what was true by then. */
const upTo = (range: Range<EntryKey>, moment: Moment | undefined): Range<EntryKey> =>
  moment === undefined || (range.before !== undefined && range.before.occurredAt <= moment.at)
    ? range
    : { ...range, before: { occurredAt: moment.at + 1, sequence: Number.MIN_SAFE_INTEGER, position: 0 } };

@Resolver(() => AccountType)
export class AccountEntriesResolver {
  @FieldResolver(() => TransactionConnection, {
    description: "The movements on the account, reversed ones included.",
  })
  transactions(
    @Root() { ref, moment }: Account & OfMoment,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("order", () => ListOrder, orderOption) order: ListOrder,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<EntryRow>> {
    const list: KeysetList<EntryKey, EntryRow> = {
      name: `transactions:${ref}`,
      format: entryKey,
      keyOf,
      fetch: range => context.session().entries(ref, upTo(range, moment), EntryKind.TRANSACTION, moment?.known),
    };
    return paginate(ordered(list, order), paging);
  }

  @FieldResolver(() => BalancePointConnection, {
    description: "How the balance came about: every movement and every balance report, with the balance each time.",
  })
  balanceHistory(
    @Root() { ref, moment }: Account & OfMoment,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("order", () => ListOrder, orderOption) order: ListOrder,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<AccountEntry>> {
    const list: KeysetList<EntryKey, AccountEntry> = {
      name: `balances:${ref}`,
      format: entryKey,
      keyOf,
      fetch: range =>
        whenReady(context.session().entries(ref, upTo(range, moment), undefined, moment?.known), rows =>
          rows.map(row => (moment === undefined ? { ...row, ref } : { ...row, ref, moment })),
        ),
    };
    return paginate(ordered(list, order), paging);
  }
}
