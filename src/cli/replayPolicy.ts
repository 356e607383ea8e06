import { setTimeout } from "node:timers/promises";
import type { Ask } from "./applyDefinitions.ts";
import { CliFailure } from "./fail.ts";
import { startProgress } from "./progress.ts";

export type ReplayWish = {
  readonly policyId: string;
  readonly version: number;
  readonly campaignId: string | null;
  /** RFC 3339. */
  readonly from: string | null;
  readonly to: string | null;
};

type Money = { readonly amount: string; readonly currency: string };
export type ReplayReport = {
  readonly decisions: number;
  readonly differing: number;
  readonly contactsMade: number;
  readonly contactsWouldBe: number;
  readonly contactsSaved: number;
  readonly contactsAdded: number;
  readonly costs: readonly { readonly made: Money; readonly wouldBe: Money }[];
  readonly changes: readonly {
    readonly was: string;
    readonly wasReason: string | null;
    readonly wouldBe: string;
    readonly wouldBeReason: string | null;
    readonly count: number;
  }[];
  readonly releasedSent: number;
  readonly releasedSkipped: number;
  readonly stillHeld: number;
  readonly unanswered: number;
  readonly unknownCampaign: number;
};
type Run = {
  readonly state: "RUNNING" | "DONE" | "FAILED";
  readonly error: string | null;
  readonly processed: string;
  readonly target: string;
  readonly report: ReplayReport | null;
};

const start = `mutation ($policyId: ID!, $version: Int!, $campaignId: ID, $from: DateTime, $to: DateTime) {
  started: startPolicyReplay(policyId: $policyId, version: $version, campaignId: $campaignId, from: $from, to: $to, first: 0) {
    __typename ... on PolicyReplayRefused { field message }
  }
}`;
const look = `{ run: policyReplay { state error processed target report {
  decisions differing contactsMade contactsWouldBe contactsSaved contactsAdded
  costs { made { amount currency } wouldBe { amount currency } }
  changes { was wasReason wouldBe wouldBeReason count }
  releasedSent releasedSkipped stillHeld unanswered unknownCampaign
} } }`;

/** Tries a version of a policy on the decisions made under it, shows how far that is, and gives what it found. */
export async function replayPolicy(ask: Ask, wish: ReplayWish): Promise<ReplayReport> {
  const { started } = await ask<{ started: { __typename: string; field?: string; message?: string } }>(start, wish);
  if (started.__typename === "AlreadyRunning")
    throw new CliFailure("another replay of a policy is under way: try again when it has ended");
  if (started.message !== undefined) throw new CliFailure(`${started.field}: ${started.message}`);
  const progress = startProgress("Replaying", "events");
  try {
    for (;;) {
      const { run } = await ask<{ run: Run }>(look, {});
      if (run.state === "FAILED") throw new CliFailure(`the replay failed: ${run.error}`);
      if (run.state === "DONE" && run.report !== null) return run.report;
      progress.update(Number(run.processed), Number(run.target));
      await setTimeout(50);
    }
  } finally {
    progress.stop();
  }
}

/** What was found, line by line. */
export function replayInWords(report: ReplayReport): readonly string[] {
  const { decisions, differing, contactsMade, contactsWouldBe, contactsSaved, contactsAdded, costs, changes } = report;
  const { releasedSent, releasedSkipped, stillHeld, unanswered, unknownCampaign } = report;
  if (decisions === 0) return ["Nothing was decided under this policy."];
  const counted = (count: number, what: string) => (count === 0 ? [] : [`  ${n(count)} ${what}`]);
  return [
    `${n(decisions)} decisions, ${n(differing)} of which would be others.`,
    `Contacts: ${n(contactsMade)} made, ${n(contactsWouldBe)} would be: ${n(contactsSaved)} fewer and ${n(contactsAdded)} more.`,
    ...costs.map(({ made, wouldBe }) => `Cost: ${money(made)} spent, ${money(wouldBe)} would be.`),
    ...(changes.length === 0 ? [] : ["What would become of what:"]),
    ...changes.map(
      ({ was, wasReason, wouldBe, wouldBeReason, count }) =>
        `  ${n(count).padStart(9)}  ${outcome(was, wasReason)} -> ${outcome(wouldBe, wouldBeReason)}`,
    ),
    ...counted(releasedSent, "held for other times, and sent then"),
    ...counted(releasedSkipped, "held for other times, and not sent then"),
    ...counted(stillHeld, "would be held still"),
    ...counted(unanswered, "for which something was asked that nobody recorded: nothing would be sent"),
    ...counted(unknownCampaign, "of campaign versions that are not known: taken as they were"),
  ];
}

const n = (count: number): string => count.toLocaleString("en");
const money = ({ amount, currency }: Money): string => `${amount} ${currency}`;
const words = { SEND: "sent", SKIP: "not sent", DEFER: "held", NONE: "nothing" } as const;
const outcome = (code: string, reason: string | null): string => {
  const word = words[code as keyof typeof words] ?? code.toLowerCase();
  return reason === null ? word : `${word} (${reason.toLowerCase().replaceAll("_", " ")})`;
};
