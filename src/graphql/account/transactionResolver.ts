import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { CustomerEvent } from "../../domain/customer/events.ts";
import type { RecordedEvent } from "../../domain/event.ts";
import type { Money } from "../../domain/money.ts";
import type { EntryRow } from "../../projections/readModels.ts";
import type { RequestContext } from "../context.ts";
import { eventAt } from "../event/eventAt.ts";
import { moneyOf } from "./moneyOf.ts";
import { TransactionType } from "./transactionType.ts";

type Posted = Extract<CustomerEvent, { type: "transaction-posted" }>["data"];

@Resolver(() => TransactionType)
export class TransactionResolver {
  @FieldResolver()
  amount(@Root() { amount, currency }: EntryRow): Money | null {
    return moneyOf(amount, currency);
  }

  @FieldResolver()
  balanceAfter(@Root() { reportedBalance, currency }: EntryRow): Money | null {
    return moneyOf(reportedBalance, currency);
  }

  @FieldResolver()
  reversed(@Root() { reversedBy }: EntryRow): boolean {
    return reversedBy !== null;
  }

  @FieldResolver()
  reversal(@Root() { reversedBy }: EntryRow, @Ctx() context: RequestContext): Promise<RecordedEvent> | null {
    return reversedBy === null ? null : eventAt(context, reversedBy);
  }

  @FieldResolver()
  async details(@Root() { position }: EntryRow, @Ctx() context: RequestContext): Promise<Posted> {
    const { data } = context.backend.upcast(await eventAt(context, position));
    return data as Posted; // the row was made from an event of this type, checked at the door
  }

  @FieldResolver()
  event(@Root() { position }: EntryRow, @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }
}
