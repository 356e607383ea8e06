import type { Money } from "../../money.ts";
import type { ReplayChange, ReplayDifference, ReplayOutcome, ReplayReport } from "./replayReport.ts";
import type { ReplayedDecision } from "./replaySources.ts";

/** Adds up what a policy replay finds. */
export type ReplayTally = {
  /** One decision; `cost` is that of the send that would have been made. */
  readonly decision: (decision: ReplayedDecision, wouldBe: ReplayOutcome, cost: Money | null) => void;
  /** A held contact, decided at a time of which the log holds no decision. */
  readonly release: (sent: boolean, cost: Money | null) => void;
  readonly unanswered: () => void;
  readonly unknownCampaign: () => void;
  readonly report: (stillHeld: number) => ReplayReport;
};

export function createReplayTally(keep: number): ReplayTally {
  const count = { decisions: 0, differing: 0, unanswered: 0, unknownCampaign: 0 };
  const contacts = { made: 0, wouldBe: 0, saved: 0, added: 0 };
  const released = { sent: 0, skipped: 0 };
  const costs = new Map<string, { made: number; wouldBe: number }>();
  const changes = new Map<string, Map<string, { change: ReplayChange; count: number }>>();
  const differences: ReplayDifference[] = [];
  const pay = (cost: Money | null, as: "made" | "wouldBe"): void => {
    if (cost === null) return;
    let sum = costs.get(cost.currency);
    if (sum === undefined) {
      sum = { made: 0, wouldBe: 0 };
      costs.set(cost.currency, sum);
    }
    sum[as] += cost.minorUnits;
  };
  const changed = (was: ReplayedDecision, wouldBe: ReplayOutcome): void => {
    const [from, to] = [wordOf(was), wordOf(wouldBe)];
    let byTo = changes.get(from);
    if (byTo === undefined) {
      byTo = new Map();
      changes.set(from, byTo);
    }
    const known = byTo.get(to);
    if (known !== undefined) known.count += 1;
    else {
      const change = {
        was: { outcome: was.outcome, reason: was.reason },
        wouldBe: { outcome: wouldBe.outcome, reason: wouldBe.reason },
        count: 0,
      };
      byTo.set(to, { change, count: 1 });
    }
  };
  return {
    decision: (decision, wouldBe, cost) => {
      count.decisions += 1;
      changed(decision, wouldBe);
      const made = decision.outcome === "send";
      const would = wouldBe.outcome === "send";
      if (made) {
        contacts.made += 1;
        pay(decision.unitCost, "made");
        if (!would) contacts.saved += 1;
      }
      if (would) {
        contacts.wouldBe += 1;
        pay(cost, "wouldBe");
        if (!made) contacts.added += 1;
      }
      if (isAsItWas(decision, wouldBe)) return;
      count.differing += 1;
      if (differences.length >= keep) return;
      const { decisionId, customerId, campaignId, at } = decision;
      differences.push({ decisionId, customerId, campaignId, at, was: outcomeOf(decision), wouldBe });
    },
    release: (sent, cost) => {
      released[sent ? "sent" : "skipped"] += 1;
      if (!sent) return;
      contacts.wouldBe += 1;
      contacts.added += 1;
      pay(cost, "wouldBe");
    },
    unanswered: () => {
      count.unanswered += 1;
    },
    unknownCampaign: () => {
      count.unknownCampaign += 1;
    },
    report: stillHeld => ({
      ...count,
      changes: [...changes.values()]
        .flatMap(byTo => [...byTo.values()].map(one => ({ ...one.change, count: one.count })))
        .sort((one, other) => other.count - one.count),
      contacts: { ...contacts },
      costs: [...costs].map(([currency, sums]) => ({ currency, ...sums })),
      released: { ...released, stillHeld },
      differences: [...differences],
    }),
  };
}

/** Quiet hours and the schedule both skip and defer, all other reasons only skip. */
const wordOf = ({ outcome, reason }: Pick<ReplayOutcome, "outcome" | "reason">): string =>
  outcome === "defer" ? (reason === "schedule" ? "defer schedule" : outcome) : (reason ?? outcome);

/** A skip's channel is only the one that would have come first. */
export const outcomeOf = ({ outcome, reason, channel, until }: ReplayOutcome): ReplayOutcome => ({
  outcome,
  reason,
  channel: outcome === "skip" ? null : channel,
  until,
});

const isAsItWas = (was: ReplayedDecision, wouldBe: ReplayOutcome): boolean =>
  was.outcome === wouldBe.outcome &&
  was.reason === wouldBe.reason &&
  was.until === wouldBe.until &&
  (was.outcome === "skip" || was.channel === wouldBe.channel);
