import { Temporal } from "temporal-polyfill";
import type { EnrolmentRule } from "../../../../../src/domain/effect/enrolmentRule.ts";
import type { RecordedEvent } from "../../../../../src/domain/event.ts";
import type { FactFilter } from "../../../../../src/domain/tag/factSelection.ts";
import { isEnded } from "../../../tags/support/bruteForce.ts";

/*
 * What a campaign has to say about a customer, written down once more without any cleverness: over the raw list of facts, each figure
 * by a search of its own.
 */

export type EnrolmentTruth = {
  readonly arm: string | null;
  readonly at: number | null;
  readonly variant: string | null;
  readonly channel: string | null;
  readonly segments: readonly string[];
  /** "2024-05-01 email sends" → how often. */
  readonly counts: Readonly<Record<string, number>>;
  readonly outcomes: readonly { readonly facts: number; readonly y: number; readonly x: number }[];
};

type Data = Readonly<Record<string, never>> & { readonly unitCost?: { minorUnits: number; currency: string } | null };
const of = (fact: RecordedEvent): Data => fact.data as Data;

/** `facts`: all that were ever told of the person, of which those beyond `known` are not known. */
export function enrolmentTruth(
  facts: readonly RecordedEvent[],
  rule: EnrolmentRule,
  { at, known }: { readonly at: number; readonly known: number },
): EnrolmentTruth | null {
  const heard = facts.filter(({ position }) => position <= known);
  const standing = heard
    .filter(fact => !isEnded(heard, fact) && fact.occurredAt <= at)
    .sort((a, b) => a.occurredAt - b.occurredAt || a.position - b.position);
  const ours = (type: string) =>
    standing.filter(fact => fact.type === type && of(fact).campaignId === (rule.campaign as string));
  const decisions = ours("campaign-decided").filter(
    fact => of(fact).assignmentVersion === (rule.assignmentVersion as never),
  );
  const assigned = rule.assignmentVersion === 1 ? ours("campaign-assigned") : [];
  const contacts = ours("campaign-contacted");
  const responses = ours("campaign-responded");
  const met = [...decisions, ...assigned, ...contacts, ...responses];
  if (met.length === 0) return null;

  const counts: Record<string, number> = {};
  const count = (when: number, channel: string | null, what: string, by = 1): void => {
    const key = `${dateOf(when, rule.zone)} ${channel} ${what}`;
    counts[key] = (counts[key] ?? 0) + by;
    if (counts[key] === 0) delete counts[key];
  };
  const channelOf = (fact: RecordedEvent): string | null => of(fact).channel ?? null;
  const receipts = standing.filter(({ type }) => type === "delivery-reported");
  const isWithheld = (contactId: string): boolean => {
    const theirs = receipts.filter(fact => of(fact).contactId === (contactId as never));
    return theirs.length > 0 && theirs.every(fact => of(fact).status === ("withheld" as never));
  };
  for (const fact of decisions) {
    const { outcome, reason, unitCost } = of(fact) as Data & { outcome: string; reason: string };
    const [when, channel] = [fact.occurredAt, channelOf(fact)];
    count(when, channel, "decided");
    const withheld = outcome === "send" && isWithheld(of(fact).decisionId!);
    if (withheld) count(when, channel, "withheld");
    else if (outcome === "send") count(when, channel, "sends");
    if (outcome === "defer") count(when, channel, "deferred");
    if (outcome === "skip") count(when, channel, `skips\t${reason}`);
    if (unitCost == null || outcome === "defer" || withheld) continue;
    count(
      when,
      channel,
      outcome === "send" ? `cost\t${unitCost.currency}` : `saved\t${reason}\t${unitCost.currency}`,
      unitCost.minorUnits,
    );
  }
  const sends = decisions.filter(fact => of(fact).outcome === ("send" as never));
  const isWithheldSend = ({ type, data }: RecordedEvent): boolean =>
    type === "campaign-decided" && isWithheld(data.decisionId as string);
  const contactIds = new Map<string, RecordedEvent>();
  for (const fact of sends) contactIds.set(of(fact).decisionId!, fact);
  for (const fact of contacts) {
    const known = contactIds.get(of(fact).contactId!);
    if (known !== undefined && !isWithheldSend(known)) continue;
    contactIds.set(of(fact).contactId!, fact);
    count(fact.occurredAt, channelOf(fact), "contacts");
  }
  for (const [contactId, contact] of contactIds)
    for (const status of ["sent", "delivered", "bounced", "opened", "clicked", "converted", "unsubscribed"]) {
      const first = receipts.find(fact => of(fact).contactId === contactId && of(fact).status === status);
      if (first !== undefined) count(first.occurredAt, channelOf(contact), status);
    }
  for (const fact of responses) {
    const contact = contactIds.get(of(fact).contactId!);
    count(
      fact.occurredAt,
      (contact === undefined ? null : channelOf(contact)) ?? channelOf(fact),
      `response\t${of(fact).response}`,
    );
  }

  const inOrder = (a: RecordedEvent, b: RecordedEvent) => a.occurredAt - b.occurredAt || a.position - b.position;
  const assigning = [...decisions.filter(fact => of(fact).arm != null), ...assigned].sort(inOrder);
  const first = (assigning[0] ?? [...met].sort(inOrder)[0]) as RecordedEvent;
  const arm = assigning.length === 0 ? null : ((of(first).arm as string | undefined) ?? null);
  const start = first.occurredAt;
  if (arm !== null) count(start, channelOf(first), "assigned");
  const outcomes = rule.kpis.map(({ types, where, measure, prePeriod }, index) => {
    if (arm === null) return { facts: 0, y: 0, x: 0 };
    const counted = standing.filter(
      fact => types.includes(fact.type) && (where === null || meets(fact, where)) && figureOf(fact) !== null,
    );
    function figureOf(fact: RecordedEvent): number | null {
      if (measure.kind !== "sum") return 1;
      const money = of(fact)[measure.field] as { minorUnits: number; currency: string } | undefined;
      return money?.currency === "CZK" ? money.minorUnits : null;
    }
    const within = (from: number, to: number) =>
      counted.filter(({ occurredAt }) => occurredAt >= from && occurredAt < to);
    const measured = (of: readonly RecordedEvent[]): number =>
      measure.kind === "conversion" ? Number(of.length > 0) : of.reduce((sum, fact) => sum + (figureOf(fact) ?? 0), 0);
    const after = within(start, start + rule.outcomeWindow);
    const channel = channelOf(first);
    if (after[0] !== undefined) count(after[0].occurredAt, channel, `kpi\t${index}\tconverted`);
    if (measure.kind !== "conversion")
      for (const fact of after) count(fact.occurredAt, channel, `kpi\t${index}\ttotal`, figureOf(fact) as number);
    const x = prePeriod === null ? 0 : measured(within(start - prePeriod, start));
    return { facts: after.length, y: measured(after), x };
  });
  const segments = assigning.length === 0 ? [] : ((of(first).segments as readonly string[] | undefined) ?? []);
  return {
    arm,
    at: arm === null ? null : start,
    variant: of(first).variant ?? null,
    channel: channelOf(first),
    segments: [...new Set(segments)].sort(),
    counts,
    outcomes,
  };
}

export const dateOf = (at: number, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate().toString();

function meets({ data }: RecordedEvent, where: FactFilter): boolean {
  if (where.kind === "in") return (where.values as readonly unknown[]).includes(data[where.field]);
  throw new Error(`no test has a condition of kind ${where.kind}`);
}
