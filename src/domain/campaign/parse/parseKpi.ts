import type { Fault } from "../../fault.ts";
import { accept, type Result, refuse } from "../../result.ts";
import { largestJson, tooLargeMessage } from "../../segment/parse/parseRule.ts";
import { type RuleSurroundings, startReading } from "../../segment/parse/ruleReading.ts";
import { boundedFaults } from "../../tag/parse/boundedFaults.ts";
import { fault } from "../../tag/parse/reading.ts";
import { isTooLarge } from "../../tag/parse/tooLarge.ts";
import type { Kpi } from "../campaign.ts";
import { readKpi } from "./readKpi.ts";

/** Reads a KPI that is added to a campaign; paths begin with `kpi`. Refuses with everything wrong with it at once; never throws for bad input. */
export function parseKpi(json: unknown, surroundings: RuleSurroundings): Result<Kpi, readonly Fault[]> {
  const reading = startReading(surroundings);
  if (isTooLarge(json, largestJson)) fault(reading, "kpi", "too-large", tooLargeMessage);
  const kpi = reading.faults.length > 0 ? null : readKpi(reading, { value: json, path: "kpi" });
  return kpi === null || reading.faults.length > 0 ? refuse(boundedFaults(reading.faults)) : accept(kpi);
}
