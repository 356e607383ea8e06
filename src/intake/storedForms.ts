import { accountRef } from "../domain/ids.ts";
import { formatInstant, type Instant } from "../domain/instant.ts";
import { parseMinorUnits } from "../domain/money.ts";
import { currencyDigits } from "./currencies.ts";
import type { ExternalRef } from "./fact.ts";
import type { FactForm } from "./factAjv.ts";
import type { Convert } from "./factPlan.ts";
import { readInstant } from "./instants.ts";

/** Past validation, so that nothing here can fail. */
export const storedForms: Readonly<Record<FactForm, Convert>> = {
  money: value => {
    const { amount, currency } = value as { readonly amount: string; readonly currency: string };
    return { minorUnits: parseMinorUnits(amount, currencyDigits(currency)!)!, currency };
  },
  account: value => accountRef((value as ExternalRef).system, (value as ExternalRef).id),
  customer: (value, to) => to.customerOf(value as ExternalRef),
  instant: value => formatInstant(readInstant(value as string) as Instant),
  decimal: value => plainDecimal(value as string),
};

/** "007.50" and "7.5" are the same number and must be the same text; so are "-0" and "0". */
function plainDecimal(text: string): string {
  const negative = text.startsWith("-");
  const [whole = "", decimals = ""] = (negative ? text.slice(1) : text).split(".");
  const significant = decimals.replace(/0+$/, "");
  const magnitude = whole.replace(/^0+(?=\d)/, "") + (significant === "" ? "" : `.${significant}`);
  return negative && magnitude !== "0" ? `-${magnitude}` : magnitude;
}
