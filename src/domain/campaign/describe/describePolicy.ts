import { describeRule } from "../../segment/describe/describeRule.ts";
import { listed, numbered } from "../../tag/describe/describeValue.ts";
import { durationInWords } from "../../tag/duration.ts";
import type { Standards } from "../../tag/standards.ts";
import type { Cap, PolicyDefinition, QuietHours } from "../policy.ts";
import { printPercent } from "../print/printParts.ts";
import { formatTimeOfDay } from "../timeOfDay.ts";

/** The rules of contact in a few English sentences. */
export function describePolicy(policy: PolicyDefinition, standards: Standards): string {
  const { suppression, holdout, caps, quietHours, exempt } = policy;
  const limits = [
    ...(holdout === null ? [] : [`${printPercent(holdout.share)} % of all customers are kept out.`]),
    ...caps.map(describeCap),
    ...(quietHours === null ? [] : [describeQuietHours(quietHours)]),
  ];
  const sentences = [
    ...(suppression === null ? [] : [`Never contacted: ${describeRule(suppression, standards)}`]),
    ...limits,
    ...(exempt.length === 0 || limits.length === 0 ? [] : [`None of these limits hold for ${listed(exempt, "and")}.`]),
  ];
  return sentences.length === 0 ? "No limits but consent." : sentences.join(" ");
}

function describeCap({ channels, purposes, most, within }: Cap): string {
  const by = channels.length === 0 ? "" : ` by ${listed(channels, "and")} together`;
  const reasons = purposes.length === 0 ? "" : ` for ${listed(purposes, "and")}`;
  return `At most ${most} ${numbered("contact", most)}${by}${reasons} in any ${durationInWords(within)}.`;
}

function describeQuietHours({ from, to, zoneAttribute, zone, then }: QuietHours): string {
  const hours = `from ${formatTimeOfDay(from)} until ${formatTimeOfDay(to)}`;
  const fallback = zone === null ? "never where it is unknown" : `${zone} where it is unknown`;
  const where = zoneAttribute === null ? ` (${zone})` : `, in the zone of the attribute ${zoneAttribute} (${fallback})`;
  return `No contact ${hours}${where}; what comes then ${then === "hold" ? "is held until they are over" : "is dropped"}.`;
}
