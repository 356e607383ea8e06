import { formatDuration } from "../../tag/duration.ts";
import { printForm } from "../../tag/print/printFacts.ts";
import type { Standards } from "../../tag/standards.ts";
import type { Kpi } from "../campaign.ts";
import type { OutsideKpi } from "../outside.ts";
import { printFactKinds, printPercent } from "./printParts.ts";

/** The outside form of a KPI: `parseKpi` gives the same again. */
export function printKpi({ code, name, facts, measure, margin, prePeriod }: Kpi, standards: Standards): OutsideKpi {
  const isMoney = measure.kind === "sum" && measure.form.kind === "money";
  return {
    ...{ code, name, facts: printFactKinds(facts, standards) },
    measure:
      measure.kind === "sum"
        ? { sum: { field: measure.field, as: printForm(measure.form) } }
        : { [measure.kind]: true },
    ...(isMoney ? { margin: printPercent(margin) } : {}),
    ...(prePeriod === null ? {} : { prePeriod: formatDuration(prePeriod) }),
  };
}
