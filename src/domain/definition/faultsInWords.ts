import type { Fault } from "../fault.ts";

/** All faults as one line: "rule.all[0].tag.code there is no tag spent; owner must not be empty". */
export const faultsInWords = (faults: readonly Fault[]): string =>
  faults.map(({ field, message }) => (field === "" ? message : `${field} ${message}`)).join("; ");
