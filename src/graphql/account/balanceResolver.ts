import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RecordedEvent } from "../../domain/event.ts";
import type { Money } from "../../domain/money.ts";
import type { Balance } from "../../projections/readModels.ts";
import type { RequestContext } from "../context.ts";
import { eventAt } from "../event/eventAt.ts";
import { BalanceType } from "./balanceType.ts";

@Resolver(() => BalanceType)
export class BalanceResolver {
  @FieldResolver()
  money(@Root() balance: Balance): Money {
    return balance;
  }

  @FieldResolver()
  event(@Root() { position }: Balance, @Ctx() context: RequestContext): Promise<RecordedEvent> {
    return eventAt(context, position);
  }
}
