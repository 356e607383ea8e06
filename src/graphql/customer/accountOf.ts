import { type ClassType, Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { Account } from "../../projections/customer/customer.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import { AccountType } from "../account/accountType.ts";
import { accountThen } from "../asOf/accountThen.ts";
import type { OfMoment } from "../asOf/customerThen.ts";
import type { RequestContext } from "../context.ts";
import { whenReady } from "../maybePromise.ts";

/** Read models name the account of a product by its key. */
type Product = { readonly account: string | null } & OfMoment;

/** Adds the account, and its key, to a product that may belong to one. */
export function accountOf(type: () => ClassType<object>) {
  @Resolver(type)
  class AccountOf {
    @FieldResolver(() => String, { nullable: true, description: "The `ref` of the account it belongs to." })
    accountRef(@Root() { account }: Product): string | null {
      return account;
    }

    @FieldResolver(() => AccountType, {
      nullable: true,
      description: "The account it belongs to; null while nothing else is known of that account.",
    })
    account(@Root() { account, moment }: Product, @Ctx() context: RequestContext): MaybePromise<Account | null> {
      if (account === null) return null;
      if (moment !== undefined) return accountThen(context, account, moment);
      return whenReady(context.session().account(account), found => found?.account ?? null);
    }
  }
  return AccountOf;
}
