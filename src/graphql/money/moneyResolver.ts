import { FieldResolver, Resolver, Root } from "type-graphql";
import { formatMinorUnits, type Money } from "../../domain/money.ts";
import { currencyDigits } from "../../intake/currencies.ts";
import { MoneyType } from "./moneyType.ts";

@Resolver(() => MoneyType)
export class MoneyResolver {
  @FieldResolver()
  amount(@Root() { minorUnits, currency }: Money): string {
    return formatMinorUnits(minorUnits, digitsOf(currency));
  }

  @FieldResolver()
  minorUnits(@Root() { minorUnits }: Money): string {
    return String(minorUnits);
  }
}

/** The door refuses currencies outside ISO 4217, so one met here is a bug, and no amount may be guessed for it. */
function digitsOf(currency: string): number {
  const digits = currencyDigits(currency);
  if (digits === undefined) throw new Error(`no ISO 4217 currency: ${currency}`);
  return digits;
}
