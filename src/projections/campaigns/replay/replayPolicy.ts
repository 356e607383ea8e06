import type { CampaignId } from "../../../domain/campaign/campaign.ts";
import type { CampaignCatalogue } from "../../../domain/campaign/campaignCatalogue.ts";
import type { PolicyId } from "../../../domain/campaign/policy.ts";
import { identityEffect, identityTypes } from "../../../domain/customer/identityEffect.ts";
import { createMergeGraph } from "../../../domain/customer/mergeGraph.ts";
import type { Contact } from "../../../domain/decision/caps.ts";
import { createPolicyReplay } from "../../../domain/decision/replay/policyReplay.ts";
import type { ReplayReport } from "../../../domain/decision/replay/replayReport.ts";
import type { ReplayedDecision, ReplaySources } from "../../../domain/decision/replay/replaySources.ts";
import type { Position, RecordedEvent } from "../../../domain/event.ts";
import { type CustomerId, customerOfStream } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { JsonObject } from "../../../domain/json.ts";
import type { WithheldSend } from "../withheldRows.ts";
import { zoneOffsets } from "../zoneOffsets.ts";
import { leanDecision } from "./leanDecision.ts";
import type { LeanEvent, LeanLog } from "./leanLog.ts";

/** Which version of a policy is tried, and on what. */
export type PolicyTrial = {
  readonly policy: PolicyId;
  readonly version: number;
  /** Only decisions of this campaign; null: of all. */
  readonly campaign: CampaignId | null;
  /** Only decisions made in [from, to); null: no end. */
  readonly from: Instant | null;
  readonly to: Instant | null;
  /** How many of the decisions that differ are given, the first ones. */
  readonly keep: number;
};

/** Answers from history to what decisions do not record; see ReplaySources.asOf. */
export type HistoricAnswers = {
  readonly asOf: ReplaySources["asOf"];
  /** To be called before each page: what was read for the one before is let go. */
  readonly turnPage: () => void;
  /** Reads what cannot be read while a question is asked; null where there is nothing. */
  readonly prepare: (decision: ReplayedDecision) => Promise<void> | null;
};

export type PolicyReplayParts = {
  readonly log: LeanLog;
  readonly catalogue: CampaignCatalogue;
  readonly answers: HistoricAnswers | null;
  /** Sends that were withheld, in any order. Default: none. */
  readonly withheld?: readonly WithheldSend[];
  readonly onProgress: (progress: { readonly position: Position; readonly target: Position }) => void;
};

/** `position`: up to which the log was read. */
export type PolicyReplayed = { readonly position: Position; readonly report: ReplayReport };

const decided = "campaign-decided";
const contacted = "campaign-contacted";
const types = [decided, contacted, ...identityTypes];
/** Positions looked through at once: few enough for their texts to be gone before they are old. */
const stretch = 1_000;

/**
 * Tries a version of a policy on what the log holds up to its present head. What a decision did not know when it was made, because it came
 * into the log while the decision was on its way there, counts only from the next decision on. Throws where there is no such version.
 */
export async function replayPolicy(parts: PolicyReplayParts, trial: PolicyTrial): Promise<PolicyReplayed> {
  const { log, catalogue, answers, withheld = [], onProgress } = parts;
  const { campaigns, policies } = catalogue;
  const policyOf: ReplaySources["policyOf"] = (id, version) =>
    policies.get(id)?.versions[version - 1]?.definition ?? null;
  const policy = policyOf(trial.policy, trial.version);
  if (policy === null) throw new Error(`policy ${trial.policy} has no version ${trial.version}`);
  const graph = createMergeGraph();
  let anyMerge = false;
  const reported = [...withheld].sort((a, b) => a.position - b.position);
  const withheldIds = new Set(reported.map(({ decisionId }) => decisionId));
  let reportsTaken = 0;
  const replay = createPolicyReplay({
    ...{ policy, policyOf, offsets: zoneOffsets, asOf: answers?.asOf ?? {}, keep: trial.keep },
    campaignOf: (id, version) => campaigns.get(id)?.versions[version - 1]?.definition ?? null,
    ...scopeOf(trial),
    isWithheld: id => withheldIds.has(id),
    membersOf: id => (anyMerge ? graph.membersOf(id) : []),
  });

  const take = (event: LeanEvent): void => {
    if (event.type === contacted) {
      const contact = contactOf(event);
      if (contact !== null) replay.contact(contact.customerId, contact.contact);
      return;
    }
    const effect = identityEffect({ ...event, data: JSON.parse(event.data) as JsonObject } as RecordedEvent, graph);
    if (effect === null) return;
    anyMerge = true;
    if (effect.kind === "merge") graph.add(effect.merge);
    else graph.split(effect.merge, event.position);
  };

  const head = await log.head();
  let waiting: LeanEvent[] = [];
  for (let after = 0; after < head; after += stretch) {
    answers?.turnPage();
    for (const event of await log.between(types, after, Math.min(head, after + stretch))) {
      if (event.type !== decided) {
        waiting.push(event);
        continue;
      }
      const customerId = customerOfStream(event.stream);
      if (customerId === null) continue;
      const decision = leanDecision(event.data, customerId);
      if (waiting.length > 0) {
        for (const earlier of waiting) if (earlier.position <= decision.known) take(earlier);
        waiting = waiting.filter(({ position }) => position > decision.known);
      }
      for (; (reported[reportsTaken]?.position ?? Number.POSITIVE_INFINITY) <= decision.known; reportsTaken += 1)
        replay.withheld((reported[reportsTaken] as WithheldSend).decisionId);
      if (answers !== null && decision.policyId === policy.id) {
        const reading = answers.prepare(decision);
        if (reading !== null) await reading;
      }
      replay.decision(decision);
    }
    onProgress({ position: Math.min(head, after + stretch), target: head });
  }
  return { position: head, report: replay.report() };
}

function scopeOf({ campaign, from, to }: PolicyTrial): Pick<ReplaySources, "scope"> {
  if (campaign === null && from === null && to === null) return {};
  return {
    scope: ({ campaignId, at }) =>
      (campaign === null || campaignId === campaign) && (from === null || at >= from) && (to === null || at < to),
  };
}

function contactOf({ stream, occurredAt, data }: LeanEvent): { customerId: CustomerId; contact: Contact } | null {
  const customerId = customerOfStream(stream);
  if (customerId === null) return null;
  const { channel, purpose } = JSON.parse(data) as { channel?: string; purpose?: string };
  return { customerId, contact: { at: occurredAt, channel: channel ?? "", purpose: purpose ?? null } };
}
