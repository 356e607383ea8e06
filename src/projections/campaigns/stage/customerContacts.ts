import type { CampaignId } from "../../../domain/campaign/campaign.ts";
import type { EarlierAssignment } from "../../../domain/decision/assign.ts";
import type { Contact } from "../../../domain/decision/caps.ts";
import { isWithheld, withheldStatus } from "../../../domain/decision/withheld.ts";
import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import { counts } from "../../tags/evaluation/newestRow.ts";
import type { FactTable, History } from "../../tags/history/history.ts";
import type { DecisionInBrief } from "./pendingEvents.ts";

/** A customer as the gates look at it: what is in its history, and what was decided and is not there yet. */
export type Decided = {
  readonly history: History;
  readonly known: Position;
  readonly pending: readonly DecisionInBrief[];
};

/** Contacts after an instant, earliest first: sends decided here but for those withheld, and contacts that others report. */
export function contactsSince({ history, known, pending }: Decided, since: Instant): Contact[] {
  const contacts: Contact[] = [];
  const withheld = withheldContacts(history, known);
  newestFirst(history.table("campaign-decided"), since, known, (table, row) => {
    if (isMade(table, row, withheld)) contacts.push(contactAt(table, row));
  });
  newestFirst(history.table("campaign-contacted"), since, known, (table, row) => {
    contacts.push(contactAt(table, row));
  });
  for (const { outcome, at, channel, purpose } of pending)
    if (outcome === "send" && at > since) contacts.push({ at, channel: channel ?? "", purpose });
  return contacts.sort((a, b) => a.at - b.at);
}

const isMade = (table: FactTable, row: number, withheld: ReadonlySet<string>): boolean =>
  table.value(row, "outcome") === "send" &&
  (withheld.size === 0 || !withheld.has(String(table.value(row, "decisionId"))));

const nobody: ReadonlySet<string> = new Set();

/** Contacts that were withheld, by what is known of them by now, whenever it happened. Hardly any customer has one. */
function withheldContacts(history: History, known: Position): ReadonlySet<string> {
  const table = history.table("delivery-reported");
  const statuses = table?.column("status") ?? null;
  if (table === null || statuses?.kind !== "codes" || !statuses.values.includes(withheldStatus)) return nobody;
  const told = new Map<string, Set<string>>();
  for (let row = 0; row < table.length; row += 1) {
    if (!counts(table, row, known)) continue;
    const contact = String(table.value(row, "contactId"));
    const of = told.get(contact) ?? new Set();
    told.set(contact, of.add(String(table.value(row, "status"))));
  }
  return new Set([...told].flatMap(([contact, of]) => (isWithheld(of) ? [contact] : [])));
}

const contactAt = (table: FactTable, row: number): Contact => ({
  at: table.occurredAt(row),
  channel: String(table.value(row, "channel") ?? ""),
  purpose: (table.value(row, "purpose") as string | undefined) ?? null,
});

function newestFirst(
  table: FactTable | null,
  since: Instant,
  known: Position,
  each: (table: FactTable, row: number) => void,
): void {
  if (table === null) return;
  for (let row = table.length - 1; row >= 0 && table.occurredAt(row) > since; row -= 1)
    if (counts(table, row, known)) each(table, row);
}

/** Where the campaign put the customer first, under this version of its assignment; null where it did not. */
export function earlierAssignment(
  { history, known, pending }: Decided,
  campaign: CampaignId,
  version: number,
): EarlierAssignment | null {
  const decided = history.table("campaign-decided");
  for (let row = 0; row < (decided?.length ?? 0); row += 1) {
    const table = decided as FactTable;
    if (table.value(row, "campaignId") !== campaign || table.value(row, "assignmentVersion") !== version) continue;
    const arm = table.value(row, "arm") ?? null;
    if (arm === null || !counts(table, row, known)) continue;
    return { version, arm: String(arm), variant: (table.value(row, "variant") as string | null | undefined) ?? null };
  }
  const first = pending.find(
    ({ campaignId, assignmentVersion, arm }) =>
      campaignId === campaign && assignmentVersion === version && arm !== null,
  );
  return first === undefined ? null : { version, arm: first.arm as string, variant: first.variant };
}

/** Whether the wave that comes at a local time, in customers' own zones, was sent to this customer, or to one that it was merged with, and not withheld. */
export function wasSentAt({ history, known, pending }: Decided, campaign: CampaignId, localTime: string): boolean {
  const decided = history.table("campaign-decided");
  const withheld = withheldContacts(history, known);
  for (let row = (decided?.length ?? 0) - 1; row >= 0; row -= 1) {
    const table = decided as FactTable;
    if (table.value(row, "schedule.localTime") !== localTime || table.value(row, "campaignId") !== campaign) continue;
    if (isMade(table, row, withheld) && counts(table, row, known)) return true;
  }
  return pending.some(
    ({ campaignId, outcome, schedule }) =>
      campaignId === campaign && outcome === "send" && schedule?.localTime === localTime,
  );
}

/** Whether the wave has come to this customer before. */
export function wasInWave({ history, pending }: Decided, campaign: CampaignId, wave: Instant): boolean {
  const decided = history.table("campaign-decided");
  for (let row = (decided?.length ?? 0) - 1; row >= 0; row -= 1) {
    const table = decided as FactTable;
    if (table.occurredAt(row) < wave) break;
    if (table.value(row, "cause.at") === wave && table.value(row, "campaignId") === campaign) return true;
  }
  return pending.some(({ campaignId, cause }) => campaignId === campaign && cause.kind === "wave" && cause.at === wave);
}
