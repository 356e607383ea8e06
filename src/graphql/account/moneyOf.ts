import type { Money } from "../../domain/money.ts";

export const moneyOf = (minorUnits: number | null, currency: string): Money | null =>
  minorUnits === null ? null : { minorUnits, currency };
