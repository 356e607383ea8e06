import { printRule } from "../../segment/print/printRule.ts";
import { formatDuration } from "../../tag/duration.ts";
import type { Standards } from "../../tag/standards.ts";
import type { OutsidePolicy, OutsideQuietHours } from "../outside.ts";
import type { PolicyDefinition, QuietHours } from "../policy.ts";
import { formatTimeOfDay } from "../timeOfDay.ts";
import { printPercent } from "./printParts.ts";

/** The outside form of a policy, with nothing left to defaults: `parsePolicy` gives the same definition again. */
export function printPolicy(policy: PolicyDefinition, standards: Standards): OutsidePolicy {
  const { id, name, owner, description, suppression, holdout, caps, quietHours, exempt } = policy;
  return {
    ...{ id, name, owner, description },
    ...(suppression === null ? {} : { suppression: printRule(suppression, standards) }),
    ...(holdout === null ? {} : { holdout: { salt: holdout.salt, percent: printPercent(holdout.share) } }),
    caps: caps.map(cap => ({ ...cap, within: formatDuration(cap.within) })),
    ...(quietHours === null ? {} : { quietHours: printQuietHours(quietHours) }),
    exempt,
  };
}

const printQuietHours = ({ from, to, zoneAttribute, zone, then }: QuietHours): OutsideQuietHours => ({
  ...{ from: formatTimeOfDay(from), to: formatTimeOfDay(to) },
  ...(zoneAttribute === null ? {} : { zoneAttribute }),
  ...(zone === null ? {} : { zone }),
  then,
});
