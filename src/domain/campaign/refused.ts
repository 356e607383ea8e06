import { faultsInWords } from "../definition/faultsInWords.ts";
import type { Fault } from "../fault.ts";
import type { CampaignRefusal, Subject } from "./refusal.ts";

/* Refusals that campaigns, policies and offers have in common. */

export const invalidDefinition = (subject: Subject, id: string | null, faults: readonly Fault[]): CampaignRefusal => ({
  ...{ kind: "invalid", subject, id, faults, message: faultsInWords(faults) },
});

export function unknownId(subject: Subject, raw: string): CampaignRefusal {
  const shown = raw.slice(0, 100);
  return { kind: "unknown", subject, id: shown, message: `there is no ${subject} "${shown}"` };
}

export const unknownVersion = (subject: Subject, id: string, version: number, newest: number): CampaignRefusal => ({
  ...{ kind: "unknownVersion", subject, id, version },
  message: `${subject} ${id} has no version ${version}; the newest is ${newest}`,
});

export const wrongStatus = (subject: Subject, id: string, message: string): CampaignRefusal => ({
  ...{ kind: "wrongStatus", subject, id, message },
});

export const tooMany = (subject: Subject, limit: number, are: string, todo: string): CampaignRefusal => ({
  ...{ kind: "tooMany", subject, limit },
  message: `${are} ${limit.toLocaleString("en")} already, the most that can be: ${todo}`,
});
