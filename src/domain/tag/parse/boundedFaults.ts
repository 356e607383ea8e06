import type { Fault } from "../../fault.ts";

const mostFaults = 100;

/** The first hundred, and how many more there are. */
export function boundedFaults(faults: readonly Fault[]): readonly Fault[] {
  if (faults.length <= mostFaults) return faults;
  const rest = faults.length - mostFaults;
  return [...faults.slice(0, mostFaults), { field: "", code: "more-faults", message: `and ${rest} more faults` }];
}
