import { Arg, Args, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Account } from "../../projections/customer/customer.ts";
import type { EntryKey, EntryRow, MaybePromise } from "../../projections/readModels.ts";
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

@Resolver(() => AccountType)
export class AccountEntriesResolver {
  @FieldResolver(() => TransactionConnection, {
    description: "The movements on the account, reversed ones included.",
  })
  transactions(
    @Root() { ref }: Account,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("order", () => ListOrder, orderOption) order: ListOrder,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<EntryRow>> {
    const list: KeysetList<EntryKey, EntryRow> = {
      name: `transactions:${ref}`,
      format: entryKey,
      keyOf,
      fetch: range => context.session().entries(ref, range, EntryKind.TRANSACTION),
    };
    return paginate(ordered(list, order), paging);
  }

  @FieldResolver(() => BalancePointConnection, {
    description: "How the balance came about: every movement and every balance report, with the balance each time.",
  })
  balanceHistory(
    @Root() { ref }: Account,
    @Args(() => PagingArgs) paging: PagingArgs,
    @Arg("order", () => ListOrder, orderOption) order: ListOrder,
    @Ctx() context: RequestContext,
  ): MaybePromise<Page<AccountEntry>> {
    const list: KeysetList<EntryKey, AccountEntry> = {
      name: `balances:${ref}`,
      format: entryKey,
      keyOf,
      fetch: range => whenReady(context.session().entries(ref, range), rows => rows.map(row => ({ ...row, ref }))),
    };
    return paginate(ordered(list, order), paging);
  }
}
