import { formatMinorUnits, type Money } from "../../money.ts";
import type { FactFilter } from "../../tag/factSelection.ts";
import { printFilter } from "../../tag/print/printFacts.ts";
import type { Standards } from "../../tag/standards.ts";
import type { OutsideFactKinds, OutsideMoney } from "../outside.ts";

export const printMoney = ({ minorUnits, currency }: Money, standards: Standards): OutsideMoney => ({
  amount: formatMinorUnits(minorUnits, standards.digitsOf(currency) ?? 0),
  currency,
});

/** Hundredths of a percent: 1,250 is "12.50". */
export const printPercent = (hundredths: number): string => formatMinorUnits(hundredths, 2);

export const printFactKinds = (
  { types, where }: { readonly types: readonly string[]; readonly where: FactFilter | null },
  standards: Standards,
): OutsideFactKinds => ({ types, ...(where === null ? {} : { where: printFilter(where, standards) }) });
