import type { Budget, CampaignDefinition } from "../campaign/campaign.ts";
import type { PolicyDefinition, QuietHours } from "../campaign/policy.ts";
import type { CustomerId } from "../ids.ts";
import { formatInstant, type Instant } from "../instant.ts";
import type { Money } from "../money.ts";
import { type Assigned, armBucket } from "./assign.ts";
import type { Spent } from "./budget.ts";
import type { CapStand } from "./caps.ts";
import type { ConsentStatement } from "./gateInputs.ts";
import { formatLocalTime, type LocalTime, shownAt } from "./localTime.ts";
import type { QuietStand, ZoneOffsets } from "./quietHours.ts";
import type { ScheduleStand } from "./schedule.ts";
import { isUnknown, type Truth } from "./truth.ts";

/* The details of gate verdicts. Joined from pieces, with nothing looked up: thousands of them are written each second. */

export const truthInWords = (truth: Truth, yes: string, no: string, by: string): string =>
  isUnknown(truth) ? `cannot be told by ${by}: ${truth.unknown}` : `${truth ? yes : no} by ${by}`;

export const holdoutInWords = ({ salt, share }: NonNullable<PolicyDefinition["holdout"]>, bucket: number): string =>
  `bucket ${bucket} under ${salt}, kept out below ${share}`;

export function assignedInWords(
  { assignment }: CampaignDefinition,
  customerId: CustomerId,
  assigned: Assigned | null,
): string {
  if (assigned === null) return `bucket ${armBucket(assignment, customerId)} under ${assignment.salt}, of no arm`;
  const to = assigned.variant === null ? assigned.arm : `${assigned.arm}, variant ${assigned.variant}`;
  return assigned.bucket === null
    ? `assigned before to ${to}`
    : `bucket ${assigned.bucket} under ${assignment.salt}, of ${to}`;
}

export function capInWords({ cap, count, stops, freeAt }: CapStand, at: Instant): string {
  const by = cap.channels.length === 0 ? "" : ` by ${cap.channels.join(" or ")}`;
  const of = cap.purposes.length === 0 ? "" : ` for ${cap.purposes.join(" or ")}`;
  const counted = `${count} of at most ${cap.most} contacts${by}${of} since ${formatInstant(at - cap.within)}`;
  if (!stops) return counted;
  return freeAt === null ? `${counted}; never again` : `${counted}; again from ${formatInstant(freeAt)}`;
}

export function scheduleInWords(localTime: LocalTime, stand: ScheduleStand, at: Instant, offsets: ZoneOffsets): string {
  const comes = `comes at ${minuteOf(localTime)}`;
  if (stand.word === "unknown") return `${comes}, but the customer's time zone is unknown`;
  const { word, zone, from } = stand;
  const shown = `${minuteOf(shownAt(zone, at, offsets) ?? at)} in ${zone}, ${comes}`;
  if (word === "hold") return `${shown}, which is ${formatInstant(from)}`;
  return word === "stop" ? `${shown}, and the contact was made already` : shown;
}

export function quietInWords(hours: QuietHours, zone: string | null, stand: QuietStand | null): string {
  if (stand === null) return "the customer's time zone is unknown";
  const shown = `${clock(stand.minute)} in ${zone}, quiet from ${clock(hours.from)} to ${clock(hours.to)}`;
  if (!stand.quiet) return shown;
  return stand.until === null ? `${shown}, without end` : `${shown}, until ${formatInstant(stand.until)}`;
}

export function consentInWords(consent: ConsentStatement | null, channel: string, purpose: string): string {
  if (consent === null) return `nothing was ever said about ${purpose} by ${channel}`;
  return `${purpose} by ${channel} ${consent.granted ? "granted" : "withdrawn"} at position ${consent.position}`;
}

export function budgetInWords({ money, contacts }: Budget, spent: Spent, unitCost: Money | null): string {
  const sent = contacts === null ? "" : `${spent.contacts} of at most ${contacts} contacts`;
  if (money === null) return sent;
  const cost = unitCost === null ? "nothing" : `${unitCost.minorUnits} ${unitCost.currency}`;
  const paid = `${spent.money} of at most ${money.minorUnits} ${money.currency} in minor units, this one ${cost}`;
  return contacts === null ? paid : `${sent}; ${paid}`;
}

/** "2024-06-03 09:00". */
const minuteOf = (local: LocalTime): string => formatLocalTime(local).slice(0, 16).replace("T", " ");
const two = (number: number): string => (number < 10 ? `0${number}` : String(number));
const clock = (minutes: number): string => `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
