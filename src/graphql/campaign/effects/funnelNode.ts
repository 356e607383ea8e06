import type { Amount, Funnel } from "../../../domain/effect/funnel.ts";
import type { Money } from "../../../domain/money.ts";

/** Throws beyond what a sum of money can be told exactly: some ninety million millions. */
export function moneyNode({ currency, minorUnits }: Amount): Money {
  const figure = Number(minorUnits);
  if (!Number.isSafeInteger(figure)) throw new Error(`${minorUnits} minor units of ${currency} cannot be told exactly`);
  return { currency, minorUnits: figure };
}

/** A funnel, or the part of it that is of contacts, in the API's words. */
export const funnelNode = <Part extends Pick<Funnel, "costs" | "saved">>({ costs, saved, ...counts }: Part) => ({
  ...counts,
  costs: costs.map(moneyNode),
  saved: saved.map(({ costs, ...one }) => ({ ...one, costs: costs.map(moneyNode) })),
});
