import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RecordedEvent } from "../../domain/event.ts";
import type { Money } from "../../domain/money.ts";
import type { Balance, EntryRow, MaybePromise } from "../../projections/readModels.ts";
import type { OfMoment } from "../asOf/customerThen.ts";
import type { RequestContext } from "../context.ts";
import { eventAt } from "../event/eventAt.ts";
import { BalancePointType } from "./balancePointType.ts";
import { moneyOf } from "./moneyOf.ts";

/** An entry that still knows its account. */
export type AccountEntry = EntryRow & { readonly ref: string } & OfMoment;

@Resolver(() => BalancePointType)
export class BalancePointResolver {
  @FieldResolver()
  change(@Root() { amount, currency }: AccountEntry): Money | null {
    return moneyOf(amount, currency);
  }

  @FieldResolver()
  reportedBalance(@Root() { reportedBalance, currency }: AccountEntry): Money | null {
    return moneyOf(reportedBalance, currency);
  }

  @FieldResolver()
  balance(
    @Root() { ref, occurredAt, moment }: AccountEntry,
    @Ctx() context: RequestContext,
  ): MaybePromise<Balance | null> {
    return context.session().balanceAt(ref, occurredAt, moment?.known);
  }

  @FieldResolver()
  reversed(@Root() { reversedBy }: AccountEntry): boolean {
    return reversedBy !== null;
  }

  @FieldResolver()
  event(@Root() { position }: AccountEntry, @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }
}
